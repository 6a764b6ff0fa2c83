//! Articles given to a program, what it prints, and articles written into files.

use newsdesk::app::Printed;
use newsdesk::output::OutputForm;

use crate::session::{Deed, Session, WIDE, article};

/// Two articles, and a program that prints this.
fn printing(text: &str, failure: Option<&str>) -> Session {
    let (one, two) = (article("One", 2, ""), article("Two", 1, ""));
    let mut session = Session::of(&[("1.md", &one), ("2.md", &two)], WIDE);
    session.world.prints = Ok(Printed {
        text: text.to_owned(),
        is_all: true,
        failure: failure.map(str::to_owned),
    });
    session
}

#[test]
fn what_a_program_prints_is_shown() {
    let mut session = printing("  42 words\n\ttab\n", None);
    session.press("|wc -w<Enter>");
    let picture = session.picture();
    assert!(picture.contains("OUTPUT of wc"), "{picture}");
    assert!(picture.contains("  42 words"), "{picture}");
    let deeds = session.take_outside();
    let piped = deeds.iter().find_map(|it| match it {
        Deed::Pipe(piped) => Some(piped),
        _ => None,
    });
    let piped = piped.expect("a program");
    assert_eq!(
        (piped.form, piped.articles.len()),
        (Some(OutputForm::Text), 1)
    );
    assert_eq!(piped.program.arguments, ["-w"]);
    session.press("q");
    assert!(!session.has_overlay());
}

#[test]
fn a_selection_goes_in_the_form_that_was_asked_for() {
    let mut session = printing("", None);
    session.press("X|json: jq .title<Enter>");
    assert!(session.picture().contains("It printed nothing."));
    let deeds = session.take_outside();
    assert!(
        deeds.iter().any(|it| matches!(it, Deed::Pipe(piped)
            if piped.form == Some(OutputForm::Json) && piped.articles.len() == 2)),
        "{deeds:?}"
    );
    // The history keeps it as the line that does the same.
    session.press("<Esc>:<Up>");
    assert_eq!(session.typed(), "pipe json: jq .title");
}

#[test]
fn the_output_scrolls_and_is_searched() {
    let text: String = (1..=200).map(|number| format!("line {number}\n")).collect();
    let mut session = printing(&text, Some("seq failed (exit status: 1)"));
    session.press("|seq 200<Enter>");
    assert!(!session.picture().contains("line 150"));
    session.press("/150");
    assert!(
        session.picture().contains("line 150"),
        "{}",
        session.picture()
    );
    session.press("<Enter>gg/line 1<Enter>n");
    assert_eq!(session.said(), "match 2/201");
    session.press("N");
    assert_eq!(session.said(), "match 1/201");
    session.press("G");
    assert!(session.picture().contains("seq failed (exit status: 1)"));
    session.press("/zzz<Enter>n");
    assert_eq!(session.said(), "No match.");
}

#[test]
fn a_program_that_nobody_waits_for_is_stopped() {
    let mut session = printing("too late", None);
    session.hold().press("|sleep 9<Enter>");
    assert!(session.picture().contains("sleep is running"));
    session.press("<Esc>");
    assert_eq!(session.said(), "The program is being stopped.");
    assert!(session.take_outside().contains(&Deed::GiveUp));
    session.deliver();
    assert_eq!(session.error(), "");
}

#[test]
fn why_a_program_did_not_run_is_shown() {
    let mut session = printing("", None);
    session.world.prints = Err("wc is not installed".to_owned());
    session.press("|wc<Enter>");
    assert!(session.picture().contains("wc is not installed"));
    session.press("<Esc>|wc 'x<Enter>");
    let (at, said) = session.complaint().expect("a complaint");
    assert_eq!((at, said.as_str()), (0..5, "a quote is not closed"));
}

#[test]
fn a_page_is_written_under_a_name_made_of_its_title() {
    let mut session = printing("", None);
    session.press("w");
    assert_eq!(session.typed(), "one.md");
    session.press("<Enter>");
    assert_eq!(session.said(), "Written to one.md.");
    session.press("Xw");
    assert_eq!(session.typed(), "articles.md");
    session.press("<ctrl-u>all.pdf<Enter>");
    let (_, said) = session.complaint().expect("a complaint");
    assert!(said.contains("must end in .md"), "{said}");
    session.press("<ctrl-u>all.html<Enter>");
    let deeds = session.take_outside();
    let last = deeds.iter().rev().find_map(|it| match it {
        Deed::WritePage(page) => Some((page.form, page.articles.len())),
        _ => None,
    });
    assert_eq!(last, Some((OutputForm::Html, 2)));
}
