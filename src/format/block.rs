//! A body as a small tree, the same whether it was Markdown or HTML. Raw text: nothing in here has
//! been made fit for the screen yet, and nothing knows how wide the screen is.

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// Where its links lead, in order of appearance, each once, as written: relative and
    /// unfit ones too.
    pub links: Vec<String>,
    /// Whether only its beginning was read; the last block then says so.
    pub truncated: bool,
}

impl Document {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The text of the first heading that is not inside a list or quote.
    pub fn first_heading(&self) -> Option<String> {
        self.blocks.iter().find_map(|block| match block {
            Block::Heading { text, .. } => Some(plain(text)),
            _ => None,
        })
    }
}

/// Something that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading {
        /// 1 to 6.
        level: u8,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    Quote(Vec<Block>),
    List(Vec<Item>),
    /// Lines to be kept as they are.
    Code(Vec<String>),
    Table {
        /// May be empty.
        header: Vec<Cell>,
        /// Not all need be equally long.
        rows: Vec<Vec<Cell>>,
    },
    Rule,
    Image {
        /// What it shows, in words; may be empty.
        alt: String,
        url: String,
        /// An index into the document's links, where the image leads somewhere.
        link: Option<usize>,
    },
}

/// What stands in a cell of a table.
pub type Cell = Vec<Inline>;

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub marker: Marker,
    pub blocks: Vec<Block>,
}

/// What stands before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marker {
    Bullet,
    Number(u64),
    /// Something to do, or done.
    Task {
        done: bool,
    },
    /// The name of a footnote.
    Note(String),
}

/// A run of text. A `\n` in it ends a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    pub text: String,
    pub style: Style,
    /// An index into the document's links.
    pub link: Option<usize>,
}

/// How a run was written. Of several at once the last named here wins: a terminal can show few.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    #[default]
    Plain,
    Emphasis,
    Strong,
    Strike,
    Code,
}

/// The words of runs on one line.
pub fn plain(text: &[Inline]) -> String {
    let text: String = text.iter().map(|inline| inline.text.as_str()).collect();
    text.replace('\n', " ")
}
