//! Evaluation: which articles an expression selects. What narrows the most for the least work goes
//! first, and everything after it looks only at what is left.

use std::ops::RangeInclusive;

use roaring::{MultiOps, RoaringBitmap};

use super::dates;
use super::error::Cancelled;
use super::expr::{Compare, DateTest, Expr, NumberTest, Pattern, Query, Term};
use super::fields::{DateField, IsFact, NumberField, TextField, Thing};
use super::found::{BodyTest, Found, PartialResult};
use super::index::{RecordedIn, kept, says};
use super::look::{by_column, by_file, by_test};
use super::meta::FieldTest;
use super::names::FoldedNames;
use super::search::Search;
use super::segment::{Segment, UNSAID};
use super::text::Matcher;
use super::texts::{by_own_text, by_text};
use super::way::ValuePath;
use super::words::LateWords;
use crate::library::{ArticleId, ArticleRef, Facet};

/// Returns the articles that a query selects, as far as that is known without their bodies.
pub fn find(search: &Search<'_>, query: &Query) -> Result<Found, Cancelled> {
    let all = search.articles.rows();
    match &query.expr {
        None => Ok(Found::certain(all)),
        Some(expr) => Ok(Found::from_verdict(verdict(search, expr, &all)?, &all)),
    }
}

/// A verdict valid for the rows in `within`; if it is a set, it contains only those.
fn verdict(
    search: &Search<'_>,
    expr: &Expr,
    within: &RoaringBitmap,
) -> Result<PartialResult, Cancelled> {
    search.go_on()?;
    match expr {
        Expr::And(parts) => all(search, parts, within),
        Expr::Or(parts) => any(search, parts, within),
        Expr::Not(inner) => Ok(match verdict(search, inner, within)?.into_set() {
            Ok(set) => PartialResult::Set(within - set),
            Err(open) => PartialResult::Without(within.clone(), Box::new(open)),
        }),
        Expr::Term(Term::Text(TextField::Body, any)) => {
            let sought = any.iter().map(|it| BodyTest::new(Matcher::new(it)));
            Ok(PartialResult::Body(sought.collect()))
        }
        Expr::Term(Term::Meta(way, any)) => Ok(in_files(
            search,
            way,
            FieldTest::new(way, any, search.clock),
            within,
        )),
        Expr::Term(Term::HasMeta(way)) => {
            let test = FieldTest::is_there(way, search.clock);
            Ok(in_files(search, way, test, within))
        }
        Expr::Term(term) => Ok(PartialResult::Set(term_set(search, term, within)?)),
    }
}

/// What the files decide, among those whose front matter may have a key.
fn in_files(
    search: &Search<'_>,
    way: &ValuePath,
    test: FieldTest,
    within: &RoaringBitmap,
) -> PartialResult {
    let with_key = search.articles.with_key(way.key());
    let candidates = with_key.map_or_else(|| within.clone(), |set| set & within);
    if candidates.is_empty() {
        return PartialResult::Set(candidates);
    }
    PartialResult::And(vec![
        PartialResult::Set(candidates),
        PartialResult::Fields(test),
    ])
}

/// The rows of `within` whose titles match a pattern.
pub fn title_set(
    search: &Search<'_>,
    pattern: &Pattern,
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    text_set(search, TextField::Title, &Matcher::new(pattern), within)
}

fn all(
    search: &Search<'_>,
    parts: &[Expr],
    within: &RoaringBitmap,
) -> Result<PartialResult, Cancelled> {
    let mut parts: Vec<&Expr> = parts.iter().collect();
    parts.sort_by_key(|part| cost(part));
    let mut left = within.clone();
    let mut open = Vec::new();
    for part in parts {
        match verdict(search, part, &left)?.into_set() {
            Ok(set) => left = set,
            Err(other) => open.push(other),
        }
    }
    if open.is_empty() {
        return Ok(PartialResult::Set(left));
    }
    open.insert(0, PartialResult::Set(left));
    Ok(PartialResult::And(open))
}

fn any(
    search: &Search<'_>,
    parts: &[Expr],
    within: &RoaringBitmap,
) -> Result<PartialResult, Cancelled> {
    let mut union = RoaringBitmap::new();
    let mut open = Vec::new();
    for part in parts {
        match verdict(search, part, within)?.into_set() {
            Ok(set) => union |= set,
            Err(other) => open.push(other),
        }
    }
    if open.is_empty() {
        return Ok(PartialResult::Set(union));
    }
    open.push(PartialResult::Set(union));
    Ok(PartialResult::Or(open))
}

