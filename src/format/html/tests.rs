//! What is read from a page, and how.

use super::super::block::{Block, Inline, LeftOut, Marker, plain};
use super::*;

fn blocks(html: &str) -> Vec<Block> {
    document(html).blocks
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![inline(text)])
}

fn inline(text: &str) -> Inline {
    Inline {
        text: text.to_owned(),
        style: RunStyle::Plain,
        link: None,
    }
}

fn item(text: &str) -> (Marker, Vec<Block>) {
    (Marker::Bullet, vec![paragraph(text)])
}

fn items(block: &Block) -> Vec<(Marker, Vec<Block>)> {
    let Block::List(items) = block else {
        panic!("not a list: {block:?}");
    };
    items
        .iter()
        .map(|item| (item.marker.clone(), item.blocks.clone()))
        .collect()
}

#[test]
fn text_comes_without_markup_and_with_single_spaces() {
    let html = "<p>It&rsquo;s\n  <span class='x'>a</span>&nbsp; &lt;b&gt;\n</p>\n<p>&nbsp;</p>";
    assert_eq!(blocks(html), [paragraph("It’s a <b>")]);
}

#[test]
fn what_a_browser_does_not_show_is_dropped() {
    let html = "<!doctype html><html><head><title>T</title><style>p{}</style></head><body>\
                <!-- no --><script>if (a < b) alert('<p>no</p>')</script>\
                <noscript><img src=x alt=no></noscript><div style='display: none'>no \
                <div>no</div> no</div><svg><text>no</text></svg><p>yes</p></body></html>";
    assert_eq!(blocks(html), [paragraph("yes")]);
}

#[test]
fn styles_and_links_are_kept() {
    let found = document("<p>a <b>b</b> <a href=' /c '><i>c</i> d</a> <a href='#x'>e</a></p>");
    let Block::Paragraph(text) = &found.blocks[0] else {
        panic!("{found:?}");
    };
    let runs: Vec<_> = text
        .iter()
        .map(|run| (run.text.as_str(), run.style, run.link))
        .collect();
    assert_eq!(
        runs,
        [
            ("a ", RunStyle::Plain, None),
            ("b", RunStyle::Strong, None),
            (" ", RunStyle::Plain, None),
            ("c", RunStyle::Emphasis, Some(0)),
            (" d", RunStyle::Plain, Some(0)),
            (" e", RunStyle::Plain, None),
        ]
    );
    assert_eq!(found.links, ["/c"]);
}

#[test]
fn a_link_met_twice_is_listed_once() {
    let found = document("<a href=u><img src=i alt=i></a><a href=v>v</a><a href=u>u</a>");
    assert_eq!(found.links, ["u", "v"]);
    assert!(matches!(
        found.blocks[0],
        Block::Image { link: Some(0), .. }
    ));
}

#[test]
fn line_breaks_part_lines_and_two_part_paragraphs() {
    let found = blocks("a<br>b<br/><br>c<br>");
    assert_eq!(found, [paragraph("a\nb"), paragraph("c")]);
}

#[test]
fn lists_nest_and_count_even_without_closing_tags() {
    let found = blocks("<ol start=3><li>a<ul><li>b<li>c</ul><li>d</ol>e");
    assert_eq!(found[1], paragraph("e"));
    let outer = items(&found[0]);
    assert_eq!(outer[0].0, Marker::Number(3));
    assert_eq!(outer[1], (Marker::Number(4), vec![paragraph("d")]));
    assert_eq!(outer[0].1[0], paragraph("a"));
    assert_eq!(items(&outer[0].1[1]), [item("b"), item("c")]);
}

#[test]
fn a_table_that_only_arranges_is_read_cell_by_cell() {
    let html = "<table><tr><td><h2>News</h2><table><tr><td>a</td><td>b</td></tr></table>\
                </td></tr><tr><td>c</table>d";
    let found = blocks(html);
    let Block::Heading { level: 2, text } = &found[0] else {
        panic!("{found:?}");
    };
    assert_eq!(plain(text), "News");
    let rest = ["a", "b", "c", "d"].map(paragraph);
    assert_eq!(found[1..], rest);
}

#[test]
fn a_table_with_headings_stays_one() {
    let html = "<table><thead><tr><th>Name<th>Age</thead><tr><td>Ann<td>7</table>";
    let row = |a, b| vec![vec![inline(a)], vec![inline(b)]];
    let table = Block::Table {
        header: row("Name", "Age"),
        rows: vec![row("Ann", "7")],
    };
    assert_eq!(blocks(html), [table]);
}

