//! Front matter: endless, nested, expanding or of the wrong kind, and other encodings.

use super::{Case, Gives, WriteBack, article, case};

/// Front matter that is present but odd.
pub fn front_matter() -> Vec<Case> {
    let prose = Gives::Skip("no front matter");
    let nothing = Gives::Skip("has no link, date, excerpt or text");
    let loads = |name: &str, bytes: &[u8]| case(name, bytes, Gives::Article, WriteBack::Allowed);
    let skipped = |name: &str, bytes: &[u8], gives| case(name, bytes, gives, WriteBack::No);
    let many_keys: String = (0..2_000).map(|at| format!("key{at}: {at}\n")).collect();
    let long_line = format!("note: {}\n", "x".repeat(60_000));
    let long_list = format!("others: [{}]\n", "a, ".repeat(15_000));
    vec![
        skipped("empty.md", b"", prose),
        skipped("one byte.md", b"-", prose),
        skipped("only a fence.html", b"--", prose),
        skipped("prose.txt", b"Just prose, all in one line.\n", prose),
        skipped(
            "binary.md",
            &[0x7f, b'E', b'L', b'F', 0, 0, 0, 1, 2, 3],
            prose,
        ),
        skipped("zeros.md", &[0; 4096], prose),
        skipped(
            "no list of fields.md",
            b"---\n- a\n- b\n---\nText\n",
            nothing,
        ),
        skipped("data only.yaml", b"---\nkey: value\n---\n", nothing),
        loads(
            "line ends of windows.md",
            b"---\r\ntitle: A\r\nexcerpt: B\r\n---\r\nText\r\n",
        ),
        loads(
            "line ends of old.md",
            b"---\rtitle: A\rexcerpt: B\r---\rText\r",
        ),
        loads(
            "line ends mixed.md",
            b"---\r\ntitle: A\nexcerpt: B\r\n---\nText",
        ),
        loads(
            "mark.md",
            b"\xef\xbb\xbf---\ntitle: A\nexcerpt: B\n---\nText",
        ),
        loads("no end of line.md", b"---\ntitle: A\nexcerpt: B\n---"),
        loads(
            "blank behind the fence.md",
            b"--- \ntitle: A\nexcerpt: B\n---   \nText",
        ),
        loads("document end.md", b"---\ntitle: A\nexcerpt: B\n...\nText"),
        loads(
            "fences in the body.md",
            &article("", "---\n---\ntitle: C\n---\n"),
        ),
        loads(
            "fence in a text.md",
            b"---\ntitle: A\nexcerpt: \"a --- b\"\n---\nText\n",
        ),
        loads("many keys.md", &article(&many_keys, "Text\n")),
        loads("long line.md", &article(&long_line, "Text\n")),
        loads("long list.md", &article(&long_list, "Text\n")),
        loads(
            "comments.md",
            &article("# c\n".repeat(500).as_str(), "Text\n"),
        ),
        loads(
            "unknown.md",
            &article(
                "nested: {a: [{b: {c: d}}]}\n'odd key': 1\n? x\n: y\n",
                "T\n",
            ),
        ),
        loads(
            "title in controls.md",
            b"---\ntitle: \"\\x1b[2J\\a\\u202e\\u200b title\"\nexcerpt: B\n---\n",
        ),
        loads(
            "everything turned.md",
            &article(
                "topics: [\"\\u202e\", \"\\x9b31m\"]\nprovider: {name: \"\\x1b]0;t\\a\", domain: \"\\u2066\"}\n",
                "\u{202e}text\u{2066}\n",
            ),
        ),
    ]
}

