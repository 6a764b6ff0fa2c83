//! Turns the bytes of a file into the fields of its front matter, or says why there is none.
//! `article` knows what the fields mean.

use std::ops::Range;

use super::caps;
use super::fence::Container;
use super::flaw::Flaw;
use super::keys::keys;
use super::locate::{Located, Syntax, locate};
use super::node::{FrontShape, Map};
use super::tree;
use super::yaml::with_newlines;
use crate::model::Skip;

/// Fields of our own format, any one of which makes a YAML file an article.
pub const TELLING: [&str; 10] = [
    "originalUrl",
    "webUrl",
    "website",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "publishedDateTime",
    "updatedDateTime",
    "date",
    "excerpt",
    "bio",
];

/// What a file starts with.
pub enum Front {
    /// Not the front matter of an article, but nothing is wrong with it.
    Skip(Skip),
    /// Nothing: the file is text, from this byte on.
    Text(usize),
    Matter(Matter),
}

/// A front matter that was read.
pub struct Matter {
    pub map: Map,
    /// The flaws so far, with lines of the front matter.
    pub flaws: Vec<Flaw>,
    /// Lines of the file before it.
    pub lines_before: u32,
    /// Where the body is in the file.
    pub body: Range<usize>,
}

/// Reads the front matter at the start of a file.
///
/// # Errors
/// One flaw, with its place in the file, if there is a front matter that cannot be read.
pub fn read(bytes: &[u8], container: Container) -> Result<Front, Flaw> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Flaw::new("the file is UTF-16")
            .at(1, 1)
            .hint("save it as UTF-8"));
    }
    let (syntax, parts) = match locate(bytes, container) {
        Located::Front(syntax, parts) => (syntax, parts),
        Located::Nothing(text) => return Ok(Front::Text(text)),
        Located::Script => return Ok(Front::Skip(Skip::Script)),
        Located::Unclosed => return unless_foreign(container, bytes, unclosed(bytes.len())),
    };
    let front = &bytes[parts.front];
    let lines_before = parts.front_line - 1;
    let mut flaws = Vec::new();
    match utf8(front).and_then(|text| tree::parse(syntax, &text, &mut flaws)) {
        Ok(FrontShape::Map(map)) => Ok(Front::Matter(Matter {
            map,
            flaws,
            lines_before,
            body: parts.body,
        })),
        Ok(FrontShape::List) => Ok(Front::Skip(Skip::NotAnArticle)),
        Ok(FrontShape::Scalar) => Ok(Front::Skip(Skip::NoFrontMatter)),
        Err(flaw) => match syntax {
            Syntax::Yaml => unless_foreign(container, front, flaw.down(lines_before)),
            Syntax::Toml | Syntax::Json | Syntax::Headers => Err(flaw.down(lines_before)),
        },
    }
}

fn unclosed(bytes: usize) -> Flaw {
    if bytes > caps::FRONT_MATTER_BYTES {
        return caps::too_long(bytes);
    }
    Flaw::new("the front matter begins here and never ends")
        .at(1, 1)
        .hint("add a line with --- after its last field")
}

/// The flaw of a front matter that cannot be read, unless it was not meant as an article: site data
/// without a field that makes an article, or prose between two rules. Nothing is wrong with those.
fn unless_foreign(container: Container, front: &[u8], flaw: Flaw) -> Result<Front, Flaw> {
    let text = String::from_utf8_lossy(front);
    let text = with_newlines(&text);
    let mut keys = keys(&text);
    let (ours, skip) = match container {
        Container::Yaml => (
            keys.any(|key| key.column == 1 && TELLING.contains(&key.name)),
            Skip::NotAnArticle,
        ),
        Container::Markdown | Container::Html => (keys.next().is_some(), Skip::NoFrontMatter),
    };
    if ours {
        Err(flaw)
    } else {
        Ok(Front::Skip(skip))
    }
}

/// The front matter as text, with lines as editors count them.
fn utf8(front: &[u8]) -> Result<String, Flaw> {
    match std::str::from_utf8(front) {
        Ok(text) => Ok(with_newlines(text).into_owned()),
        Err(error) => {
            let before = String::from_utf8_lossy(&front[..error.valid_up_to()]);
            let before = with_newlines(&before);
            let line = before.matches('\n').count() as u32 + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
            Err(
                Flaw::new("the front matter contains bytes that are not UTF-8")
                    .at(line, column)
                    .hint("save the file as UTF-8"),
            )
        }
    }
}
