//! Searching for articles: what is listed while typing, what stays, what comes back.

use newsdesk::app::geometry::Pane;
use newsdesk::app::{Event, Reply, TextProgress};
use newsdesk::query::{AnswerExtent, FacetField, PartialAnswer};
use ratatui::style::Modifier;

use crate::picture::{buffer, text};
use crate::session::{Deed, NARROW, Session, WIDE, article};

/// Five articles: two about lidar, one of them published, and one with it only in the text.
fn library() -> Session {
    let files = [
        (
            "1.md",
            article("Lidar on a roof", 1, "quality: 80\ntopics: [Robotics]"),
        ),
        (
            "2.md",
            article(
                "A camera instead",
                2,
                "quality: 60\ntopics: [Cameras]\npublished: true",
            ),
        ),
        (
            "3.md",
            article(
                "Solid state lidar",
                3,
                "quality: 90\npublished: true\ntopics: [Robotics]",
            ),
        ),
        ("4.md", article("Penguins", 4, "quality: 10\ntype: video")),
        (
            "5.md",
            format!(
                "{}\nThe solidus is a coin. LIDAR is not.\n",
                article("Coins", 5, "")
            ),
        ),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    Session::of(&files, WIDE)
}

fn complaint(session: &Session) -> String {
    let complaint = session.complaint();
    complaint.map_or(String::new(), |(_, reason)| reason)
}

fn typed(session: &Session) -> String {
    session.typed()
}

#[test]
fn the_list_follows_every_letter() {
    let mut session = library();
    session.press("/li");
    assert_eq!(session.titles(), ["Solid state lidar", "Lidar on a roof"]);
    session.press("dar roof");
    assert_eq!(session.titles(), ["Lidar on a roof"]);
    assert_eq!(session.shown(), "Lidar on a roof");
    session.press("<Ctrl-w><Backspace>");
    assert_eq!(session.titles().len(), 2);
    session.press("<Enter>");
    assert!(!session.has_prompt());
    assert_eq!(session.titles().len(), 2);
    assert!(session.picture().contains("2 of 5   lidar"));
}

#[test]
fn giving_up_brings_everything_back_as_it_was() {
    let mut session = library();
    session.select("A camera instead").press("/lid");
    assert_eq!(session.selected(), "Solid state lidar");
    session.press("<Esc>");
    assert_eq!(session.titles().len(), 5);
    assert_eq!(
        (session.selected(), session.shown()),
        ("A camera instead", "A camera instead")
    );
    assert!(session.app.cx().in_force.is_empty());
}

#[test]
fn giving_up_brings_back_what_was_looked_for_before() {
    let mut session = library();
    session.press("/lidar<Enter>j/solid<Esc>");
    assert_eq!(session.app.cx().in_force.text(), "lidar");
    assert_eq!(session.titles(), ["Solid state lidar", "Lidar on a roof"]);
    assert_eq!(session.selected(), "Lidar on a roof");
}

#[test]
fn a_search_narrows_what_is_in_force_and_editing_changes_all_of_it() {
    let mut session = library();
    session.press("/lidar<Enter>/quality>85<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "lidar quality>85");
    assert_eq!(session.titles(), ["Solid state lidar"]);
    session.press("f");
    assert_eq!(typed(&session), "lidar quality>85 ");
    session.press("<Ctrl-u>camera OR penguins<Enter>");
    assert_eq!(session.titles(), ["Penguins", "A camera instead"]);
    session.press("/quality>50<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "(camera OR penguins) quality>50"
    );
    session.press("<Esc>");
    assert_eq!(
        session.titles().len(),
        5,
        "Escape in the list shows everything"
    );
}

#[test]
fn what_cannot_be_understood_is_said_and_the_last_results_stay() {
    for (keys, place, said) in [
        ("lidar (roof", 6..12, "not closed"),
        ("lidar qualiti>5", 6..13, "quality"),
        ("lidar date:soon", 6..15, "date"),
        ("lidar /(/", 6..9, "regular"),
    ] {
        let mut session = library();
        session.press("/").press(keys);
        assert!(
            complaint(&session).contains(said),
            "{keys}: {}",
            complaint(&session)
        );
        let (at, _) = session.complaint().expect("a complaint");
        assert!(
            at.start >= place.start && at.end <= place.end,
            "{keys}: {at:?}"
        );
        let before = session.titles();
        session.press("<Enter>");
        assert!(session.has_prompt(), "it is not taken");
        assert_eq!(session.titles(), before);
        assert!(before.len() < 5, "the last good results: {before:?}");
        session.press("<Esc>");
        assert_eq!(session.titles().len(), 5);
    }
}

#[test]
fn a_flood_of_pasted_text_is_refused_in_a_sentence() {
    let mut session = library();
    session.press("/lidar ");
    session.tell(Event::Paste("words ".repeat(17_000)));
    assert!(
        complaint(&session).contains("at most 4096"),
        "{}",
        complaint(&session)
    );
    assert_eq!(session.titles().len(), 2);
    session.press("<Ctrl-u>penguins<Enter>");
    assert_eq!(session.titles(), ["Penguins"]);
}

#[test]
fn orders_are_part_of_it() {
    let mut session = library();
    session.press("/-is:published sort:-quality<Enter>");
    assert_eq!(session.titles(), ["Lidar on a roof", "Penguins", "Coins"]);
    session.press("/sort:title<Enter>");
    assert_eq!(session.titles(), ["Coins", "Lidar on a roof", "Penguins"]);
    assert_eq!(session.app.cx().in_force.text(), "-is:published sort:title");
}

#[test]
fn bodies_are_looked_into() {
    let mut session = library();
    session.press("/body:solidus<Enter>");
    assert_eq!(session.titles(), ["Coins"]);
    assert_eq!(
        session.app.search().texts(),
        None,
        "all of them have been looked into"
    );
}

/// The replies to the search in force as if only some of the texts had been searched.
fn in_part(replies: Vec<Event>) -> Vec<Event> {
    let part = |event| match event {
        Event::Reply {
            id,
            reply: Reply::Searched(answer),
        } => Event::Reply {
            id,
            reply: Reply::Searched(PartialAnswer {
                extent: AnswerExtent::Bodies { looked: 2, of: 5 },
                ..answer
            }),
        },
        other => other,
    };
    replies.into_iter().map(part).collect()
}

#[test]
fn a_search_in_texts_says_how_far_it_is_and_can_be_ended() {
    let mut session = library();
    session.hold().press("/body:solidus<Enter>");
    for reply in in_part(session.take_held()) {
        session.tell(reply);
    }
    session.wait(1);
    assert_eq!(session.titles(), ["Coins"], "what was found so far");
    let doing = session.app.doing();
    assert_eq!(doing.as_deref(), Some("searching texts, 2 of 5; Esc stops"));

    session.press("<Esc>");
    assert!(session.take_outside().contains(&Deed::GiveUp));
    assert!(session.said().starts_with("Stopped after 2 of 5 texts"));
    assert_eq!(session.titles(), ["Coins"], "it stays");
    // Marks change, time passes: it does not start again.
    session.press("s").wait(120);
    assert_eq!(
        session.app.search().texts(),
        Some(TextProgress::Stopped { looked: 2, of: 5 })
    );

    session.press("R");
    assert_eq!(session.app.search().texts(), None, "all five");
    assert_eq!(session.titles(), ["Coins"]);
    session.press("<Esc>");
    assert_eq!(session.titles().len(), 5, "the next one clears the query");
}

#[test]
fn values_met_in_files_complete_what_is_typed_next() {
    let of = |title, layout| article(title, 1, &format!("layout: {layout}"));
    let (blog, page) = (of("A", "blog post"), of("B", "page"));
    let mut session = Session::of(&[("a.md", &blog), ("b.md", &page)], WIDE);
    session.press("/meta.layout:<Tab>");
    assert_eq!(typed(&session), "meta.layout:", "nothing has been read");
    session.press("pa<Tab>");
    assert_eq!(typed(&session), "meta.layout:=page");
    assert_eq!(session.titles(), ["B"]);
    session.press("<Ctrl-u>Meta.Layout:<Tab>");
    assert_eq!(typed(&session), "Meta.Layout:=\"blog post\"");
    assert_eq!(session.titles(), ["A"]);
}

#[test]
fn lines_typed_before_come_back() {
    let mut session = library();
    session.press("/lidar<Enter><Esc>/pen<Up>");
    assert_eq!(typed(&session), "lidar");
    session.press("<Up><Up><Up><Up>");
    assert_eq!(typed(&session), "topic:AI", "the oldest");
    session.press("<Down><Down>");
    assert_eq!(typed(&session), "lidar");
    session.press("<Down>");
    assert_eq!(typed(&session), "pen");
    assert_eq!(session.titles(), ["Penguins"]);
    session.press("<Enter>");
    let remembered: Vec<Deed> = session
        .take_outside()
        .into_iter()
        .filter(|effect| matches!(effect, Deed::Remember(_)))
        .collect();
    let lines = ["lidar", "pen"].map(|line| Deed::Remember(line.to_owned()));
    assert_eq!(remembered, lines);
}

#[test]
fn a_word_is_completed_with_what_there_is() {
    let mut session = library();
    session.press("/topi<Tab>");
    assert_eq!(typed(&session), "topic:");
    session.press("<Tab>");
    assert_eq!(typed(&session), "topic:=Robotics");
    assert_eq!(session.titles().len(), 2);
    session.press("<Tab>");
    assert_eq!(typed(&session), "topic:=Cameras");
    session.press("<Tab><Shift-Tab>");
    assert_eq!(typed(&session), "topic:=Cameras");
    session.press(" is:un");
    let picture = session.press("<Tab>").picture();
    assert!(
        picture.contains("unread") && picture.contains("unpublished"),
        "{picture}"
    );
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut session = library();
    session.hold().press("/lidar<Ctrl-w>penguins");
    let mut answers = session.take_held();
    answers.reverse();
    for answer in answers {
        session.tell(answer);
    }
    assert_eq!(session.titles(), ["Penguins"]);
}

#[test]
fn the_list_stands_still_until_the_answer_is_there() {
    let mut session = library();
    session.hold().press("/lidar");
    assert_eq!(session.titles().len(), 5);
    session.press("<Enter>");
    session.deliver();
    assert_eq!(
        session.titles().len(),
        2,
        "though the line has been taken already"
    );
}

#[test]
fn giving_up_wins_over_an_answer_that_comes_late() {
    let mut session = library();
    session.hold().press("/lidar<Esc>");
    session.deliver();
    assert_eq!(session.titles().len(), 5);
    assert_eq!(session.selected(), "Coins");
}

#[test]
fn the_selection_stays_while_files_change_under_a_query() {
    let mut session = library();
    session.press("/lidar<Enter>j");
    assert_eq!(session.selected(), "Lidar on a roof");
    session.write("6.md", &article("Lidar at sea", 6, ""));
    session.write("7.md", &article("Otters", 7, ""));
    session.write("3.md", &article("Solid state radar", 3, ""));
    session.notice_changes();
    assert_eq!(
        session.titles(),
        ["Solid state radar", "Lidar on a roof"],
        "nothing jumps"
    );
    assert_eq!(
        session.app.arrived(),
        1,
        "the otters are not what is looked for"
    );
    let gone = session.app.list().rows()[0];
    assert!(session.app.is_leaving(gone));
    session.press("R");
    assert_eq!(session.titles(), ["Lidar at sea", "Lidar on a roof"]);
    assert_eq!(session.selected(), "Lidar on a roof");
}

#[test]
fn what_is_looked_for_is_marked_where_it_is_shown() {
    let mut session = library();
    session.press("/lidar<Enter>");
    let buffer = buffer(&session.app);
    // Below the two bars at the top, below the row of the cursor.
    let row = (0..WIDE.columns).map(|x| &buffer[(x, 3)]);
    let marked = row.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
    let marked: String = marked.map(|cell| cell.symbol()).collect();
    assert_eq!(marked, "Lidar");
}

#[test]
fn a_text_is_searched_in() {
    let body: String = (0..80)
        .map(|line| format!("Paragraph {line}.\n\n"))
        .collect();
    let long = format!(
        "{}\n{body}Here is the needle.\n\nAnd a needle again.\n",
        article("Long", 9, "")
    );
    let mut session = Session::of(&[("1.md", long.as_str())], NARROW);
    session.press("<Enter>/needle");
    let seen = |session: &Session| text(&session.app).contains("Here is the needle.");
    assert!(seen(&session));
    session.press("<Enter>n");
    assert_eq!(session.said(), "");
    session.press("n");
    assert_eq!(session.said(), "That was the last match in this text.");
    session.press("N");
    assert!(seen(&session));
    session.press("gg/needle<Esc>");
    assert!(!seen(&session), "giving up goes back");
    assert_eq!(session.app.detail().scroll(), 0);
}

#[test]
fn values_of_facets_are_found_by_their_first_letters() {
    let mut session = library();
    session.press("t/rob");
    let values = |session: &Session| -> Vec<String> {
        let rows = session.values(FacetField::Topic).into_iter();
        rows.map(|row| row.value).collect()
    };
    assert_eq!(values(&session), ["Robotics"]);
    session.press("<Enter><Space>");
    assert_eq!(session.app.cx().in_force.text(), "topic:=Robotics");
    assert_eq!(session.titles(), ["Solid state lidar", "Lidar on a roof"]);
    session.press("<Esc>");
    assert_eq!(
        values(&session).len(),
        2,
        "first what was typed is forgotten"
    );
    session.press("<Esc><Esc>");
    assert!(session.app.cx().in_force.is_empty());
    assert_eq!(session.focus(), Pane::List);
}

#[test]
fn every_facet_edits_the_query() {
    for (field, value, query, found) in [
        (FacetField::Kind, "video", "kind:=video", 1),
        (FacetField::Month, "2021-12", "date:2021-12", 5),
        (FacetField::Publication, "published", "is:published", 2),
        (FacetField::Mark, "unread", "is:unread", 5),
    ] {
        let mut session = library();
        session.value(field, value).press("<Enter>");
        assert_eq!(session.app.cx().in_force.text(), query);
        assert_eq!(session.titles().len(), found, "{query}");
        session.value(field, value).press("-");
        assert_eq!(session.app.cx().in_force.text(), format!("-{query}"));
        assert_eq!(session.titles().len(), 5 - found, "-{query}");
    }
}

#[test]
fn what_is_scheduled_is_published_when_its_time_has_come() {
    let soon = "---\ntitle: soon\ndate: 2022-01-01\n---\nText.\n";
    let files = [
        ("hugo.toml", "baseURL = 'https://a.example'\n"),
        ("content/soon.md", soon),
    ];
    let mut session = Session::of(&files, WIDE);
    session.press("/is:scheduled<Enter>");
    assert_eq!(session.titles(), ["soon"]);
    assert!(session.picture().contains("△"), "{}", session.picture());
    session.press("<Esc>/is:published<Enter>");
    assert_eq!(session.titles(), [""; 0]);
    session.wait(3 * 24 * 60 * 60);
    session.press("R");
    assert_eq!(session.titles(), ["soon"]);
    assert!(session.picture().contains("▲"), "{}", session.picture());
}
