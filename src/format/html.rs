//! HTML bodies to blocks: their text, never their markup. Not a browser: no styles, no scripts, and
//! layout tables are read cell by cell.
//!
//! Tags are processed as they come, without building a tree of elements first, so that a page costs
//! no more than its length, however deep or disordered it is.

use std::borrow::Cow;
use std::collections::HashSet;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

mod open;
mod tags;

use super::block::{Document, Marker, RunStyle};
use super::build::DocumentBuilder;
use super::containers::ContainerKind;
use super::dialect::plain_html;
pub(super) use open::OpenElements;
pub use open::is_deeper_than;

/// The body's text as blocks. Nothing in it is a template.
pub fn document(html: &str) -> Document {
    let mut reader = HtmlReader::default();
    let html = reader.builder.take(html);
    reader.feed(html);
    reader.builder.finish()
}

/// The blocks of a body from which a site's generator makes a page.
pub fn document_with_templates(html: &str) -> Document {
    let mut reader = HtmlReader::default();
    let html = reader.builder.take(html);
    reader.feed(&plain_html(html));
    reader.builder.finish()
}

/// Where the frames, players and links of an embedded piece of HTML lead, in order, without
/// duplicates.
pub fn links(html: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut seen = HashSet::new();
    each_token(html, |token| {
        let Token::StartTag(tag) = token else {
            return;
        };
        let name = match tag.name.as_slice() {
            b"a" => "href",
            b"iframe" | b"embed" | b"video" | b"audio" | b"source" => "src",
            _ => return,
        };
        if let Some(url) = attribute(&tag, name)
            && !url.trim().is_empty()
            && seen.insert(url.trim().to_owned())
        {
            links.push(url.trim().to_owned());
        }
    });
    links
}

/// A start tag of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; empty if there is none.
    pub fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value)
    }
}

/// The start tags of a page with one of these names, in order.
pub fn tags(html: &str, names: &[&str]) -> Vec<Tag> {
    let mut found = Vec::new();
    each_token(html, |token| {
        let Token::StartTag(tag) = token else {
            return;
        };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if names.contains(&name.as_str()) {
            let words = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
            let attributes = tag
                .attributes
                .iter()
                .map(|(key, value)| (words(key), words(value)));
            let attributes = attributes.collect();
            found.push(Tag { name, attributes });
        }
    });
    found
}

/// Passes on each token, and returns whether tags with too many attributes were cut.
fn each_token(html: &str, take: impl FnMut(Token)) -> bool {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let html = tags::without_many_controls(html);
    let html = tags::bounded(&html);
    // Reading from a string cannot fail.
    Tokenizer::new_with_emitter(&*html, emitter)
        .flatten()
        .for_each(take);
    matches!(html, Cow::Owned(_))
}

/// Feeds tags and text to a builder. Markdown passes its pieces of HTML one by one.
#[derive(Default)]
pub(super) struct HtmlReader {
    pub(super) builder: DocumentBuilder,
    skipped: Option<Skipped>,
}

/// An element that is not shown, and how deeply elements of its name are nested.
struct Skipped {
    name: Vec<u8>,
    depth: usize,
}

