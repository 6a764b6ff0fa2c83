//! Each construct of CommonMark and of GitHub's extensions, with the words that a reader must see,
//! in their order (footnotes last).

use newsdesk::format::block::{Block, Document, plain};
use newsdesk::format::body::{Markup, body};
use newsdesk::format::to_markdown::markdown;
use newsdesk::format::wrap;

/// Markdown, and its words.
const MARKDOWN: &[(&str, &str)] = &[
    // Tabs and blanks.
    ("\tcode\tline", "code line"),
    ("  - one\n\n\ttwo", "one two"),
    ("- one\n\n\t\ttwo", "one two"),
    (">\t\tone", "one"),
    ("*\t*\t*\t", ""),
    ("one\n  \t  \ntwo", "one two"),
    // Escapes and entities.
    ("\\*one\\* \\# two \\& three", "*one* # two & three"),
    (
        "&copy; &#35; &lt;one&gt; &nope; &#0;",
        "© # <one> &nope; \u{fffd}",
    ),
    ("`\\*`", "\\*"),
    ("one\\\ntwo", "one two"),
    // Thematic breaks and headings.
    ("***\n---\n___", ""),
    ("+++", "+++"),
    ("one\n***\ntwo", "one two"),
    ("# one #\n## two ##\n###### six", "one two six"),
    ("####### seven", "####### seven"),
    ("#one", "#one"),
    ("# one *two* \\#", "one two #"),
    ("one\n===\n\ntwo\nthree\n---", "one two three"),
    ("> one\n---", "one"),
    ("#\n\n## \n\none", "one"),
    // Code.
    ("    one\n      two", "one two"),
    ("    one\n\n\n    two", "one two"),
    ("one\n    two", "one two"),
    ("```\n<\n >\n```", "< >"),
    ("~~~ rust\none\n~~~", "one"),
    ("````\none\n```\n````", "one ```"),
    ("```\none", "one"),
    ("> ```\n> one\n\ntwo", "one two"),
    ("- one\n\n  ```\n  two\n  ```", "one two"),
    ("`one` ``two ` three`` ` four `", "one two ` three four"),
    ("`one", "`one"),
    // Paragraphs, quotes, lists.
    ("one\ntwo\n\nthree", "one two three"),
    ("one  \ntwo", "one two"),
    ("> one\ntwo\n> three", "one two three"),
    ("> > > one\ntwo", "one two"),
    (">\n> one\n>  ", "one"),
    ("- one\n- two\n+ three", "one two three"),
    ("1. one\n2) two", "one two"),
    ("1) one\n   - two\n     1. three", "one two three"),
    ("- one\n\n  two\n- three", "one two three"),
    ("1234567890. one", "1234567890. one"),
    ("-one\n\n2.two", "-one 2.two"),
    ("- \n- one", "one"),
    ("- - - one", "one"),
    ("10) one\n    > two", "one two"),
    ("- [ ] one\n- [x] two\n  - [X] three", "one two three"),
    // Emphasis.
    (
        "*one* _two_ **three** __four__ ***five***",
        "one two three four five",
    ),
    ("one*two*three one_two_three", "onetwothree one_two_three"),
    ("* one*", "one*"),
    ("**one *two* three**", "one two three"),
    ("*one **two*", "*one *two"),
    ("~~one~~ ~two~", "one two"),
    // Links and images.
    (
        "[one](/a \"title\") [two](<b c>) [three]()",
        "one two three",
    ),
    ("[one][a] [a][] [a]\n\n[a]: /b 'title'", "one a a"),
    ("[one](not a link)", "[one](not a link)"),
    ("[one *two* `three`](/a)", "one two three"),
    ("![one *two*](a.png) three", "one two three"),
    ("[![one](a.png)](/b)", "one"),
    (
        "<https://a.example/> <one@a.example>",
        "https://a.example/ one@a.example",
    ),
    ("[one]: /a\n\n[one]", "one"),
    // HTML.
    ("<div>\none\n</div>\n\ntwo", "one two"),
    ("<div>\n\n## one\n\n*two*\n\n</div>", "one two"),
    ("one <b>two</b> <!-- no --> three", "one two three"),
    ("<script>\nno\n</script>\none", "one"),
    ("<pre>\none\n\n  two\n</pre>", "one two"),
    ("one < two > three", "one < two > three"),
    (
        "<details><summary>one</summary>\n\ntwo\n\n</details>",
        "one two",
    ),
    // Tables.
    (
        "| one | two |\n| --- | :-: |\n| three | four |",
        "one two three four",
    ),
    (
        "one | two\n-|-\nthree \\| four | `five \\| six`",
        "one two three | four five | six",
    ),
    (
        "| one |\n|---|\n| two | three |\n| four\nfive",
        "one two four five",
    ),
    ("| one |\ntwo", "| one | two"),
    // Footnotes, definitions, admonitions.
    (
        "one[^a] two\n\n[^a]: three\n\nfour",
        "one[a] two four three",
    ),
    ("one[^b]", "one[^b]"),
    (
        "one\n: two\n\nthree\n:   four\n\n    five",
        "one two three four five",
    ),
    ("> [!NOTE]\n> one", "NOTE one"),
    ("$$\none + two\n$$\n\n$3 and $4", "one + two $3 and $4"),
    (
        "so $a_1 * b_2 * c_1$ or $$d$$",
        "so $a_1 * b_2 * c_1$ or $$d$$",
    ),
    ("`$a` *b* \\$c", "$a b $c"),
];

