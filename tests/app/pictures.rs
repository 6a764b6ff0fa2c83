//! Pictures of every pane, overlay and empty state at the sizes the screen is designed for. Whether
//! they look right is for a person to judge: a changed one fails until somebody has looked.

use newsdesk::app::OpenFailure;
use newsdesk::app::geometry::Size;
use newsdesk::format::link::Link;

use crate::picture::looks;
use crate::session::{MEDIUM, NARROW, Session, WIDE, article, size};

/// Compares the pictures of what `make` returns at each size with the saved one.
fn at(sizes: &[Size], name: &str, make: impl Fn(Size) -> Session) {
    let pictures: Vec<String> = sizes
        .iter()
        .map(|size| {
            let picture = make(*size).picture();
            format!("{} x {}\n{picture}", size.columns, size.rows)
        })
        .collect();
    insta::assert_snapshot!(name, pictures.join("\n\n"));
}

fn everywhere(name: &str, make: impl Fn(Size) -> Session) {
    at(&[WIDE, MEDIUM, NARROW], name, make);
}

/// The sizes used.
const SITTINGS: [Size; 6] = [
    size(200, 60),
    size(160, 45),
    size(100, 30),
    size(80, 24),
    size(60, 20),
    size(40, 12),
];

/// A picture of the sample library after these keys, at each size.
fn sample(name: &str, keys: &str) {
    everywhere(name, |size| {
        let mut session = Session::sample(size);
        session.press(keys);
        session
    });
}

const BROKEN: &[(&str, &str)] = &[
    (
        "colons.md",
        "---\ntitle: Robots: a love story\nexcerpt: Two of them.\n---\n",
    ),
    (
        "unclosed.md",
        "---\ntitle: Never ending\nexcerpt: No second line of dashes.\n",
    ),
    (
        "quality.md",
        "---\ntitle: Good, they say\nexcerpt: Very.\nquality: good\nheat: [1]\n---\n",
    ),
    ("_config.yml", "theme: plain\n"),
];

/// Wide, right-to-left and composed letters in every column.
fn scripts() -> Vec<(&'static str, String)> {
    let of = |title: &str, day, name: &str, topic: &str| {
        let more = format!("quality: {day}\nprovider: {{name: \"{name}\"}}\ntopics: [\"{topic}\"]");
        article(title, day, &more)
    };
    vec![
        (
            "1.md",
            of(
                "量子センサーが研究室を出て畑に向かい、農家の一日を変える",
                1,
                "科学技術新聞社東京本社",
                "量子コンピューティング",
            ),
        ),
        (
            "2.md",
            of(
                "🚀🌱 Rockets 👩‍🚀 and seeds 🇩🇪 and a long way to go for both of them",
                2,
                "🌍 Planet 🌍 Daily 🌍",
                "🤖 Robots",
            ),
        ),
        (
            "3.md",
            of(
                "محطة صغيرة تُحلّي ماء البحر بالشمس وحدها في قرية على الساحل",
                3,
                "منارة العلوم",
                "الطاقة",
            ),
        ),
        (
            "4.md",
            of(
                "Crème Brûlée, Naïve Bayes e\u{301}e\u{301}e\u{301}",
                4,
                "Café Zoë",
                "Énergie",
            ),
        ),
        (
            "5.md",
            of("한국어 제목도 줄이 맞아야 한다", 5, "새벽테크", "로봇"),
        ),
    ]
}

fn borrowed<'a>(files: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect()
}

#[test]
fn start() {
    sample("start", "");
}

#[test]
fn further_down_with_some_read() {
    sample("further_down", "rjrjr<Ctrl-f>jjjr");
}

#[test]
fn detail_scrolled() {
    sample("detail", "jj<Enter><Ctrl-d>");
}

#[test]
fn the_end_of_a_long_text() {
    sample("detail_end", "<Enter>G");
}

#[test]
fn text_alone() {
    sample("text_alone", "jjz");
}

#[test]
fn related_with_its_excerpt() {
    sample("related", "<Enter><Enter>j");
}

#[test]
fn topics() {
    sample("topics", "tjj");
}

#[test]
fn a_filter_in_force() {
    sample("filter", "t<Space>jj<Space>jj-t");
}

#[test]
fn a_filter_that_selects_nothing() {
    sample("no_match", "tjj<Space>jj<Space>jjjjjjjj<Space>at");
}

#[test]
fn help() {
    sample("help", "?");
}

#[test]
fn help_narrowed() {
    sample("help_narrowed", "?article next");
}

#[test]
fn help_without_a_match() {
    sample("help_no_match", "?qqq");
}

#[test]
fn links() {
    sample("links", "O");
}

#[test]
fn letters_on_links() {
    let body = "See [the paper](https://arxiv.example/1), [the other](https://news.example/two) and a \
                note.[^1]\n\n- [bank](https://bank.example@evil.example/)\n\n[^1]: By her.\n";
    let more = "related:\n- title: Elsewhere\n  webUrl: \
                https://far.example/x\n";
    let one = article("One", 2, more) + body;
    let two = article("Two", 1, "originalUrl: https://news.example/two\n");
    everywhere("letters_on_links", |size| {
        let mut session = Session::of(&[("1.md", &one), ("2.md", &two)], size);
        session.press("<Enter>;");
        session
    });
}

#[test]
fn what_can_follow_a_key() {
    everywhere("prefix", |size| {
        let mut session = Session::sample(size);
        session.press("y");
        session.wait(1);
        session
    });
}

#[test]
fn messages() {
    sample("message", "x");
}

#[test]
fn no_browser() {
    everywhere("no_browser", |size| {
        let mut session = Session::sample(size);
        let link =
            "https://news.example/a/very/long/way/to/what-was-to-be-opened?from=here&to=there";
        session.opening(Err(OpenFailure::NoBrowser {
            link: Link::parse(link).expect("a link"),
            reason: "There is no browser on this machine; pick the link up from here.".to_owned(),
        }));
        session.press("o");
        session
    });
}

