//! Determines whether a text that starts with HTML is Markdown all the same.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::html::OpenElements;
use super::markdown::options;

/// How many bytes of a text are looked at to determine its markup.
const TELLING: usize = 128 << 10;

/// Whether a text that starts with HTML has Markdown beside its tags: something with a meaning only
/// there, such as emphasis, or a block that starts with plain text. Only its beginning is looked at.
///
/// HTML ends at an empty line, so what follows one is judged. A block that ends an element from
/// before it is the text of that element, and so is anything inside `<pre>`. Tags that are indented
/// as code in an open element are evidence against Markdown.
pub fn is_used(text: &str) -> bool {
    let start = &text[..text.floor_char_boundary(TELLING)];
    let mut beside = BesideHtml::default();
    for (event, range) in Parser::new_ext(start, options()).into_offset_iter() {
        let is_at_margin = start[..range.start].ends_with('\n');
        match beside.event(event, is_at_margin) {
            Some(false) => return false,
            Some(true) => beside.is_used = true,
            None => {}
        }
    }
    beside.is_used
}

/// The search for Markdown in a text that starts with HTML.
#[derive(Default)]
struct BesideHtml {
    is_used: bool,
    open: OpenElements,
    /// The block of HTML being collected: a tag in it may span several lines.
    raw: String,
    /// How many Markdown elements are open.
    depth: usize,
    /// Whether the last event was the start of indented code.
    in_code: bool,
    /// The outermost block.
    block: BlockBeside,
}

/// A block of Markdown beside HTML.
#[derive(Clone, Copy, Default)]
struct BlockBeside {
    /// Whether it starts as blocks of Markdown do, rather than as indented text of HTML.
    is_placed: bool,
    /// What it starts with.
    starts_with: Option<StartOfBlock>,
    /// Whether it ends an element that was open before it.
    ends_element: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StartOfBlock {
    Text,
    Html,
}

impl BesideHtml {
    /// Whether this event proves that Markdown is used or not; `None` if it proves nothing.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    fn event(&mut self, event: Event<'_>, is_at_margin: bool) -> Option<bool> {
        let is_code = std::mem::take(&mut self.in_code);
        let counts = !self.open.contains(b"pre");
        match event {
            Event::Start(tag) => {
                let is_indented = matches!(tag, Tag::CodeBlock(CodeBlockKind::Indented));
                if self.depth == 0 {
                    self.block = BlockBeside {
                        is_placed: is_at_margin && !is_indented || matches!(tag, Tag::List(_)),
                        ..BlockBeside::default()
                    };
                }
                self.depth += 1;
                self.in_code = is_indented;
                (counts && is_telling(&tag)).then_some(true)
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                if tag == TagEnd::HtmlBlock {
                    let raw = std::mem::take(&mut self.raw);
                    self.open.feed(&raw);
                }
                let BlockBeside {
                    is_placed,
                    starts_with,
                    ends_element,
                } = self.block;
                let is_text = starts_with == Some(StartOfBlock::Text);
                let proves = self.depth == 0 && counts && is_placed && is_text && !ends_element;
                proves.then_some(true)
            }
            Event::Html(piece) => {
                self.raw.push_str(&piece);
                None
            }
            Event::InlineHtml(piece) => {
                self.block.starts_with.get_or_insert(StartOfBlock::Html);
                self.block.ends_element |= self.open.feed(&piece);
                None
            }
            Event::Text(text) if is_code => {
                (text.starts_with('<') && !self.open.is_empty()).then_some(false)
            }
            Event::Text(_) => {
                self.block.starts_with.get_or_insert(StartOfBlock::Text);
                None
            }
            Event::Code(_) | Event::TaskListMarker(_) | Event::FootnoteReference(_) => {
                counts.then_some(true)
            }
            _ => None,
        }
    }
}

/// Whether an element of Markdown is not to be mistaken for text of HTML.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn is_telling(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::DefinitionList
        | Tag::Table(_)
        | Tag::CodeBlock(CodeBlockKind::Fenced(_)) => true,
        Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => {
            !matches!(link_type, LinkType::Autolink | LinkType::Email)
        }
        _ => false,
    }
}
