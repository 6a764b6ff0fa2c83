//! Picks facet values by editing the query itself, so that there is always a single expression to
//! look at. The rest of what a person typed stays as it is.

use super::dates;
use super::expr::{Compare, DateTest, Expr, Pattern, Period, Query, Term};
use super::facet_field::{FacetField, FacetKind};
use super::fields::{DateField, FACTS, TextField, value_of, word_for};

/// How many of a facet's included values an article must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Require {
    #[default]
    Any,
    All,
}

/// How a value is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    Include,
    Exclude,
}

/// The picks of a facet, in query order.
pub fn picks(query: &Query, field: FacetField) -> Vec<(String, Pick)> {
    query
        .conjuncts()
        .iter()
        .filter_map(|part| picked(part, field))
        .flat_map(|(values, pick)| values.into_iter().map(move |value| (value, pick)))
        .collect()
}

/// How a value is picked, if it is.
pub fn pick(query: &Query, field: FacetField, value: &str) -> Option<Pick> {
    picks(query, field)
        .into_iter()
        .find(|(picked, _)| picked == value)
        .map(|(_, pick)| pick)
}

/// Whether any or all of the included values are required; `None` if fewer than two are included,
/// so that the query does not say.
pub fn require(query: &Query, field: FacetField) -> Option<Require> {
    let parts = || included(query, field);
    match (parts().count(), parts().map(|values| values.len()).sum()) {
        (_, 0 | 1) => None,
        (1, _) => Some(Require::Any),
        (_, _) => Some(Require::All),
    }
}

/// Picks a value, or removes the same pick.
pub fn toggle(query: &mut Query, field: FacetField, value: &str, wanted: Pick) {
    let require = require(query, field).unwrap_or_default();
    let mut picks = picks(query, field);
    let before = picks
        .iter()
        .position(|(picked, _)| picked == value)
        .map(|at| picks.remove(at).1);
    if before != Some(wanted) {
        picks.push((value.to_owned(), wanted));
    }
    replace(query, field, &picks, require);
}

/// Includes one value and removes all other picks of its facet.
pub fn only(query: &mut Query, field: FacetField, value: &str) {
    let picks = [(value.to_owned(), Pick::Include)];
    replace(query, field, &picks, Require::Any);
}

/// Requires any or all of the included values.
pub fn set_require(query: &mut Query, field: FacetField, require: Require) {
    let picks = picks(query, field);
    replace(query, field, &picks, require);
}

/// Removes all picks of a facet.
pub fn clear(query: &mut Query, field: FacetField) {
    replace(query, field, &[], Require::Any);
}

/// The query without a facet's included values, if any one of them is enough: the values of that
/// facet are counted under it. `None` if there are none.
pub(super) fn without_any(query: &Query, field: FacetField) -> Option<Query> {
    let is_alone = included(query, field).count() == 1;
    let parts = query
        .conjuncts()
        .iter()
        .filter(|part| !matches!(picked(part, field), Some((_, Pick::Include))));
    is_alone.then(|| Query {
        expr: Expr::and(parts.cloned()),
        sort: query.sort.clone(),
    })
}

fn included(query: &Query, field: FacetField) -> impl Iterator<Item = Vec<String>> {
    query
        .conjuncts()
        .iter()
        .filter_map(move |part| picked(part, field))
        .filter(|(_, pick)| *pick == Pick::Include)
        .map(|(values, _)| values)
}

/// Replaces the picks of a facet, in the place of the first existing one, or else at the end.
fn replace(query: &mut Query, field: FacetField, picks: &[(String, Pick)], require: Require) {
    let is_pick = |part: &Expr| picked(part, field).is_some();
    let before = query.conjuncts();
    let place = before.iter().position(is_pick).unwrap_or(before.len());
    let mut parts: Vec<Expr> = before
        .iter()
        .filter(|part| !is_pick(part))
        .cloned()
        .collect();
    let values = |wanted: Pick| {
        picks
            .iter()
            .filter(move |(_, pick)| *pick == wanted)
            .map(|(value, _)| value.as_str())
    };
    let mut terms: Vec<Expr> = match require {
        Require::Any => Vec::from_iter(term(field, values(Pick::Include)).map(Expr::Term)),
        Require::All => values(Pick::Include)
            .filter_map(|value| term(field, std::iter::once(value)).map(Expr::Term))
            .collect(),
    };
    let excluded = values(Pick::Exclude)
        .filter_map(|value| term(field, std::iter::once(value)))
        .map(|term| Expr::Not(Box::new(Expr::Term(term))));
    terms.extend(excluded);
    parts.splice(place..place, terms);
    query.expr = Expr::and(parts);
}