impl HtmlReader {
    /// Takes a piece of HTML; elements may stay open for the next piece.
    pub(super) fn feed(&mut self, html: &str) {
        let is_cut = each_token(html, |token| match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        });
        if is_cut {
            self.builder.attributes_were_cut();
        }
    }

    /// Takes text; ignores it inside something that is not shown.
    pub(super) fn text(&mut self, text: &str) {
        if self.skipped.is_none() {
            self.builder.text(text);
        }
    }

    /// Resumes showing text, even if an element that is not shown was never closed.
    pub(super) fn stop_skipping(&mut self) {
        self.skipped = None;
    }

    fn start(&mut self, tag: &StartTag<()>) {
        if let Some(skipped) = &mut self.skipped {
            skipped.depth += usize::from(skipped.name == *tag.name);
            let in_player = matches!(skipped.name.as_slice(), b"video" | b"audio");
            if in_player && tag.name.as_slice() == b"source" {
                self.embedded(tag, "source");
            }
            return;
        }
        match tag.name.as_slice() {
            b"iframe" => self.embedded(tag, "embedded"),
            b"video" => self.embedded(tag, "video"),
            b"audio" => self.embedded(tag, "audio"),
            _ => {}
        }
        let formula = formula(tag);
        if let Some(formula) = &formula {
            self.builder.text(formula);
        }
        if formula.is_some() || is_unseen(tag) {
            self.skipped = Some(Skipped {
                name: tag.name.to_vec(),
                depth: 1,
            });
            return;
        }
        let builder = &mut self.builder;
        match tag.name.as_slice() {
            b"br" => builder.line_break(),
            b"hr" => builder.rule(),
            b"img" => self.image(tag),
            b"a" => builder.open_link(&attribute(tag, "href").unwrap_or_default()),
            b"ul" | b"menu" | b"dir" => builder.open_list(None),
            b"ol" => {
                let first = attribute(tag, "start").and_then(|start| start.trim().parse().ok());
                builder.open_list(Some(first.unwrap_or(1)));
            }
            b"li" => builder.open_item(),
            b"blockquote" => builder.open_quote(),
            b"dl" => builder.open_list(None),
            b"dt" => {
                builder.open_item();
                builder.mark_item(Marker::Term);
            }
            b"dd" => {
                builder.open_item();
                builder.mark_item(Marker::Meaning);
            }
            b"input" => task(tag, builder),
            b"pre" | b"listing" | b"xmp" => builder.code(&language(tag)),
            b"code" => {
                builder.code_in(&language(tag));
                builder.open_style(RunStyle::Code);
            }
            b"table" => builder.open_table(),
            b"tr" => builder.open_row(),
            b"td" => builder.open_cell(false),
            b"th" => builder.open_cell(true),
            name => {
                if let Some(level) = heading_level(name) {
                    builder.heading(level);
                } else if let Some(style) = style(name) {
                    builder.open_style(style);
                } else if ends_text(name) {
                    builder.end_text();
                }
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(skipped) = &mut self.skipped {
            skipped.depth -= usize::from(skipped.name == name);
            if skipped.depth == 0 {
                self.skipped = None;
            }
            return;
        }
        let builder = &mut self.builder;
        match name {
            b"a" => builder.close_link(),
            b"ul" | b"ol" | b"menu" | b"dir" | b"dl" => builder.close(ContainerKind::List),
            b"li" | b"dt" | b"dd" => builder.close(ContainerKind::Item),
            b"blockquote" => builder.close(ContainerKind::Quote),
            b"table" => builder.close(ContainerKind::Table),
            b"td" | b"th" => builder.close(ContainerKind::Cell),
            _ => {
                if let Some(style) = style(name) {
                    builder.close_style(style);
                } else if heading_level(name).is_some() || ends_text(name) {
                    builder.end_text();
                }
            }
        }
    }

    /// A picture becomes its caption, an emoji its name. Tracking pixels are ignored, and so are
    /// pictures that the page marks as decoration with an empty `alt`.
    fn image(&mut self, tag: &StartTag<()>) {
        let words = |name| attribute(tag, name).filter(|words| !words.trim().is_empty());
        let caption = words("alt").or_else(|| words("title"));
        let url = words("src").or_else(|| words("data-src"));
        let pixel = ["width", "height"].iter().any(|side| {
            attribute(tag, side).is_some_and(|side| matches!(pixels(&side), Some(0 | 1)))
        });
        let decoration = attribute(tag, "alt").is_some() || url.is_none();
        let emoji = words("class").is_some_and(|class| class.contains("emoji"));
        match caption {
            _ if pixel => {}
            Some(name) if emoji => self.builder.text(&name),
            None if decoration => {}
            caption => self
                .builder
                .image(&caption.unwrap_or_default(), &url.unwrap_or_default()),
        }
    }

    /// A frame or player becomes a link that says where it leads: by host for a page, by path for a
    /// file beside the article.
    fn embedded(&mut self, tag: &StartTag<()>, what: &str) {
        let said = |name| attribute(tag, name).filter(|src| !src.trim().is_empty());
        let Some(src) = said("src").or_else(|| said("data-src")) else {
            return;
        };
        let address = if src.starts_with("//") {
            format!("https:{src}")
        } else {
            src
        };
        let url = url::Url::parse(&address).ok();
        let host = url.as_ref().and_then(url::Url::host_str);
        if url.is_some() && host.is_none() {
            return;
        }
        let builder = &mut self.builder;
        builder.end_text();
        builder.open_link(&address);
        builder.text(&format!("[{what}: {}]", host.unwrap_or(address.trim())));
        builder.close_link();
        builder.end_text();
    }
}

/// A checkbox makes its item a task.
fn task(tag: &StartTag<()>, builder: &mut DocumentBuilder) {
    if attribute(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) {
        let done = attribute(tag, "checked").is_some();
        builder.mark_item(Marker::Task { done });
    }
}

/// The language of code, as highlighters mark it: `class="language-rust"`, `lang="go"`.
fn language(tag: &StartTag<()>) -> String {
    let class = attribute(tag, "class").unwrap_or_default();
    let named = class.split_whitespace().find_map(|name| {
        ["language-", "lang-", "highlight-source-"]
            .iter()
            .find_map(|before| name.strip_prefix(before))
    });
    named
        .map(str::to_owned)
        .or_else(|| attribute(tag, "lang"))
        .unwrap_or_default()
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// A formula as text, where its element has one.
fn formula(tag: &StartTag<()>) -> Option<String> {
    let is_formula = tag.name.as_slice() == b"math" && !tag.self_closing;
    let text = is_formula.then(|| attribute(tag, "alttext")).flatten()?;
    Some(text).filter(|text| !text.trim().is_empty())
}

/// A `width` or `height` in pixels; `None` if it is relative.
fn pixels(side: &str) -> Option<u32> {
    side.trim().trim_end_matches("px").parse().ok()
}

/// Elements whose content a browser does not show as text of the page.
fn is_unseen(tag: &StartTag<()>) -> bool {
    match tag.name.as_slice() {
        b"script" | b"style" | b"title" | b"textarea" | b"template" | b"noscript" | b"noembed"
        | b"iframe" | b"video" | b"audio" | b"canvas" => true,
        // The same formula again, in another language.
        b"annotation" | b"annotation-xml" => true,
        b"svg" => !tag.self_closing,
        // Others may lack their closing tag, and would hide the rest of the page.
        b"div" | b"span" | b"section" | b"table" => is_hidden(tag),
        _ => false,
    }
}

/// Styles with which newsletters hide text that only a mail program's list shows.
const HIDING: [&str; 6] = [
    "display:none",
    "visibility:hidden",
    "mso-hide:all",
    "max-height:0;",
    "max-height:0px;",
    "font-size:0;",
];

fn is_hidden(tag: &StartTag<()>) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let style: String = style.split_whitespace().collect();
    let style = style.to_ascii_lowercase() + ";";
    attribute(tag, "hidden").is_some() || HIDING.iter().any(|it| style.contains(it))
}

fn heading_level(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn style(name: &[u8]) -> Option<RunStyle> {
    match name {
        b"b" | b"strong" => Some(RunStyle::Strong),
        b"i" | b"em" | b"cite" | b"dfn" | b"var" => Some(RunStyle::Emphasis),
        b"s" | b"strike" | b"del" => Some(RunStyle::Strike),
        b"code" | b"kbd" | b"samp" | b"tt" => Some(RunStyle::Code),
        // Written by `dialect`.
        b"x-template" => Some(RunStyle::Template),
        _ => None,
    }
}

/// Block elements that have no other meaning here.
fn ends_text(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"body"
            | b"caption"
            | b"center"
            | b"details"
            | b"dialog"
            | b"div"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"header"
            | b"hgroup"
            | b"html"
            | b"legend"
            | b"listing"
            | b"main"
            | b"nav"
            | b"optgroup"
            | b"option"
            | b"p"
            | b"pre"
            | b"section"
            | b"summary"
            | b"tbody"
            | b"tfoot"
            | b"thead"
            | b"tr"
            | b"xmp"
    )
}

#[cfg(test)]
mod tests;