/// Rough cost of evaluating a part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cost {
    Sets,
    Words,
    Texts,
    Files,
}

fn cost(expr: &Expr) -> Cost {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().map(cost).max().unwrap_or(Cost::Sets),
        Expr::Not(inner) => cost(inner),
        Expr::Term(Term::Text(field, any)) => match field {
            TextField::Path | TextField::Folder | TextField::Url => Cost::Texts,
            TextField::Anywhere | TextField::Title | TextField::Excerpt => {
                let is_word = |it: &Pattern| matches!(it, Pattern::Word(_));
                if any.iter().all(is_word) {
                    Cost::Words
                } else {
                    Cost::Texts
                }
            }
            TextField::Body => Cost::Files,
            // Stories may have to be grouped first.
            TextField::Story => Cost::Texts,
            TextField::Provider
            | TextField::Domain
            | TextField::Topic
            | TextField::Category
            | TextField::Author
            | TextField::Named(_)
            | TextField::Tag => Cost::Sets,
        },
        // Stories may have to be grouped first.
        Expr::Term(Term::Is(facts)) if facts.contains(&IsFact::StoryLead) => Cost::Texts,
        Expr::Term(Term::Number(..) | Term::Date(..) | Term::Is(_) | Term::Has(_)) => Cost::Sets,
        Expr::Term(Term::Meta(..) | Term::HasMeta(_)) => Cost::Files,
    }
}

fn term_set(
    search: &Search<'_>,
    term: &Term,
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    match term {
        Term::Text(field, any) => {
            let mut union = RoaringBitmap::new();
            for pattern in any {
                union |= text_set(search, *field, &Matcher::new(pattern), within)?;
            }
            Ok(union)
        }
        Term::Number(field, any) => {
            let holds = |number: f64| any.iter().any(|test| test.holds(number));
            let test = |article: ArticleRef<'_>| number(article, *field).is_some_and(holds);
            let NumberField::Listed(listed) = field else {
                return by_test(search, within, test);
            };
            let ranges: Vec<_> = any.iter().map(|test| test.integers()).collect();
            let is_in = |number: i32| ranges.iter().any(|it| it.contains(&i64::from(number)));
            let from = search.origin();
            by_column(search, within, |it| it.numbers(*listed, from), is_in, test)
        }
        Term::Date(field, any) => date_set(search, *field, any, within),
        Term::Is(any) => union(any, |fact| fact_set(search, *fact, within)),
        Term::Has(any) => union(any, |thing| thing_set(search, *thing, within)),
        // Only files can tell.
        Term::Meta(..) | Term::HasMeta(_) => Ok(RoaringBitmap::new()),
    }
}

fn date_set(
    search: &Search<'_>,
    field: DateField,
    any: &[DateTest],
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    let periods: Vec<dates::Seconds> = any.iter().map(|test| test.seconds(search.clock)).collect();
    let holds = |second: i64| periods.iter().any(|period| period.contains(&second));
    let (zone, from) = (&search.clock.zone, search.origin());
    match field {
        DateField::Date => by_column(
            search,
            within,
            |it| it.published(from),
            holds,
            |article| holds(dates::second(article.published_at(), zone)),
        ),
        DateField::Updated => by_column(
            search,
            within,
            |it| it.updated(from),
            holds,
            |article| holds(dates::second(article.updated_at(), zone)),
        ),
        DateField::Marked => {
            let marked = search.marks.marked.iter();
            let set: RoaringBitmap = marked
                .filter(|(_, second)| holds(**second))
                .map(|(row, _)| *row)
                .collect();
            Ok(set & within)
        }
    }
}

fn union<T>(
    any: &[T],
    set: impl Fn(&T) -> Result<RoaringBitmap, Cancelled>,
) -> Result<RoaringBitmap, Cancelled> {
    any.iter()
        .try_fold(RoaringBitmap::new(), |union, it| Ok(union | set(it)?))
}

fn number(article: ArticleRef<'_>, field: NumberField) -> Option<f64> {
    match field {
        NumberField::Listed(field) => article.number(field).map(|number| number as f64),
        NumberField::Length => article.length().map(f64::from),
        NumberField::Rating => article.rating(),
        NumberField::Related => Some(f64::from(article.related_count())),
        NumberField::Words => Some(f64::from(article.words_about())),
    }
}

