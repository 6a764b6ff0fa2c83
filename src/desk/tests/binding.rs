//! Which bonds it takes to split and join stories, given those that are there.

use super::*;
use crate::library::{ArticleId, Source, sample_library};
use crate::model::Bond;

const TOGETHER: Option<Bond> = Some(Bond::Together);
const APART: Option<Bond> = Some(Bond::Apart);

fn ids(rows: &[u32]) -> Vec<ArticleId> {
    rows.iter().map(|row| ArticleId::from_row(*row)).collect()
}

/// Articles with these bonds, by row.
fn bonded(bonds: &[(u32, u32, Option<Bond>)]) -> MarkedArticles {
    let articles = sample_library().articles().clone();
    let mut marked = MarkedArticles::new(articles, Source::Sample, Vec::new());
    let id = ArticleId::from_row;
    let bonds = bonds
        .iter()
        .map(|(one, other, bond)| ((id(*one), id(*other)), *bond));
    let mut decider = Decider::new(&marked);
    let mut decision = Decision::default();
    decider.bind(&bonds.collect::<Vec<_>>(), &mut decision);
    let about = decider.about();
    let transaction = Transaction {
        id: super::id(1),
        label: String::new(),
        when: now(),
        origin: TransactionOrigin {
            machine: 1,
            session: 1,
        },
        undoes: None,
        changes: decision.changes,
    };
    marked.note(&transaction, &about);
    marked
}

/// The bonds that it takes, by rows in order.
fn taken(binding: &Binding, marked: &MarkedArticles) -> Vec<(u32, u32, Option<Bond>)> {
    let bonds = binding.bonds(marked).into_iter();
    let by_row = bonds.map(|((one, other), bond)| {
        let (one, other) = (one.row(), other.row());
        (one.min(other), one.max(other), bond)
    });
    by_row.collect()
}

#[test]
fn those_that_stay_are_held_together_without_the_one_that_leaves() {
    let marked = bonded(&[
        (0, 1, TOGETHER),
        (0, 2, TOGETHER),
        (0, 3, TOGETHER),
        (0, 4, APART),
    ]);
    let split = Binding::Split(ids(&[0]), ids(&[0, 1, 2, 4]));
    assert_eq!(
        taken(&split, &marked),
        [
            (1, 2, TOGETHER),
            (0, 1, APART),
            (0, 2, APART),
            (0, 4, APART)
        ]
    );
}

#[test]
fn what_held_those_apart_that_are_joined_is_removed() {
    let marked = bonded(&[(2, 3, APART), (1, 3, TOGETHER), (0, 3, APART)]);
    let join = Binding::Join(ids(&[1, 2, 3]));
    assert_eq!(
        taken(&join, &marked),
        [(2, 3, None), (1, 2, TOGETHER), (1, 3, TOGETHER)]
    );
}

#[test]
fn articles_that_were_joined_tell_one_story() {
    let mut marked = bonded(&[(0, 1, TOGETHER)]);
    let mut library = sample_library();
    let wanted = wishes(&marked);
    marked.have_heeded(&mut library, wanted);
    let stories = marked.articles().stories(&|| false);
    let stories = stories.expect("nobody gives up");
    let story = stories.of(ArticleId::from_row(0)).expect("a story");
    let mut members = story.members.iter().map(|it| it.article.row());
    assert!(members.any(|row| row == 1));
}