#[test]
fn preformatted_lines_keep_their_spaces() {
    let found = blocks("<pre><code>\n  a\n\n    b &amp; c\n</code></pre>");
    let code = |language: &str, text: &str| Block::Code {
        language: language.to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(found, [code("", "  a\n\n    b & c")]);
    for html in [
        "<pre><code class='hljs language-go'>x</code></pre>",
        "<pre lang=go>x</pre>",
        "<pre class='lang-go'><code>x</code></pre>",
    ] {
        assert_eq!(blocks(html), [code("go", "x")], "{html}");
    }
}

#[test]
fn pictures_are_captions_but_pixels_and_decoration_are_not() {
    let html = "<img src=t width=1 height=1><img src=t style='' height='0px' alt=x><img alt=''>\
                <img src=d alt=''><img src='p.png' alt=' A\n plot '>\
                Hi <img class='lia-emoji' src=e alt=':wave:'>";
    let image = Block::Image {
        alt: "A plot".to_owned(),
        url: "p.png".to_owned(),
        link: Some(0),
    };
    assert_eq!(blocks(html), [image, paragraph("Hi :wave:")]);
}

#[test]
fn a_frame_is_a_link_that_names_its_host() {
    let found = document("a<iframe src='//player.example/v?id=1'><p>no</p></iframe>b");
    assert_eq!(found.links, ["https://player.example/v?id=1"]);
    let texts: Vec<_> = found
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => plain(text),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts, ["a", "[embedded: player.example]", "b"]);
}

#[test]
fn players_name_their_files() {
    let found = document(
        "a<video src=/m/w.webm controls>no</video><audio><source src=https://s.example/x></audio>",
    );
    let texts: Vec<_> = found
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => plain(text),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts, ["a", "[video: /m/w.webm]", "[source: s.example]"]);
    assert_eq!(found.links, ["/m/w.webm", "https://s.example/x"]);
}

#[test]
fn stray_closing_tags_close_nothing_of_others() {
    let html = "<blockquote><table><tr><td></blockquote></li></ul>a</td></table>b</blockquote>c";
    let quote = Block::Quote(vec![paragraph("a"), paragraph("b")]);
    assert_eq!(blocks(html), [quote, paragraph("c")]);
}

#[test]
fn depth_costs_no_stack_and_loses_no_text() {
    for tag in [
        "div",
        "blockquote",
        "ul><li",
        "table><tr><td",
        "b",
        "span hidden=1><svg",
    ] {
        let html = format!("{}x</div>", format!("<{tag}>").repeat(10_000));
        let found = document(&html);
        assert!(found.links.is_empty(), "{tag}");
        assert_eq!(found.is_empty(), tag.contains("hidden"), "{tag}");
    }
}

#[test]
fn a_body_too_long_is_cut_and_says_so() {
    let found = document(&"<p>ä</p>".repeat(600_000));
    let said: Vec<String> = found.left_out.iter().map(LeftOut::to_string).collect();
    let expected = [
        "… the rest of this text is not shown: 5,274 kB, limit 512",
        "… the rest of this text is not shown: 58,254 blocks, limit 20,000",
    ];
    assert_eq!(said, expected);
    assert_eq!(document("<p>a</p>").left_out, []);
}

#[test]
fn attributes_that_are_not_read_are_told_once() {
    let tag = format!("<p {}>text</p>", "a=\"b\" ".repeat(4_500));
    for read in [document, crate::format::markdown::document] {
        let found = read(&tag.repeat(2));
        assert_eq!(found.left_out, [LeftOut::Attributes]);
        assert!(!found.is_empty());
    }
    let few = format!("<p {}>text</p>", "a=\"b\" ".repeat(64));
    assert_eq!(document(&few).left_out, []);
}

#[test]
fn links_of_embedded_html_are_found_once_each() {
    let html = "<iframe width=\"800\" src=\"https://video.example/embed/1?a=1&amp;b=2\"></iframe>\
                <video><source src=m.mp4><source src=m.mp4></video><a href=''>x</a><img src=i>";
    assert_eq!(
        links(html),
        ["https://video.example/embed/1?a=1&b=2", "m.mp4"]
    );
}

#[test]
fn formulas_are_their_text() {
    for (html, text) in [
        (
            "<p>so <math alttext='x^2'><msup><mi>x</mi><mn>2</mn></msup></math>.",
            "so x^2.",
        ),
        (
            "<p>so <math><semantics><mrow><mi>x</mi><mo>=</mo><mn>2</mn></mrow><annotation>x=2\
             </annotation></semantics></math>.",
            "so x=2.",
        ),
    ] {
        assert_eq!(blocks(html), [paragraph(text)], "{html}");
    }
}
