//! Parses a query's text into an expression. Never panics and never takes long, whatever is pasted:
//! length, nesting and the size of regular expressions are limited.

use std::ops::Range;
use std::str::FromStr;

use super::dates;
use super::error::QueryError;
use super::expr::{
    Compare, DateTest, Direction, Expr, NumberTest, Pattern, Period, Query, Regex, SortKey, Term,
    ValueTest,
};
use super::fields::{
    FACTS, FIELDS, PERIODS, QueryField, SORTS, THINGS, TextField, WordRow, nearest, row_of,
    value_of,
};
use super::lexer::{FieldName, QueryLexer, QueryValue, Token, ValueForm};
use super::required::required;
use super::text;
use super::way::ValuePath;

/// Longest query, in bytes.
pub const MAX_BYTES: usize = 4096;
/// Deepest nesting of parentheses and negations.
const MAX_DEPTH: usize = 64;
/// Largest compiled regular expression, and largest cache of its automaton, in bytes.
const MAX_REGEX: usize = 1 << 20;

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        parse(text)
    }
}

/// Parses a query. The empty one selects everything.
///
/// # Errors
/// If it is not valid, with the place and a message.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.len() > MAX_BYTES {
        return Err(QueryError::new(
            text.floor_char_boundary(MAX_BYTES)..text.len(),
            format!(
                "the query is {} bytes long; at most {MAX_BYTES} are allowed",
                text.len()
            ),
        ));
    }
    let mut parser = Parser {
        lexer: QueryLexer::new(text),
        next: None,
        end: text.len(),
        depth: 0,
        sort: Vec::new(),
    };
    parser.advance()?;
    let expr = parser.any()?;
    if let Some((Token::Close, at)) = parser.next {
        return Err(QueryError::new(at, "this “)” has no matching “(”"));
    }
    Ok(Query {
        expr,
        sort: parser.sort,
    })
}

struct Parser<'a> {
    lexer: QueryLexer<'a>,
    next: Option<(Token, Range<usize>)>,
    end: usize,
    depth: usize,
    sort: Vec<SortKey>,
}

impl Parser<'_> {
    fn advance(&mut self) -> Result<Option<(Token, Range<usize>)>, QueryError> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    /// `a b OR c`. `None` if there is nothing.
    fn any(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        loop {
            match (self.all()?, &self.next) {
                (Some(part), _) => parts.push(part),
                (None, Some((Token::Or, at))) => {
                    return Err(QueryError::new(at.clone(), "there is nothing before “OR”"));
                }
                (None, _) if parts.is_empty() => return Ok(None),
                (None, _) => return Err(self.missing()),
            }
            if !matches!(self.next, Some((Token::Or, _))) {
                return Ok(Expr::or(parts));
            }
            self.advance()?;
        }
    }

    /// `a b`, up to something that ends it.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    fn all(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        while let Some((token, at)) = &self.next {
            match token {
                Token::Or | Token::Close => break,
                Token::And if parts.is_empty() => {
                    return Err(QueryError::new(at.clone(), "there is nothing before “AND”"));
                }
                Token::And => {
                    self.advance()?;
                    parts.push(self.one()?);
                }
                Token::Field(name, values)
                    if QueryField::named(&name.text) == Some(QueryField::Sort) =>
                {
                    if self.depth > 0 {
                        return Err(QueryError::new(
                            at.clone(),
                            "the order applies to the whole query",
                        )
                        .hint("put sort: outside the parentheses"));
                    }
                    let keys = sort_keys(name, values)?;
                    self.sort.extend(keys);
                    self.advance()?;
                }
                _ => parts.push(self.one()?),
            }
        }
        Ok(Expr::and(parts))
    }

    /// One condition, with any negations before it.
    fn one(&mut self) -> Result<Expr, QueryError> {
        let Some((token, at)) = self.advance()? else {
            return Err(self.missing());
        };
        match token {
            Token::Not => {
                self.deeper(&at)?;
                let inner = self.one()?;
                self.depth -= 1;
                Ok(Expr::Not(Box::new(inner)))
            }
            Token::Open => {
                self.deeper(&at)?;
                let inner = self.any()?;
                self.depth -= 1;
                match self.advance()? {
                    Some((Token::Close, _)) => {}
                    _ => return Err(QueryError::new(at, "this “(” is not closed")),
                }
                inner.ok_or_else(|| QueryError::new(at, "there is nothing in the parentheses"))
            }
            Token::Bare(piece) => {
                let pattern = pattern(piece)?;
                Ok(Expr::Term(Term::Text(TextField::Anywhere, vec![pattern])))
            }
            Token::Field(name, values) => term(&name, values),
            Token::Or => Err(QueryError::new(at, "there is nothing before “OR”")),
            Token::And => Err(QueryError::new(at, "there is nothing before “AND”")),
            Token::Close => Err(QueryError::new(at, "something is missing before this “)”")),
        }
    }

    fn deeper(&mut self, at: &Range<usize>) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError::new(
                at.clone(),
                format!("parentheses and negations are nested more than {MAX_DEPTH} deep"),
            ));
        }
        Ok(())
    }

    /// Something more is expected at the next token or at the end.
    fn missing(&self) -> QueryError {
        let at = match &self.next {
            Some((_, at)) => at.clone(),
            None => self.end..self.end,
        };
        QueryError::new(at, "a word or field:value is expected here")
    }
}

