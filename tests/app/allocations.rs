//! How often memory is allocated, which is the same on every machine: never while nothing happens,
//! and no more often for a longer list.

use newsdesk::app::App;
use newsdesk::app::geometry::Size;
use newsdesk::command::Key;
use newsdesk::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::memory::cost_of;
use crate::session::{Session, WIDE, article, on_its_own};

/// A terminal with a frame of the app on it.
fn terminal(app: &App, size: Size) -> Terminal<TestBackend> {
    let backend = TestBackend::new(size.columns, size.rows);
    let mut terminal = Terminal::new(backend).expect("a terminal in memory");
    frame(app, &mut terminal);
    terminal
}

fn frame(app: &App, terminal: &mut Terminal<TestBackend>) {
    let drawn = terminal.draw(|frame| {
        ui::draw(app, frame);
    });
    drawn.expect("a terminal in memory");
}

/// The tick of an idle second allocates nothing, and changes nothing that would need a frame.
#[test]
fn a_second_in_which_nothing_happens_takes_nothing() {
    let mut session = Session::sample(WIDE);
    session.wait(60);
    let before = session.app.time_shown();
    let tick = session.later(1);
    let (effects, _, taken) = cost_of(|| session.app.update(tick));
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(session.app.time_shown(), before);
    assert_eq!(taken, 0);
}

#[test]
fn a_minute_a_message_that_goes_and_a_gauge_need_a_frame() {
    let mut session = Session::sample(WIDE);
    session.press("s");
    let said = session.app.time_shown();
    session.wait(5);
    let gone = session.app.time_shown();
    assert_ne!(said, gone);
    session.wait(60);
    assert_ne!(session.app.time_shown(), gone);
    let mut session = Session::waiting(&[("a.md", "---\ntitle: A\n---\n")], WIDE);
    let before = session.app.time_shown();
    let tick = session.later(1);
    session.app.update(tick);
    assert_ne!(session.app.time_shown(), before, "it is loading");
}

/// How often moving to the next row and drawing it allocates memory.
fn cost_of_moving(articles: usize) -> usize {
    let texts: Vec<(String, String)> = (0..articles)
        .map(|number| {
            let title = format!("Title {number:04}");
            let text = article(&title, 1 + (number % 28) as u8, "");
            (format!("{number}.md"), on_its_own(&text, number))
        })
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let mut session = Session::of(&files, WIDE);
    let mut terminal = terminal(&session.app, WIDE);
    session.press("j");
    let event = session.pressed(Key::parse("j").expect("a key"));
    let (_, _, taken) = cost_of(|| {
        let effects = session.app.update(event);
        frame(&session.app, &mut terminal);
        effects
    });
    taken
}

#[test]
fn a_key_and_its_frame_take_the_same_in_a_longer_list() {
    let (few, many) = (cost_of_moving(100), cost_of_moving(1000));
    println!(
        "moving down at 160 x 45: memory is taken {few} times with 100 articles, {many} with 1,000"
    );
    assert!(many < few + few / 10, "{few}, then {many}");
}
