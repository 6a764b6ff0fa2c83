//! Lines that mean something, and lines that do not.

use super::*;
use crate::query::fields::SortBy;

fn action(text: &str) -> LineAction {
    ParsedLine::parse(text).expect(text).action
}

fn query(text: &str) -> Query {
    parse(text).expect(text)
}

#[test]
fn a_name_alone_is_the_command() {
    for (text, command) in [
        ("zoom", Command::Zoom),
        (" :zoom ", Command::Zoom),
        ("open", Command::OpenOriginal),
        ("done", Command::DoneAndNext),
        ("publish", Command::Publish),
        ("later", Command::Later),
        ("sort", Command::Sort),
        ("view", Command::ShowViews),
    ] {
        assert_eq!(action(text), LineAction::Run(command), "{text}");
    }
}

#[test]
fn a_decision_takes_a_query() {
    let decide = |decision, query_text: &str| {
        LineAction::Decide(
            decision,
            Some(query(query_text)).filter(|_| !query_text.is_empty()),
        )
    };
    for (text, decision, of) in [
        (
            "done is:read date:<2021-06-01",
            Decision::Done(true),
            "is:read date:<2021-06-01",
        ),
        ("star", Decision::Starred(true), ""),
        ("star quality>90", Decision::Starred(true), "quality>90"),
        (
            "tag \"-to do\" lidar",
            Decision::Tag("-to do".to_owned()),
            "lidar",
        ),
        ("later 3d", Decision::Later(Some("3d".to_owned())), ""),
        (
            "later \"next week\" lidar",
            Decision::Later(Some("next week".to_owned())),
            "lidar",
        ),
        (
            "note \"look again\" lidar",
            Decision::Note("look again".to_owned()),
            "lidar",
        ),
        (
            "edit-fields quality 70",
            Decision::Field("quality".to_owned(), vec![Asking::Set("70".to_owned())]),
            "",
        ),
    ] {
        assert_eq!(action(text), decide(decision, of), "{text}");
    }
}

#[test]
fn an_order_without_a_sign_has_the_best_first() {
    let key = |by, direction| SortKey { by, direction };
    for (text, keys) in [
        (
            "sort quality",
            vec![key(SortBy::Quality, Direction::Reversed)],
        ),
        (
            "sort -quality",
            vec![key(SortBy::Quality, Direction::Reversed)],
        ),
        (
            "sort +quality",
            vec![key(SortBy::Quality, Direction::Natural)],
        ),
        ("sort title", vec![key(SortBy::Title, Direction::Natural)]),
        (
            "sort provider, date",
            vec![
                key(SortBy::Provider, Direction::Natural),
                key(SortBy::Date, Direction::Reversed),
            ],
        ),
        ("sort default", vec![]),
    ] {
        assert_eq!(action(text), LineAction::Sort(keys), "{text}");
    }
}

#[test]
fn other_words_take_what_their_command_would_ask_for() {
    assert_eq!(
        action("view Best first"),
        LineAction::View("Best first".to_owned())
    );
    assert_eq!(action("view \"Best\""), LineAction::View("Best".to_owned()));
    assert_eq!(action("query lidar"), LineAction::List(query("lidar")));
    assert_eq!(action("search lidar"), LineAction::Narrow(query("lidar")));
    assert_eq!(
        action("jump-to-topic rob"),
        LineAction::Jump(Sought::Topic, "rob".to_owned())
    );
    assert_eq!(
        action("command-line tag +"),
        LineAction::Type("tag +".to_owned())
    );
}

#[test]
fn articles_are_given_away_in_a_form() {
    let program = |text: &str| Program::split(text).expect(text);
    assert_eq!(
        action("pipe wc -w"),
        LineAction::Pipe(OutputForm::Text, program("wc -w"))
    );
    assert_eq!(
        action("pipe json: jq '.title'"),
        LineAction::Pipe(OutputForm::Json, program("jq .title"))
    );
    assert_eq!(
        action("write-page a b.html"),
        LineAction::WritePage(OutputForm::Html, PathBuf::from("a b.html"))
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, at, said) in [
        (
            "doen lidar",
            0..4,
            "there is no command `doen`, did you mean `done`?",
        ),
        (": zoon", 2..6, "did you mean `zoom`?"),
        ("zoom 3", 5..6, "`zoom` takes no argument"),
        ("tag", 3..3, "`tag` needs +TAG"),
        ("tag +", 4..5, "`tag` needs +TAG"),
        ("later soon", 6..10, "is not a date"),
        ("note \"open", 5..10, "the closing \" is missing"),
        ("star  qualiti>5", 6..13, "no field “qualiti”"),
        ("sort hotness", 5..12, "sort: does not take “hotness”"),
        ("run x {titel}", 4..13, "did you mean {title}?"),
        ("edit-fields quality", 12..19, "its new value"),
        ("pipe xml: cat", 5..13, "there is no form `xml`"),
        ("write-page a.pdf", 11..16, "must end in .md"),
        ("", 0..0, "there is no command"),
    ] {
        let error = ParsedLine::parse(text).expect_err(text);
        assert!(error.reason.contains(said), "{text}: {error}");
        assert_eq!(error.at, at, "{text}: {error}");
    }
}
