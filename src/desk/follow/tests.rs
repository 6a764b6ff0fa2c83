//! The rules of following, each with its own case.

mod chains;

use jiff::Timestamp;

use super::*;
use crate::model::{ChangeStamp, Fingerprint, MarkField, MarkValue, Subject, TransactionId};

fn article(root: &str, path: &str, page: u64, words: u64) -> Identity {
    Identity {
        root: root.into(),
        path: path.into(),
        page: (page > 0).then_some(page),
        fingerprint: (words > 0).then_some(Fingerprint(words)),
        version: None,
    }
}

/// A mark that was set to done at this second.
fn mark(identity: Identity, second: i64) -> Marked {
    let stamp = ChangeStamp {
        when: Timestamp::from_second(second).expect("a time"),
        transaction: TransactionId(1),
    };
    Marked {
        subject: Subject(second.cast_unsigned()),
        seen: identity.fingerprint,
        identity,
        mark: Mark {
            done: true,
            ..Mark::default()
        },
        stamps: vec![(MarkField::Done, stamp)],
    }
}

fn matched(articles: &[Identity], marks: &[Marked]) -> Matches {
    match_marks(articles, &marks.iter().collect::<Vec<_>>(), marks)
}

/// For each article the mark that follows it and how, with `!` if it has changed.
fn follow(articles: &[Identity], marks: &[Identity]) -> Vec<Option<(usize, FollowedBy)>> {
    let marks: Vec<Marked> = marks
        .iter()
        .cloned()
        .zip(1..)
        .map(|(it, at)| mark(it, at))
        .collect();
    let matches = matched(articles, &marks);
    let followed: usize = matches
        .articles
        .iter()
        .flatten()
        .map(|it| 1 + it.also.len())
        .sum();
    assert_eq!(
        followed + matches.waiting.len(),
        marks.len(),
        "a mark is lost"
    );
    matches
        .articles
        .iter()
        .map(|it| it.as_ref().map(|it| (it.mark, it.by)))
        .collect()
}

#[test]
fn a_mark_stays_with_its_file_whatever_is_written_into_it() {
    let then = article("/site", "_news/a.md", 1, 10);
    let now = article("/site", "_news/a.md", 2, 20);
    assert_eq!(follow(&[now], &[then]), [Some((0, FollowedBy::File))]);
}

#[test]
fn the_same_file_is_known_from_a_root_inside_its_root() {
    let then = article("/site", "_news/a.md", 1, 10);
    let now = article("/site/_news", "a.md", 2, 20);
    assert_eq!(follow(&[now], &[then]), [Some((0, FollowedBy::File))]);
}

#[test]
fn a_mark_goes_along_when_its_file_is_archived() {
    let then = article("/site", "_news/a.md", 1, 10);
    let now = article("/site", "_archive/_news/b.md", 1, 10);
    assert_eq!(follow(&[now], &[then]), [Some((0, FollowedBy::Page))]);
}

#[test]
fn two_files_with_one_page_keep_their_own_marks() {
    let both = [
        article("/site", "a.md", 1, 10),
        article("/site", "b.md", 1, 10),
    ];
    assert_eq!(
        follow(&both, &both),
        [Some((0, FollowedBy::File)), Some((1, FollowedBy::File))]
    );
    // One is gone: the other does not get a second mark.
    let kept = &both[..1];
    assert_eq!(follow(kept, &both), [Some((0, FollowedBy::File))]);
    // Both have moved: each name finds its own, though the other was decided on later.
    let moved = [
        article("/site", "old/b.md", 1, 10),
        article("/site", "old/a.md", 1, 10),
    ];
    assert_eq!(
        follow(&moved, &both),
        [Some((1, FollowedBy::Page)), Some((0, FollowedBy::Page))]
    );
}

#[test]
fn a_file_that_was_moved_and_rewritten_is_found_by_a_name_that_is_its_own() {
    let name = "2024-03-05-lighthouse.md";
    let at = |folder: &str, page, words| article("/site", &format!("{folder}/{name}"), page, words);
    let (then, now) = (at("_news", 1, 10), at("_archive", 2, 20));
    let marks = std::slice::from_ref(&then);
    assert_eq!(
        follow(std::slice::from_ref(&now), marks),
        [Some((0, FollowedBy::Name))]
    );
    let twice = [now.clone(), at("_other", 3, 30)];
    assert_eq!(follow(&twice, marks), [None, None]);
    let two_marks = [then, at("_older", 4, 40)];
    assert_eq!(follow(&[now], &two_marks), [None]);
}

