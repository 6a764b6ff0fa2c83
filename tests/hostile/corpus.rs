//! A malicious library: files of every kind that has broken a reader, created on demand, each with
//! the expected result. `main` checks it against the program.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, mknodat};

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// An article without diagnostics.
    Article,
    /// An article that loses at least one field.
    Warning,
    Error,
    /// Skipped, for this reason.
    Skip(&'static str),
}

/// What becomes of its `published` when asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteBack {
    /// Changed, and nothing else.
    Allowed,
    /// Left as it is, with a message.
    Refused,
    /// It is not an article.
    No,
}

/// The contents of a file.
pub enum Make {
    Bytes(Vec<u8>),
    /// An article and this many zeros, which take no space on disk.
    Sparse(u64),
    Fifo,
    Socket,
    Link(&'static str),
    /// Another name of this article, which is created with it.
    HardLink,
}

pub struct Case {
    pub name: Vec<u8>,
    pub make: Make,
    pub gives: Gives,
    pub write: WriteBack,
}

impl Case {
    /// The name as the program prints it.
    pub fn printed(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }

    pub fn build(&self, folder: &Path) {
        let path = folder.join(OsStr::from_bytes(&self.name));
        match &self.make {
            Make::Bytes(bytes) => fs::write(path, bytes).expect("a file"),
            Make::Sparse(length) => {
                let mut file = File::create(path).expect("a file");
                file.write_all(&article("", "Sparse\n"))
                    .expect("an article");
                file.set_len(*length).expect("a long file");
            }
            Make::Fifo => {
                mknodat(CWD, &path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).expect("a FIFO");
            }
            // The name stays when nobody listens any more.
            Make::Socket => drop(UnixListener::bind(path).expect("a socket")),
            Make::Link(target) => symlink(target, path).expect("a link"),
            Make::HardLink => {
                fs::write(&path, article("", "Twice\n")).expect("a file");
                fs::hard_link(&path, folder.with_file_name("another name.md")).expect("a name");
            }
        }
    }
}

/// An article with these lines of front matter and this body.
fn article(front: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: A title\nexcerpt: Words.\n{front}---\n{body}").into_bytes()
}

fn case(
    name: impl Into<Vec<u8>>,
    bytes: impl Into<Vec<u8>>,
    gives: Gives,
    write: WriteBack,
) -> Case {
    let (name, make) = (name.into(), Make::Bytes(bytes.into()));
    Case {
        name,
        make,
        gives,
        write,
    }
}

fn special(name: &str, make: Make, gives: Gives, write: WriteBack) -> Case {
    let name = name.into();
    Case {
        name,
        make,
        gives,
        write,
    }
}

/// All of it.
pub fn all() -> Vec<Case> {
    let parts = [
        names(),
        kinds(),
        front_matter(),
        broken(),
        values(),
        encodings(),
        bodies(),
        written(),
    ];
    parts.into_iter().flatten().collect()
}

/// Names that a shell, a terminal or a table could stumble over.
fn names() -> Vec<Case> {
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

/// Not an article because of its name or type.
fn kinds() -> Vec<Case> {
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
            Gives::Skip("a link to nothing"),
            WriteBack::No,
        ),
        special(
            "to itself.md",
            Make::Link("to itself.md"),
            Gives::Error,
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

/// Front matter that is valid and odd.
fn front_matter() -> Vec<Case> {
    let prose = Gives::Skip("no front matter");
    let nothing = Gives::Skip("gives no link, date, excerpt or text");
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
fn broken() -> Vec<Case> {
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

/// Fields that are wrong and cost only themselves.
fn values() -> Vec<Case> {
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
fn encodings() -> Vec<Case> {
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

/// Bodies that cost time, memory or stack.
fn bodies() -> Vec<Case> {
    let one = |name: &str, body: String| {
        let name = format!("body {name}");
        case(name, article("", &body), Gives::Article, WriteBack::Allowed)
    };
    let attributes: String = (0..8_000).map(|at| format!(" a{at}=b")).collect();
    let links: String = (0..20_000)
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
        one("rules.md", "***\n".repeat(8_000)),
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

/// Files that must not be written, or only with care.
fn written() -> Vec<Case> {
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
