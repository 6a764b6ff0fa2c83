//! Markdown bodies to blocks: CommonMark with tables, footnotes, strikethrough, task and definition
//! lists, wikilinks, heading attributes. Generators' extensions are turned into plain Markdown
//! first (`dialect`). HTML inside is read as HTML, for its text.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::block::{Document, Marker, RunStyle};
use super::containers::ContainerKind;
use super::dialect::{Flavour, plain_markdown};
use super::html;

/// The body's text as blocks.
pub fn document(markdown: &str) -> Document {
    read(markdown, Flavour::Markdown)
}

/// The blocks of a body in MDX.
pub fn document_in_mdx(mdx: &str) -> Document {
    read(mdx, Flavour::Mdx)
}

fn read(markdown: &str, flavour: Flavour) -> Document {
    let mut reader = Reader::default();
    let markdown = reader.html.builder.take(markdown);
    let markdown = reader.html.builder.take_signs(markdown, is_sign);
    let markdown = plain_markdown(markdown, flavour);
    for event in Parser::new_ext(&markdown, options()) {
        reader.event(event);
    }
    reader.html.builder.finish()
}

/// The text of the first heading that is not inside a list or quote, for an article without a
/// title.
pub fn first_heading(markdown: &str) -> Option<String> {
    document(markdown).first_heading()
}

/// ASCII characters that start something in Markdown.
fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b'\n' | b'\0' | b'!' | b'&' | b'*' | b'<' | b'[' | b'\\' | b']' | b'_' | b'`' | b'|' | b'~'
    )
}

pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// The language of code: the first word after its fence, without the braces and dots that some
/// generators add (`{.python}`, `rust,ignore`).
fn language<'a>(kind: &'a CodeBlockKind<'_>) -> &'a str {
    let CodeBlockKind::Fenced(info) = kind else {
        return "";
    };
    info.trim_start_matches(['{', '.', ' '])
        .split([' ', ',', '{', '}', '\t', ':'])
        .next()
        .unwrap_or_default()
}

#[derive(Default)]
struct Reader {
    html: html::HtmlReader,
    /// The block of HTML being collected: a tag in it may span several lines.
    raw: Option<String>,
    image: Option<Image>,
    /// Whether the current row is a table's header.
    in_header: bool,
}