/// The term that asks for any of some values; `None` if the facet cannot have any of them.
fn term<'a>(field: FacetField, values: impl Iterator<Item = &'a str>) -> Option<Term> {
    let exact = |field: TextField, values: Vec<&str>| {
        let patterns = values.into_iter().map(|it| Pattern::Exact(it.to_owned()));
        Term::Text(field, patterns.collect())
    };
    let values: Vec<&str> = values.collect();
    if values.is_empty() {
        return None;
    }
    match field.row().values {
        FacetKind::Names(_, field) => Some(exact(field, values)),
        FacetKind::Folders => Some(exact(TextField::Folder, values)),
        FacetKind::Years => {
            let year = |value: &&str| match dates::when(value) {
                Some(when @ Period::Year(_)) => Some(DateTest::Is(Compare::Equal, when)),
                Some(Period::Month(..) | Period::Day(_) | Period::Ago(..) | Period::Named(_))
                | None => None,
            };
            let years: Vec<DateTest> = values.iter().filter_map(year).collect();
            (!years.is_empty()).then_some(Term::Date(DateField::Date, years))
        }
        FacetKind::Months => {
            let month = |value: &&str| match dates::when(value) {
                Some(when @ Period::Month(..)) => Some(DateTest::Is(Compare::Equal, when)),
                Some(Period::Year(_) | Period::Day(_) | Period::Ago(..) | Period::Named(_))
                | None => None,
            };
            let months: Vec<DateTest> = values.iter().filter_map(month).collect();
            (!months.is_empty()).then_some(Term::Date(DateField::Date, months))
        }
        FacetKind::Facts(own) => {
            let facts: Vec<_> = values
                .iter()
                .filter_map(|value| value_of(FACTS, value))
                .filter(|fact| own.contains(fact))
                .collect();
            (!facts.is_empty()).then_some(Term::Is(facts))
        }
    }
}

/// The values that a part of a query picks from a facet, if it does that and nothing else.
fn picked(part: &Expr, field: FacetField) -> Option<(Vec<String>, Pick)> {
    match part {
        Expr::Term(term) => values(term, field).map(|values| (values, Pick::Include)),
        Expr::Not(inner) => match &**inner {
            Expr::Term(term) => values(term, field).map(|values| (values, Pick::Exclude)),
            Expr::And(_) | Expr::Or(_) | Expr::Not(_) => None,
        },
        Expr::And(_) | Expr::Or(_) => None,
    }
}

