//! Scalars: their text, and whether YAML takes them for null. `lines` and `block` find where they start
//! and end.

use std::borrow::Cow;

/// A scalar as it is written. As small as this, because it is handed on from function to function.
#[derive(Clone, Copy)]
pub struct ScannedScalar<'a> {
    /// Without quotes; not empty if it is plain. A block scalar without the indent of its first line, and
    /// with its last line end only if the text has it too.
    pub inside: &'a str,
    pub form: Form,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// Between quotes, and stands for itself.
    Quoted,
    /// Between single quotes, with some of these inside.
    SingleQuoted,
    /// Between double quotes, with escapes.
    DoubleQuoted,
    /// A block scalar whose lines stay lines.
    Literal,
    /// A block scalar whose lines are one.
    Folded,
}

impl<'a> ScannedScalar<'a> {
    pub fn plain(inside: &'a str) -> Self {
        let form = Form::Plain;
        Self { inside, form }
    }

    /// The text that it stands for.
    pub fn text(self) -> Cow<'a, str> {
        match self.form {
            Form::Plain | Form::Quoted => Cow::Borrowed(self.inside),
            Form::SingleQuoted => Cow::Owned(self.inside.replace("''", "'")),
            Form::DoubleQuoted => Cow::Owned(unescaped(self.inside)),
            Form::Literal => joined(self.inside, '\n'),
            Form::Folded => joined(self.inside, ' '),
        }
    }
}

fn unescaped(inside: &str) -> String {
    let mut text = String::with_capacity(inside.len());
    let mut signs = inside.chars();
    while let Some(sign) = signs.next() {
        text.push(match sign {
            '\\' => match signs.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some(escaped) => escaped,
                None => break,
            },
            _ => sign,
        });
    }
    text
}

/// The text of a block scalar, with `joint` in place of each line end but the last.
fn joined(inside: &str, joint: char) -> Cow<'_, str> {
    let (lines, end) = match inside.strip_suffix('\n') {
        Some(lines) => (lines, "\n"),
        None => (inside, ""),
    };
    let Some((first, others)) = lines.split_once('\n') else {
        return Cow::Borrowed(inside);
    };
    let mut text = String::with_capacity(inside.len());
    text.push_str(first);
    for line in others.split('\n') {
        text.push(joint);
        text.push_str(line.trim_start_matches(' '));
    }
    text.push_str(end);
    Cow::Owned(text)
}

/// Whether plain text is null in YAML.
pub fn is_null(plain: &str) -> bool {
    matches!(plain, "~" | "null" | "Null" | "NULL")
}

/// Whether plain text is null or a boolean in YAML, or may look like one.
#[inline]
pub fn is_typed_word(plain: &str) -> bool {
    match plain.len() {
        4 => plain.eq_ignore_ascii_case("null") || plain.eq_ignore_ascii_case("true"),
        5 => plain.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
