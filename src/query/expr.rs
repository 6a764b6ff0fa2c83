//! A parsed query: an expression and an order. Plain data; `parser` makes it from text, `print`
//! turns it back into text, `eval` finds what it selects.

use jiff::civil::Date;

use super::fields::{DateField, IsFact, NamedPeriod, NumberField, SortBy, TextField, Thing};
use super::required::Required;
use super::way::ValuePath;

/// What to find, and in what order. The default selects everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// `None`: everything.
    pub expr: Option<Expr>,
    /// The first key decides, the next one breaks ties. Empty: by relevance if there are words,
    /// otherwise newest first.
    pub sort: Vec<SortKey>,
}

/// A condition on an article. `And` and `Or` have at least two parts, none of their own kind: see
/// [`Expr::and`].
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Term(Term),
}

/// A condition on one field: that any of its alternatives holds. There is always at least one.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Text(TextField, Vec<Pattern>),
    Number(NumberField, Vec<NumberTest>),
    Date(DateField, Vec<DateTest>),
    Is(Vec<IsFact>),
    Has(Vec<Thing>),
    /// On a front matter field without a role.
    Meta(ValuePath, Vec<ValueTest>),
    /// That there is such a field.
    HasMeta(ValuePath),
}

/// A condition on a value, for each type that the value may have. At least one is present.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueTest {
    pub number: Option<NumberTest>,
    pub date: Option<DateTest>,
    pub text: Option<Pattern>,
}

/// What a text is compared with. Case and accents are ignored, except by regular expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// At the start of a word.
    Word(String),
    /// Anywhere.
    Phrase(String),
    /// Anywhere in the text as written, ignoring case.
    Regex(Regex),
    /// A word that differs by a letter or two.
    Fuzzy(String),
    /// The whole value.
    Exact(String),
}

/// A regular expression that is known to compile. Equal if written alike.
#[derive(Clone, Debug)]
pub struct Regex {
    pub(super) source: String,
    pub(super) compiled: regex::Regex,
    pub(super) required: Required,
}

impl PartialEq for Regex {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Equal,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// A condition on a finite number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberTest {
    Is(Compare, f64),
    /// Both ends included; a missing end is open.
    Between(Option<f64>, Option<f64>),
}

/// A condition on a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateTest {
    /// `Equal`: within the period. For a span before now (`7d`), `More` means older.
    Is(Compare, Period),
    /// From the start of the first to the end of the second; a missing end is open.
    Between(Option<Period>, Option<Period>),
}

/// A period, in the zone of the person asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Year(i16),
    Month(i16, i8),
    Day(Date),
    /// This long before now.
    Ago(u32, Unit),
    Named(NamedPeriod),
}

/// The unit of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// One key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    pub by: SortBy,
    pub direction: Direction,
}

impl SortKey {
    /// The order that people want first: names from A, numbers and dates from the highest.
    pub fn best_first(by: SortBy) -> Self {
        let direction = match by {
            SortBy::Title | SortBy::Provider | SortBy::Relevance => Direction::Natural,
            SortBy::Date | SortBy::Quality | SortBy::Heat | SortBy::Length | SortBy::Words => {
                Direction::Reversed
            }
        };
        Self { by, direction }
    }
}

/// The direction of a key. Articles without a value come last either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As described in [`super::fields::SORTS`].
    Natural,
    /// With a `-`.
    Reversed,
}

impl Expr {
    /// All of `parts`; an `And` among them is flattened. `None` if there are no parts.
    pub fn and(parts: impl IntoIterator<Item = Expr>) -> Option<Expr> {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Expr::And(inner) => all.extend(inner),
                other @ (Expr::Or(_) | Expr::Not(_) | Expr::Term(_)) => all.push(other),
            }
        }
        one_or(all, Expr::And)
    }

    /// Any of `parts`; an `Or` among them is flattened. `None` if there are no parts.
    pub fn or(parts: impl IntoIterator<Item = Expr>) -> Option<Expr> {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Expr::Or(inner) => all.extend(inner),
                other @ (Expr::And(_) | Expr::Not(_) | Expr::Term(_)) => all.push(other),
            }
        }
        one_or(all, Expr::Or)
    }
}

fn one_or(mut parts: Vec<Expr>, several: fn(Vec<Expr>) -> Expr) -> Option<Expr> {
    if parts.len() < 2 {
        parts.pop()
    } else {
        Some(several(parts))
    }
}

impl Expr {
    fn needs_only_words(&self) -> bool {
        match self {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().all(Expr::needs_only_words),
            Expr::Not(part) => part.needs_only_words(),
            Expr::Term(Term::Text(field, any)) => {
                let field = matches!(
                    field,
                    TextField::Anywhere | TextField::Title | TextField::Excerpt
                );
                field && any.iter().all(|it| matches!(it, Pattern::Word(_)))
            }
            Expr::Term(_) => false,
        }
    }

