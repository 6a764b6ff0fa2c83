//! A malicious library: files of every kind that has broken a reader, made on request, each with
//! what must become of it. How to find that out is up to `main`, which asks the program.

mod bodies;
mod fields;
mod names;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, mknodat};

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// An article without diagnostics.
    Article,
    /// An article, and at least one lost field.
    Warning,
    Error,
    /// Passed over, for this reason.
    Skip(&'static str),
}

/// What becomes of its `published` when a change is requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteBack {
    /// Changed, and nothing else.
    Allowed,
    /// Left as it is, with a sentence.
    Refused,
    /// It is not an article.
    No,
}

/// What a file is made of.
pub enum Make {
    Bytes(Vec<u8>),
    /// An article followed by this many zeros, which take no room on a disk.
    Sparse(u64),
    Fifo,
    Socket,
    Link(&'static str),
    /// Another name of this article, which is created with it.
    HardLink,
}

pub struct Case {
    pub name: Vec<u8>,
    pub make: Make,
    pub gives: Gives,
    pub write: WriteBack,
}

impl Case {
    /// The name as the program prints it.
    pub fn printed(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }

    pub fn build(&self, folder: &Path) {
        let path = folder.join(OsStr::from_bytes(&self.name));
        match &self.make {
            Make::Bytes(bytes) => fs::write(path, bytes).expect("a file"),
            Make::Sparse(length) => {
                let mut file = File::create(path).expect("a file");
                file.write_all(&article("", "Sparse\n"))
                    .expect("an article");
                file.set_len(*length).expect("a long file");
            }
            Make::Fifo => {
                mknodat(CWD, &path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).expect("a FIFO");
            }
            // The name stays when nobody listens any more.
            Make::Socket => drop(UnixListener::bind(path).expect("a socket")),
            Make::Link(target) => symlink(target, path).expect("a link"),
            Make::HardLink => {
                fs::write(&path, article("", "Twice\n")).expect("a file");
                fs::hard_link(&path, folder.with_file_name("another name.md")).expect("a name");
            }
        }
    }
}

/// An article with these lines of front matter and this body.
fn article(front: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: A title\nexcerpt: Words.\n{front}---\n{body}").into_bytes()
}

fn case(
    name: impl Into<Vec<u8>>,
    bytes: impl Into<Vec<u8>>,
    gives: Gives,
    write: WriteBack,
) -> Case {
    let (name, make) = (name.into(), Make::Bytes(bytes.into()));
    Case {
        name,
        make,
        gives,
        write,
    }
}

fn special(name: &str, make: Make, gives: Gives, write: WriteBack) -> Case {
    let name = name.into();
    Case {
        name,
        make,
        gives,
        write,
    }
}

/// All of it.
pub fn all() -> Vec<Case> {
    let parts = [
        names::names(),
        names::kinds(),
        fields::front_matter(),
        fields::broken(),
        fields::values(),
        fields::encodings(),
        bodies::bodies(),
        bodies::written(),
    ];
    parts.into_iter().flatten().collect()
}
