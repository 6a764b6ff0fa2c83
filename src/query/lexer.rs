//! Splits a query's text into tokens. The parser decides what names and values mean.

use std::ops::Range;

use super::error::QueryError;
use super::expr::Compare;
use super::fields::QueryField;
use super::way::META;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Open,
    Close,
    /// A `-` in front of something, or `NOT`.
    Not,
    Or,
    And,
    /// A value without a field.
    Bare(QueryValue),
    /// A field with its values, possibly none.
    Field(FieldName, Vec<QueryValue>),
}

/// The name of a field, which need not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldName {
    pub text: String,
    pub at: Range<usize>,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryValue {
    pub compare: Option<Compare>,
    pub form: ValueForm,
    /// Without quotes, slashes or tilde, and with escapes resolved.
    pub text: String,
    pub at: Range<usize>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueForm {
    Word,
    Phrase,
    Regex,
    Fuzzy,
}

/// Returns the tokens of a text one by one, each with its place.
pub struct QueryLexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> QueryLexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token, or `None` at the end.
    ///
    /// # Errors
    /// If a quote or regular expression is not closed, or a `-` precedes nothing.
    pub fn next(&mut self) -> Result<Option<(Token, Range<usize>)>, QueryError> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let start = self.at;
        let Some(sign) = self.peek() else {
            return Ok(None);
        };
        let token = match sign {
            '(' => self.one(Token::Open),
            ')' => self.one(Token::Close),
            '-' => self.minus()?,
            _ => self.term()?,
        };
        Ok(Some((token, start..self.at)))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn one(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn minus(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        self.at += 1;
        match self.peek() {
            Some(sign) if !sign.is_whitespace() && sign != ')' => Ok(Token::Not),
            _ => Err(QueryError::new(
                start..self.at,
                "“-” must come right before what it excludes",
            )
            .hint("put it in quotes to search for it")),
        }
    }

    fn term(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        let word = self.until(ends_word);
        if let Some(name) = field_name(word) {
            self.at = start + name.len();
            let name = FieldName {
                text: name.to_owned(),
                at: start..self.at,
            };
            if self.peek() == Some(':') {
                self.at += 1;
            }
            return Ok(Token::Field(name, self.values()?));
        }
        let keyword = match word {
            "OR" => Some(Token::Or),
            "AND" => Some(Token::And),
            "NOT" => Some(Token::Not),
            _ => None,
        };
        if let Some(keyword) = keyword {
            self.at = start + word.len();
            return Ok(keyword);
        }
        let (form, text) = self.value(ends_word)?;
        Ok(Token::Bare(QueryValue {
            compare: None,
            form,
            text,
            at: start..self.at,
        }))
    }

    /// The values of a field, separated by commas.
    fn values(&mut self) -> Result<Vec<QueryValue>, QueryError> {
        let mut pieces = Vec::new();
        while let Some(piece) = self.piece()? {
            pieces.push(piece);
            if self.peek() != Some(',') {
                return Ok(pieces);
            }
            self.at += 1;
        }
        match pieces.is_empty() {
            true => Ok(pieces),
            false => Err(QueryError::new(
                self.at - 1..self.at,
                "a value is missing after the comma",
            )),
        }
    }

    fn piece(&mut self) -> Result<Option<QueryValue>, QueryError> {
        let start = self.at;
        let compare = self.compare();
        if self.peek().is_none_or(ends_value) {
            return match compare {
                Some(_) => Err(QueryError::new(
                    start..self.at,
                    "a value is missing after this",
                )),
                None => Ok(None),
            };
        }
        let (form, text) = self.value(ends_value)?;
        let at = start..self.at;
        Ok(Some(QueryValue {
            compare,
            form,
            text,
            at,
        }))
    }

    fn compare(&mut self) -> Option<Compare> {
        let signs = [
            (">=", Compare::AtLeast),
            ("<=", Compare::AtMost),
            (">", Compare::More),
            ("<", Compare::Less),
            ("=", Compare::Equal),
        ];
        let (sign, compare) = signs
            .into_iter()
            .find(|(sign, _)| self.rest().starts_with(sign))?;
        self.at += sign.len();
        Some(compare)
    }

    fn value(&mut self, ends: fn(char) -> bool) -> Result<(ValueForm, String), QueryError> {
        match self.peek() {
            Some('"') => Ok((ValueForm::Phrase, self.phrase()?)),
            Some('/') => Ok((ValueForm::Regex, self.regex()?)),
            Some('~') => {
                let start = self.at;
                self.at += 1;
                let word = self.until(ends).to_owned();
                self.at += word.len();
                if word.is_empty() {
                    return Err(QueryError::new(
                        start..self.at,
                        "“~” must come right before a word",
                    ));
                }
                Ok((ValueForm::Fuzzy, word))
            }
            _ => {
                let word = self.until(ends).to_owned();
                self.at += word.len();
                Ok((ValueForm::Word, word))
            }
        }
    }

    /// Reads from an opening quote to the closing one; `\"` and `\\` stand for themselves.
    fn phrase(&mut self) -> Result<String, QueryError> {
        let mut text = String::new();
        let mut signs = self.rest().char_indices().skip(1);
        while let Some((at, sign)) = signs.next() {
            match sign {
                '"' => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\\' => match signs.next() {
                    Some((_, next @ ('"' | '\\'))) => text.push(next),
                    Some((_, next)) => text.extend(['\\', next]),
                    None => text.push('\\'),
                },
                _ => text.push(sign),
            }
        }
        Err(QueryError::new(
            self.at..self.text.len(),
            "the quote is not closed",
        ))
    }

    /// Reads from an opening slash to the closing one; `\/` stands for a slash.
    fn regex(&mut self) -> Result<String, QueryError> {
        let mut text = String::new();
        let mut signs = self.rest().char_indices().skip(1);
        while let Some((at, sign)) = signs.next() {
            match sign {
                '/' => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\\' => match signs.next() {
                    Some((_, '/')) => text.push('/'),
                    Some((_, next)) => text.extend(['\\', next]),
                    None => text.push('\\'),
                },
                _ => text.push(sign),
            }
        }
        Err(QueryError::new(
            self.at..self.text.len(),
            "the regular expression is not closed",
        )
        .hint("end it with “/”"))
    }

    fn until(&self, ends: fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        &rest[..rest.find(ends).unwrap_or(rest.len())]
    }
}

