//! What identifies an article after its file has been moved, renamed or rewritten. Plain data; the
//! matching rules are in `desk::follow`.

use std::fmt;
use std::hash::Hasher;
use std::path::Path;
use std::str::FromStr;

use siphasher::sip::SipHasher13;

/// Identifies an article in the journal. Derived from where it was when it was first marked, and
/// kept when it moves. Two machines that mark the same file derive the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(pub u64);

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Subject {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// A hash of what an article says: title, excerpt and body. Images, `secured` and other fields can
/// change without the article changing for its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// Whitespace only separates words, so that different line ends make no difference.
    pub fn new(title: &str, excerpt: &str, body: &str) -> Self {
        // Hashed as one piece, which takes a third of the time of hashing word by word.
        let mut words = String::with_capacity(title.len() + excerpt.len() + body.len() + 3);
        for text in [title, excerpt, body] {
            for word in text.split_whitespace() {
                words.push_str(word);
                words.push('\n');
            }
            words.push('\0');
        }
        let mut hash = SipHasher13::new();
        hash.write(words.as_bytes());
        Self(hash.finish())
    }
}

/// Distinguishes the versions of one file on one machine: a number made of its size, modification
/// time and place on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileVersion(pub u64);

/// Where an article is, and what it is. A path alone says little: every site has an `index.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The folder that was opened as a library, absolute. Empty if unknown, as for a mark from
    /// another machine.
    pub root: String,
    /// The file's path relative to the root, with `/`.
    pub path: String,
    /// The page of the original, as returned by `format::link::canonical_key`.
    pub page: Option<u64>,
    /// `None` if the body was not read.
    pub fingerprint: Option<Fingerprint>,
    /// The version of the file with this content; `None` if unknown.
    pub version: Option<FileVersion>,
}

impl Identity {
    /// Takes the file's path below an absolute `root`. Characters that are not Unicode are
    /// replaced.
    pub fn new(
        root: &Path,
        relative: &Path,
        page: Option<u64>,
        fingerprint: Option<Fingerprint>,
    ) -> Self {
        let parts: Vec<_> = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        Self {
            root: root.to_string_lossy().into_owned(),
            path: parts.join("/"),
            page,
            fingerprint,
            version: None,
        }
    }

    /// The file's name, without its folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Derives a subject for an article that has none, from its path and from its page or, without
    /// one, its text, so that the same path in two libraries gives two subjects.
    ///
    /// `taken` tells which subjects other articles have: a copy that is now where a marked article
    /// was when it was marked must not get its subject.
    pub fn subject(&self, taken: impl Fn(Subject) -> bool) -> Subject {
        let words = self.fingerprint.map_or(0, |it| it.0);
        let mut hash = SipHasher13::new();
        add(&mut hash, &self.path);
        hash.write(&self.page.unwrap_or(words).to_le_bytes());
        let mut name = Subject(hash.finish());
        while taken(name) {
            hash.write(&name.0.to_le_bytes());
            name = Subject(hash.finish());
        }
        name
    }
}

fn add(hash: &mut SipHasher13, text: &str) {
    hash.write(text.as_bytes());
    hash.write(b"\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str, page: u64) -> Identity {
        Identity::new(Path::new("/site"), Path::new(path), Some(page), None)
    }

    #[test]
    fn a_fingerprint_tells_words_and_not_line_ends() {
        let first = Fingerprint::new("A title", "short", "one\ntwo");
        assert_eq!(
            first,
            Fingerprint::new("A title", "short ", "one\r\n\r\ntwo\r\n")
        );
        assert_ne!(first, Fingerprint::new("A title", "short", "one two three"));
        assert_ne!(first, Fingerprint::new("A title short", "", "one two"));
        // Desks keep it.
        assert_eq!(first, Fingerprint(0xb726_c62d_67b9_3e87));
    }

    #[test]
    fn a_name_stays_the_same_between_versions_and_machines() {
        let mut elsewhere = at("_news/a.md", 7);
        elsewhere.root = "/another/place".to_owned();
        let name = at("_news/a.md", 7).subject(|_| false);
        assert_eq!(name, elsewhere.subject(|_| false));
        assert_eq!(name.to_string().parse(), Ok(name));
        assert_eq!(name.to_string(), "09d55537b4f4eda3");
    }

    #[test]
    fn a_name_is_not_given_twice() {
        let article = at("_news/a.md", 7);
        let first = article.subject(|_| false);
        let second = article.subject(|name| name == first);
        let third = article.subject(|name| name == first || name == second);
        assert_ne!(first, second);
        assert!(third != first && third != second);
        assert_ne!(first, at("_news/a.md", 8).subject(|_| false));
    }
}