#[test]
fn a_new_article_does_not_get_the_mark_of_a_deleted_one_for_a_name_that_says_nothing() {
    for name in [
        "index.md",
        "untitled.md",
        "draft-2.md",
        "2024-03-05.md",
        "a-b-c.md",
    ] {
        let then = article("/site", &format!("week-47/{name}"), 1, 10);
        let now = article("/site", &format!("week-48/{name}"), 2, 20);
        assert_eq!(follow(&[now], &[then]), [None], "{name}");
    }
    let then = article("/site", "old/letters-from-the-lighthouse.md", 1, 10);
    let now = article("/site", "new/letters-from-the-lighthouse.md", 2, 20);
    assert_eq!(follow(&[now], &[then]), [Some((0, FollowedBy::Name))]);
}

#[test]
fn what_takes_the_place_of_a_file_without_a_page_does_not_get_its_mark() {
    let bare = |path, words| article("/site", path, 0, words);
    // Moved away, and another one came.
    let now = [bare("a.md", 20), bare("z.md", 10)];
    assert_eq!(
        follow(&now, &[bare("a.md", 10)]),
        [None, Some((0, FollowedBy::Words))]
    );
    // All have moved on by one.
    let then = [bare("a0.md", 10), bare("a1.md", 11)];
    let now = [bare("a0.md", 9), bare("a1.md", 10), bare("a2.md", 11)];
    assert_eq!(
        follow(&now, &then),
        [
            None,
            Some((0, FollowedBy::Words)),
            Some((1, FollowedBy::Words))
        ]
    );
    // Rewritten, and still there.
    assert_eq!(
        follow(&[bare("a.md", 20)], &[bare("a.md", 10)]),
        [Some((0, FollowedBy::File))]
    );
}

#[test]
fn a_file_without_a_page_is_found_in_a_renamed_library_from_a_wider_root() {
    let then = article("/site/_news", "a.md", 0, 10);
    let now = article("/moved", "_news/a.md", 0, 10);
    assert_eq!(
        follow(&[now], std::slice::from_ref(&then)),
        [Some((0, FollowedBy::Words))]
    );
    let other = article("/moved", "_news/a.md", 0, 20);
    assert_eq!(follow(&[other], &[then]), [None]);
}

#[test]
fn another_site_does_not_get_the_mark() {
    let then = article("/site", "index.md", 1, 10);
    let other = article("/blog", "index.md", 2, 20);
    assert_eq!(follow(&[other], std::slice::from_ref(&then)), [None]);
    let bare = article("/blog", "index.md", 0, 0);
    assert_eq!(follow(std::slice::from_ref(&bare), &[then]), [None]);
    assert_eq!(
        follow(&[bare], &[article("/site", "index.md", 0, 0)]),
        [None]
    );
}

#[test]
fn a_copy_of_the_library_gets_the_marks() {
    let then = article("/home/a/site", "_news/a.md", 1, 10);
    let by_page = article("/home/b/site", "_news/a.md", 1, 20);
    assert_eq!(
        follow(&[by_page], std::slice::from_ref(&then)),
        [Some((0, FollowedBy::Path))]
    );
    let by_words = article("/home/b/site", "_news/a.md", 2, 10);
    assert_eq!(follow(&[by_words], &[then]), [Some((0, FollowedBy::Path))]);
}

#[test]
fn a_mark_from_another_machine_is_found_by_its_path() {
    let then = article("", "_news/a.md", 1, 10);
    let now = article("/site", "_news/a.md", 2, 20);
    assert_eq!(follow(&[now], &[then]), [Some((0, FollowedBy::Path))]);
}

#[test]
fn changed_means_other_words() {
    let then = article("/site", "a.md", 1, 10);
    for (words, changed) in [(10, false), (20, true), (0, false)] {
        let now = [article("/site", "a.md", 1, words)];
        let matches = matched(&now, &[mark(then.clone(), 1)]);
        let follows = matches.articles[0].as_ref().expect("it is the same file");
        assert_eq!(follows.changed, changed, "{words}");
    }
}