impl NumberTest {
    /// The integers in a column for which it holds.
    fn integers(self) -> RangeInclusive<i64> {
        let (from, to) = match self {
            NumberTest::Is(Compare::Equal, wanted) => (wanted, wanted),
            NumberTest::Is(Compare::Less, wanted) => (f64::NEG_INFINITY, wanted.ceil() - 1.0),
            NumberTest::Is(Compare::AtMost, wanted) => (f64::NEG_INFINITY, wanted),
            NumberTest::Is(Compare::More, wanted) => (wanted.floor() + 1.0, f64::INFINITY),
            NumberTest::Is(Compare::AtLeast, wanted) => (wanted, f64::INFINITY),
            NumberTest::Between(from, to) => (
                from.unwrap_or(f64::NEG_INFINITY),
                to.unwrap_or(f64::INFINITY),
            ),
        };
        let least = i64::from(UNSAID) + 1;
        (from.ceil() as i64).max(least)..=to.floor() as i64
    }

    /// Whether it holds for a number.
    pub fn holds(self, number: f64) -> bool {
        match self {
            NumberTest::Is(Compare::Equal, wanted) => number == wanted,
            NumberTest::Is(Compare::Less, wanted) => number < wanted,
            NumberTest::Is(Compare::AtMost, wanted) => number <= wanted,
            NumberTest::Is(Compare::More, wanted) => number > wanted,
            NumberTest::Is(Compare::AtLeast, wanted) => number >= wanted,
            NumberTest::Between(from, to) => {
                from.is_none_or(|from| number >= from) && to.is_none_or(|to| number <= to)
            }
        }
    }
}

