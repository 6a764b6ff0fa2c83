//! Names that are not text, and files that are not regular.

use super::{Case, Gives, Make, WriteBack, article, case, special};

/// Names that a shell, a terminal or a table could stumble over.
pub fn names() -> Vec<Case> {
    let long = format!("{}.md", "n".repeat(252));
    let marks = format!("a{}.md", "\u{301}".repeat(80));
    let odd: [&[u8]; 24] = [
        b"-rf.md",
        b"--help.md",
        b"$(touch broken).md",
        b"`touch broken`.md",
        b"; touch broken ;.md",
        b"a b  c.md",
        b"'quoted' \"twice\".md",
        b"%s%n%x.md",
        b"line\nend.md",
        b"tab\tstop.md",
        b"return\rhere.md",
        b"bell\x07.md",
        b"escape\x1b[2J\x1b]0;t\x07.md",
        b"delete\x7f.md",
        b"no text \xff\xfe.md",
        b"c1 \xc2\x9b31m.md",
        b"turned \xe2\x80\xae.md",
        b"hidden \xe2\x80\x8b\xef\xbb\xbf.md",
        b"back\\slash.md",
        b"SHOUTED.MD",
        b"two..dots..md",
        "日本語の名前.md".as_bytes(),
        "👩‍🚀🏳️‍🌈.md".as_bytes(),
        b"~.md",
    ];
    let loads = |name: &[u8]| {
        case(
            name,
            article("", "Text\n"),
            Gives::Article,
            WriteBack::Allowed,
        )
    };
    let mut cases: Vec<Case> = odd.into_iter().map(loads).collect();
    cases.push(loads(long.as_bytes()));
    cases.push(loads(marks.as_bytes()));
    cases
}

/// Files that are not articles, by name or by kind.
pub fn kinds() -> Vec<Case> {
    const OTHER: Gives = Gives::Skip("not a Markdown, HTML, YAML or text file");
    const EDITOR: Gives = Gives::Skip("an editor's temporary file");
    const NOT_REGULAR: Gives = Gives::Skip("not a regular file");
    let text = || article("", "Text\n");
    let skipped = |name: &str, gives| case(name, text(), gives, WriteBack::No);
    vec![
        skipped(".hidden.md", Gives::Skip("hidden")),
        skipped("saved.md~", EDITOR),
        skipped("open.md.swp", EDITOR),
        skipped("#open.md#", EDITOR),
        skipped("half.md.tmp", EDITOR),
        skipped("4913", EDITOR),
        skipped("picture.png", OTHER),
        skipped("no extension", OTHER),
        skipped("md", OTHER),
        skipped("page.md.exe", OTHER),
        special("fifo.md", Make::Fifo, NOT_REGULAR, WriteBack::No),
        special("socket.md", Make::Socket, NOT_REGULAR, WriteBack::No),
        special(
            "to null.md",
            Make::Link("/dev/null"),
            Gives::Skip("a link out of the library"),
            WriteBack::No,
        ),
        special(
            "to zero.md",
            Make::Link("/dev/zero"),
            Gives::Skip("a link out of the library"),
            WriteBack::No,
        ),
        special(
            "to a secret.md",
            Make::Link("/etc/passwd"),
            Gives::Skip("a link out of the library"),
            WriteBack::No,
        ),
        special(
            "to nothing.md",
            Make::Link("gone.md"),
            Gives::Skip("a broken link"),
            WriteBack::No,
        ),
        special(
            "to itself.md",
            Make::Link("to itself.md"),
            Gives::Skip("a link to itself, or to what is already in the library"),
            WriteBack::No,
        ),
        special(
            "two names.md",
            Make::HardLink,
            Gives::Article,
            WriteBack::Refused,
        ),
    ]
}