#[test]
fn a_refused_link() {
    everywhere("refused", |size| {
        let text = article("Click me", 5, "").replace("https:", "javascript:");
        let mut session = Session::of(&[("a.md", &text)], size);
        session.press("o");
        session
    });
}

#[test]
fn a_link_that_pretends() {
    everywhere("pretending", |size| {
        let text = article("Your bank", 5, "").replace("news.example", "bank.example@evil.example");
        let mut session = Session::of(&[("a.md", &text)], size);
        session.press("o");
        session
    });
}

#[test]
fn diagnostics() {
    everywhere("diagnostics", |size| {
        let mut session = Session::of(BROKEN, size);
        session.press("!");
        session
    });
}

#[test]
fn an_article_with_warnings() {
    everywhere("warnings", |size| {
        let mut session = Session::of(BROKEN, size);
        session.press("<Enter>");
        session
    });
}

#[test]
fn an_empty_folder() {
    everywhere("empty", |size| Session::of(&[], size));
}

#[test]
fn only_diagnostics() {
    everywhere("only_diagnostics", |size| Session::of(&BROKEN[..2], size));
}

#[test]
fn no_topics() {
    everywhere("no_topics", |size| {
        let mut session = Session::of(&[("a.md", &article("Alone", 5, ""))], size);
        session.press("t");
        session
    });
}

#[test]
fn loading_nothing_yet() {
    everywhere("loading_nothing", |size| Session::waiting(&[], size));
}

#[test]
fn loading_some() {
    everywhere("loading_some", |size| {
        let files = scripts();
        let mut session = Session::waiting(&borrowed(&files), size);
        session.notice_changes();
        session
    });
}

#[test]
fn a_file_that_is_gone() {
    everywhere("gone", |size| {
        let files = scripts();
        let mut session = Session::of(&borrowed(&files), size);
        session.remove("4.md");
        session.press("j<Enter>");
        session
    });
}

#[test]
fn every_script_keeps_the_columns() {
    everywhere("scripts", |size| {
        let files = scripts();
        let mut session = Session::of(&borrowed(&files), size);
        session.press("t<Space>a<Space>t");
        session
    });
}

#[test]
fn ascii() {
    everywhere("ascii", |size| {
        let mut session = Session::ascii(size);
        session.press("rjrjt<Space>tl");
        session
    });
}

#[test]
fn small() {
    at(&[size(40, 12)], "small", Session::sample);
    for (name, keys) in [
        ("small_detail", "<Enter>"),
        ("small_related", "<Enter><Enter>"),
        ("small_topics", "t"),
        ("small_filter", "tjj<Space>t"),
        ("small_help", "?"),
        ("small_links", "O"),
        ("small_message", "x"),
    ] {
        at(&[size(40, 12), size(20, 6)], name, |size| {
            let mut session = Session::sample(size);
            session.press(keys);
            session
        });
    }
}

#[test]
fn a_sitting_at_every_size() {
    at(&SITTINGS, "sitting_list", |size| {
        let mut session = Session::sample(size);
        session.press("1djsdbj");
        session.wait(10);
        session
    });
    at(&SITTINGS, "sitting_text", |size| {
        let mut session = Session::sample(size);
        session.press("1<Enter>G");
        session.wait(10);
        session
    });
}

#[test]
fn too_small() {
    at(
        &[size(19, 20), size(60, 5), size(5, 3)],
        "too_small",
        Session::sample,
    );
}

#[test]
fn looks_with_colours() {
    for (name, keys) in [
        ("looks_list", "rjj"),
        ("looks_detail", "rj<Enter>"),
        ("looks_related", "<Enter><Enter>"),
        ("looks_topics", "t<Space>j-"),
        ("looks_help", "?topic"),
    ] {
        let mut session = Session::sample(MEDIUM);
        session.press(keys);
        insta::assert_snapshot!(name, looks(&session.app));
    }
}

#[test]
fn looks_without_colours() {
    let mut session = Session::colourless(MEDIUM);
    session.press("rjj");
    insta::assert_snapshot!("looks_plain", looks(&session.app));
}

#[test]
fn searching() {
    sample("searching", "/robot quality>40");
}

#[test]
fn a_query_that_is_wrong() {
    sample("a_query_that_is_wrong", "/robot qualiti>40");
}

#[test]
fn a_word_completed() {
    sample("a_word_completed", "/provider:<Tab>");
}

#[test]
fn found() {
    sample("found", "/robot<Enter>j");
}

#[test]
fn the_views() {
    sample("the_views", "/robot<Enter>F");
}

#[test]
fn the_orders() {
    sample("the_orders", "Sj<Enter>");
}

#[test]
fn going_to_an_article() {
    sample("going_to_an_article", "gapengu");
}

#[test]
fn looks_of_a_search() {
    let mut session = Session::sample(NARROW);
    session.press("/robot -is:publish");
    insta::assert_snapshot!("looks_of_a_search", looks(&session.app));
}

#[test]
fn decided() {
    sample("decided", "ds#follow<Enter>jL3d<Enter>jixyz<Enter>jPjx");
}

#[test]
fn a_question_before_many() {
    sample("a_question_before_many", "A");
}

#[test]
fn what_is_staged() {
    everywhere("what_is_staged", |size| {
        let one = article("One", 1, "published: false # not yet");
        let two = article("Two", 2, "published: true");
        let mut session = Session::of(&[("1.md", &one), ("2.md", &two)], size);
        session.press("PjP$");
        session
    });
}

#[test]
fn the_journal() {
    sample("the_journal", "dsuU");
}