/// Front matter that is wrong and costs the file.
pub fn broken() -> Vec<Case> {
    let error = |name: &str, bytes: &[u8]| case(name, bytes, Gives::Error, WriteBack::No);
    let deep = |open: &str, close: &str, depth: usize| {
        let (open, close) = (open.repeat(depth), close.repeat(depth));
        article(&format!("deep: {open}{close}\n"), "Text\n")
    };
    let deep_block: String = (1..9_000)
        .map(|at| format!("{}a:\n", " ".repeat(at.min(300))))
        .collect();
    let never_ends = format!("---\ntitle: A\n{}", "line: of many\n".repeat(20_000));
    let too_long = article(&format!("note: {}\n", "x".repeat(70_000)), "Text\n");
    let bomb = article(
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n\
         d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\n",
        "Text\n",
    );
    vec![
        error(
            "never closed.md",
            b"---\ntitle: A\nexcerpt: B\nText without an end\n",
        ),
        error("never ends.md", never_ends.as_bytes()),
        error("too long.md", &too_long),
        error("colon.md", b"---\ntitle: a: b\nexcerpt: B\n---\n"),
        error(
            "open quote.md",
            b"---\ntitle: \"A\nexcerpt: B\n---\nText \" more\n",
        ),
        error(
            "open bracket.md",
            b"---\ntitle: A\ntopics: [a, b\nexcerpt: B\n---\n",
        ),
        error("open brace.md", b"---\ntitle: A\nprovider: {name: x\n---\n"),
        error("tab.md", b"---\ntitle: A\nprovider:\n\tname: x\n---\n"),
        error(
            "stairs.md",
            b"---\ntitle: A\n  excerpt: B\n other: C\n---\n",
        ),
        error(
            "alias to nothing.md",
            b"---\ntitle: *nothing\nexcerpt: B\n---\n",
        ),
        error("expanding.md", &bomb),
        error("deep brackets.md", &deep("[", "]", 5_000)),
        error("deep braces.md", &deep("{a: ", "}", 5_000)),
        error(
            "deep lists.md",
            &article(&format!("deep:\n  {}x\n", "- ".repeat(5_000)), "Text\n"),
        ),
        error("deep keys.md", &article(&deep_block, "Text\n")),
        error("control.md", b"---\ntitle: A\x01B\nexcerpt: C\n---\n"),
        error("bad escape.md", b"---\ntitle: \"\\q\"\nexcerpt: B\n---\n"),
        error(
            "bad surrogate.md",
            b"---\ntitle: \"\\ud800\"\nexcerpt: B\n---\n",
        ),
    ]
}

/// Fields that are wrong, each of which costs only itself.
pub fn values() -> Vec<Case> {
    let one = |name: &str, line: &str| {
        let name = format!("value {name}.md");
        case(
            name,
            article(&format!("{line}\n"), "Text\n"),
            Gives::Warning,
            WriteBack::Allowed,
        )
    };
    let loads = |name: &str, line: &str| {
        let name = format!("value {name}.md");
        case(
            name,
            article(&format!("{line}\n"), "Text\n"),
            Gives::Article,
            WriteBack::Allowed,
        )
    };
    vec![
        one("quality a word", "quality: high"),
        one("quality a list", "quality: [1, 2]"),
        one("quality nowhere", "quality: .nan"),
        one("heat a map", "heat: {a: 1}"),
        one("date a word", "publishedDateTime: soon"),
        one("date of no calendar", "publishedDateTime: 2021-02-31"),
        one("date a list", "publishedDateTime: [2021]"),
        one("updated a map", "updatedDateTime: {a: 1}"),
        one("topics a map", "topics: {a: 1}"),
        one("topics of maps", "topics: [{a: [b]}]"),
        one("provider a list", "provider: [a, b]"),
        one("length a word", "length: long"),
        loads("link a script", "originalUrl: \"javascript:alert(1)\""),
        loads("link a file", "originalUrl: file:///etc/passwd"),
        loads(
            "link with controls",
            "originalUrl: \"https://a.example/\\x1b[2J\\n\"",
        ),
        loads(
            "link long",
            &format!("originalUrl: https://a.example/{}", "x".repeat(20_000)),
        ),
        loads(
            "link with a user",
            "originalUrl: https://bank.example@evil.example/",
        ),
        loads(
            "entities",
            "bio: \"&amp;amp;lt;b&amp;amp;gt; &#x1b;[2J &#0; &#1114112;\"",
        ),
        loads("secured", &format!("secured: \"{}\"", "ab+/".repeat(2_000))),
    ]
}

/// Bytes that are not UTF-8, or are something else.
pub fn encodings() -> Vec<Case> {
    let utf16: Vec<u8> = "---\ntitle: A\nexcerpt: B\n---\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let behind = |body: &[u8]| [article("", "").as_slice(), body].concat();
    vec![
        case(
            "latin.md",
            b"---\ntitle: Caf\xe9\nexcerpt: B\n---\n".as_slice(),
            Gives::Error,
            WriteBack::No,
        ),
        case(
            "utf16.md",
            [&[0xff, 0xfe], utf16.as_slice()].concat(),
            Gives::Error,
            WriteBack::No,
        ),
        case(
            "overlong.md",
            b"---\ntitle: \xc0\xaf\nexcerpt: B\n---\n".as_slice(),
            Gives::Error,
            WriteBack::No,
        ),
        case(
            "latin body.md",
            behind(b"Caf\xe9 \xff\xfe\n"),
            Gives::Warning,
            WriteBack::Allowed,
        ),
        case(
            "zeros in the body.md",
            behind(b"a\0b\0\0\n"),
            Gives::Article,
            WriteBack::Allowed,
        ),
        case(
            "controls in the body.md",
            behind(b"\x1b[2J\x1b]52;c;YQ==\x07\x9b31m\x85\x08\x7f\n"),
            Gives::Warning,
            WriteBack::Allowed,
        ),
    ]
}
