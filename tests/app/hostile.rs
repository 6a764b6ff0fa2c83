//! Article text is hostile: whatever its bytes, no cell of the screen contains a character that a
//! terminal obeys, that changes the direction of text or hides it, or that ends a line.

use crate::picture::buffer;
use crate::session::{MEDIUM, NARROW, Session, WIDE};

/// One of each kind: escape sequences, C0 and C1 controls, bidi, zero-width, line ends, tags,
/// fillers, private use.
const DANGEROUS: &str = "\u{1b}[2J\u{1b}]0;t\u{7}\u{8}\u{7f}\u{9b}31m\u{90}\u{202e}\u{2066}\u{200f}\
    \u{61c}\u{200b}\u{2060}\u{feff}\u{ad}\u{2028}\u{2029}\u{85}\u{e0041}\u{e007f}\u{3164}\u{e000}\u{fff9}";

fn dangerous(before: &str) -> String {
    format!("{before} {DANGEROUS} a{}", "\u{301}".repeat(100))
}

/// The same, escaped for double-quoted YAML.
fn quoted(before: &str) -> String {
    in_quotes(&dangerous(before))
}

fn in_quotes(text: &str) -> String {
    let escaped = text.chars().map(|sign| match sign {
        ' '..='~' => sign.to_string(),
        _ => format!("\\U{:08x}", u32::from(sign)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// An article that has it in every field, beside the fields' names.
fn article() -> String {
    let q = quoted;
    let url = format!("\"https://a.example/{}\"", quoted("x").trim_matches('"'));
    format!(
        "---\ntitle: {}\nexcerpt: {}\nbio: {}\ncategory: {}\ntype: {}\n\
         publishedDateTime: 2021-12-05T08:00:00Z\noriginalUrl: {url}\nwebUrl: {}\n\
         quality: {}\nprovider:\n  name: {}\n  domain: {}\n  authors: [{}]\n\
         topics: [{}, {}]\nlevels: [{}]\nimages:\n- url: {url}\n  title: {}\n  attribution: {}\n\
         related:\n- title: {}\n  excerpt: {}\n  webUrl: {url}\n  provider: {{name: {}}}\n- title: {}\n\
         items: [{}]\nprice: {}\nlocation: {}\nactions:\n- title: {}\n  type: {}\n  url: {url}\n\
         {}: {}\n---\n{}\n\n# {}\n\n- {}\n\n> {}\n\n```\n{}\n```\n\n[{}](https://b.example/)\n",
        q("title"),
        q("excerpt"),
        q("bio"),
        q("category"),
        q("type"),
        q("javascript:"),
        q("bad"),
        q("name"),
        q("domain"),
        q("author"),
        q("topic"),
        q("other"),
        q("level"),
        q("image"),
        q("by"),
        q("related"),
        q("said"),
        q("its"),
        q("second"),
        q("item"),
        q("price"),
        q("where"),
        q("action"),
        q("kind"),
        in_quotes(DANGEROUS),
        q("value"),
        dangerous("body"),
        dangerous("heading"),
        dangerous("item"),
        dangerous("quote"),
        dangerous("code"),
        dangerous("link"),
    )
}

fn is_harmless(sign: char) -> bool {
    let hidden = matches!(sign,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    !sign.is_control() && !hidden
}

fn check(session: &Session, place: &str) {
    let buffer = buffer(&session.app);
    for cell in buffer.content() {
        let symbol = cell.symbol();
        assert!(symbol.chars().all(is_harmless), "{place}: {symbol:?}");
        let marks = symbol.chars().filter(|sign| *sign == '\u{301}').count();
        assert!(marks <= 8, "{place}: {marks} marks in a cell");
    }
}

#[test]
fn no_screen_holds_a_dangerous_character() {
    let name = format!(
        "{}.md",
        dangerous("n").replace(&"\u{301}".repeat(100), "\u{301}")
    );
    let broken = format!("{}-broken.md", "\u{1b}[31m\u{202e}");
    for size in [WIDE, MEDIUM, NARROW] {
        let files = [
            (&*name, &*article()),
            (&*broken, "---\ntitle: a: \u{202e}b\n---\n"),
        ];
        let mut session = Session::of(&files, size);
        assert_eq!(
            session.titles().len(),
            1,
            "{:?}",
            session.app.cx().catalog.library().diagnostics()
        );
        assert_eq!(session.values(newsdesk::query::FacetField::Topic).len(), 2);
        for keys in [
            "", "<Enter>", "<Ctrl-d>", "<Ctrl-d>", "<Ctrl-d>", "<Ctrl-d>", "G", "<Enter>", "j",
            "<Enter>", "o", "k", "o", "qt", "<Space>", "-", "j-", "<Esc>", "<Esc>", "O", "j", "j",
            "j", "<Esc>", "!", "G", "<Esc>", "yy", "yt", "z", "q", "R",
        ] {
            session.press(keys);
            check(&session, keys);
        }
    }
}

#[test]
fn nothing_dangerous_is_copied() {
    let mut session = Session::of(&[("one.md", &article())], WIDE);
    session.press("yyytymyp");
    let copied = session.copied();
    assert!(!copied.is_empty());
    for text in copied {
        assert!(text.chars().all(is_harmless), "{text:?}");
    }
}

#[test]
fn a_file_that_is_broken_by_now_says_so_without_its_bytes() {
    let mut session = Session::of(&[("one.md", &article())], WIDE);
    session.write("one.md", &format!("---\n{}: [\n---\n", quoted("field")));
    session.press("R");
    check(&session, "the article of a broken file");
}
