//! Bodies that take much time or room, and files that may not be written, or only with care.

use super::{Case, Gives, Make, WriteBack, article, case, special};

/// Bodies that take time, memory or the stack.
pub fn bodies() -> Vec<Case> {
    let one = |name: &str, body: String| {
        let name = format!("body {name}");
        case(name, article("", &body), Gives::Article, WriteBack::Allowed)
    };
    let attributes: String = (0..8_000).map(|at| format!(" a{at}=b")).collect();
    let links: String = (0..100_000)
        .map(|at| format!("[a{at}](https://a.example/{at})\n"))
        .collect();
    let cells = "| a ".repeat(300);
    let table = format!(
        "{cells}|\n{}|\n{}",
        "|---".repeat(300),
        format!("{cells}|\n").repeat(200)
    );
    let notes: String = (0..5_000)
        .map(|at| format!("[^{at}] [^{at}]: note\n\n"))
        .collect();
    vec![
        one("attributes.html", format!("<p{attributes}>x</p>")),
        one(
            "attributes many tags.html",
            format!("<p{}>x", " a=b c".repeat(50)).repeat(500),
        ),
        one(
            "attribute long.html",
            format!("<p a=\"{}\">x</p>", "x".repeat(300_000)),
        ),
        one(
            "tag never closed.html",
            "<p a=\"".to_owned() + &"x ".repeat(100_000),
        ),
        one(
            "comment never closed.html",
            "<!-- ".to_owned() + &"x ".repeat(100_000),
        ),
        one(
            "script never closed.html",
            "<script>".to_owned() + &"x<y ".repeat(50_000),
        ),
        one("deep divs.html", "<div>".repeat(50_000)),
        one("deep lists.html", "<ul><li>".repeat(30_000)),
        one("deep tables.html", "<table><tr><td>".repeat(20_000)),
        one("closing only.html", "</div></b></table>".repeat(20_000)),
        one("misnested.html", "<b><i><u></b></i></u>".repeat(15_000)),
        one(
            "entities.html",
            "&amp;#x1b;&#x1b;&#155;&nbsp;&nope;".repeat(10_000),
        ),
        one("angle brackets.html", "<".repeat(200_000)),
        one("one word.md", "x".repeat(400_000)),
        one("blanks.md", " ".repeat(400_000)),
        one("lines.md", "\n".repeat(400_000)),
        one("quotes.md", format!("{}x", "> ".repeat(20_000))),
        one("lists.md", format!("{}x", "- ".repeat(20_000))),
        one("rules.md", "***\n".repeat(30_000)),
        one("brackets.md", "[".repeat(50_000)),
        one(
            "brackets closed.md",
            format!("{}{}", "[a](".repeat(10_000), ")".repeat(10_000)),
        ),
        one("stars.md", "*a **b ".repeat(30_000)),
        one(
            "backticks.md",
            (1..600).map(|at| "`".repeat(at) + " ").collect(),
        ),
        one("links.md", links),
        one("notes.md", notes),
        one("table.md", table),
        one("hard breaks.md", "a  \n".repeat(80_000)),
        one("fences.md", "```\na\n".repeat(40_000)),
        one("marks.md", format!("a{}", "\u{301}".repeat(100_000))),
        one("emoji.md", "👩‍❤️‍💋‍👩🏳️‍🌈🇩🇪".repeat(6_000)),
        one("turned.md", "\u{202e}\u{2066}a\u{2069} ".repeat(20_000)),
        special(
            "body of megabytes.md",
            Make::Sparse(20 << 20),
            Gives::Article,
            WriteBack::Allowed,
        ),
    ]
}

/// Files that may not be written, or only with care.
pub fn written() -> Vec<Case> {
    let refused = |name: &str, bytes: Vec<u8>, gives| {
        case(format!("write {name}.md"), bytes, gives, WriteBack::Refused)
    };
    let allowed = |name: &str, line: &str| {
        case(
            format!("write {name}.md"),
            article(line, "Text\n"),
            Gives::Article,
            WriteBack::Allowed,
        )
    };
    vec![
        refused(
            "a word",
            article("published: maybe\n", "Text\n"),
            Gives::Warning,
        ),
        refused(
            "a list",
            article("published: [true]\n", "Text\n"),
            Gives::Warning,
        ),
        case(
            "write braces.md",
            b"---\n{title: A, excerpt: B, published: false}\n---\nText\n".to_vec(),
            Gives::Article,
            WriteBack::Allowed,
        ),
        case(
            "write conflict in the text.md",
            article("", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n"),
            Gives::Article,
            WriteBack::Allowed,
        ),
        allowed("a comment", "published: false # true\n"),
        allowed("shouted", "published: FALSE\n"),
        allowed(
            "in a text",
            "note: \"published: false\"\npublished: false\n",
        ),
        allowed("nested", "other:\n  published: false\npublished: false\n"),
        allowed("spaced", "published:     false   \n"),
    ]
}
