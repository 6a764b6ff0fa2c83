//! Prints a query as it would be typed. Parsing the output gives the same query.

use std::fmt::{self, Display, Formatter};

use super::expr::{
    Compare, DateTest, Direction, Expr, NumberTest, Pattern, Period, Query, SortKey, Term, Unit,
    ValueTest,
};
use super::fields::{FACTS, PERIODS, QueryField, SORTS, THINGS, TextField, word_for};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(expr) = &self.expr {
            expr.fmt(f)?;
        }
        if self.sort.is_empty() {
            return Ok(());
        }
        let space = if self.expr.is_some() { " " } else { "" };
        write!(f, "{space}{}:", QueryField::Sort)?;
        list(f, &self.sort, |f, key| key.fmt(f))
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expr::And(parts) => separated(f, parts, " ", |f, part| match part {
                Expr::Or(_) => write!(f, "({part})"),
                Expr::And(_) | Expr::Not(_) | Expr::Term(_) => part.fmt(f),
            }),
            Expr::Or(parts) => separated(f, parts, " OR ", |f, part| part.fmt(f)),
            Expr::Not(inner) => match **inner {
                Expr::And(_) | Expr::Or(_) => write!(f, "-({inner})"),
                Expr::Not(_) | Expr::Term(_) => write!(f, "-{inner}"),
            },
            Expr::Term(term) => term.fmt(f),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Term::Text(TextField::Anywhere, any) => list(f, any, |f, it| it.fmt(f)),
            Term::Text(field, any) => {
                write!(f, "{}:", QueryField::Text(*field))?;
                list(f, any, |f, it| it.fmt(f))
            }
            Term::Number(field, any) => {
                let compares = matches!(any.first(), Some(NumberTest::Is(by, _)) if !by.is_equal());
                let colon = if compares { "" } else { ":" };
                write!(f, "{}{colon}", QueryField::Number(*field))?;
                list(f, any, |f, it| it.fmt(f))
            }
            Term::Date(field, any) => {
                write!(f, "{}:", QueryField::Date(*field))?;
                list(f, any, |f, it| it.fmt(f))
            }
            Term::Is(any) => {
                write!(f, "{}:", QueryField::Is)?;
                list(f, any, |f, it| f.write_str(word_for(FACTS, *it)))
            }
            Term::Has(any) => {
                write!(f, "{}:", QueryField::Has)?;
                list(f, any, |f, it| f.write_str(word_for(THINGS, *it)))
            }
            Term::Meta(way, any) => {
                write!(f, "{way}:")?;
                list(f, any, |f, it| it.fmt(f))
            }
            Term::HasMeta(way) => write!(f, "{}:{way}", QueryField::Has),
        }
    }
}

impl Display for ValueTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { number, date, text } = self;
        match (text, number, date) {
            (Some(text), ..) => text.fmt(f),
            (None, Some(number), _) => number.fmt(f),
            (None, None, Some(date)) => date.fmt(f),
            (None, None, None) => Ok(()),
        }
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Word(text) => f.write_str(text),
            Pattern::Phrase(text) => f.write_str(&quoted(text)),
            Pattern::Regex(regex) => write!(f, "/{}/", regex.source.replace('/', "\\/")),
            Pattern::Fuzzy(text) => write!(f, "~{text}"),
            Pattern::Exact(text) if is_plain(text) => write!(f, "={text}"),
            Pattern::Exact(text) => write!(f, "={}", quoted(text)),
        }
    }
}

impl Display for Compare {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Compare::Equal => "",
            Compare::Less => "<",
            Compare::AtMost => "<=",
            Compare::More => ">",
            Compare::AtLeast => ">=",
        })
    }
}

impl Compare {
    fn is_equal(self) -> bool {
        self == Compare::Equal
    }
}

impl Display for NumberTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            NumberTest::Is(by, number) => write!(f, "{by}{number}"),
            NumberTest::Between(from, to) => between(f, from.as_ref(), to.as_ref()),
        }
    }
}

impl Display for DateTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            DateTest::Is(by, when) => write!(f, "{by}{when}"),
            DateTest::Between(from, to) => between(f, from.as_ref(), to.as_ref()),
        }
    }
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(f, "{year:04}"),
            Period::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Period::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Period::Ago(count, unit) => write!(f, "{count}{}", unit.letter()),
            Period::Named(named) => f.write_str(&word_for(PERIODS, *named).replace(' ', "-")),
        }
    }
}

impl Unit {
    fn letter(self) -> char {
        match self {
            Unit::Hours => 'h',
            Unit::Days => 'd',
            Unit::Weeks => 'w',
            Unit::Months => 'm',
            Unit::Years => 'y',
        }
    }
}

impl Display for SortKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = match self.direction {
            Direction::Natural => "",
            Direction::Reversed => "-",
        };
        write!(f, "{sign}{}", word_for(SORTS, self.by))
    }
}

fn between<T: Display>(f: &mut Formatter<'_>, from: Option<&T>, to: Option<&T>) -> fmt::Result {
    if let Some(from) = from {
        from.fmt(f)?;
    }
    f.write_str("..")?;
    to.map_or(Ok(()), |to| to.fmt(f))
}

fn list<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    print: impl Fn(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    separated(f, items, ",", print)
}

fn separated<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    separator: &str,
    print: impl Fn(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            f.write_str(separator)?;
        }
        print(f, item)?;
    }
    Ok(())
}

/// Whether a value needs no quotes anywhere.
fn is_plain(text: &str) -> bool {
    let mut signs = text.chars();
    signs.next().is_some_and(char::is_alphanumeric)
        && signs.all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'))
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
