//! The rules of following, each with a case of its own.

use jiff::Timestamp;

use super::*;
use crate::model::{Field, Fingerprint, Stamp, Subject, TransactionId, Value};

fn article(root: &str, path: &str, page: u64, words: u64) -> Identity {
    Identity {
        root: root.into(),
        path: path.into(),
        page: (page > 0).then_some(page),
        fingerprint: (words > 0).then_some(Fingerprint(words)),
    }
}

/// A mark that was set to done at a second.
fn mark(identity: Identity, second: i64) -> Marked {
    let stamp = Stamp {
        when: Timestamp::from_second(second).expect("a time"),
        transaction: TransactionId(1),
    };
    Marked {
        subject: Subject(second.cast_unsigned()),
        identity,
        mark: Mark {
            done: true,
            ..Mark::default()
        },
        stamps: vec![(Field::Done, stamp)],
    }
}

/// For each article the mark that follows it and how, with `!` if it has changed.
fn follow(articles: &[Identity], marks: &[Identity]) -> Vec<Option<(usize, By)>> {
    let marks: Vec<Marked> = marks
        .iter()
        .cloned()
        .zip(1..)
        .map(|(it, at)| mark(it, at))
        .collect();
    let matches = match_marks(articles, &marks);
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
    assert_eq!(follow(&[now], &[then]), [Some((0, By::File))]);
}

#[test]
fn the_same_file_is_known_from_a_root_inside_its_root() {
    let then = article("/site", "_news/a.md", 1, 10);
    let now = article("/site/_news", "a.md", 2, 20);
    assert_eq!(follow(&[now], &[then]), [Some((0, By::File))]);
}

#[test]
fn a_mark_goes_along_when_its_file_is_archived() {
    let then = article("/site", "_news/a.md", 1, 10);
    let now = article("/site", "_archive/_news/b.md", 1, 10);
    assert_eq!(follow(&[now], &[then]), [Some((0, By::Page))]);
}

#[test]
fn two_files_with_one_page_keep_their_own_marks() {
    let both = [
        article("/site", "a.md", 1, 10),
        article("/site", "b.md", 1, 10),
    ];
    assert_eq!(
        follow(&both, &both),
        [Some((0, By::File)), Some((1, By::File))]
    );
    // One is gone: the other does not get a second mark.
    let kept = &both[..1];
    assert_eq!(follow(kept, &both), [Some((0, By::File))]);
    // Both have moved: each name finds its own, though the other was decided on later.
    let moved = [
        article("/site", "old/b.md", 1, 10),
        article("/site", "old/a.md", 1, 10),
    ];
    assert_eq!(
        follow(&moved, &both),
        [Some((1, By::Page)), Some((0, By::Page))]
    );
}

#[test]
fn a_file_that_was_moved_and_rewritten_is_found_by_a_name_that_is_its_own() {
    let then = article("/site", "_news/a.md", 1, 10);
    let now = article("/site", "_archive/a.md", 2, 20);
    let marks = std::slice::from_ref(&then);
    assert_eq!(
        follow(std::slice::from_ref(&now), marks),
        [Some((0, By::Name))]
    );
    let twice = [now.clone(), article("/site", "_other/a.md", 3, 30)];
    assert_eq!(follow(&twice, marks), [None, None]);
    let two_marks = [then, article("/site", "_older/a.md", 4, 40)];
    assert_eq!(follow(&[now], &two_marks), [None]);
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
        [Some((0, By::Path))]
    );
    let by_words = article("/home/b/site", "_news/a.md", 2, 10);
    assert_eq!(follow(&[by_words], &[then]), [Some((0, By::Path))]);
}

#[test]
fn a_mark_from_another_machine_is_found_by_its_path() {
    let then = article("", "_news/a.md", 1, 10);
    let now = article("/site", "_news/a.md", 2, 20);
    assert_eq!(follow(&[now], &[then]), [Some((0, By::Path))]);
}

#[test]
fn changed_means_other_words() {
    let then = article("/site", "a.md", 1, 10);
    for (words, changed) in [(10, false), (20, true), (0, false)] {
        let now = [article("/site", "a.md", 1, words)];
        let matches = match_marks(&now, &[mark(then.clone(), 1)]);
        let follows = matches.articles[0].as_ref().expect("it is the same file");
        assert_eq!(follows.changed, changed, "{words}");
    }
}

#[test]
fn what_two_machines_have_said_of_one_file_is_put_together() {
    let here = mark(article("/site", "a.md", 1, 10), 5);
    let mut there = mark(article("", "a.md", 1, 10), 9);
    there.mark.done = false;
    there.mark.set(&Field::Starred, &Value::Flag(true));
    there.stamps.push((Field::Starred, there.stamps[0].1));
    let marks = [here, there];
    let matches = match_marks(&[article("/site", "a.md", 1, 10)], &marks);
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
