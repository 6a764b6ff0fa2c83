//! How the texts of a chunk are written: in symbols that suit them, other ones for titles, excerpts and
//! URLs. The name of a file is written like a URL, without what the URL of the original says as well.

use std::fmt;
use std::sync::Arc;

use super::Text;
use super::symbols::{Shortening, Symbols};

/// Kinds of texts that have symbols of their own.
const KINDS: usize = 3;
/// What a name has in common with a URL is looked for in steps, by so many bytes.
const SEED: usize = 8;
const STEP: usize = 4;
/// How many chunks the same symbols are used for, unless they suit one of them less.
const CHUNKS: usize = 32;
/// How much longer texts may get in symbols that were chosen for an earlier chunk.
const LONGER: f64 = 1.1;

/// What the codes of each kind of text stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling([Symbols; KINDS]);

/// Writes texts in the symbols that suit them.
pub struct Speller {
    kinds: [Shortening; KINDS],
    spelling: Arc<Spelling>,
}

/// Finds symbols for one chunk after another. Choosing them takes time, and keeping them memory, so those of
/// one chunk are used for the next ones too.
#[derive(Clone, Debug, Default)]
pub struct Spellers {
    newest: Option<Newest>,
}

#[derive(Clone, Debug)]
struct Newest {
    speller: Arc<Speller>,
    /// The part of its length that a text has in symbols, in the chunk they were chosen for.
    share: f64,
    /// The number of chunks they are still used for.
    left: usize,
}

fn kind(text: Text) -> usize {
    match text {
        Text::Title => 0,
        Text::Excerpt => 1,
        Text::Original | Text::FileName => 2,
    }
}

impl Speller {
    /// Chooses the symbols that suit these texts.
    pub(super) fn of<'a>(texts: impl Fn(Text) -> Vec<&'a [u8]>) -> Self {
        let [titles, excerpts, mut urls, names] = Text::ALL.map(texts);
        urls.extend(names);
        let kinds = [titles, excerpts, urls].map(Shortening::of);
        let spelling = Arc::new(Spelling(kinds.each_ref().map(Shortening::symbols)));
        Self { kinds, spelling }
    }

    pub fn spelling(&self) -> &Arc<Spelling> {
        &self.spelling
    }

    /// Appends the codes of a text other than a name.
    pub(super) fn write(&self, out: &mut Vec<u8>, text: Text, bytes: &[u8]) {
        out.extend_from_slice(&self.kinds[kind(text)].shorten(bytes));
    }

    /// Appends the codes of the name of a file.
    pub fn write_name(&self, out: &mut Vec<u8>, name: &[u8], original: &[u8]) {
        let common = Common::of(name, original);
        let (before, rest) = name.split_at(common.at.into());
        let after = &rest[common.length.into()..];
        out.extend([common.at, common.start, common.length]);
        self.write(out, Text::FileName, &[before, after].concat());
    }
}

impl fmt::Debug for Speller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spelling.fmt(f)
    }
}

impl Spelling {
    /// Appends the text of these codes, other than a name.
    pub(super) fn read(&self, out: &mut Vec<u8>, text: Text, codes: &[u8]) {
        self.0[kind(text)].append_to(out, codes);
    }

    /// Appends the name of a file.
    pub fn read_name(&self, out: &mut Vec<u8>, codes: &[u8], original: &[u8]) {
        let Some(([at, start, length], codes)) = codes.split_first_chunk() else {
            return;
        };
        let before = out.len();
        self.read(out, Text::FileName, codes);
        if *length == 0 {
            return;
        }
        let mut url = Vec::new();
        self.read(&mut url, Text::Original, original);
        let (start, length) = (usize::from(*start), usize::from(*length));
        // Codes come from a file, so this trusts nothing.
        let common = url.get(start..start + length).unwrap_or_default();
        let at = out.len().min(before + usize::from(*at));
        out.splice(at..at, common.iter().copied());
    }

    /// The symbols as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for symbols in &self.0 {
            symbols.write(&mut bytes);
        }
        bytes
    }

    /// Reads the output of [`Self::to_bytes`]; `None` if it is not valid.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut next = || Symbols::read(&mut bytes);
        let spelling = Self([next()?, next()?, next()?]);
        bytes.is_empty().then_some(spelling)
    }
}

impl Spellers {
    /// What `write` makes with symbols that suit the chunk. It also says which part of its length a text then
    /// has; `choose` finds new symbols where that part has grown.
    pub fn write<T>(
        &mut self,
        choose: impl FnOnce() -> Speller,
        write: impl Fn(&Speller) -> (T, f64),
    ) -> T {
        if let Some(newest) = &mut self.newest
            && newest.left > 0
        {
            let (written, share) = write(&newest.speller);
            if share <= newest.share * LONGER {
                newest.left -= 1;
                return written;
            }
        }
        let speller = Arc::new(choose());
        let (written, share) = write(&speller);
        self.newest = Some(Newest {
            speller,
            share,
            left: CHUNKS - 1,
        });
        written
    }
}

