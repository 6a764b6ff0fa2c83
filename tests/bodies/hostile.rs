//! Bodies made to be slow or large, each in a different way, for tests of their cost and for the
//! benchmark of their time.

use newsdesk::format::block::MAX_BODY;
use newsdesk::format::body::Markup;

/// A body: name, markup and text, as long as is read.
pub struct Hostile {
    pub name: &'static str,
    pub markup: Markup,
    pub text: String,
}

/// A piece of markup, repeated, between a start and an end.
type Recipe = (&'static str, &'static str, &'static str, &'static str);

const MARKDOWN: &[Recipe] = &[
    (
        "prose",
        "",
        "Some words of a text that is long, and *stressed*.\n\n",
        "",
    ),
    ("one paragraph", "", "word and words ", ""),
    ("wide letters", "", "長い日本語の文章。", ""),
    ("marks", "", "e\u{301}\u{302}\u{303} ", ""),
    ("letters", "", "a ", ""),
    ("rules", "", "---\n\n", ""),
    ("links", "", "[a](b) ", ""),
    ("brackets", "", "[", ""),
    ("closing brackets", "", "]", ""),
    ("images", "", "![", ""),
    ("reference", "[a]: /b\n\n", "[a] ", ""),
    ("definitions", "", "[a]: b\n", ""),
    ("long label", "[", "a ", "]: b"),
    ("emphasis", "", "*a ", ""),
    ("emphasis runs", "", "*_", ""),
    ("stars", "", "*", ""),
    ("strong", "", "**a** _b_ ", ""),
    ("ticks", "", "` ", ""),
    ("growing ticks", "", "`a``b```c````d", ""),
    ("quotes", "", "> ", ""),
    ("divisions", "", "::: x\n", ""),
    ("dollars", "", "$", ""),
    ("quoted lines", "", "> > > a\n", ""),
    ("lists in lists", "", "- ", ""),
    ("items", "", "- a\n", ""),
    ("numbers", "", "1. a\n", ""),
    ("tasks", "", "- [ ] a\n", ""),
    ("empty items", "", "-\n", ""),
    ("staircase", "- a\n", " - a\n  - b\n   - c\n", ""),
    ("headings", "", "# a\n", ""),
    ("setext", "", "a\n=\n", ""),
    ("table", "|a|b|\n|-|-|\n", "|c|d|\n", ""),
    ("table of marks", "|a|b|\n|-|-|\n", "|*c*|[d](e)|\n", ""),
    ("pipes", "", "|", "\n|-|\n"),
    ("hard breaks", "", "a  \n", ""),
    ("lines", "", "a\n", ""),
    ("empty lines", "", "\n", ""),
    ("code lines", "```\n", "a\n", "```"),
    ("empty code lines", "```\na", "\n", "a\n```"),
    ("tabs in code", "```\n", "\t", "\n```"),
    ("fences", "", "```\n", ""),
    ("indented", "", "    a\n\n", ""),
    ("entities", "", "&amp;", ""),
    ("unfinished entities", "", "&#x1", ""),
    ("footnotes", "", "[^a] ", "\n\n[^a]: b"),
    ("footnote definitions", "", "[^a]: b\n\n", ""),
    ("tags", "", "<b>", ""),
    ("unfinished tags", "", "<a ", ""),
    ("comments", "", "<!-- ", ""),
    ("instructions", "", "<? ", ""),
    ("sections", "", "<![CDATA[ ", ""),
    ("declarations", "", "<!A ", ""),
    ("attributes", "<div ", "a='b' ", ">\n\ntext"),
    ("quoted attributes", "<div ", "a=\"b\" ", ">\n\ntext"),
    ("blocks of HTML", "", "<div>\n\na\n\n", ""),
    ("addresses", "", "<http://a> ", ""),
    ("escapes", "", "\\*", ""),
    ("strikes", "", "~a~ ", ""),
    ("nulls", "", "\0", ""),
];

const HTML: &[Recipe] = &[
    ("paragraphs", "", "<p>a", ""),
    ("attributes", "<p ", "a=\"v\" ", ">text"),
    ("bare attributes", "<p ", "a", " >text"),
    ("ends with attributes", "</p ", "a=\"v\" ", ">text"),
    ("breaks", "", "a<br>", ""),
    ("rules", "", "<hr>", ""),
    ("table", "<table>", "<tr><th>a<td>b", "</table>"),
    ("cells", "<table><tr><th>", "<td>", "</table>"),
    ("rows", "<table>", "<tr>", "</table>"),
    ("tables", "", "<table><tr><td>", ""),
    ("lists", "", "<ul><li>a", ""),
    ("items", "", "<li>a", ""),
    ("closing", "", "</li></ul></table>", ""),
    ("styles", "", "<b>a</b><i>b</i>", ""),
    ("open styles", "", "<b><i>", ""),
    ("links", "", "<a href=b>a</a>", ""),
    ("images", "", "<img src=a>", ""),
    ("frames", "", "<iframe src=http://a></iframe>", ""),
    ("entities", "", "&amp;", ""),
    ("unfinished entities", "", "&notanentity", ""),
    ("comments", "", "<!--", ""),
    ("half closed comments", "<!--", "--!", ""),
    ("sections", "", "<![CDATA[", ""),
    ("doctypes", "", "<!doctype a PUBLIC '", ""),
    ("less", "", "<", ""),
    ("unfinished tags", "", "<a", ""),
    ("scripts", "", "<script>", ""),
    ("preformatted", "<pre>", "a\n", "</pre>"),
    ("many preformatted", "", "<pre>a", ""),
    ("headings", "", "<h1>a", ""),
    ("quotes", "", "<blockquote>a", ""),
    ("nulls", "", "\0", ""),
];

/// All bodies.
pub fn bodies() -> Vec<Hostile> {
    let markdown = MARKDOWN.iter().map(|recipe| made(Markup::Markdown, recipe));
    let html = HTML.iter().map(|recipe| made(Markup::Html, recipe));
    markdown
        .chain(html)
        .chain([links(), ragged(), wide_header()])
        .collect()
}

fn made(markup: Markup, (name, start, piece, end): &Recipe) -> Hostile {
    let room = MAX_BODY - start.len() - end.len();
    let text = format!("{start}{}{end}", piece.repeat(room / piece.len()));
    Hostile { name, markup, text }
}

/// Links that all lead to different places.
fn links() -> Hostile {
    let links = (0..30_000).map(|number| format!("[a](/{number}) "));
    Hostile {
        name: "other links",
        markup: Markup::Markdown,
        text: links.collect(),
    }
}

/// Rows that are each longer than the last.
fn ragged() -> Hostile {
    let rows = (0..1_000).map(|cells| format!("|{}\n", "c|".repeat(cells % 500)));
    let header = format!("|{}\n|{}\n", "a|".repeat(1_000), "-|".repeat(1_000));
    Hostile {
        name: "ragged table",
        markup: Markup::Markdown,
        text: header + &rows.collect::<String>(),
    }
}

/// A name that would be put before each value.
fn wide_header() -> Hostile {
    let rows = "|a|\n".repeat(60_000);
    Hostile {
        name: "wide header",
        markup: Markup::Markdown,
        text: format!("|{}|\n|-|\n{rows}", "long ".repeat(50_000)),
    }
}
