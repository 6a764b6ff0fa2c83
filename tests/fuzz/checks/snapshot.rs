//! Snapshots from a file that is not what was written: it is rejected, or the result is consistent.
//! The bytes are damaged as they are, and also with all checksums corrected, as only an attacker
//! would.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use newsdesk::library::snapshot::{keep, restore};
use newsdesk::library::{Library, ReadDepth, Source};
use tempfile::TempDir;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes before the first part of the file.
const HEADER: usize = 64;

/// Damages a snapshot as the bytes say, three bytes for each wrong byte, and restores it.
///
/// # Panics
/// If the resulting library is inconsistent.
pub fn check(bytes: &[u8]) {
    let kept = Kept::get();
    let (sealed, damage) = match bytes.split_first() {
        Some((first, damage)) => (first % 2 == 1, damage),
        None => return,
    };
    let file = if sealed {
        kept.resealed(damage)
    } else {
        damaged(&kept.bytes, damage)
    };
    FOLDER.with(|folder| {
        fs::write(folder.path().join(&kept.name), file).expect("a file");
        let Ok(restored) = restore(&kept.source, folder.path()) else {
            return;
        };
        let is_whole = restored.bring_in().is_ok();
        assert!(
            sealed || !is_whole || damage_is_none(&kept.bytes, damage),
            "damage was not seen"
        );
        look_at_all(&restored.library);
    });
}

thread_local! {
    /// Where the damaged file is written: one folder for all, since making one takes longer than the rest.
    static FOLDER: TempDir = tempfile::tempdir().expect("a folder");
}

fn damage_is_none(bytes: &[u8], damage: &[u8]) -> bool {
    damaged(bytes, damage) == bytes
}

/// Everything that a list, the drawer and a query look at.
fn look_at_all(library: &Library) {
    let tally = library.tally();
    assert_eq!(tally.articles, library.ids().count());
    for id in library.ids() {
        let article = library.article(id);
        let topics = article.topics().map(str::len).sum::<usize>();
        let looked = [
            article.title().len(),
            article.excerpt().len(),
            article.provider().len(),
            article.kind().len(),
            article.path().as_os_str().len(),
            topics,
        ];
        assert!(looked.iter().sum::<usize>() < 1 << 20);
        let _ = (article.published_at(), article.quality(), article.key());
        library.newest_first(id);
    }
    for number in library.topics().numbers() {
        let count = library.topics().articles(number).map_or(0, |set| set.len());
        assert!(count <= tally.articles as u64);
    }
    library.by_url("https://one.example/a");
    library.diagnostics();
}

/// `damage` as places and values: two bytes where, one byte what.
fn damaged(bytes: &[u8], damage: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for wrong in damage.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([wrong[0], wrong[1]])) % bytes.len();
        bytes[at] = wrong[2];
    }
    bytes
}

/// A snapshot of a small library with one of everything, made once.
struct Kept {
    _home: TempDir,
    source: Source,
    name: PathBuf,
    bytes: Vec<u8>,
    /// Where its parts are, the contents last.
    parts: Vec<Range<usize>>,
}

impl Kept {
    fn get() -> &'static Self {
        static KEPT: OnceLock<Kept> = OnceLock::new();
        KEPT.get_or_init(Self::new)
    }

    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let news = home.path().join("news");
        fs::create_dir(&news).expect("a folder");
        for (name, text) in [
            (
                "one.md",
                "---\ntitle: One\nexcerpt: Words\noriginalUrl: https://one.example/a\nquality: 40\n\
                 topics: [AI, Robots]\nprovider: {name: P, domain: p.example, authors: [A]}\n\
                 date: 2021-12-30\n---\nBody\n",
            ),
            (
                "two.md",
                "---\ntitle: Two\ntype: video\nlength: PT4M\nheat: high\n---\n",
            ),
            (
                "three.md",
                "---\ntitle: Drei\ntopics: [AI]\npublished: false\n---\n",
            ),
            ("broken.md", "---\ntitle: a: b\n---\n"),
            ("prose.md", "Just prose.\n"),
        ] {
            fs::write(news.join(name), text).expect("a file");
        }
        let source = Source::new(&[news]).expect("a root");
        let cache = home.path().join("cache");
        let library = Library::load(&source, ReadDepth::List);
        keep(&library.picture(), &source, &cache).expect("kept");
        let path = only_file(&cache);
        let bytes = fs::read(&path).expect("a file");
        Self {
            _home: home,
            source,
            name: path.file_name().expect("a name").into(),
            parts: parts(&bytes),
            bytes,
        }
    }

    /// Damage in one or several parts, with each checksum as if it had been written like this.
    fn resealed(&self, damage: &[u8]) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        let (contents, others) = self.parts.split_last().expect("parts");
        let mut sums = bytes[contents.clone()].to_vec();
        for wrong in damage.chunks_exact(4) {
            let part = usize::from(wrong[0]) % self.parts.len();
            let at = usize::from(u16::from_le_bytes([wrong[1], wrong[2]]));
            match others.get(part) {
                Some(part) => bytes[part.start + at % part.len()] = wrong[3],
                None => {
                    let at = at % sums.len();
                    sums[at] = wrong[3];
                }
            }
        }
        for part in others {
            let before = varint(xxh3_64(&self.bytes[part.clone()]));
            let after = varint(xxh3_64(&bytes[part.clone()]));
            if let Some(at) = memchr::memmem::find(&sums, &before) {
                sums.splice(at..at + before.len(), after);
            }
        }
        bytes.truncate(contents.start);
        bytes.extend_from_slice(&sums);
        seal_header(&mut bytes, contents.start, &sums);
        bytes
    }
}

/// The header's last fields: where the contents are, their checksum, and its own.
fn seal_header(bytes: &mut [u8], start: usize, contents: &[u8]) {
    let fields = [start as u64, contents.len() as u64, xxh3_64(contents)];
    for (at, field) in fields.iter().enumerate() {
        let at = HEADER - 32 + at * 8;
        bytes[at..at + 8].copy_from_slice(&field.to_le_bytes());
    }
    let sum = xxh3_64(&bytes[..HEADER - 8]);
    bytes[HEADER - 8..HEADER].copy_from_slice(&sum.to_le_bytes());
}

/// The parts one after another: each ends where its checksum is one that the contents name.
fn parts(bytes: &[u8]) -> Vec<Range<usize>> {
    let number = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte]));
    let start = usize::try_from(number(HEADER - 32)).expect("a place in the file");
    let contents = &bytes[start..];
    let mut parts = Vec::new();
    let mut from = HEADER;
    while from < start {
        let named = |end: &usize| {
            let sum = varint(xxh3_64(&bytes[from..*end]));
            memchr::memmem::find(contents, &sum).is_some()
        };
        let end = (from + 1..=start)
            .find(named)
            .expect("a part with its checksum");
        parts.push(from..end);
        from = end;
    }
    parts.push(start..bytes.len());
    parts
}

/// A number as written by postcard: seven bits per byte, lowest first.
fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn only_file(folder: &Path) -> PathBuf {
    let mut files = fs::read_dir(folder).expect("a cache");
    files.next().expect("a file").expect("a file").path()
}
