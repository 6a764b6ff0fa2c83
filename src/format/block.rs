//! A body as a small tree, the same for Markdown and HTML. Raw text: nothing here has been
//! sanitised yet, and nothing knows how wide the screen is.

use std::fmt;

use super::link::Link;
use super::number;
use super::script::is_unspaced;

/// How many bytes of a body are read: no article that anyone reads through is this long.
pub const MAX_BODY: usize = 512 << 10;

/// How many characters of a Markdown body may be markup. Each costs some hundred bytes to parse,
/// and in no prose is one in five markup.
pub const MAX_SIGNS: usize = 100_000;

/// Maximum number of blocks, items and cells kept of a body.
pub const MAX_BLOCKS: usize = 20_000;

/// Maximum number of links in a body that can be followed.
pub const MAX_LINKS: usize = 4_000;

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// Link targets as written, in order of appearance and without duplicates, including relative
    /// and unsafe ones. `#NAME` is the footnote of that name in this document.
    pub links: Vec<String>,
    /// What was left out of the body; a note below it says so.
    pub left_out: Vec<LeftOut>,
}

/// Maximum number of attributes read per tag. Hand-written tags have a handful, those of web
/// applications a few dozen. Each costs up to 8 kB of stack in unoptimised builds.
pub const MAX_ATTRIBUTES: u16 = 64;

/// What has been left out of a body. Articles come from anywhere, and a page must take neither
/// seconds nor all memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The body has this many bytes.
    Bytes(usize),
    /// It has this many blocks, items and cells.
    Blocks(usize),
    /// It has this much markup, in characters.
    Signs(usize),
    /// It has this many distinct links. The text of those left out is kept.
    Links(usize),
    /// At least this many lines would have to be shown.
    Lines(usize),
    /// The attributes of a tag beyond the first [`MAX_ATTRIBUTES`].
    Attributes,
    /// All of it: the library that reads its markup failed.
    All,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = "… the rest of this text is not shown:";
        let grouped = |count: usize| number::grouped(count as i64);
        match self {
            Self::Bytes(found) => {
                let (found, most) = (found.div_ceil(1024), MAX_BODY / 1024);
                write!(f, "{rest} {} kB, limit {most}", grouped(found))
            }
            Self::Blocks(found) => {
                let most = grouped(MAX_BLOCKS);
                write!(f, "{rest} {} blocks, limit {most}", grouped(*found))
            }
            Self::Signs(found) => {
                let most = grouped(MAX_SIGNS);
                write!(
                    f,
                    "{rest} {} characters of markup, limit {most}",
                    grouped(*found)
                )
            }
            Self::Links(found) => {
                let (found, most) = (grouped(*found), grouped(MAX_LINKS));
                write!(
                    f,
                    "… {found} links, limit {most}: the others cannot be followed here"
                )
            }
            Self::Lines(most) => write!(f, "{rest} more than {} lines", grouped(*most)),
            Self::Attributes => write!(
                f,
                "… a tag here has more than {MAX_ATTRIBUTES} attributes: the rest were not read"
            ),
            Self::All => f.write_str(
                "This text cannot be shown: reading its markup failed. Open the file in an editor.",
            ),
        }
    }
}

impl Block {
    /// The text of a heading; `None` for any other block.
    pub fn heading(&self) -> Option<String> {
        let Self::Heading { text, .. } = self else {
            return None;
        };
        Some(plain(text))
    }

    /// The text of a paragraph; `None` for any other block.
    pub fn paragraph(&self) -> Option<String> {
        let Self::Paragraph(text) = self else {
            return None;
        };
        Some(plain(text))
    }
}

impl Document {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Removes a first heading that only repeats the title.
    pub fn without_title(mut self, title: &str) -> Self {
        let words = |text: &str| -> Vec<String> {
            text.split_whitespace().map(str::to_lowercase).collect()
        };
        if let Some(Block::Heading { text, .. }) = self.blocks.first()
            && words(&plain(text)) == words(title)
        {
            self.blocks.remove(0);
        }
        self
    }