fn values(term: &Term, field: FacetField) -> Option<Vec<String>> {
    let exact = |any: &[Pattern]| {
        any.iter()
            .map(|pattern| match pattern {
                Pattern::Exact(value) => Some(value.clone()),
                Pattern::Word(_) | Pattern::Phrase(_) | Pattern::Regex(_) | Pattern::Fuzzy(_) => {
                    None
                }
            })
            .collect()
    };
    match (field.row().values, term) {
        (FacetKind::Names(_, own), Term::Text(field, any)) if own == *field => exact(any),
        (FacetKind::Folders, Term::Text(TextField::Folder, any)) => exact(any),
        (FacetKind::Years, Term::Date(DateField::Date, any)) => any
            .iter()
            .map(|test| match test {
                DateTest::Is(Compare::Equal, when @ Period::Year(_)) => Some(when.to_string()),
                DateTest::Is(..) | DateTest::Between(..) => None,
            })
            .collect(),
        (FacetKind::Months, Term::Date(DateField::Date, any)) => any
            .iter()
            .map(|test| match test {
                DateTest::Is(Compare::Equal, when @ Period::Month(..)) => Some(when.to_string()),
                DateTest::Is(..) | DateTest::Between(..) => None,
            })
            .collect(),
        (FacetKind::Facts(own), Term::Is(any)) => any
            .iter()
            .map(|fact| {
                let is_own = own.contains(fact);
                is_own.then(|| word_for(FACTS, *fact).to_owned())
            })
            .collect(),
        (
            FacetKind::Names(..)
            | FacetKind::Folders
            | FacetKind::Years
            | FacetKind::Months
            | FacetKind::Facts(_),
            Term::Text(..)
            | Term::Number(..)
            | Term::Date(..)
            | Term::Is(_)
            | Term::Has(_)
            | Term::Meta(..)
            | Term::HasMeta(_),
        ) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    /// Edits a query and returns it as text.
    fn edited(text: &str, edit: impl FnOnce(&mut Query)) -> String {
        let mut query = parse(text).expect(text);
        edit(&mut query);
        let printed = query.to_string();
        assert_eq!(parse(&printed).expect(&printed), query);
        printed
    }

    fn toggled(text: &str, field: FacetField, value: &str, pick: Pick) -> String {
        edited(text, |query| toggle(query, field, value, pick))
    }

    #[test]
    fn picking_adds_and_takes_back() {
        use FacetField::Topic;
        let one = toggled("lidar", Topic, "AI", Pick::Include);
        assert_eq!(one, "lidar topic:=AI");
        let two = toggled(&one, Topic, "Computer Vision", Pick::Include);
        assert_eq!(two, "lidar topic:=AI,=\"Computer Vision\"");
        let minus = toggled(&two, Topic, "Robotics", Pick::Exclude);
        assert_eq!(minus, format!("{two} -topic:=Robotics"));
        let back = toggled(&minus, Topic, "AI", Pick::Include);
        assert_eq!(back, "lidar topic:=\"Computer Vision\" -topic:=Robotics");
        let turned = toggled(&back, Topic, "Computer Vision", Pick::Exclude);
        assert_eq!(turned, "lidar -topic:=Robotics -topic:=\"Computer Vision\"");
        assert_eq!(edited(&turned, |query| clear(query, Topic)), "lidar");
    }

    #[test]
    fn any_and_all() {
        use FacetField::Topic;
        let any = "topic:=AI,=Robotics is:unread";
        let all = edited(any, |query| set_require(query, Topic, Require::All));
        assert_eq!(all, "topic:=AI topic:=Robotics is:unread");
        assert_eq!(
            edited(&all, |query| set_require(query, Topic, Require::Any)),
            any
        );
        let said = |text: &str| require(&parse(text).expect(text), Topic);
        assert_eq!(said(any), Some(Require::Any));
        assert_eq!(said(&all), Some(Require::All));
        assert_eq!(said("topic:=AI -topic:=B"), None);
        let three = toggled(&all, Topic, "Health", Pick::Include);
        assert_eq!(three, "topic:=AI topic:=Robotics topic:=Health is:unread");
    }

    #[test]
    fn every_facet_can_be_picked() {
        for (field, value, expected) in [
            (FacetField::Topic, "a \"b\" \\", r#"topic:="a \"b\" \\""#),
            (FacetField::Provider, "Nature", "provider:=Nature"),
            (FacetField::Kind, "video", "kind:=video"),
            (FacetField::Month, "2021-12", "date:2021-12"),
            (FacetField::Publication, "unpublished", "is:unpublished"),
            (FacetField::Mark, "starred", "is:starred"),
        ] {
            let text = toggled("", field, value, Pick::Include);
            assert_eq!(text, expected);
            let query = parse(&text).expect("a query");
            assert_eq!(pick(&query, field, value), Some(Pick::Include));
            assert_eq!(toggled(&text, field, value, Pick::Include), "");
        }
        assert_eq!(toggled("", FacetField::Mark, "nonsense", Pick::Include), "");
    }

    #[test]
    fn what_was_typed_otherwise_stays() {
        let text = "(a OR topic:=AI) topic:ai date:>2021 is:starred,published sort:-date";
        let query = parse(text).expect(text);
        let typed = |field: &FacetField| *field != FacetField::Year;
        for field in FacetField::all().filter(typed) {
            assert_eq!(picks(&query, field), []);
        }
        assert_eq!(edited(text, |query| clear(query, FacetField::Topic)), text);
        let only_ai = edited("topic:=B -topic:=C x", |query| {
            only(query, FacetField::Topic, "AI");
        });
        assert_eq!(only_ai, "topic:=AI x");
    }
}
