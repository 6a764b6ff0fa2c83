//! Changes written into real files: what is kept, what is refused, and what becomes of the file
//! when the system fails or somebody else acts at the worst moment.

mod editors;
mod failures;
mod files;
mod planned;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown, symlink};
use std::path::{Path, PathBuf};

use super::*;

const NOT: &str = "---\ntitle: x\npublished: false # yet\n---\nBody.\n";
const IS: &str = "---\ntitle: x\npublished: true # yet\n---\nBody.\n";

/// The wish that a file says it is published, or not.
fn published(flag: bool) -> Vec<Wish> {
    let key = edit::FieldNames::new("published");
    vec![Wish::Flag { key, to: flag }]
}

/// A library with one file.
struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("a.md"), NOT).expect("a file");
        Self { dir }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn file(&self) -> PathBuf {
        self.root().join("a.md")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).expect("the file")
    }

    /// The change that publishes the file.
    fn change(&self) -> StagedChange {
        StagedChange::new(&self.file(), self.root(), published(true), None)
            .expect("not refused")
            .expect("a change")
    }

    fn refusal(&self, path: &Path) -> String {
        match StagedChange::new(path, self.root(), published(true), None) {
            Err(refusal) => refusal.to_string(),
            Ok(change) => panic!("not refused: {change:?}"),
        }
    }

    /// The names of everything in it.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.root())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("our file");
}

#[test]
fn a_change_is_shown_and_then_written() {
    let folder = Folder::new();
    let change = folder.change();
    let diffs: Vec<_> = change.diffs().collect();
    let expected = Diff {
        line: 3,
        old: &["published: false # yet".to_owned()],
        new: &["published: true # yet".to_owned()],
    };
    assert_eq!(diffs, [expected]);
    assert_eq!(folder.text(), NOT, "nothing is written before it is shown");
    change.write().expect("written");
    assert_eq!(folder.text(), IS);
    assert_eq!(folder.names(), ["a.md"]);
}

#[test]
fn what_says_so_already_is_no_change() {
    let folder = Folder::new();
    let inode = fs::metadata(folder.file()).expect("the file").ino();
    let change = StagedChange::new(&folder.file(), folder.root(), published(false), None);
    assert!(matches!(change, Ok(None)), "{change:?}");
    assert_eq!(fs::metadata(folder.file()).expect("the file").ino(), inode);
}

#[test]
fn the_answered_stamp_is_the_one_of_the_next_change() {
    let folder = Folder::new();
    let stamp = folder.change().write().expect("written");
    let stamp = stamp.expect("it can be read");
    let next = |expected| {
        StagedChange::new(
            &folder.file(),
            folder.root(),
            published(false),
            Some(expected),
        )
    };
    assert!(matches!(next(stamp), Ok(Some(_))));
    fs::write(folder.file(), format!("{IS}more\n")).expect("our file");
    assert!(matches!(next(stamp), Err(WriteRefusal::Changed)));
}

#[test]
fn mode_owner_and_attributes_are_kept() {
    let folder = Folder::new();
    mode(&folder.file(), 0o2664);
    let file = fs::File::open(folder.file()).expect("the file");
    // Only root may give files away, and not every file system has attributes.
    let owner = fchown(&file, Some(12_345), Some(54_321)).is_ok();
    mode(&folder.file(), 0o2664);
    let flags = rustix::fs::XattrFlags::empty();
    let attributed = rustix::fs::fsetxattr(&file, "user.note", b"kept", flags).is_ok();
    drop(file);
    folder.change().write().expect("written");
    let metadata = fs::metadata(folder.file()).expect("the file");
    assert_eq!(metadata.mode() & 0o7777, 0o2664);
    if owner {
        assert_eq!((metadata.uid(), metadata.gid()), (12_345, 54_321));
    }
    if attributed {
        let mut value = [0; 4];
        let length = rustix::fs::getxattr(folder.file(), "user.note", &mut value[..]);
        assert_eq!((length, &value), (Ok(4), b"kept"));
    }
}

