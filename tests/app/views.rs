//! Views, orders and jumps: going somewhere else with a few keys.

use newsdesk::app::geometry::Pane;
use newsdesk::config::{Config, NamedLibrary, ViewEdit, Whose};
use newsdesk::query::FacetField;

use crate::picture::text;
use crate::session::{Configured, Deed, NARROW, Session, WIDE, article};

#[test]
fn a_number_puts_its_view_in_force() {
    let mut session = Session::sample(WIDE);
    session.press("3");
    assert_eq!(
        session.app.cx().in_force.text(),
        "-is:published -is:rejected sort:-quality"
    );
    let quality: Vec<_> = session
        .app
        .list()
        .rows()
        .iter()
        .filter_map(|id| session.app.cx().catalog.library().article(*id).quality())
        .collect();
    assert!(quality.is_sorted_by(|a, b| a >= b), "{quality:?}");
    assert!(
        session
            .picture()
            .lines()
            .next()
            .is_some_and(|top| top.contains("Unpublished"))
    );
    session.press("6");
    assert!(
        session.app.cx().in_force.is_empty(),
        "the view of all articles"
    );
    session.press("9");
    assert_eq!(session.said(), "There is no view 9; F lists the views.");
}

#[test]
fn another_library_is_opened_after_what_is_under_way() {
    let libraries = ["ai", "site"].map(|name| NamedLibrary {
        name: name.to_owned(),
        ..NamedLibrary::default()
    });
    let config = Config {
        libraries: libraries.into(),
        opened: Some("ai".to_owned()),
        ..Config::default()
    };
    let mut session = Session::configured(
        &[("a.md", &article("One", 1, ""))],
        WIDE,
        Configured {
            config,
            ..Configured::default()
        },
    );
    session.press("gl<Enter>");
    assert_eq!(session.said(), "The library ai is open already.");
    session.hold().press("sglsit<Enter>");
    assert!(
        !session.take_outside().contains(&Deed::Quit),
        "the star first"
    );
    session.deliver();
    assert!(session.take_outside().contains(&Deed::Quit));
    assert_eq!(session.app.next_library(), Some("site"));
    session.press(":library sites<Enter>");
    assert_eq!(
        session.error(),
        "There is no library “sites”; did you mean “site”?"
    );
    session.press(":library SITE<Enter>");
    assert_eq!(session.app.next_library(), Some("site"));
}

#[test]
fn without_named_libraries_it_is_said_how_one_is_named() {
    let mut session = Session::sample(WIDE);
    session.press("gl");
    assert!(
        session.said().contains("[libraries.NAME]"),
        "{}",
        session.said()
    );
}

#[test]
fn the_views_are_listed_with_their_counts() {
    let mut session = Session::sample(WIDE);
    session.press("F");
    let picture = session.picture();
    let row = |name: &str| {
        let row = picture.lines().find(|line| line.contains(name));
        row.unwrap_or_else(|| panic!("{name}: {picture}"))
            .to_owned()
    };
    assert!(row(" Inbox ").contains("is:inbox") && row(" Inbox ").contains("70"));
    assert!(
        row(" Robots ").contains("topic:Robotics sort:title") && row(" Robots ").contains("10")
    );
    session.press("ggjj<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "-is:published -is:rejected sort:-quality"
    );
    session.press("F");
    assert_eq!(
        session.picture().matches("Unpublished").count(),
        2,
        "in the top line too"
    );
    session.press("<Esc>");
    assert!(!session.has_overlay());
}

#[test]
fn a_view_that_cannot_be_understood_says_so_and_costs_nothing_else() {
    let mut session = Session::sample(WIDE);
    session.press("F");
    assert!(
        session.picture().contains("qualiti>5: there is no field"),
        "{}",
        session.picture()
    );
    session.press("<Esc>8");
    assert!(
        session.error().starts_with("The view Broken has an error"),
        "{}",
        session.error()
    );
    assert!(session.app.cx().in_force.is_empty());
    session.press("7");
    assert_eq!(session.app.list().articles().len(), 10);
}

#[test]
fn the_query_in_force_is_kept_under_a_name() {
    let mut session = Session::sample(WIDE);
    session.press("/lid quality>50<Enter>Fa");
    for letter in "Mine".chars() {
        session.press(&letter.to_string());
    }
    session.press("<Enter>");
    let kept = Deed::EditViews(ViewEdit::Keep {
        name: "Mine".to_owned(),
        query: "lid quality>50".to_owned(),
    });
    assert!(session.take_outside().contains(&kept));
    assert_eq!(session.said(), "Saved as Mine: 9 shows it.");
    session.press("<Esc><Esc>9");
    assert_eq!(session.app.cx().in_force.text(), "lid quality>50");
}

#[test]
fn nothing_is_kept_without_a_query_or_a_name() {
    let mut session = Session::sample(WIDE);
    session.press("Fa");
    assert!(!session.has_prompt());
    assert!(session.said().starts_with("Everything is listed"));
    session.press("<Esc>/robot<Enter>Fa<Enter>");
    assert_eq!(session.said(), "Not saved: no name was given.");
    session.keeping(Err("config.toml: it is read-only".to_owned()));
    session.press("aMine<Enter>");
    assert_eq!(session.error(), "config.toml: it is read-only");
}