    fn asks_the_desk(&self) -> bool {
        match self {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(Expr::asks_the_desk),
            Expr::Not(part) => part.asks_the_desk(),
            Expr::Term(Term::Text(field, _)) => {
                matches!(field, TextField::Tag | TextField::Story)
            }
            Expr::Term(Term::Date(field, _)) => *field == DateField::Marked,
            Expr::Term(Term::Is(any)) => any.iter().any(|fact| is_decided(*fact)),
            Expr::Term(Term::Has(any)) => any
                .iter()
                .any(|thing| matches!(thing, Thing::Tag | Thing::Note)),
            Expr::Term(Term::Number(..) | Term::Meta(..) | Term::HasMeta(_)) => false,
        }
    }

    fn is_moving(&self) -> bool {
        match self {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(Expr::is_moving),
            Expr::Not(part) => part.is_moving(),
            Expr::Term(Term::Date(_, tests)) => tests.iter().any(DateTest::is_moving),
            Expr::Term(Term::Is(any)) => any.iter().any(|fact| is_timed(*fact)),
            Expr::Term(Term::Meta(_, any)) => any
                .iter()
                .filter_map(|test| test.date.as_ref())
                .any(DateTest::is_moving),
            Expr::Term(Term::Text(..) | Term::Number(..) | Term::Has(_) | Term::HasMeta(_)) => {
                false
            }
        }
    }
}

/// Whether a person decides on the fact, rather than the file.
fn is_decided(fact: IsFact) -> bool {
    match fact {
        IsFact::Read
        | IsFact::Unread
        | IsFact::Starred
        | IsFact::Later
        | IsFact::Done
        | IsFact::Rejected
        | IsFact::Inbox
        | IsFact::Staged
        | IsFact::Changed
        | IsFact::StoryLead => true,
        IsFact::Published
        | IsFact::Unpublished
        | IsFact::Scheduled
        | IsFact::Expired
        | IsFact::Unsaid
        | IsFact::Draft
        | IsFact::Removed => false,
    }
}

/// Whether the fact can become true or false merely as time passes.
fn is_timed(fact: IsFact) -> bool {
    matches!(
        fact,
        IsFact::Published | IsFact::Scheduled | IsFact::Expired
    )
}

impl DateTest {
    fn is_moving(&self) -> bool {
        match self {
            DateTest::Is(_, when) => when.is_moving(),
            DateTest::Between(from, to) => from.iter().chain(to).any(|when| when.is_moving()),
        }
    }
}

impl Period {
    /// Whether it depends on when it is asked for.
    pub fn is_moving(self) -> bool {
        match self {
            Period::Ago(..) | Period::Named(_) => true,
            Period::Year(_) | Period::Month(..) | Period::Day(_) => false,
        }
    }
}

impl Query {
    /// The conditions that must all hold, at the top level.
    pub fn conjuncts(&self) -> &[Expr] {
        match &self.expr {
            None => &[],
            Some(Expr::And(parts)) => parts,
            Some(one) => std::slice::from_ref(one),
        }
    }

    /// Whether what it selects changes as time passes: it contains a relative date such as `12h` or
    /// `today`, or asks what is published.
    pub fn is_moving(&self) -> bool {
        self.expr.as_ref().is_some_and(Expr::is_moving)
    }

    /// Whether it asks for nothing but words of titles and excerpts, which are in an index.
    pub fn needs_only_words(&self) -> bool {
        self.expr.as_ref().is_some_and(Expr::needs_only_words)
    }

    /// Whether what it selects depends on what a person has decided: on marks, or on what was joined
    /// with a story or split from one.
    pub fn asks_the_desk(&self) -> bool {
        self.expr.as_ref().is_some_and(Expr::asks_the_desk)
    }

    /// The patterns wanted in any text: they decide relevance, and are highlighted.
    pub fn wanted(&self) -> Vec<&Pattern> {
        let mut found = Vec::new();
        if let Some(expr) = &self.expr {
            collect_wanted(expr, &mut found);
        }
        found
    }
}

fn collect_wanted<'a>(expr: &'a Expr, found: &mut Vec<&'a Pattern>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            for part in parts {
                collect_wanted(part, found);
            }
        }
        Expr::Term(Term::Text(TextField::Anywhere, any)) => found.extend(any),
        Expr::Not(_) | Expr::Term(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::query::parse;

    #[test]
    fn what_a_person_decided_is_told_from_what_files_say() {
        for (query, asks) in [
            ("", false),
            ("lidar quality>3 date:7d has:image", false),
            ("is:published,draft", false),
            ("meta.layout:post", false),
            ("lidar OR (boats -is:read)", true),
            ("is:draft,starred", true),
            ("is:story-lead", true),
            ("story:6ab57f8279f280cf", true),
            ("tag:x", true),
            ("has:image,note", true),
            ("marked:today", true),
        ] {
            let parsed = parse(query).expect(query);
            assert_eq!(parsed.asks_the_desk(), asks, "{query}");
        }
    }

    #[test]
    fn words_need_no_article_and_all_else_does() {
        for (query, only) in [
            ("lidar", true),
            ("lidar -(title:boats OR excerpt:ship)", true),
            ("", false),
            ("lidar quality>3", false),
            ("\"a phrase\"", false),
            ("/lid.r/", false),
            ("title:=Boats", false),
            ("lidar provider:times", false),
        ] {
            let parsed = parse(query).expect(query);
            assert_eq!(parsed.needs_only_words(), only, "{query}");
        }
    }
}