#[test]
fn what_two_machines_have_said_of_one_file_is_put_together() {
    let here = mark(article("/site", "a.md", 1, 10), 5);
    let mut there = mark(article("", "a.md", 1, 10), 9);
    there.mark.done = false;
    there.mark.set(&MarkField::Starred, &MarkValue::Flag(true));
    there.stamps.push((MarkField::Starred, there.stamps[0].1));
    let marks = [here, there];
    let matches = matched(&[article("/site", "a.md", 1, 10)], &marks);
    let follows = matches.articles[0].as_ref().expect("it is the same file");
    assert_eq!((follows.mark, &follows.also[..]), (0, &[1][..]));
    let mark = follows.merged(&marks);
    assert!(mark.starred && !mark.done, "{mark:?}");
    assert!(matches.waiting.is_empty());
}

#[test]
fn a_mark_without_its_article_waits() {
    let gone = article("/site", "gone.md", 1, 10);
    let here = article("/site", "here.md", 2, 20);
    assert_eq!(follow(&[here], &[gone]), [None]);
}

#[test]
fn a_file_has_changed_only_if_it_has_for_all_its_marks() {
    let now = article("/site", "a.md", 1, 20);
    let (older, newer) = (article("/site", "a.md", 1, 10), now.clone());
    for (first, second, changed) in [
        (&older, &newer, false),
        (&newer, &older, false),
        (&older, &older, true),
        (&newer, &newer, false),
    ] {
        let marks = [mark(first.clone(), 1), mark(second.clone(), 2)];
        let matches = matched(std::slice::from_ref(&now), &marks);
        let follows = matches.articles[0].as_ref().expect("it is the same file");
        assert_eq!(follows.also, [1]);
        assert_eq!(follows.changed, changed, "{first:?} and {second:?}");
    }
}

#[test]
fn files_that_change_places_take_their_marks_along() {
    let then = [
        article("/site", "a.md", 1, 10),
        article("/site", "b.md", 2, 20),
    ];
    let now = [
        article("/site", "a.md", 2, 20),
        article("/site", "b.md", 1, 10),
    ];
    assert_eq!(
        follow(&now, &then),
        [Some((1, FollowedBy::Page)), Some((0, FollowedBy::Page))]
    );
    assert_eq!(
        follow(&now, &then[..1]),
        [None, Some((0, FollowedBy::Page))]
    );
    let bare = |path, words| article("/site", path, 0, words);
    assert_eq!(
        follow(
            &[bare("a.md", 20), bare("b.md", 10)],
            &[bare("a.md", 10), bare("b.md", 20)]
        ),
        [Some((1, FollowedBy::Words)), Some((0, FollowedBy::Words))]
    );
}

#[test]
fn a_renamed_file_without_a_page_is_found_by_its_words_in_the_same_library() {
    let then = [article("/site", "a.md", 0, 10)];
    let now = [article("/site", "b.md", 0, 10)];
    assert_eq!(follow(&now, &then), [Some((0, FollowedBy::Words))]);
    assert_eq!(follow(&[article("/blog", "b.md", 0, 10)], &then), [None]);
    // Also if only a folder of it is opened, now or then.
    let inside = [article("/site/_news", "c.md", 0, 10)];
    assert_eq!(follow(&inside, &then), [Some((0, FollowedBy::Words))]);
    assert_eq!(follow(&now, &inside), [Some((0, FollowedBy::Words))]);
    let nothing = Fingerprint::new("", "", "").0;
    let (then, now) = (
        article("/site", "a.md", 0, nothing),
        article("/site", "b.md", 0, nothing),
    );
    assert_eq!(follow(&[now], &[then]), [None]);
}

/// Two machines have marked one file: whoever has seen what it says now has nothing left to see.
#[test]
fn an_article_has_changed_only_if_it_has_since_every_decision_on_it() {
    let said = |words| article("/site", "_news/a.md", 1, words);
    let is_changed = |then: [u64; 2]| {
        let marks = [mark(said(then[0]), 1), mark(said(then[1]), 2)];
        let matches = matched(&[said(20)], &marks);
        let follows = matches.articles[0].as_ref().expect("it is marked");
        assert_eq!(follows.also.len(), 1);
        follows.changed
    };
    assert!(is_changed([10, 11]));
    for then in [[10, 20], [20, 10], [20, 20]] {
        assert!(!is_changed(then), "{then:?}");
    }
}

#[test]
fn both_marks_of_a_file_stay_with_it_when_it_is_rewritten() {
    let then = || article("/site", "_news/a.md", 1, 10);
    let marks = [mark(then(), 1), mark(then(), 2)];
    let matches = matched(&[article("/site", "_news/a.md", 2, 20)], &marks);
    let follows = matches.articles[0].as_ref().expect("it is marked");
    assert_eq!((follows.mark, &follows.also[..]), (0, &[1][..]));
}