#[test]
fn orders_are_picked_reversed_and_forgotten() {
    let mut session = Session::sample(WIDE);
    session.press("j");
    let first = session.selected().to_owned();
    session.press("Sj<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "sort:-quality",
        "best first"
    );
    session.press("<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "sort:quality");
    session.press("<Esc>");
    assert_eq!(session.app.list().articles().len(), 70);
    assert_eq!(
        session.selected(),
        first,
        "the selection stays with its article"
    );
    session.press("S<Backspace>");
    assert!(session.app.cx().in_force.is_empty());
    assert!(!session.has_overlay());
}

#[test]
fn a_few_letters_lead_to_an_article() {
    for size in [WIDE, NARROW] {
        let mut session = Session::sample(size);
        session.press("gapenguin count");
        assert!(session.picture().contains("Penguin Counter Notebook"));
        session.press("<Enter>");
        assert_eq!(session.selected(), session.shown());
        assert!(
            session.shown().to_lowercase().contains("penguin"),
            "{}",
            session.shown()
        );
    }
}

#[test]
fn an_article_that_is_not_listed_is_gone_to_all_the_same() {
    let mut session = Session::sample(WIDE);
    session.press("/robot<Enter>gapenguin counter<Enter>");
    assert_eq!(session.selected(), "Penguin Counter Notebook");
    assert_eq!(session.app.list().articles().len(), 70);
    assert_eq!(
        session.said(),
        "It was not in the list, so everything is listed now."
    );
}

#[test]
fn a_topic_and_a_provider_narrow_the_list() {
    let mut session = Session::sample(WIDE);
    session.press("gtrobotics<Enter>");
    assert_eq!(session.app.cx().in_force.text(), "topic:=Robotics");
    session.press("gptideline<Enter>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "topic:=Robotics provider:=Tideline"
    );
    assert_eq!(session.focus(), Pane::List);
    assert!(
        session
            .values(FacetField::Provider)
            .iter()
            .any(|row| row.pick.is_some())
    );
    session.press("gtzzzz<Enter><Esc>");
    assert_eq!(
        session.app.cx().in_force.text(),
        "topic:=Robotics provider:=Tideline"
    );
}

#[test]
fn a_narrowed_view_stays_named_and_is_come_back_to() {
    for size in [WIDE, NARROW] {
        let mut session = Session::sample(size);
        session.press("1/robot<Enter>");
        let top = |session: &Session| {
            session
                .picture()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        assert!(
            top(&session).contains("Inbox   is:inbox robot"),
            "{}",
            top(&session)
        );
        session.press("0");
        assert_eq!(session.app.cx().in_force.text(), "is:inbox");
        assert_eq!(session.said(), "");
        session.press("0");
        assert_eq!(session.said(), "This is the whole view Inbox.");
        session.press("/robot<Enter>Sj<Enter><Esc><Esc>");
        assert_eq!(
            session.app.cx().in_force.text(),
            "is:inbox",
            "Esc clears what narrows it"
        );
        session.press("<Esc><Esc>");
        assert_eq!(
            session.app.cx().in_force.text(),
            "is:inbox",
            "and never the view"
        );
        assert_eq!(
            session.said(),
            "This is the whole view Inbox; F lists the others."
        );
        session.press("6");
        assert!(session.app.cx().in_force.is_empty());
    }
}

#[test]
fn a_bulk_decision_and_escape_leave_the_view_in_force() {
    let mut session = Session::sample(WIDE);
    session.press("1:done robot<Enter><Enter><Esc>");
    assert_eq!(session.app.cx().in_force.text(), "is:inbox");
    session.press("XA<Enter><Esc><Esc>");
    assert_eq!(session.app.cx().in_force.text(), "is:inbox");
}

#[test]
fn another_query_is_not_named_as_the_view_and_leads_back_to_it() {
    let mut session = Session::sample(WIDE);
    session.press("1f<Ctrl-u>robot<Enter>");
    assert_eq!(session.app.view_in_force(), None);
    session.press("0");
    assert_eq!(session.app.view_in_force(), Some("Inbox"));
}

#[test]
fn the_query_of_a_view_stands_in_the_history() {
    let mut session = Session::sample(WIDE);
    session.press("36f<Up>");
    assert_eq!(session.typed(), "-is:published -is:rejected sort:-quality");
    let remembered = Deed::Remember(session.typed());
    assert!(session.take_outside().contains(&remembered));
}

#[test]
fn views_are_moved_renamed_and_deleted() {
    let names = |session: &Session| -> Vec<String> {
        let views = session.app.cx().env.views.iter();
        views.map(|view| view.name.clone()).collect()
    };
    let mut session = Session::sample(WIDE);
    session.press("1F").press_at_once("JJ");
    assert_eq!(
        names(&session)[..4],
        ["Today", "Unpublished", "Inbox", "Starred"]
    );
    session.press("KKK");
    assert_eq!(names(&session)[..2], ["Inbox", "Today"]);
    let order = session.take_outside().pop();
    assert_eq!(
        order,
        Some(Deed::EditViews(ViewEdit::Order(names(&session))))
    );

    session.press("r<Ctrl-u>Today<Enter>");
    let (_, said) = session.complaint().expect("a complaint");
    assert_eq!(said, "there is already a view with that name");
    session.press("<Ctrl-u>In<Enter>");
    let renamed = ViewEdit::Rename {
        from: "Inbox".to_owned(),
        to: "In".to_owned(),
        query: "is:inbox".to_owned(),
        whose: Whose::BuiltIn,
    };
    assert_eq!(session.take_outside().pop(), Some(Deed::EditViews(renamed)));
    assert_eq!(session.app.view_in_force(), Some("In"));

    session.press("Gkx");
    assert!(session.picture().contains("DELETE THE VIEW?"));
    session.press("<Esc>");
    assert!(names(&session).contains(&"Robots".to_owned()));
    session.press("xy");
    let deleted = ViewEdit::Delete {
        name: "Robots".to_owned(),
        whose: Whose::Own,
    };
    assert_eq!(session.take_outside().pop(), Some(Deed::EditViews(deleted)));
    assert_eq!(session.said(), "Deleted the view Robots.");
    assert!(!names(&session).contains(&"Robots".to_owned()));
    session.keeping(Err("config.toml: it is read-only".to_owned()));
    session.press("xy");
    assert_eq!(session.error(), "config.toml: it is read-only");
}

#[test]
fn a_view_its_facet_and_the_list_have_one_number() {
    let mut session = Session::sample(WIDE);
    session.press("1ddsdbj").press("0");
    let inbox = session.app.selected_count();
    assert_eq!(inbox, 66);
    let facet = session.values(FacetField::Mark);
    let facet = facet.iter().find(|row| row.value == "inbox");
    assert_eq!(facet.map(|row| row.count), Some(66));
    session.press("F");
    let picture = session.picture();
    let row = picture
        .lines()
        .find(|line| line.contains(" Inbox "))
        .unwrap_or_default();
    let row = picture
        .lines()
        .filter(|line| line.contains("is:inbox"))
        .nth(1)
        .unwrap_or(row);
    assert!(row.contains(" 66 "), "{picture}");
}

#[test]
fn a_view_that_asks_for_bodies_is_counted_as_it_lists() {
    let mut session = Session::sample(WIDE);
    session.press("fbody:the<Enter>");
    let listed = session.app.selected_count();
    assert!(listed > 0);
    session.press("FaBodies<Enter>");
    let picture = session.picture();
    let row = picture.lines().find(|line| line.contains(" Bodies "));
    assert!(
        row.is_some_and(|row| row.contains(&format!(" {listed} "))),
        "{picture}"
    );
}

#[test]
fn going_back_once_too_often_asks_before_it_quits() {
    let unpublished = article("One", 1, "published: false");
    for keys in ["/one<Enter>q", "P<Enter>qq", "i/x<Enter>q"] {
        let mut session = Session::of(&[("1.md", &unpublished)], WIDE);
        session.press(keys);
        assert!(session.picture().contains("QUIT?"), "{keys}");
        session.press("q");
        assert!(!session.take_outside().contains(&Deed::Quit), "{keys}");
        session.press("<Esc>");
        assert!(!session.has_overlay(), "{keys}");
        session.press("q<Enter>");
        assert!(session.take_outside().contains(&Deed::Quit), "{keys}");
    }
    let mut session = Session::sample(WIDE);
    session.press("dj<Enter>qq");
    assert!(
        session.take_outside().contains(&Deed::Quit),
        "nothing was staged or typed"
    );
}

#[test]
fn the_question_before_quitting_opens_the_review_it_names() {
    let unpublished = article("One", 1, "published: false");
    let mut session = Session::of(&[("1.md", &unpublished)], WIDE);
    session.press("Pq");
    assert!(session.picture().contains("QUIT?"));
    session.press("$");
    let picture = session.picture();
    assert!(
        picture.contains("REVIEW") && !picture.contains("QUIT?"),
        "{picture}"
    );
}

#[test]
fn a_view_that_is_replaced_is_called_so() {
    let mut session = Session::sample(WIDE);
    session.press("/robot<Enter>FaBots<Enter>");
    assert!(
        session.said().starts_with("Saved as Bots: "),
        "{}",
        session.said()
    );
    session.press("aBots<Enter>");
    assert!(
        session.said().starts_with("Replaced Bots: "),
        "{}",
        session.said()
    );
}

#[test]
fn an_empty_view_says_the_way_on_that_there_is() {
    let mut session = Session::sample(WIDE);
    session.press("F5");
    let shown = text(&session.app);
    assert!(shown.contains("Nothing is in Later."), "{shown}");
    assert!(shown.contains("F lists the other views."), "{shown}");
    session.press("/zzzz<Enter>");
    let shown = text(&session.app);
    assert!(shown.contains("Esc goes back to Later."), "{shown}");
    session.press("<Esc>");
    assert!(text(&session.app).contains("Nothing is in Later."));
}