#[test]
fn a_link_inside_the_library_stays_a_link() {
    let folder = Folder::new();
    let link = folder.root().join("link.md");
    symlink("a.md", &link).expect("a link");
    let change = StagedChange::new(&link, folder.root(), published(true), None);
    let change = change.expect("not refused").expect("a change");
    change.write().expect("written");
    assert_eq!(fs::read_link(&link).expect("a link"), Path::new("a.md"));
    assert_eq!(folder.text(), IS);
}

#[test]
fn files_that_must_not_be_replaced_are_refused() {
    let folder = Folder::new();
    let at = |name: &str| folder.root().join(name);
    let outside = Folder::new();
    symlink(outside.file(), at("out.md")).expect("a link");
    symlink(outside.root(), at("out")).expect("a link");
    symlink("nowhere.md", at("broken.md")).expect("a link");
    fs::write(at("twice.md"), NOT).expect("a file");
    fs::hard_link(at("twice.md"), at("again.md")).expect("a hard link");
    fs::write(at("locked.md"), NOT).expect("a file");
    mode(&at("locked.md"), 0o444);
    fs::create_dir(at("folder.md")).expect("a folder");
    fs::write(at("a.pdf"), NOT).expect("a file");
    fs::write(at("yes.md"), NOT.replace("false", "yes")).expect("a file");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        at("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .expect("a pipe");
    for (name, part) in [
        ("out.md", "a link out of the library"),
        ("out/a.md", "a link out of the library"),
        ("broken.md", "no longer exists"),
        ("gone.md", "no longer exists"),
        ("twice.md", "2 names (hard links)"),
        ("locked.md", "the file is read-only"),
        ("folder.md", "not a regular file"),
        ("pipe.md", "not a regular file"),
        ("a.pdf", "not a Markdown, HTML, YAML or text file"),
        ("yes.md", "line 3: published is yes"),
    ] {
        let said = folder.refusal(&at(name));
        assert!(said.contains(part), "{name}: {said}");
    }
    assert_eq!(outside.text(), NOT);
}

#[test]
fn a_read_only_folder_is_refused() {
    let folder = Folder::new();
    mode(folder.root(), 0o555);
    let said = folder.refusal(&folder.file());
    mode(folder.root(), 0o755);
    assert!(said.contains("its folder is read-only"), "{said}");
    assert_eq!(folder.text(), NOT);
}

/// Refused, whatever distinguishes the version from the one that was shown.
#[test]
fn a_file_that_changed_since_it_was_shown_is_refused() {
    type Act = fn(&Folder);
    let acts: [(&str, Act); 5] = [
        ("other bytes", |folder| {
            fs::write(folder.file(), format!("{NOT}more\n")).expect("our file");
        }),
        ("as many bytes, and the time set back", |folder| {
            let file = fs::File::options().write(true).open(folder.file());
            let file = file.expect("our file");
            let then = file.metadata().and_then(|it| it.modified());
            fs::write(folder.file(), NOT.replace("title: x", "title: y")).expect("our file");
            file.set_modified(then.expect("a time")).expect("our file");
        }),
        ("the same bytes at another time", |folder| {
            let file = fs::File::options().write(true).open(folder.file());
            let epoch = std::time::SystemTime::UNIX_EPOCH;
            file.expect("our file")
                .set_modified(epoch)
                .expect("our file");
        }),
        ("another file of the same bytes", |folder| {
            fs::rename(folder.file(), folder.root().join("old.md")).expect("our file");
            fs::write(folder.file(), NOT).expect("our file");
        }),
        ("a second name", |folder| {
            fs::hard_link(folder.file(), folder.root().join("b.md")).expect("our file");
        }),
    ];
    for (what, act) in acts {
        let folder = Folder::new();
        let change = folder.change();
        act(&folder);
        let before = fs::read(folder.file()).expect("the file");
        let result = change.write();
        assert!(
            matches!(
                result,
                Err(WriteRefusal::Changed | WriteRefusal::HardLinks(2))
            ),
            "{what}: {result:?}"
        );
        let after = fs::read(folder.file()).expect("the file");
        assert_eq!(after, before, "{what}");
    }
}

#[test]
fn what_follows_the_front_matter_is_copied_to_the_byte_however_long_it_is() {
    let body: String = (0..60_000).map(|line| format!("line {line}\r\n")).collect();
    let folder = Folder::new();
    fs::write(folder.file(), format!("{NOT}{body}")).expect("a file");
    folder.change().write().expect("written");
    assert_eq!(folder.text(), format!("{IS}{body}"));
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let folder = Folder::new();
    let file = fs::File::options().write(true).open(folder.file());
    file.expect("our file")
        .set_len(5 << 30)
        .expect("a sparse file");
    let said = folder.refusal(&folder.file());
    assert!(said.contains("has 5120 MiB, and only up to 64"), "{said}");
    let fields: String = (0..40_000)
        .map(|field| format!("field{field}: x\n"))
        .collect();
    fs::write(
        folder.file(),
        format!("---\n{fields}published: false\n---\n"),
    )
    .expect("a file");
    let said = folder.refusal(&folder.file());
    assert!(
        said.contains("does not end within the first 256 KiB"),
        "{said}"
    );
}

#[test]
fn what_is_opened_is_neither_a_link_nor_waited_for_nor_without_an_end() {
    let folder = Folder::new();
    let link = folder.root().join("link.md");
    symlink("a.md", &link).expect("a link");
    assert!(original::open(&link).is_err());

    let pipe = folder.root().join("pipe.md");
    let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, kind, mode, 0).expect("a pipe");
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(original::open(&pipe).is_ok()));
    let limit = std::time::Duration::from_secs(20);
    assert_eq!(told.recv_timeout(limit), Ok(true), "nobody writes into it");

    let file = original::open(&folder.file()).expect("the file");
    assert!(original::hash_of(&file).is_ok());
    let large = fs::File::options().write(true).open(folder.file());
    large.expect("our file").set_len(70 << 20).expect("sparse");
    let file = original::open(&folder.file()).expect("the file");
    let refused = original::hash_of(&file).expect_err("too large");
    assert_eq!(refused.kind(), std::io::ErrorKind::FileTooLarge);
}

