//! Deciding on articles: what each key does, on which of them, and that it can be undone.

use newsdesk::config::{AfterHandling, Config, MarkRead};

use crate::five::{done, id, marking_read, titles};
use crate::session::{Configured, Deed, Session, WIDE, article};

#[test]
fn done_means_done_whatever_it_was_and_goes_on() {
    let mut session = marking_read(MarkRead::Never);
    session.press("d");
    assert_eq!(done(&session), ["five"]);
    assert_eq!((session.selected(), session.shown()), ("four", "four"));
    session.press("kd");
    assert_eq!(done(&session), ["five"], "it is not taken back");
    assert_eq!(session.selected(), "four");
    assert_eq!(
        titles(&session, |marks| &marks.read),
        ["five"],
        "done implies read"
    );
    session.press("kgu");
    assert_eq!(done(&session), [""; 0]);
    assert_eq!(session.selected(), "five", "taking back stays");
    session.press("Gd");
    assert_eq!(session.selected(), "one");
    assert_eq!(session.titles().len(), 5, "it dims where it stands");
    assert!(session.app.cx().marks.is_handled(id(&session, "one")));
}

#[test]
fn each_handling_key_says_which_way_and_goes_on() {
    let mut session = marking_read(MarkRead::Never);
    session.press("PHb");
    session.press("L1d<Enter>");
    assert_eq!(session.selected(), "one");
    assert_eq!(titles(&session, |marks| &marks.done), ["five", "four"]);
    assert_eq!(titles(&session, |marks| &marks.rejected), ["three"]);
    assert_eq!(titles(&session, |marks| &marks.later), ["two"]);
    assert_eq!(
        titles(&session, |marks| &marks.staged),
        ["five"],
        "four is unpublished already"
    );
    assert!(
        session.picture().contains("4 decided"),
        "{}",
        session.picture()
    );
    session.press("1R");
    assert_eq!(session.titles(), ["one"]);
}

#[test]
fn handling_another_way_ends_the_first_way() {
    let mut session = marking_read(MarkRead::Never);
    session.press("dkbk");
    let handled = |session: &Session| {
        (
            done(session).len(),
            titles(session, |marks| &marks.rejected).len(),
            titles(session, |marks| &marks.later).len(),
        )
    };
    assert_eq!(handled(&session), (0, 1, 0));
    session.press("L1d<Enter>k");
    assert_eq!(handled(&session), (0, 0, 1));
    session.press("d");
    assert_eq!(handled(&session), (1, 0, 0));
    session.press("u");
    assert_eq!(
        handled(&session),
        (0, 0, 1),
        "the undo is of the whole handling"
    );
}

/// Its mark is over, so the query selects it again; its row comes when the list is refreshed.
#[test]
fn what_comes_back_by_itself_is_announced() {
    let mut session = marking_read(MarkRead::Never);
    session.press("1L<Ctrl-u>1d<Enter>R");
    assert_eq!(session.titles(), ["four", "three", "two", "one"]);
    assert_eq!(session.app.arrived(), 0);
    session.wait(24 * 60 * 60);
    session.poll();
    assert_eq!(session.titles(), ["four", "three", "two", "one"]);
    assert_eq!(
        (session.app.arrived(), session.app.selected_count()),
        (1, 4)
    );
    let top = session.top_line();
    assert!(top.contains("1 new, R to show"), "{top}");
    assert!(top.contains("4 of 5") && !top.contains("stories"), "{top}");
    session.press("R");
    assert_eq!(session.titles(), ["five", "four", "three", "two", "one"]);
    assert_eq!(
        (session.app.arrived(), session.app.selected_count()),
        (0, 5)
    );
}

