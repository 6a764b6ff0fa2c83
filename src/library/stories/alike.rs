//! Decides whether two articles by different providers tell the same thing. Precision comes first:
//! a wrong join hides an article, a missed one merely lists it twice.
//!
//! The thresholds were chosen on the labelled pairs in `tests/stories`.

use super::told::{ArticleWords, Word};

/// Excerpts with fewer words prove nothing either way.
const MIN_EXCERPT: usize = 5;

/// Excerpts with at least this many words are enough on their own.
const LONG_EXCERPT: usize = 8;

/// How much two lists of words have in common.
struct Overlap {
    common: f64,
    smaller: f64,
    all: f64,
}

impl Overlap {
    fn new(a: &[Word], b: &[Word]) -> Self {
        let common = a.iter().filter(|word| b.contains(word)).count();
        Self {
            common: common as f64,
            smaller: a.len().min(b.len()) as f64,
            all: (a.len() + b.len() - common) as f64,
        }
    }

    /// The share of all words that occur in both (Jaccard).
    fn of_all(&self) -> f64 {
        self.common / self.all.max(1.0)
    }

    /// The share of the shorter list that the longer one has.
    fn of_smaller(&self) -> f64 {
        self.common / self.smaller.max(1.0)
    }
}

/// How alike two articles are, from 0 to 1; `None` if they are not the same story.
pub(super) fn alike(a: &ArticleWords, b: &ArticleWords) -> Option<f64> {
    let title = Overlap::new(&a.title, &b.title);
    // Below this overlap, nothing further down can match: most pairs end here.
    let is_possible = title.of_all() >= 0.3 || title.smaller >= 4.0 && title.of_smaller() >= 0.85;
    if title.smaller < 2.0 || !is_possible {
        return None;
    }
    let excerpt = Overlap::new(&a.excerpt, &b.excerpt);
    let is_known = excerpt.smaller >= MIN_EXCERPT as f64;
    let text = is_known.then(|| excerpt.of_smaller());
    let is_same_text = excerpt.smaller >= LONG_EXCERPT as f64 && excerpt.of_smaller() >= 0.8;
    if numbers_differ(a, b, text) || subjects_differ(a, b, is_same_text) {
        return None;
    }
    if is_turned_around(a, b) && !is_same_text {
        return None;
    }
    let words = title.smaller;
    let says = |least: f64| text.is_some_and(|text| text >= least);
    let is_alike = words >= 5.0 && title.of_all() >= 0.8 && text.is_none_or(|it| it >= 0.2)
        || words >= 4.0 && title.of_all() >= 0.99 && text.is_none_or(|it| it >= 0.3)
        || words >= 3.0 && title.of_all() >= 0.6 && says(0.5)
        || words >= 4.0 && title.of_smaller() >= 0.85 && says(0.5)
        || words >= 2.0 && title.of_all() >= 0.3 && is_same_text;
    is_alike.then(|| title.of_all().max(excerpt.of_all()))
}

/// Whether the titles of two articles are nearly the same, given that one lists the other as
/// related.
pub(super) fn titles_alike(a: &ArticleWords, b: &ArticleWords) -> bool {
    let title = Overlap::new(&a.title, &b.title);
    let differ = numbers_differ(a, b, None) || is_turned_around(a, b);
    let is_same = title.of_all() >= 0.6 || title.of_smaller() >= 0.85;
    !differ && title.smaller >= 3.0 && is_same
}

/// Whether numbers or dates set the two apart: issues, years, results, sums.
fn numbers_differ(a: &ArticleWords, b: &ArticleWords, text: Option<f64>) -> bool {
    let alone = |marks: &[Word], other: &ArticleWords| marks.iter().any(|mark| !other.says(*mark));
    let (in_a, in_b) = (alone(&a.marks, b), alone(&b.marks, a));
    let one_has_more = in_a != in_b && text.is_none_or(|text| text < 0.5);
    let common = a
        .excerpt_marks
        .iter()
        .any(|mark| b.excerpt_marks.contains(mark));
    let texts_differ = !common && !a.excerpt_marks.is_empty() && !b.excerpt_marks.is_empty();
    in_a && in_b || one_has_more || texts_differ
}

/// Whether each title names something that the other article never mentions: the same sentence
/// about two towns, two companies, two teams.
fn subjects_differ(a: &ArticleWords, b: &ArticleWords, is_same_text: bool) -> bool {
    let alone = |told: &ArticleWords, other: &ArticleWords| -> Vec<Word> {
        let words = told.title.iter().copied();
        words.filter(|word| !other.says(*word)).collect()
    };
    let (in_a, in_b) = (alone(a, b), alone(b, a));
    if in_a.is_empty() || in_b.is_empty() {
        return false;
    }
    let has = |words: &[Word], list: &[Word]| words.iter().any(|word| list.contains(word));
    has(&in_a, &a.names) && has(&in_b, &b.names)
        || has(&in_a, &a.excerpt) && has(&in_b, &b.excerpt)
        || !is_same_text
}

/// Whether the same words come in a different order, as when the other team wins.
fn is_turned_around(a: &ArticleWords, b: &ArticleWords) -> bool {
    let places = a
        .title
        .iter()
        .filter_map(|word| b.title.iter().position(|it| it == word));
    let places: Vec<usize> = places.collect();
    let steps = places.windows(2);
    let back = steps.clone().filter(|step| step[0] > step[1]).count();
    back > 0 && places.len() > 2
}