#[test]
fn another_body_is_written_together_with_fields() {
    let folder = Folder::new();
    let (file, root) = (folder.file(), folder.root());
    let with_body = |wishes, body: &str| {
        StagedChange::with_body(&file, root, wishes, Some(body.to_owned()))
            .expect("not refused")
            .expect("a change")
    };
    let long = "long\n".repeat(100_000);
    with_body(published(true), &long).write().expect("written");
    assert_eq!(folder.text(), IS.replace("Body.\n", &long));
    with_body(Vec::new(), "\nshort\n").write().expect("written");
    assert_eq!(folder.text(), IS.replace("Body.\n", "\nshort\n"));
    let late = with_body(Vec::new(), "late\n");
    fs::write(&file, NOT).expect("a file");
    assert!(matches!(late.write(), Err(WriteRefusal::Changed)));
    assert_eq!(folder.text(), NOT);
    assert_eq!(folder.names(), ["a.md"]);
}

/// A system that can no longer read what it has written.
struct Unreadable(fn() -> WriteRefusal);

impl System for Unreadable {
    fn write(&self, file: &mut fs::File, bytes: &[u8]) -> std::io::Result<()> {
        Disk.write(file, bytes)
    }

    fn sync(&self, file: &fs::File) -> std::io::Result<()> {
        Disk.sync(file)
    }

    fn exchange(&self, new: &Path, file: &Path) -> std::io::Result<super::replace::Exchange> {
        Disk.exchange(new, file)
    }

    fn sync_folder(&self, folder: &Path) -> std::io::Result<()> {
        Disk.sync_folder(folder)
    }

    fn read_back(&self, _path: &Path, _root: &Path) -> Result<Original, WriteRefusal> {
        Err((self.0)())
    }
}

#[test]
fn what_cannot_be_read_again_was_written_all_the_same() {
    let folder = Folder::new();
    let failing = Unreadable(|| FailedStep::Read.refused(std::io::Error::other("a bad block")));
    let written = folder.change().write_on(&failing);
    assert!(matches!(written, Ok(None)), "{written:?}");
    assert_eq!(folder.text(), IS);

    let folder = Folder::new();
    let replaced = Unreadable(|| WriteRefusal::NotRegular);
    let written = folder.change().write_on(&replaced);
    assert!(
        matches!(written, Err(WriteRefusal::Overwritten)),
        "{written:?}"
    );
}