#[test]
fn going_on_can_be_turned_off() {
    let config = Config {
        after_handling: AfterHandling::Stay,
        ..Config::default()
    };
    let config = Configured {
        config,
        ..Configured::default()
    };
    let text = article("one", 1, "published: false");
    let mut session = Session::configured(&[("a.md", &text), ("b.md", &text)], WIDE, config);
    session.press("d");
    assert_eq!(session.app.list().cursor().at, 0);
    assert_eq!(done(&session).len(), 1);
}

#[test]
fn nothing_is_shown_as_kept_before_the_desk_has_it() {
    let mut session = marking_read(MarkRead::Never);
    session.hold().press("s");
    assert_eq!(titles(&session, |marks| &marks.starred), [""; 0]);
    session.deliver();
    assert_eq!(titles(&session, |marks| &marks.starred), ["five"]);
}

#[test]
fn every_mark_goes_on_and_off() {
    let mut session = marking_read(MarkRead::Never);
    session.press("rs");
    let both = |session: &Session| {
        (
            titles(session, |it| &it.read).len(),
            titles(session, |it| &it.starred).len(),
        )
    };
    assert_eq!(both(&session), (1, 1));
    assert_eq!(session.selected(), "five", "neither moves");
    session.press("ms");
    assert_eq!(both(&session), (0, 0));
}

#[test]
fn decisions_are_taken_back_one_by_one_and_brought_back() {
    let mut session = marking_read(MarkRead::Never);
    session.press("dds");
    assert_eq!(done(&session), ["five", "four"]);
    session.press("u");
    assert_eq!(titles(&session, |marks| &marks.starred), [""; 0]);
    assert_eq!(session.said(), "undo: starred: three");
    session.press("u");
    assert_eq!(done(&session), ["five"]);
    assert_eq!(
        session.selected(),
        "four",
        "the cursor goes to what was taken back"
    );
    session.press("<Ctrl-r>");
    assert_eq!(done(&session), ["five", "four"]);
    session.press("uuu");
    assert_eq!(session.error(), "there is nothing to undo");
}

#[test]
fn a_decision_is_repeated_on_another_article() {
    let mut session = marking_read(MarkRead::Never);
    session.press(".");
    assert!(session.said().starts_with("Nothing to repeat"));
    session.press("#later<Enter>jj.");
    let tags = session.app.cx().marks.sets().tags.clone();
    assert_eq!(tags.len(), 1);
    assert_eq!((tags[0].0.as_str(), tags[0].1.len()), ("later", 2));
}

#[test]
fn what_is_selected_is_decided_on_at_once_and_undone_at_once() {
    let mut session = marking_read(MarkRead::Never);
    session.press("xjx");
    assert!(session.picture().contains("2 selected"));
    session.press("d");
    assert_eq!(done(&session), ["five", "three"]);
    assert!(session.app.list().selection().is_empty());
    assert_eq!(session.said(), "done: 2 articles");
    session.press("u");
    assert_eq!(done(&session), [""; 0]);
}

#[test]
fn a_range_follows_the_cursor_and_all_is_all_that_is_listed() {
    let mut session = marking_read(MarkRead::Never);
    session.press("jvjj");
    assert_eq!(session.app.list().selection().len(), 3);
    session.press("k");
    assert_eq!(session.app.list().selection().len(), 2);
    session.press("vj");
    assert_eq!(session.app.list().selection().len(), 2, "it has ended");
    session.press("<Esc>");
    assert!(session.app.list().selection().is_empty());
    session.press("/t<Enter>X");
    assert_eq!(session.app.list().selection().len(), 2);
    session.press("X");
    assert!(session.app.list().selection().is_empty());
}

#[test]
fn a_range_ends_with_the_rows_it_was_in() {
    let mut session = marking_read(MarkRead::Never);
    session.press("v/nothinglikeit<Enter>j");
    assert!(session.app.list().selection().is_empty());
    session.press("<Esc>");
    assert_eq!(session.titles().len(), 5);
}