/// A picture whose description is being read.
struct Image {
    url: String,
    alt: String,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.styled(RunStyle::Code, &code),
            Event::Html(piece) | Event::InlineHtml(piece) => match &mut self.raw {
                Some(raw) => raw.push_str(&piece),
                None => self.html.feed(&piece),
            },
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.html.builder.line_break(),
            Event::Rule => self.html.builder.rule(),
            Event::FootnoteReference(name) => self.html.builder.note_reference(&name),
            Event::TaskListMarker(done) => self.html.builder.mark_item(Marker::Task { done }),
            // Not enabled in the options: text between two prices would become a formula.
            Event::InlineMath(source) | Event::DisplayMath(source) => self.text(&source),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let builder = &mut self.html.builder;
        match tag {
            Tag::Heading { level, .. } => builder.heading(level as u8),
            Tag::BlockQuote(_) => builder.open_quote(),
            Tag::CodeBlock(kind) => builder.code(language(&kind)),
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(first) => builder.open_list(first),
            Tag::Item => builder.open_item(),
            Tag::FootnoteDefinition(name) => {
                builder.end_text();
                builder.open_note(&name);
            }
            Tag::Table(_) => builder.open_table(),
            Tag::TableHead => {
                self.in_header = true;
                builder.open_row();
            }
            Tag::TableRow => builder.open_row(),
            Tag::TableCell => builder.open_cell(self.in_header),
            Tag::Emphasis => builder.open_style(RunStyle::Emphasis),
            Tag::Strong => builder.open_style(RunStyle::Strong),
            Tag::Strikethrough => builder.open_style(RunStyle::Strike),
            Tag::Link { dest_url, .. } => builder.open_link(&dest_url),
            Tag::Image { dest_url, .. } => {
                self.image.get_or_insert_with(|| Image {
                    url: dest_url.into_string(),
                    alt: String::new(),
                });
            }
            Tag::DefinitionList => builder.open_list(None),
            Tag::DefinitionListTitle => {
                builder.open_item();
                builder.mark_item(Marker::Term);
            }
            Tag::DefinitionListDefinition => {
                builder.open_item();
                builder.mark_item(Marker::Meaning);
            }
            Tag::Paragraph => builder.end_text(),
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let builder = &mut self.html.builder;
        match tag {
            TagEnd::BlockQuote(_) => builder.close(ContainerKind::Quote),
            TagEnd::HtmlBlock => {
                let raw = self.raw.take().unwrap_or_default();
                self.html.feed(&raw);
            }
            TagEnd::List(_) | TagEnd::DefinitionList => builder.close(ContainerKind::List),
            TagEnd::Item | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                builder.close(ContainerKind::Item);
            }
            TagEnd::FootnoteDefinition => {
                builder.close(ContainerKind::Item);
                builder.close(ContainerKind::List);
            }
            TagEnd::Table => builder.close(ContainerKind::Table),
            TagEnd::TableHead => self.in_header = false,
            TagEnd::TableCell => builder.close(ContainerKind::Cell),
            TagEnd::Emphasis => builder.close_style(RunStyle::Emphasis),
            TagEnd::Strong => builder.close_style(RunStyle::Strong),
            TagEnd::Strikethrough => builder.close_style(RunStyle::Strike),
            TagEnd::Link => builder.close_link(),
            TagEnd::Image => {
                if let Some(image) = self.image.take() {
                    builder.image(&image.alt, &image.url);
                }
            }
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                builder.end_text();
                self.html.stop_skipping();
            }
            TagEnd::CodeBlock => builder.end_text(),
            TagEnd::TableRow
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.image {
            Some(image) => image.alt.push_str(text),
            None => self.html.text(text),
        }
    }

    fn styled(&mut self, style: RunStyle, text: &str) {
        self.html.builder.open_style(style);
        self.text(text);
        self.html.builder.close_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::super::block::{Block, LeftOut, plain};
    use super::*;

    /// A summary of a document, one line per block, to see its shape at a glance.
    fn outline(markdown: &str) -> Vec<String> {
        document(markdown).blocks.iter().map(brief).collect()
    }

    fn brief(block: &Block) -> String {
        let all = |blocks: &[Block]| blocks.iter().map(brief).collect::<Vec<_>>().join(" ");
        let cells = |row: &Vec<Vec<_>>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>();
        match block {
            Block::Heading { level, text } => format!("h{level} {}", plain(text)),
            Block::Paragraph(text) => plain(text),
            Block::Quote(blocks) => format!("quote({})", all(blocks)),
            Block::List(items) => {
                let items = items
                    .iter()
                    .map(|item| format!("{:?} {}", item.marker, all(&item.blocks)));
                format!("list({})", items.collect::<Vec<_>>().join("; "))
            }
            Block::Code { language, text } => {
                format!("code {language}{:?}", text.lines().collect::<Vec<_>>())
            }
            Block::Table { header, rows } => {
                let rows: Vec<_> = rows.iter().map(cells).collect();
                format!("table {:?} {rows:?}", cells(header))
            }
            Block::Rule => "rule".to_owned(),
            Block::Image { alt, url, .. } => format!("image {alt} {url}"),
        }
    }

    #[test]
    fn every_block_of_markdown_is_read() {
        let markdown = "\
# Title\n\nOne *two*\nthree.\n\n> quoted\n>\n> - deep\n\n3. c\n4. d\n\n- [x] done\n- [ ] open\n\n\
```rust\n  let a;\n\n}\n```\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n---\n\n![A *plot*](p.png \"t\")\n";
        assert_eq!(
            outline(markdown),
            [
                "h1 Title",
                "One two three.",
                "quote(quoted list(Bullet deep))",
                "list(Number(3) c; Number(4) d)",
                "list(Task { done: true } done; Task { done: false } open)",
                "code rust[\"  let a;\", \"\", \"}\"]",
                "table [\"a\", \"b\"] [[\"1\", \"2\"]]",
                "rule",
                "image A plot p.png",
            ]
        );
    }

    #[test]
    fn footnotes_are_named_where_they_are_and_where_they_point() {
        assert_eq!(
            outline("Said so.[^1]\n\n[^1]: By her."),
            [
                "Said so.[1]",
                "list(Note { name: \"1\", link: Some(0) } By her.)"
            ]
        );
        assert_eq!(
            outline("> [^a]: Early.\n\nLater.[^a]"),
            [
                "Later.[a]",
                "list(Note { name: \"a\", link: Some(0) } Early.)"
            ]
        );
    }

    #[test]
    fn formulas_keep_their_lines_and_prices_are_none() {
        assert_eq!(
            outline("From **$1** to **$2**.\n\n$$\na &= b \\\\\n*c*\n$$"),
            ["From $1 to $2.", "code [\"a &= b \\\\\\\\\", \"*c*\"]"]
        );
    }

    #[test]
    fn definitions_stand_below_what_they_define() {
        assert_eq!(
            outline("Thyme\n: grows on walls\n\nRue\n: does not"),
            ["list(Term Thyme; Meaning grows on walls; Term Rue; Meaning does not)"]
        );
    }

    #[test]
    fn wikilinks_lead_to_their_pages() {
        let found = document("See [[Mercator|the projection]] and ![[globe.png]]. `[[no]]`");
        assert_eq!(found.links, ["Mercator", "globe.png"]);
        assert_eq!(
            outline("[[A|b]] `[[c]]` ![[d.png]]"),
            ["b [[c]]", "image d.png d.png"]
        );
    }

    #[test]
    fn html_inside_is_its_text() {
        let markdown = "a <b>b</b><br>c <img src=x alt=y onerror=z>\n\n<div\nclass=x>\n<p>d</p>\n\
                        <script>no</script>\n</div>\n\n<!-- no -->\n\ne";
        assert_eq!(outline(markdown), ["a b c", "image y x", "d", "e"]);
        let found = document("a <b>b</b>");
        let Block::Paragraph(text) = &found.blocks[0] else {
            panic!("{found:?}");
        };
        assert_eq!(text[1].style, RunStyle::Strong);
    }

    #[test]
    fn an_element_left_open_hides_its_own_paragraph_at_most() {
        assert_eq!(outline("a <style> b\n\nc"), ["a", "c"]);
    }

    #[test]
    fn links_are_collected_in_order() {
        let found = document("[a](/x) <https://b.example> [c][r] [d](/x)\n\n[r]: ../c.md");
        assert_eq!(found.links, ["/x", "https://b.example", "../c.md"]);
        let pictures = document("![a](./i.jpg) [![b](j.jpg)](/k)");
        assert_eq!(pictures.links, ["./i.jpg", "/k"]);
    }

    #[test]
    fn the_first_heading_is_found() {
        assert_eq!(
            first_heading("a\n\n## B *c* &amp; d\n\n# E").as_deref(),
            Some("B c & d")
        );
        assert_eq!(first_heading("a\n\n    # code"), None);
    }

    #[test]
    fn depth_and_length_have_limits() {
        for deep in ["> ", "- ", "*a ", "[", "![", "<b>"] {
            let found = document(&format!("{}x", deep.repeat(10_000)));
            assert!(found.left_out.is_empty() && !found.is_empty(), "{deep}");
        }
        let long = document(&"some words\n".repeat(100_000));
        assert_eq!(long.left_out, [LeftOut::Bytes(1_100_000)]);
        let signs = document(&"[".repeat(150_000));
        assert_eq!(signs.left_out, [LeftOut::Signs(150_000)]);
    }
}