fn term(name: &FieldName, values: Vec<QueryValue>) -> Result<Expr, QueryError> {
    let Some(field) = QueryField::named(&name.text) else {
        let nearest = nearest(FIELDS.iter().map(|row| row.name), &name.text);
        let hint = match nearest {
            Some(near) => format!("did you mean “{near}”?"),
            None => "put it in quotes to search for it as it is".to_owned(),
        };
        let reason = format!("there is no field “{}”", name.text);
        return Err(QueryError::new(name.at.clone(), reason).hint(hint));
    };
    if values.is_empty() {
        return Err(valueless(name, field));
    }
    let term = match field {
        QueryField::Text(field) => Term::Text(field, each(values, |it| text_pattern(field, it))?),
        QueryField::Number(field) => Term::Number(field, each(values, number_test)?),
        QueryField::Date(field) => Term::Date(field, each(values, date_test)?),
        QueryField::Is => Term::Is(each(values, |it| listed(&it, FACTS, "is:"))?),
        QueryField::Has => return has(values),
        QueryField::Meta => match ValuePath::new(&name.text) {
            Some(way) => Term::Meta(way, each(values, value_test)?),
            None => return Err(valueless(name, field)),
        },
        QueryField::Sort => {
            let reason = "the order applies to the whole query";
            return Err(QueryError::new(name.at.clone(), reason).hint("remove the negation"));
        }
    };
    Ok(Expr::Term(term))
}

/// The values of `has:`: things, and fields of the front matter.
fn has(values: Vec<QueryValue>) -> Result<Expr, QueryError> {
    let (mut things, mut any) = (Vec::new(), Vec::new());
    for piece in values {
        match ValuePath::new(&piece.text).filter(|_| piece.compare.is_none()) {
            Some(way) => any.push(Expr::Term(Term::HasMeta(way))),
            None => things.push(listed(&piece, THINGS, "has:")?),
        }
    }
    if !things.is_empty() {
        any.insert(0, Expr::Term(Term::Has(things)));
    }
    let nothing = || QueryError::new(0..0, "has: needs a value right after it");
    Expr::or(any).ok_or_else(nothing)
}

/// The value of a field of unknown type: what it can be as each type.
fn value_test(piece: QueryValue) -> Result<ValueTest, QueryError> {
    let number = number_test(piece.clone()).ok();
    let date = date_test(piece.clone()).ok();
    let is_range = (number.is_some() || date.is_some()) && piece.text.contains("..");
    let text = match piece.compare {
        None | Some(Compare::Equal) if !is_range => Some(text_pattern(TextField::Title, piece)?),
        _ if number.is_some() || date.is_some() => None,
        _ => {
            let reason = "a number or a date is expected here";
            return Err(QueryError::new(piece.at, reason).hint("such as >50 or >2021-06-01"));
        }
    };
    Ok(ValueTest { number, date, text })
}

