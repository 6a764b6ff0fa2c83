//! What is written reads back as it was.

use proptest::prelude::*;

use super::super::block::{Block, Document, plain};
use super::super::body::{Markup, body};
use super::super::{html, markdown as reader};
use super::*;

/// The document after it was written and read.
fn again(document: &Document) -> Document {
    body(Markup::Markdown, &markdown(document))
}

#[track_caller]
fn reads_back(text: &str) {
    for document in [reader::document(text), html::document(text)] {
        let written = markdown(&document);
        let read = body(Markup::Markdown, &written);
        assert_eq!(read, document, "{text}\n---\n{written}");
    }
}

#[test]
fn every_block_reads_back() {
    for text in [
        "# A *b* [c](https://c.example/) `d`\n\n###### e",
        "a\\\nb  \nc\n\nd",
        "> a\n>\n> > b\n>\n> - c\n\nd",
        "- a\n- b\n  - c\n\n    d\n- e\n\n+ f\n+ g",
        "3. a\n4. b\n   1. c",
        "- [x] a\n- [ ] b",
        "```rust\nfn a() {\n\n    `b`\n}\n```",
        "````\n```\n````",
        "```\n{% raw %}\n\n  {{ a }} <b> &amp;\n{% endraw %}\n```",
        "| a | b |\n| --- | --- |\n| `c` | d \\| e |\n| [f](g.md) | |",
        "a\n\n---\n\n***",
        "![a [b]](https://c.example/d.png) ![](e.png)",
        "[![a](b.png)](https://c.example/)",
        "a[^1] b[^n].\n\n[^1]: c\n\n[^n]: d\n\n    e",
        "a\n: b\n\nc\n: d\n: e",
        "- ***\n- # a\n- > b\n- ```\n  c\n  ```",
        "<table><tr><th>a<th>b</tr><tr><td>c<br>d<td>e</table>",
        "<dl><dt>a<dd>b<dd>c</dl>",
        "<ol start=7><li>a<li><p>b<p>c</ol>",
    ] {
        reads_back(text);
    }
}

#[test]
fn every_run_reads_back() {
    for text in [
        "*a* **b** ~~c~~ `d` *a***b**",
        "a*b*c **d**, (*e*) *\"f\"* g",
        "<b>a</b>b<i>c</i> <i> d</i> e",
        "`` ` `` ` a ` `a``b` `{{ c }}`",
        "[a *b* c](https://d.example/e_f_g(h)?i=1&copy=2)",
        "!<a href=/b>c</a> [d](<e f.md>) [g](#h)",
        "<https://a.example/b_c_d> a_b_c _d_",
    ] {
        reads_back(text);
    }
}

#[test]
fn only_what_can_be_followed_is_a_link() {
    let document = reader::document("[a](javascript:b) ![c](data:d) [e](/f)");
    assert_eq!(markdown(&document), "a\n\nc\n\n[e](/f)\n");
}

/// What would be markup or a directive if it were written as it is.
#[test]
fn text_stays_text() {
    for text in [
        "1. a",
        "12) a",
        "- a",
        "+ a",
        "* a",
        "# a",
        "a #",
        "a ##",
        "> a",
        "=== a",
        "--- a",
        ": a",
        "::: a",
        "!!! note",
        "??? note",
        "$$",
        "| a |",
        "[TOC]",
        "[^1]: a",
        "![a](b)",
        "import a from 'b'",
        "&amp; &#33; & a &b",
        "<b> < a <!-- c --> </d>",
        "{% a %} {{ b }} {: .c } {#d}",
        "a * b ** c _ d __ e ` f ~ g ~~",
        "\\ \\\\ \\a",
        "[[a]] [b][c] [x]",
        "https://a.example/",
    ] {
        let inline = super::super::block::Inline {
            text: text.to_owned(),
            style: super::super::block::RunStyle::Plain,
            link: None,
        };
        for block in [
            Block::Paragraph(vec![inline.clone()]),
            Block::Heading {
                level: 2,
                text: vec![inline.clone()],
            },
            Block::Table {
                header: vec![vec![inline.clone()]],
                rows: vec![vec![vec![inline.clone()]]],
            },
        ] {
            let document = Document {
                blocks: vec![block],
                ..Document::default()
            };
            assert_eq!(again(&document), document, "{}", markdown(&document));
        }
    }
}

/// A site generator would run these in the article of a stranger.
#[test]
fn no_template_survives_anywhere() {
    let template = "{% include secret %} {{ site.key }} {{< x >}} {#c#}";
    let text = format!(
        "# {template}\n\n{template} `{template}` [{template}](https://a.example/?{{{{b}}}})\n\n\
         - {template}\n\n```{template}\n{template}\n```\n\n![{template}](c.png)\n\n\
         | {template} |\n| --- |\n| {template} |\n"
    );
    let html = text.replace("{%", "&#123;%").replace("{{", "&#123;{");
    for document in [reader::document(&text), html::document(&html)] {
        let written = markdown(&document);
        for open in ["{%", "{{", "{#"] {
            assert!(!written.contains(open), "{written}");
        }
    }
}

#[test]
fn controls_are_left_out() {
    let hidden = html::document("<p>a\u{1b}[2Jb\u{9b}c</p><pre>d\u{1b}\n\te</pre>");
    let link = reader::document("[a](b.md?c\u{7f}d)");
    for document in [hidden, link] {
        let written = markdown(&document);
        assert!(
            written
                .chars()
                .all(|sign| sign == '\n' || !sign.is_control()),
            "{written:?}"
        );
    }
}

/// The words of a document in order.
fn words(document: &Document) -> Vec<String> {
    let mut words = String::new();
    let mut blocks: Vec<&Block> = document.blocks.iter().rev().collect();
    while let Some(block) = blocks.pop() {
        words.push(' ');
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => words.push_str(&plain(text)),
            Block::Quote(inner) => blocks.extend(inner.iter().rev()),
            Block::List(items) => {
                blocks.extend(items.iter().flat_map(|item| &item.blocks).rev());
            }
            Block::Code { text, .. } => words.push_str(text),
            Block::Table { header, rows } => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    words.push_str(&plain(cell));
                    words.push(' ');
                }
            }
            Block::Image { alt, .. } => words.push_str(alt),
            Block::Rule => {}
        }
    }
    words.split_whitespace().map(str::to_owned).collect()
}

const PIECES: [&str; 40] = [
    "a",
    "word",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "# ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "| ",
    "|\n|---|\n",
    "[",
    "](b)",
    "![",
    "\\",
    "<b>",
    "</b>",
    "<br>",
    "<p>",
    "<li>",
    "<pre>",
    "</pre>",
    "&lt;",
    "{{",
    "}}",
    "$$\n",
    ": ",
    "[^1]",
    "[^1]: ",
    "!",
    "<code>",
    "</code>",
    "---\n",
];

proptest! {
    #[test]
    fn words_are_written_once_and_in_order(
        picked in prop::collection::vec(0..PIECES.len(), 0..40),
        is_html in any::<bool>(),
    ) {
        let text: String = picked.iter().map(|at| PIECES[*at]).collect();
        let document = if is_html { html::document(&text) } else { reader::document(&text) };
        let written = markdown(&document);
        prop_assert_eq!(words(&reader::document(&written)), words(&document), "{}\n---\n{}", text, written);
    }
}