/// A quote does not end a word: inside one it is text, as in `צה"ל`.
fn ends_word(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '(' | ')')
}

fn ends_value(sign: char) -> bool {
    ends_word(sign) || sign == ','
}

/// The field name that a word starts with, if any: before a colon, unless it is that of `https://`,
/// or before a comparison sign.
fn field_name(word: &str) -> Option<&str> {
    let start = word.get(..META.len());
    let is_meta = start.is_some_and(|it| it.eq_ignore_ascii_case(META));
    let end = word.find(|sign: char| match is_meta {
        // A person's own key may contain any letters.
        true => !sign.is_alphanumeric() && !matches!(sign, '-' | '.' | '_'),
        false => !sign.is_ascii_alphabetic() && !matches!(sign, '-' | '.'),
    })?;
    let (name, rest) = word.split_at(end);
    // Names with dots are those of JSON; anything else with a dot is a host, or prose.
    if name.contains('.') && QueryField::named(name).is_none() {
        return None;
    }
    if !name.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        return None;
    }
    let is_field = match rest.as_bytes() {
        [b':', b'/', b'/', ..] => false,
        [b':' | b'<' | b'>', ..] => true,
        [b'=', ..] => {
            let field = QueryField::named(name);
            matches!(
                field,
                Some(QueryField::Number(_) | QueryField::Date(_) | QueryField::Meta)
            )
        }
        _ => false,
    };
    is_field.then_some(name)
}