fn valueless(name: &FieldName, field: QueryField) -> QueryError {
    let example = FIELDS
        .iter()
        .find(|row| row.field == field)
        .map_or("", |row| row.example);
    QueryError::new(
        name.at.start..name.at.end + 1,
        format!("{field}: needs a value right after it"),
    )
    .hint(format!("such as {example}"))
}

fn each<T>(
    values: Vec<QueryValue>,
    read: impl Fn(QueryValue) -> Result<T, QueryError>,
) -> Result<Vec<T>, QueryError> {
    values.into_iter().map(read).collect()
}

/// The value of a text field, which may have a `=`.
fn text_pattern(field: TextField, piece: QueryValue) -> Result<Pattern, QueryError> {
    match (piece.compare, piece.form) {
        (None, _) => pattern(piece),
        (Some(Compare::Equal), ValueForm::Word | ValueForm::Phrase) if field != TextField::Body => {
            Ok(Pattern::Exact(piece.text))
        }
        (Some(Compare::Equal), _) => Err(QueryError::new(
            piece.at,
            "“=” cannot be used here: it compares whole values",
        )
        .hint("remove it")),
        (Some(sign), _) => Err(QueryError::new(
            piece.at,
            format!(
                "{} is text and cannot be compared with “{sign}”",
                QueryField::Text(field)
            ),
        )
        .hint("numbers and dates can")),
    }
}

fn pattern(piece: QueryValue) -> Result<Pattern, QueryError> {
    match piece.form {
        ValueForm::Word => Ok(Pattern::Word(piece.text)),
        ValueForm::Phrase if piece.text.is_empty() => {
            Err(QueryError::new(piece.at, "there is nothing in the quotes"))
        }
        ValueForm::Phrase => Ok(Pattern::Phrase(piece.text)),
        ValueForm::Regex => regex(piece),
        ValueForm::Fuzzy if text::is_one_word(&piece.text) => Ok(Pattern::Fuzzy(piece.text)),
        ValueForm::Fuzzy => Err(QueryError::new(
            piece.at,
            "“~” takes one word of letters and digits",
        )),
    }
}

fn regex(piece: QueryValue) -> Result<Pattern, QueryError> {
    if piece.text.is_empty() {
        return Err(QueryError::new(
            piece.at,
            "there is nothing in the regular expression",
        ));
    }
    let compiled = regex::RegexBuilder::new(&piece.text)
        .case_insensitive(true)
        .size_limit(MAX_REGEX)
        .dfa_size_limit(MAX_REGEX)
        .build();
    match compiled {
        Ok(compiled) => Ok(Pattern::Regex(Regex {
            required: required(&piece.text),
            source: piece.text,
            compiled,
        })),
        Err(error) => Err(QueryError::new(piece.at, regex_reason(&error))),
    }
}

/// Takes the last line of the library's message, which says what is wrong; the lines before it draw
/// the place.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn regex_reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => {
            "the regular expression is too large; write fewer or smaller repetitions".to_owned()
        }
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default();
            let said = last.strip_prefix("error: ").unwrap_or(last);
            format!("the regular expression is not valid: {said}")
        }
    }
}

fn number_test(piece: QueryValue) -> Result<NumberTest, QueryError> {
    let wrong = || {
        QueryError::new(piece.at.clone(), "a number is expected here")
            .hint("such as 50, >50, <=10, 10..50 or 50..")
    };
    if piece.form != ValueForm::Word {
        return Err(wrong());
    }
    let Some((from, to)) = piece.text.split_once("..") else {
        let number = number(&piece.text).ok_or_else(wrong)?;
        return Ok(NumberTest::Is(
            piece.compare.unwrap_or(Compare::Equal),
            number,
        ));
    };
    let end = |text: &str| match text {
        "" => Ok(None),
        text => number(text).map(Some).ok_or_else(wrong),
    };
    let (from, to) = (end(from)?, end(to)?);
    match (from, to, piece.compare) {
        (None, None, _) | (_, _, Some(_)) => Err(wrong()),
        (Some(from), Some(to), _) if from > to => Err(QueryError::new(
            piece.at.clone(),
            "this range ends before it starts",
        )
        .hint(format!("write {to}..{from}"))),
        _ => Ok(NumberTest::Between(from, to)),
    }
}

