//! Whatever a library's files contain, the terminal gets no sequence that it does not get for a
//! plain library, and no character that it would obey.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::pty::Pty;

#[expect(
    dead_code,
    reason = "what becomes of each file is asked in tests/hostile"
)]
#[path = "../hostile/corpus/mod.rs"]
mod corpus;

use corpus::Gives;

/// Everything that a page, a list or an overlay can show, without harm.
const PLAIN: &str = "---\ntitle: A title\nexcerpt: Words.\nbio: A life\ntype: video\nquality: 40\nheat: 70\n\
    topics: [AI, Robots]\nprovider: {name: Paper, domain: paper.example, authors: [Ada]}\n\
    date: 2021-12-30\noriginalUrl: https://a.example/\nlength: PT4M\npublished: false\nother: 1\n\
    images: [{url: a.jpg, title: A}]\nrelated: [{title: B, webUrl: https://b.example/}]\n---\n\
    # A heading\n\nText a16 *in* **many** ~~ways~~ `code` [link](https://a.example/) ![image](a.jpg)\n\n\
    - one\n- [x] two\n\n1. three\n\n> quoted\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n***\n";

/// Files that are not articles, among the plain ones.
const PLAIN_OTHERS: usize = 2;

/// As many files as the hostile library has, including errors, warnings and skips.
fn plain(site: &Path, files: usize) {
    for number in 0..files {
        let text = match number {
            0 => "---\ntitle: a: b\n---\n".to_owned(),
            1 => PLAIN.replace("quality: 40", "quality: high"),
            2 => "Just prose.\n".to_owned(),
            _ => PLAIN.replace("A title", &format!("Title {number}")),
        };
        let name = if number == 3 {
            "links".to_owned()
        } else {
            format!("{number:03}")
        };
        fs::write(site.join(format!("{name}.md")), text).expect("a file");
    }
}

/// What to wait for.
enum Screen {
    Shows(&'static str),
    Hides(&'static str),
}

impl Screen {
    fn is(&self, contents: &str) -> bool {
        match self {
            Screen::Shows(text) => contents.contains(text),
            Screen::Hides(text) => !contents.contains(text),
        }
    }
}

/// Visits all panes and overlays, and all articles one by one. Returns every byte that was written.
fn sitting(site: &Path, articles: usize) -> Vec<u8> {
    let home = tempfile::tempdir().expect("a folder");
    let state = home.path().to_string_lossy().into_owned();
    let site = site.to_string_lossy().into_owned();
    let mut pty = Pty::start(&[&site], 45, 160, &[("XDG_STATE_HOME", &state)]);
    pty.wait_for_text(&format!(" {articles} articles"));
    for row in 2..=articles {
        pty.press("j");
        pty.wait_for_text(&format!("{row}/{articles}"));
    }
    pty.press("gg");
    pty.wait_for_text(&format!("1/{articles}"));
    for (keys, awaited) in [
        ("<enter>", Screen::Shows("J K article")),
        ("z", Screen::Hides("FACETS")),
        ("Gz", Screen::Shows("FACETS")),
        ("?", Screen::Shows("type to filter")),
        ("<esc>", Screen::Hides("type to filter")),
        ("!", Screen::Shows("PROBLEMS IN THE FILES")),
        ("G<esc>", Screen::Hides("PROBLEMS IN THE FILES")),
        ("tj", Screen::Shows("only this")),
        ("F", Screen::Shows("VIEWS")),
        ("<esc>", Screen::Hides("VIEWS")),
        ("<esc>", Screen::Shows("unhandled")),
        ("/path:links<enter>", Screen::Shows("1 of")),
        // The text must be there to have links.
        ("", Screen::Shows("a16")),
        ("O", Screen::Shows("LINKS")),
        ("G<esc>", Screen::Hides("LINKS")),
        ("<esc>", Screen::Hides("1 of")),
        ("d", Screen::Shows("1 decided")),
        ("s", Screen::Shows("2 decided")),
        ("P", Screen::Shows("1 staged")),
        ("$", Screen::Shows("REVIEW")),
        ("<esc>", Screen::Hides("REVIEW")),
    ] {
        pty.press(keys);
        pty.wait_for(keys, |screen| awaited.is(&screen.contents()));
    }
    pty.press("Q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
    pty.written()
}

#[test]
fn the_terminal_gets_no_more_than_for_a_plain_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let [hostile, tame] = ["hostile", "plain"].map(|name| {
        let site = folder.path().join(name).join("site");
        fs::create_dir_all(&site).expect("a folder");
        site
    });
    let cases = corpus::all();
    for case in &cases {
        case.build(&hostile);
    }
    plain(&tame, cases.len());
    let is_article = |case: &&corpus::Case| matches!(case.gives, Gives::Article | Gives::Warning);
    let of_hostile = sitting(&hostile, cases.iter().filter(is_article).count());
    let of_plain = sitting(&tame, cases.len() - PLAIN_OTHERS);
    let (of_hostile, of_plain) = (sequences(&of_hostile), sequences(&of_plain));
    // A row with characters of disputed width is cleared before it is written.
    let more = of_hostile.difference(&of_plain);
    let more: Vec<_> = more.filter(|it| *it != "CSI K").collect();
    assert!(more.is_empty(), "only for the hostile library: {more:?}");
    assert!(of_plain.len() > 10, "{of_plain:?}");
}

/// The sequences in the output, without their parameters except for looks and modes; and every
/// character outside of them that a terminal obeys, or that hides or turns text.
fn sequences(written: &[u8]) -> BTreeSet<String> {
    let text = std::str::from_utf8(written).expect("UTF-8");
    let mut found = BTreeSet::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\u{1b}' => {
                found.insert(sequence(&mut signs));
            }
            _ if sign.is_control() || is_hidden(sign) => {
                found.insert(format!("{sign:?}"));
            }
            _ => {}
        }
    }
    found
}

/// What follows an escape (ECMA-48).
fn sequence(signs: &mut std::str::Chars<'_>) -> String {
    match signs.next().expect("a whole sequence") {
        '[' => {
            let mut parameters = String::new();
            let last = loop {
                match signs.next().expect("a whole sequence") {
                    last @ '@'..='~' => break last,
                    other => parameters.push(other),
                }
            };
            match last {
                'm' | 'h' | 'l' => format!("CSI {parameters}{last}"),
                _ => format!("CSI {last}"),
            }
        }
        kind @ (']' | 'P' | 'X' | '^' | '_') => {
            let mut said = String::new();
            while !said.ends_with('\u{7}') && !said.ends_with("\u{1b}\\") {
                said.push(signs.next().expect("a whole sequence"));
            }
            let (number, said) = said.split_once(';').unwrap_or((&said, ""));
            let said = said.trim_end_matches(['\u{7}', '\u{1b}', '\\']);
            let harm: String = said
                .chars()
                .filter(|it| it.is_control() || is_hidden(*it))
                .collect();
            format!("{kind} {number} {harm:?}")
        }
        other => format!("ESC {other}"),
    }
}

fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