fn text_set(
    search: &Search<'_>,
    field: TextField,
    matcher: &Matcher,
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    let articles = search.articles;
    let named = |facet: &Facet, known: &FoldedNames| with_name(facet, known, matcher) & within;
    let facet = |facet: &Facet| named(facet, &FoldedNames::default());
    let providers = || named(articles.providers(), search.index.providers());
    let topics = || named(articles.topics(), search.index.topics());
    let text = |words: fn(&Segment) -> &LateWords,
                read: fn(ArticleRef<'_>, &mut String),
                within: &_| { by_text(search, matcher, within, words, read) };
    match field {
        TextField::Anywhere => {
            let mut found = providers() | topics();
            let is_slow = !matches!(matcher, Matcher::Needle(_));
            let mut left = within.clone();
            if is_slow {
                left -= &found;
            }
            let titles = text(|it| &it.title, |it, room| it.read_title(room), &left)?;
            if is_slow {
                left -= &titles;
            }
            found |= titles;
            found |= text(|it| &it.excerpt, |it, room| it.read_excerpt(room), &left)?;
            Ok(found)
        }
        TextField::Title => text(|it| &it.title, |it, room| it.read_title(room), within),
        TextField::Excerpt => text(|it| &it.excerpt, |it, room| it.read_excerpt(room), within),
        TextField::Provider => Ok(providers()),
        TextField::Domain => Ok(facet(articles.domains())),
        TextField::Topic => Ok(topics()),
        TextField::Category => Ok(facet(articles.categories())),
        TextField::Author => Ok(facet(articles.authors())),
        TextField::Named(name) => Ok(facet(articles.names(name))),
        TextField::Folder => in_folders(search, matcher, within),
        TextField::Path => by_own_text(search, matcher, within, read_path),
        TextField::Url => by_own_text(search, matcher, within, |it, room| it.read_original(room)),
        TextField::Tag => {
            let mut folded = String::new();
            let tags = search.marks.tags.iter();
            let sets = tags.filter(|(name, _)| matcher.matches(name, &mut folded));
            Ok(sets.fold(RoaringBitmap::new(), |union, (_, set)| union | set) & within)
        }
        TextField::Story => in_stories(search, matcher, within),
        // Bodies are in no set: see `verdict`.
        TextField::Body => Ok(RoaringBitmap::new()),
    }
}

/// The path of the file, relative to its root.
fn read_path(article: ArticleRef<'_>, room: &mut String) {
    room.clear();
    room.push_str(&article.relative_folder().to_string_lossy());
    if !room.is_empty() {
        room.push('/');
    }
    room.push_str(&article.file_name().to_string_lossy());
}

/// The rows of `within` whose own folder matches: many are in the same.
fn in_folders(
    search: &Search<'_>,
    matcher: &Matcher,
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    let articles = search.articles;
    let mut folded = String::new();
    let mut matches = |number| {
        let folder = articles.own_folder(number).to_string_lossy();
        matcher.matches(&folder, &mut folded)
    };
    let matching: Vec<bool> = articles.own_folder_numbers().map(&mut matches).collect();
    by_column(
        search,
        within,
        |it| it.folders(search.origin()),
        |number| matching[number as usize],
        |article| matching[article.own_folder_number() as usize],
    )
}

/// The rows of `within` in the stories of articles whose keys match.
fn in_stories(
    search: &Search<'_>,
    matcher: &Matcher,
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    let stories = search.stories()?;
    let found = by_own_text(search, matcher, &search.articles.rows(), |article, room| {
        *room = article.key().to_string();
    })?;
    let members = found.iter().map(ArticleId::from_row).flat_map(|id| {
        let story = stories.of(id);
        let members = story.map(|it| it.members.iter().map(|it| it.article).collect());
        members.unwrap_or_else(|| vec![id])
    });
    Ok(members.map(ArticleId::row).collect::<RoaringBitmap>() & within)
}

/// The rows that have one of the matching names. The index may know only the first names. An empty
/// name counts as no name.
fn with_name(facet: &Facet, known: &FoldedNames, matcher: &Matcher) -> RoaringBitmap {
    let mut folded = String::new();
    let mut numbers = known.matching(facet, matcher);
    let others = facet.numbers().skip(known.len());
    numbers.extend(others.filter(|number| matcher.matches(facet.name(*number), &mut folded)));
    numbers
        .into_iter()
        .filter(|number| !facet.name(*number).is_empty())
        .filter_map(|number| facet.articles(number))
        .union()
}

/// The number of rows of `within` for which a fact is true.
pub fn fact_count(
    search: &Search<'_>,
    fact: IsFact,
    within: &RoaringBitmap,
) -> Result<u64, Cancelled> {
    let index = search.index;
    let is_known = within
        .max()
        .is_none_or(|last| (last as usize) < index.len());
    let said = index.said(search.origin());
    match said.fact(fact) {
        Some(known) if is_known && said.timed().is_disjoint(within) => {
            Ok(known.intersection_len(within))
        }
        _ => Ok(fact_set(search, fact, within)?.len()),
    }
}

/// The rows of `within` for which a fact is true.
pub fn fact_set(
    search: &Search<'_>,
    fact: IsFact,
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    let marks = search.marks;
    Ok(match fact {
        IsFact::Read => &marks.read & within,
        IsFact::Unread => within - &marks.read,
        IsFact::Starred => &marks.starred & within,
        IsFact::Later => &marks.later & within,
        IsFact::Done => &marks.done & within,
        IsFact::Rejected => &marks.rejected & within,
        IsFact::Inbox => within - &marks.done - &marks.rejected - &marks.later,
        IsFact::Staged => &marks.staged & within,
        IsFact::Changed => &marks.changed & within,
        IsFact::StoryLead => search.stories()?.leads(search.articles) & within,
        IsFact::Published
        | IsFact::Unpublished
        | IsFact::Scheduled
        | IsFact::Expired
        | IsFact::Unsaid
        | IsFact::Draft
        | IsFact::Removed => {
            let said = search.index.said(search.origin());
            let known = said.fact(fact);
            let test = |article: ArticleRef<'_>| says(article, fact, search.clock.now);
            let mut found = by_file(search, known, within, test)?;
            let article = |row: &u32| search.articles.article(ArticleId::from_row(*row));
            let timed = said.timed() & within;
            found.extend(timed.iter().filter(|row| test(article(row))));
            return Ok(found);
        }
    })
}

fn thing_set(
    search: &Search<'_>,
    thing: Thing,
    within: &RoaringBitmap,
) -> Result<RoaringBitmap, Cancelled> {
    match kept(thing) {
        RecordedIn::InFile(bit) => {
            let known = search.index.said(search.origin()).has(bit);
            by_file(search, known, within, |article| article.has().contains(bit))
        }
        RecordedIn::AsNote => Ok(&search.marks.noted & within),
        RecordedIn::AsTag => {
            let tags = search.marks.tags.iter();
            Ok(tags.fold(RoaringBitmap::new(), |union, (_, set)| union | set) & within)
        }
    }
}