/// Parses digits with at most a sign and a point, and only finite numbers.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let shaped = digits.len() <= 20
        && digits.starts_with(|sign: char| sign.is_ascii_digit())
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if shaped { text.parse().ok() } else { None }
}

fn date_test(piece: QueryValue) -> Result<DateTest, QueryError> {
    let wrong = || {
        QueryError::new(piece.at.clone(), "a date is expected here").hint(
            "such as 2021, 2021-12, 2021-12-30, 2021-01..2021-06, >2021-06-01, 7d, today or \
             \"last week\"",
        )
    };
    if !matches!(piece.form, ValueForm::Word | ValueForm::Phrase) {
        return Err(wrong());
    }
    let Some((from, to)) = piece.text.split_once("..") else {
        let when = when(&piece.text).ok_or_else(wrong)?;
        return Ok(DateTest::Is(piece.compare.unwrap_or(Compare::Equal), when));
    };
    let end = |text: &str| match text {
        "" => Ok(None),
        text => when(text).map(Some).ok_or_else(wrong),
    };
    match (end(from)?, end(to)?, piece.compare) {
        (None, None, _) | (_, _, Some(_)) => Err(wrong()),
        (Some(first), Some(last), None) if dates::is_reversed(first, last) => {
            Err(
                QueryError::new(piece.at.clone(), "this range ends before it starts").hint(
                    format!("write {}", format!("{to}..{from}").replace(' ', "-")),
                ),
            )
        }
        (from, to, None) => Ok(DateTest::Between(from, to)),
    }
}

/// Parses a period. `last-week` works like `"last week"`, without quotes and in ranges.
fn when(text: &str) -> Option<Period> {
    dates::when(text).or_else(|| value_of(PERIODS, &text.replace('-', " ")).map(Period::Named))
}

/// Looks a word up in a table.
fn listed<T: Copy>(piece: &QueryValue, table: &[WordRow<T>], field: &str) -> Result<T, QueryError> {
    let found = match (piece.compare, piece.form) {
        (None, ValueForm::Word | ValueForm::Phrase) => value_of(table, &piece.text),
        _ => None,
    };
    found.ok_or_else(|| {
        let words: Vec<&'static str> = table.iter().map(|row| row.word).collect();
        let hint = match nearest(words.iter().copied(), &piece.text) {
            Some(near) => format!("did you mean “{near}”?"),
            None => format!("{field} takes {}", words.join(", ")),
        };
        QueryError::new(
            piece.at.clone(),
            format!("{field} does not take “{}”", shortened(&piece.text)),
        )
        .hint(hint)
    })
}

fn sort_keys(name: &FieldName, values: &[QueryValue]) -> Result<Vec<SortKey>, QueryError> {
    if values.is_empty() {
        return Err(valueless(name, QueryField::Sort));
    }
    let key = |piece: &QueryValue| {
        let (direction, text) = match piece.text.strip_prefix('-') {
            Some(text) => (Direction::Reversed, text.to_owned()),
            None => (Direction::Natural, piece.text.clone()),
        };
        let own = row_of(&text).filter(|row| value_of(SORTS, row.name).is_some());
        let text = own.map_or(text, |row| row.name.to_owned());
        let piece = QueryValue {
            text,
            ..piece.clone()
        };
        listed(&piece, SORTS, "sort:").map(|by| SortKey { by, direction })
    };
    values.iter().map(key).collect()
}

/// As much of the typed text as fits into a sentence.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