/// HTML, and its words.
const HTML: &[(&str, &str)] = &[
    ("<p>one<p>two<div>three</div>four", "one two three four"),
    ("<ul><li>one<li>two<ol><li>three</ol></ul>", "one two three"),
    ("<dl><dt>one<dd>two<dt>three</dl>", "one two three"),
    (
        "<table><tr><td>one<td>two<tr><td>three</table>",
        "one two three",
    ),
    (
        "<table><tr><th>one<th>two<tr><td>three</table>",
        "one two three",
    ),
    (
        "<pre><code class='language-c'>one\n\ttwo</code></pre>",
        "one two",
    ),
    ("<b>one<i>two</b>three</i>four", "onetwothreefour"),
    ("one<br>two<hr>three", "one two three"),
    (
        "<figure><img src=a alt=one><figcaption>two</figcaption></figure>",
        "one two",
    ),
    ("<h1>one</h1><h6>two</h6>three", "one two three"),
    (
        "<blockquote>one<blockquote>two</blockquote>three</blockquote>",
        "one two three",
    ),
    ("<ul><li><input type=checkbox checked> one</ul>", "one"),
    (
        "<!DOCTYPE html><html><head><title>no</title><style>no</style></head><body>\
         <!--[if mso]><p>no</p><![endif]--><!--[if !mso]><!--><p>one</p><!--<![endif]-->\
         <div style=\"display:none;max-height:0\">no</div><table role=presentation><tr><td>\
         <a href=\"https://a.example/\">two</a></td></tr></table></body></html>",
        "one two",
    ),
    (
        "<style>p { a: b }\n\n    no</style>\n\n    <p>one</p>",
        "one",
    ),
    (
        "<iframe data-src=\"https://v.example/x\"></iframe>one",
        "[embedded: v.example] one",
    ),
    ("one<p hidden>two<p>three", "one two three"),
    ("<a href=#x>one</a> <a>two</a>", "one two"),
    (
        "<p>&lt;one&gt; &amp;amp; &eacute;t&#233;",
        "<one> &amp; été",
    ),
];

/// The words of a document in their order.
pub fn words(document: &Document) -> Vec<String> {
    let mut words = String::new();
    let mut blocks: Vec<&Block> = document.blocks.iter().rev().collect();
    while let Some(block) = blocks.pop() {
        words.push(' ');
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => words.push_str(&plain(text)),
            Block::Quote(inner) => blocks.extend(inner.iter().rev()),
            Block::List(items) => blocks.extend(items.iter().flat_map(|it| &it.blocks).rev()),
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

/// The words that are on a page, without what wrapping adds.
fn shown(document: &Document, columns: usize) -> String {
    let lines = wrap::document(document, columns);
    let runs = lines.iter().flat_map(|line| &line.runs);
    let text: String = runs.map(|run| run.text.as_str()).collect();
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

fn check(markup: Markup, text: &str, expected: &str) {
    let document = body(markup, text);
    let expected: Vec<String> = expected.split_whitespace().map(str::to_owned).collect();
    assert_eq!(words(&document), expected, "{text:?}");
    let written = markdown(&document);
    let again = body(Markup::Markdown, &written);
    assert_eq!(words(&again), expected, "{text:?} written as {written:?}");
    let is_table = |block: &Block| matches!(block, Block::Table { .. });
    for columns in [1, 9, 78] {
        let shown = shown(&document, columns);
        let mut rest = shown.as_str();
        // Where its columns cannot be side by side, the names come before each value.
        let is_mixed = columns < 78 && document.blocks.iter().any(is_table);
        for word in &expected {
            let letters: String = word.chars().filter(|it| it.is_alphanumeric()).collect();
            let at = rest.find(&letters);
            assert!(at.is_some(), "{word} of {text:?} is not in {rest}");
            if !is_mixed {
                rest = &rest[at.unwrap_or_default() + letters.len()..];
            }
        }
    }
}

#[test]
fn every_word_of_every_construct_of_markdown_is_there_in_order() {
    for (text, expected) in MARKDOWN {
        check(Markup::Markdown, text, expected);
    }
}

#[test]
fn every_word_of_html_is_there_in_order() {
    for (text, expected) in HTML {
        check(Markup::Html, text, expected);
    }
}
