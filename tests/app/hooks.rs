//! Programs that run after something has been done.

use newsdesk::command::{Hook, HookRun};
use newsdesk::config::{Config, HookTable};

use crate::five::configured;
use crate::session::{Configured, Deed, Session, article};

/// The five articles, with a hook for everything.
fn hooked(words: &[&str]) -> Session {
    let words: Vec<String> = words.iter().map(|it| (*it).to_owned()).collect();
    let hooks = HookTable {
        after_publish: words.clone(),
        after_mark: words.clone(),
        after_load: words,
        ..HookTable::default()
    };
    configured(Configured {
        config: Config {
            hooks,
            ..Config::default()
        },
        ..Configured::default()
    })
}

/// The hooks that ran since the last call: which, and on how many articles.
fn ran(session: &mut Session) -> Vec<HookRun> {
    let deeds = session.take_outside().into_iter();
    let ran = deeds.filter_map(|deed| match deed {
        Deed::Hook(run) => Some(run),
        _ => None,
    });
    ran.collect()
}

fn counts(ran: &[HookRun]) -> Vec<(Hook, usize)> {
    ran.iter().map(|it| (it.hook, it.articles.len())).collect()
}

#[test]
fn what_comes_into_the_library_is_told_once() {
    let mut session = hooked(&["note", "{count}"]);
    assert_eq!(counts(&ran(&mut session)), [(Hook::Load, 5)]);
    session.press("R");
    assert_eq!(counts(&ran(&mut session)), []);
    session.write("six.md", &article("six", 6, ""));
    session.notice_changes();
    assert_eq!(counts(&ran(&mut session)), [(Hook::Load, 1)]);
}

#[test]
fn a_decision_is_told_with_the_mark_that_it_makes() {
    let mut session = hooked(&["note", "{count}"]);
    ran(&mut session);
    session.press("s");
    let ran = ran(&mut session);
    assert_eq!(counts(&ran), [(Hook::Mark, 1)]);
    assert!(ran[0].articles[0].1.starred, "{ran:?}");
    assert_eq!(ran[0].program.arguments, ["1"]);
}

#[test]
fn what_was_written_is_told_with_its_files() {
    let mut session = hooked(&[
        "git",
        "commit",
        "-m",
        "Publish {count} articles",
        "--",
        "{paths}",
    ]);
    session.press("PP$");
    ran(&mut session);
    session.press("<Enter>");
    let ran = ran(&mut session);
    let published: Vec<&HookRun> = ran.iter().filter(|it| it.hook == Hook::Publish).collect();
    let [run] = published[..] else {
        panic!("one publication: {ran:?}");
    };
    let words = &run.program.arguments;
    assert_eq!(words[..4], ["commit", "-m", "Publish 2 articles", "--"]);
    assert_eq!(words.len(), 6, "{words:?}");
}

#[test]
fn a_failure_is_shown() {
    let mut session = hooked(&["note"]);
    session.world.runs = Err("The hook after_mark: note failed".to_owned());
    session.press("s");
    assert_eq!(session.error(), "The hook after_mark: note failed");
}

#[test]
fn what_fails_while_one_leaves_is_told_after_the_end() {
    let mut session = hooked(&["note"]);
    session.press("s");
    assert!(session.app.untold().is_empty());
    let failed = "The hook after_mark: note failed";
    session.world.runs = Err(failed.to_owned());
    session.hold().press("dQ");
    session.deliver();
    assert!(session.take_outside().contains(&Deed::Quit));
    assert_eq!(session.app.untold(), [failed]);
}

#[test]
fn leaving_waits_for_a_hook() {
    let mut session = hooked(&["note"]);
    session.press("s");
    ran(&mut session);
    session.hold().press("s");
    // The decision is kept; its hook is not done yet.
    let kept = session.take_held();
    session.hold();
    for event in kept {
        session.happen(event);
    }
    session.press("Q");
    assert_eq!(
        session.app.doing().as_deref(),
        Some("Leaving after running the hook after_mark…")
    );
    assert!(!session.take_outside().contains(&Deed::Quit));
    session.deliver();
    assert!(session.take_outside().contains(&Deed::Quit));
}