/// What a name has in common with a URL: where it is in the name, where in the URL, and how long it is.
#[derive(Debug, Default, PartialEq, Eq)]
struct Common {
    at: u8,
    start: u8,
    length: u8,
}

impl Common {
    /// The longest that is found by a few looks.
    fn of(name: &[u8], url: &[u8]) -> Self {
        let within = |text| -> &[u8] { &text[..usize::from(u8::MAX).min(<[u8]>::len(text))] };
        let (name, url) = (within(name), within(url));
        let mut longest = Self::at_the_ends(name, url).unwrap_or_default();
        // Nothing longer is worth looking for.
        let is_enough = usize::from(longest.length) > name.len() / 2;
        let mut at = if is_enough { name.len() } else { 0 };
        while let Some(seed) = name.get(at..).and_then(<[u8]>::first_chunk) {
            let Some(start) = url.array_windows().position(|it: &[u8; SEED]| it == seed) else {
                at += STEP;
                continue;
            };
            let found = Self::around(name, at, url, start);
            at = usize::from(found.at + found.length);
            if found.length > longest.length {
                longest = found;
            }
        }
        longest
    }

    /// What the name without its extension and the URL without slashes end in, as most do.
    fn at_the_ends(name: &[u8], url: &[u8]) -> Option<Self> {
        let stem = &name[..memchr::memrchr(b'.', name)?];
        let slashes = url.iter().rev().take_while(|byte| **byte == b'/');
        let url = &url[..url.len() - slashes.count()];
        let (at, start) = (stem.len().checked_sub(SEED)?, url.len().checked_sub(SEED)?);
        (stem[at..] == url[start..]).then(|| Self::around(name, at, url, start))
    }

    /// As much as is the same around a place that is.
    fn around(name: &[u8], at: usize, url: &[u8], start: usize) -> Self {
        let same = |(one, other): &(&u8, &u8)| one == other;
        let (below, after) = (name[at..].iter(), url[start..].iter());
        let ahead = below.zip(after).take_while(same).count();
        let (above, before) = (name[..at].iter().rev(), url[..start].iter().rev());
        let behind = above.zip(before).take_while(same).count();
        // None of these is more than 255.
        Self {
            at: (at - behind) as u8,
            start: (start - behind) as u8,
            length: (ahead + behind) as u8,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn what_a_url_says_is_not_kept_again_for_the_name() {
        let name = b"2021-12-30-a-boat-that-came-back.md";
        let url = b"https://harbour.example/news/a-boat-that-came-back/";
        let common = Common {
            at: 11,
            start: 29,
            length: 21,
        };
        assert_eq!(Common::of(name, url), common);
        assert_eq!(Common::at_the_ends(name, url), Some(common));
        let elsewhere = b"https://harbour.example/a-boat-that-came-back.html";
        assert_eq!(Common::at_the_ends(name, elsewhere), None);
        assert_eq!(Common::of(name, elsewhere).length, 22);
        assert_eq!(Common::of(name, b""), Common::default());
        assert_eq!(Common::of(b"", url), Common::default());
    }

    #[test]
    fn symbols_are_used_for_the_next_chunks_unless_they_suit_them_less() {
        let mut spellers = Spellers::default();
        let chosen = |spellers: &mut Spellers, share: f64| {
            let is_new = std::cell::Cell::new(false);
            let choose = || {
                is_new.set(true);
                Speller::of(|_| Vec::new())
            };
            spellers.write(choose, |_| ((), share));
            is_new.get()
        };
        assert!(chosen(&mut spellers, 0.3));
        assert!(!chosen(&mut spellers, 0.32));
        assert!(chosen(&mut spellers, 0.5));
        let again = (0..2 * CHUNKS).filter(|_| chosen(&mut spellers, 0.5));
        assert_eq!(again.count(), 2);
    }

    proptest! {
        #[test]
        fn every_name_comes_back(
            name in vec(0_u8..3, 0..300),
            url in vec(0_u8..3, 0..300),
        ) {
            let speller = Speller::of(|text| match text {
                Text::Original => vec![&url[..]],
                Text::Title | Text::Excerpt | Text::FileName => Vec::new(),
            });
            let spelling = Spelling::from_bytes(&speller.spelling().to_bytes());
            let spelling = spelling.expect("what was written");
            let (mut original, mut codes, mut back) = (Vec::new(), Vec::new(), b"before".to_vec());
            speller.write(&mut original, Text::Original, &url);
            speller.write_name(&mut codes, &name, &url);
            spelling.read_name(&mut back, &codes, &original);
            prop_assert_eq!(&back[6..], &name[..]);
        }

        #[test]
        fn no_codes_make_a_name_that_panics(codes in vec(any::<u8>(), 0..9), url in vec(any::<u8>(), 0..9)) {
            let mut name = Vec::new();
            Spelling::default().read_name(&mut name, &codes, &url);
        }
    }
}
