//! The screens in `docs/triage.md` are those of one session that this test goes through, so that
//! the guide cannot promise what the program does not show.

use std::fs;
use std::path::Path;

use newsdesk::app::geometry::Size;

use crate::session::{Session, size};

const GUIDE: &str = "docs/triage.md";
const BLESS: &str = "NEWSDESK_BLESS=1 cargo test --test app guide";

/// What a day has brought: title, provider, hours ago, quality, topics, more lines.
const ARTICLES: [(&str, &str, u32, u32, &str, &str); 7] = [
    (
        "Quantum sensors leave the lab",
        "Benchside",
        2,
        91,
        "Quantum Computing",
        "published: false",
    ),
    (
        "Lidar or cameras: the argument is over",
        "Gearbox Daily",
        5,
        74,
        "Robotics",
        "published: false",
    ),
    (
        "Ten trends you must not miss",
        "Northgate Ledger",
        9,
        12,
        "AI",
        "published: false",
    ),
    (
        "The warehouse robot that waits its turn",
        "Gearbox Daily",
        20,
        66,
        "Robotics",
        "published: false",
    ),
    (
        "A seed bank puts its catalogue online",
        "Fieldnotes",
        26,
        58,
        "Agriculture",
        "published: true",
    ),
    (
        "How a small library taught itself to search",
        "Copperwire",
        31,
        83,
        "AI",
        "published: false",
    ),
    (
        "The river that is measured by its fish",
        "Tideline",
        44,
        49,
        "Climate",
        "published: false",
    ),
];

const NARROW: Size = size(96, 11);
const HIGH: Size = size(96, 14);

fn day() -> Session {
    let files: Vec<(String, String)> = ARTICLES
        .iter()
        .map(|(title, provider, hours, quality, topic, more)| {
            let name = title.to_lowercase().replace([' ', ':'], "-");
            let (day, hour) = (31 - (hours + 8) / 24, 24 - (hours + 8) % 24 - 1);
            let text = format!(
                "---\ntitle: \"{title}\"\npublishedDateTime: 2021-12-{day:02}T{hour:02}:10:00Z\n\
                 originalUrl: https://news.example/{name}\ntype: article\nquality: {quality}\n{more}\n\
                 provider:\n  name: {provider}\ntopics:\n  - {topic}\n---\n"
            );
            (format!("{name}.md"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    Session::of(&files, NARROW)
}

/// The screens, by their names in the guide.
fn screens() -> Vec<(&'static str, String)> {
    let mut session = day();
    let mut screens = Vec::new();
    session.press("1");
    screens.push(("inbox", session.picture()));
    session.press("dPbLmonday<Enter>");
    screens.push(("decided", session.picture()));
    session
        .resize(HIGH)
        .press(":tag +follow topic:robotics<Enter>");
    screens.push(("many", session.picture()));
    session.press("<Enter>").press("$");
    screens.push(("review", session.picture()));
    session.press("<Enter>");
    let summary = session.app.summary().unwrap_or_default();
    screens.push(("end", format!("{summary}\n")));
    screens
}

/// The guide with its screens drawn anew: what stands in the fence below `<!-- screen: NAME -->`.
fn drawn(guide: &str) -> String {
    let mut drawn = guide.to_owned();
    for (name, screen) in screens() {
        let begin = format!("<!-- screen: {name} -->\n```text\n");
        let (before, rest) = drawn
            .split_once(&begin)
            .unwrap_or_else(|| panic!("{GUIDE} has no {begin}"));
        let (_, after) = rest.split_once("```\n").expect("the end of the fence");
        drawn = format!("{before}{begin}{}\n```\n{after}", screen.trim_end());
    }
    drawn
}

#[test]
fn the_screens_of_the_guide_are_what_the_program_draws() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GUIDE);
    let guide = fs::read_to_string(&path).expect("the guide");
    let drawn = drawn(&guide);
    if std::env::var_os("NEWSDESK_BLESS").is_some() {
        fs::write(&path, &drawn).expect("the guide can be written");
        return;
    }
    assert!(
        guide == drawn,
        "{GUIDE} shows another screen than the program; renew it with {BLESS}"
    );
}