    /// How many words there are to read. Two characters of a script without spaces count as one.
    pub fn words(&self) -> usize {
        let mut words = 0;
        let mut count = |text: &str| words += count_words(text);
        let mut blocks: Vec<&Block> = self.blocks.iter().collect();
        while let Some(block) = blocks.pop() {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => count(&plain(text)),
                Block::Quote(inner) => blocks.extend(inner),
                Block::List(items) => blocks.extend(items.iter().flat_map(|it| &it.blocks)),
                Block::Code { text, .. } => count(text),
                Block::Table { header, rows } => {
                    let cells = header.iter().chain(rows.iter().flatten());
                    cells.for_each(|cell| count(&plain(cell)));
                }
                Block::Image { .. } | Block::Rule => {}
            }
        }
        words
    }

    /// The addresses of its pictures, as written, in order of appearance.
    pub fn pictures(&self) -> Vec<&str> {
        let mut pictures = Vec::new();
        let mut blocks: Vec<&Block> = self.blocks.iter().rev().collect();
        while let Some(block) = blocks.pop() {
            match block {
                Block::Image { url, .. } => pictures.push(url.as_str()),
                Block::Quote(inner) => blocks.extend(inner.iter().rev()),
                Block::List(items) => {
                    let inner = items.iter().flat_map(|item| &item.blocks);
                    blocks.extend(inner.rev());
                }
                Block::Heading { .. }
                | Block::Paragraph(_)
                | Block::Code { .. }
                | Block::Table { .. }
                | Block::Rule => {}
            }
        }
        pictures
    }

    /// Makes links and pictures that are relative to the page at `base` absolute.
    pub fn resolved(mut self, base: &Link) -> Self {
        self.readdress(|url| resolve(url, base));
        self
    }

    /// Changes the addresses of all links and pictures.
    pub fn readdress(&mut self, change: impl Fn(&mut String)) {
        self.links.iter_mut().for_each(&change);
        let mut blocks: Vec<&mut Block> = self.blocks.iter_mut().collect();
        while let Some(block) = blocks.pop() {
            match block {
                Block::Image { url, .. } => change(url),
                Block::Quote(inner) => blocks.extend(inner),
                Block::List(items) => blocks.extend(items.iter_mut().flat_map(|it| &mut it.blocks)),
                Block::Heading { .. }
                | Block::Paragraph(_)
                | Block::Code { .. }
                | Block::Table { .. }
                | Block::Rule => {}
            }
        }
    }

    /// Its headings and paragraphs on one line, up to about this many bytes.
    pub fn text(&self, most: usize) -> String {
        let mut text = String::new();
        let mut waiting: Vec<&Block> = self.blocks.iter().rev().collect();
        while let Some(block) = waiting.pop().filter(|_| text.len() <= most) {
            match block {
                Block::Heading { .. } => text.extend(block.heading()),
                Block::Paragraph(_) => text.extend(block.paragraph()),
                Block::Quote(blocks) => waiting.extend(blocks.iter().rev()),
                Block::List(items) => {
                    let blocks = items.iter().flat_map(|item| &item.blocks);
                    waiting.extend(blocks.rev());
                }
                Block::Code { .. } | Block::Table { .. } | Block::Rule | Block::Image { .. } => {}
            }
            text.push(' ');
        }
        text
    }

    /// The text of the first heading that is not inside a list or quote.
    pub fn first_heading(&self) -> Option<String> {
        self.blocks.iter().find_map(Block::heading)
    }
}

/// Leaves links within the document alone, and those that cannot be resolved.
fn resolve(url: &mut String, base: &Link) {
    if !url.starts_with('#')
        && let Some(whole) = base.join(url)
    {
        *url = whole.as_str().to_owned();
    }
}

/// Something on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading {
        /// 1 to 6.
        level: u8,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    Quote(Vec<Block>),
    List(Vec<ListItem>),
    /// Lines that are kept as written.
    Code {
        /// The programming language as the author named it; may be empty.
        language: String,
        text: String,
    },
    Table {
        /// May be empty.
        header: Vec<TableCell>,
        /// Not all of the same length.
        rows: Vec<Vec<TableCell>>,
    },
    Rule,
    Image {
        /// What it shows, in words; may be empty.
        alt: String,
        url: String,
        /// Index into the document's links, if the image is a link.
        link: Option<usize>,
    },
}

/// The contents of a table cell.
pub type TableCell = Vec<Inline>;

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    pub marker: Marker,
    pub blocks: Vec<Block>,
}

/// What comes before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marker {
    Bullet,
    Number(u64),
    /// A task, done or not.
    Task {
        done: bool,
    },
    /// A word that the next items explain.
    Term,
    /// What a term means.
    Meaning,
    /// A footnote.
    Note {
        name: String,
        /// Index into the document's links, shared with the places in the text that refer to it.
        link: Option<usize>,
    },
}

/// A run of text. A `\n` in it ends a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    pub text: String,
    pub style: RunStyle,
    /// Index into the document's links.
    pub link: Option<usize>,
}

/// The style of a run. If several apply, the last one here wins: a terminal can show few.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunStyle {
    #[default]
    Plain,
    Emphasis,
    Strong,
    Strike,
    Code,
    /// Something that only the site can fill in.
    Template,
}

fn count_words(text: &str) -> usize {
    let unspaced = |sign: &char| is_unspaced(*sign);
    let spaced = text.split(|sign: char| sign.is_whitespace() || unspaced(&sign));
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    spaced.filter(is_word).count() + text.chars().filter(unspaced).count() / 2
}

/// The words of runs on one line.
pub fn plain(text: &[Inline]) -> String {
    let text: String = text.iter().map(|inline| inline.text.as_str()).collect();
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        for (text, words) in [
            ("one two-three — four\n", 3),
            ("東京で新しい図書館", 4),
            ("", 0),
        ] {
            assert_eq!(count_words(text), words, "{text}");
        }
    }

    #[test]
    fn a_heading_that_is_the_title_is_not_there_twice() {
        let document = |text: &str| Document {
            blocks: vec![Block::Heading {
                level: 1,
                text: vec![Inline {
                    text: text.to_owned(),
                    style: RunStyle::Plain,
                    link: None,
                }],
            }],
            ..Document::default()
        };
        assert!(document("The  Title").without_title("the title").is_empty());
        assert!(!document("The Title").without_title("Another").is_empty());
    }
}