#[test]
fn all_that_is_listed_is_done_only_after_asking() {
    let mut session = marking_read(MarkRead::Never);
    session.press("dA");
    let picture = session.picture();
    assert!(picture.contains("done: 4 articles?"), "{picture}");
    session.press("<Esc>");
    assert_eq!(done(&session).len(), 1);
    session.press("Ay");
    assert_eq!(done(&session).len(), 5);
    session.press("u");
    assert_eq!(done(&session), ["five"], "it is one decision");
}

#[test]
fn what_is_put_off_comes_back_by_itself() {
    let mut session = marking_read(MarkRead::Never);
    session.press("L");
    session.press("soon<Enter>");
    let (_, reason) = session.complaint().expect("it is not taken");
    assert!(reason.contains("not a date"), "{reason}");
    session.press("<Ctrl-u>1d<Enter>");
    assert_eq!(titles(&session, |marks| &marks.later), ["five"]);
    session.press("k");
    assert!(
        session
            .page()
            .iter()
            .any(|line| line.contains("later, until Sat 1 Jan 2022"))
    );
    session.wait(24 * 60 * 60);
    session.poll();
    assert_eq!(titles(&session, |marks| &marks.later), [""; 0]);
}

#[test]
fn a_note_is_edited_and_shown_with_its_tags() {
    let mut session = marking_read(MarkRead::Never);
    session.press("ilook again<Enter>#todo, to do<Enter>");
    assert!(
        session.page().iter().any(|line| line == "note: look again"),
        "{:?}",
        session.page()
    );
    assert!(session.page().iter().any(|line| line == "#to do #todo"));
    session.press("i!<Enter>#-todo,<Enter>");
    assert!(
        session
            .page()
            .iter()
            .any(|line| line == "note: look again!")
    );
    session.press("#to<Tab>");
    assert_eq!(session.typed(), "to do");
}

#[test]
fn the_inbox_keeps_what_is_handled_until_the_next_refresh() {
    let mut session = marking_read(MarkRead::Never);
    session.press("1");
    assert_eq!(session.app.cx().in_force.text(), "is:inbox");
    session.press("dd");
    assert_eq!(session.titles().len(), 5, "nothing jumps");
    assert!(session.app.is_leaving(id(&session, "five")));
    assert!(session.picture().contains("2 decided · 3 left"));
    session.press("R");
    assert_eq!(session.titles(), ["three", "two", "one"]);
    assert_eq!(session.selected(), "three");
}

#[test]
fn a_command_decides_on_what_a_query_selects_after_asking() {
    let mut session = marking_read(MarkRead::Never);
    session.press(":star t<Enter>");
    let picture = session.picture();
    assert!(
        picture.contains("starred: 2 articles?") && picture.contains("three"),
        "{picture}"
    );
    session.press("<Enter>");
    assert_eq!(titles(&session, |marks| &marks.starred), ["three", "two"]);
    session.press(":done<Enter>");
    assert_eq!(
        done(&session),
        ["five"],
        "without a query it is about what is under the cursor"
    );
    session.press(":don is:starred<Enter>");
    assert!(session.has_prompt(), "a command that is none is not taken");
    session.press("<Esc>:tag +x nothinglikeit<Enter>");
    assert_eq!(session.said(), "No article matches that query.");
}

#[test]
fn the_journal_takes_back_any_decision() {
    let mut session = marking_read(MarkRead::Never);
    session.press("ddsU");
    let picture = session.picture();
    assert!(
        picture.contains("JOURNAL") && picture.contains("starred"),
        "{picture}"
    );
    session.press("jj<Enter>");
    assert_eq!(done(&session), ["four"], "the first decision, not the last");
    session.press("U");
    assert!(
        session.picture().contains("done: five (undone)"),
        "{}",
        session.picture()
    );
}

#[test]
fn an_article_that_changed_since_is_marked_so() {
    let mut session = marking_read(MarkRead::Never);
    session.press("s");
    session.write(
        "five.md",
        &article("five", 5, "published: false\nsecured: {a: 1}"),
    );
    session.notice_changes();
    assert_eq!(titles(&session, |marks| &marks.changed), [""; 0]);
    session.write("five.md", &article("five", 5, "excerpt: Another copy."));
    session.notice_changes();
    assert_eq!(titles(&session, |marks| &marks.changed), ["five"]);
}

#[test]
fn reading_marks_nothing_unless_it_is_wanted() {
    let mut session = marking_read(MarkRead::Never);
    session.press("<Enter>o");
    session.wait(60);
    assert_eq!(titles(&session, |marks| &marks.read), [""; 0]);
    let mut session = marking_read(MarkRead::OnOpen);
    session.press("j");
    assert_eq!(titles(&session, |marks| &marks.read), [""; 0]);
    session.press("<Enter>");
    assert_eq!(titles(&session, |marks| &marks.read), ["four"]);
    session.press("qjo");
    assert_eq!(titles(&session, |marks| &marks.read), ["four", "three"]);
    let mut session = marking_read(MarkRead::After(3));
    session.wait(2);
    assert_eq!(titles(&session, |marks| &marks.read), [""; 0]);
    session.wait(1);
    assert_eq!(titles(&session, |marks| &marks.read), ["five"]);
}

#[test]
fn a_run_is_summed_up() {
    let mut session = marking_read(MarkRead::Never);
    assert_eq!(session.app.summary(), None);
    session.press("ddsPu");
    session.wait(150);
    assert_eq!(
        session.app.summary().as_deref(),
        Some("3 articles decided in 2 minutes: 2 done, 1 starred.")
    );
    session.press("P");
    let summary = session.app.summary().expect("a summary");
    assert!(
        summary.ends_with("; 1 article staged, to be written with $."),
        "{summary}"
    );
}

#[test]
fn opening_and_done_in_one_key() {
    let mut session = marking_read(MarkRead::Never);
    session.press("<Ctrl-o>");
    assert_eq!(session.opened(), ["https://news.example/5"]);
    assert_eq!(done(&session), ["five"]);
    assert_eq!(session.selected(), "four");
}

#[test]
fn quitting_offers_to_rescue_what_only_memory_holds() {
    let mut session = marking_read(MarkRead::Never);
    session.damage_desk();
    session.press("d");
    assert_eq!(done(&session), ["five"], "it goes on in memory");
    assert!(
        session
            .picture()
            .contains("decisions are kept in memory only"),
        "{}",
        session.picture()
    );
    session.press("Q");
    assert!(session.has_prompt());
    session.press("<Esc>");
    assert!(!session.take_outside().contains(&Deed::Quit));
    let lost = "One decision was only in memory and was not kept.";
    assert_eq!(session.app.summary().as_deref(), Some(lost));
    let elsewhere = session.elsewhere();
    session.press("Q<Ctrl-u>");
    session.press(&elsewhere).press("<Enter>");
    assert!(session.take_outside().contains(&Deed::Quit));
    let text = std::fs::read_to_string(&elsewhere).expect("an export");
    assert!(text.contains("done"), "{text}");
    let summary = session.app.summary().expect("a summary");
    assert!(summary.starts_with("1 article decided"), "{summary}");
    let rescued = format!("; rescued into {elsewhere}.");
    assert!(summary.ends_with(&rescued), "{summary}");
}

#[test]
fn leaving_does_not_say_that_all_is_kept_while_only_memory_holds_it() {
    let mut session = marking_read(MarkRead::Never);
    session.damage_desk();
    session.press("Pq");
    assert!(session.has_prompt(), "{}", session.picture());
    assert!(!session.picture().contains("is kept"));
}

#[test]
fn an_overlay_is_not_left_open_by_a_decision() {
    let mut session = marking_read(MarkRead::Never);
    session.press("A");
    assert!(session.has_overlay());
    session.press("<Enter>");
    assert!(!session.has_overlay());
}
