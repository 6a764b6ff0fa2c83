//! What a text must contain to match a regular expression, so that an index can rule most texts out
//! before the expression is tried. Nothing required is always a correct result, only a slow one.

use std::collections::BTreeSet;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::format::fold::fold;

/// Maximum number of texts that one part of an expression may stand for; of others, nothing is
/// required.
const MAX_TEXTS: usize = 32;
/// Maximum number of characters in a class for each to be tried.
const MAX_CHARACTERS: u32 = 16;

/// Runs of letters and digits, folded: a text must contain at least one of each set.
pub(super) type Required = Vec<BTreeSet<String>>;

/// What an expression requires, if case is ignored.
pub(super) fn required(expression: &str) -> Required {
    let mut parser = ParserBuilder::new().case_insensitive(true).build();
    // An expression that is wrong is reported by whatever compiles it.
    parser.parse(expression).map_or_else(
        |_| Required::default(),
        |hir| Part::new(&hir).into_required(),
    )
}

/// A part of an expression.
enum Part {
    /// It matches only these texts, folded.
    Texts(BTreeSet<String>),
    /// It matches more; this is required.
    Other(Required),
}

impl Part {
    fn new(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Self::Texts([String::new()].into()),
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(text) => Self::Texts([fold(text)].into()),
                Err(_) => Self::Other(Required::default()),
            },
            HirKind::Class(class) => Self::of_class(class),
            HirKind::Capture(capture) => Self::new(&capture.sub),
            HirKind::Repetition(repetition) if repetition.min == 0 => {
                Self::Other(Required::default())
            }
            HirKind::Repetition(repetition) => {
                Self::Other(Self::new(&repetition.sub).into_required())
            }
            HirKind::Concat(parts) => Self::of_sequence(parts),
            HirKind::Alternation(parts) => Self::of_alternatives(parts),
        }
    }

    fn of_class(class: &Class) -> Self {
        let Class::Unicode(class) = class else {
            return Self::Other(Required::default());
        };
        let mut count = 0;
        for range in class.iter() {
            count += u32::from(range.end()) - u32::from(range.start()) + 1;
            if count > MAX_CHARACTERS {
                return Self::Other(Required::default());
            }
        }
        let characters = class.iter().flat_map(|range| range.start()..=range.end());
        Self::Texts(
            characters
                .map(|sign| fold(sign.encode_utf8(&mut [0; 4])))
                .collect(),
        )
    }

    fn of_sequence(parts: &[Hir]) -> Self {
        let mut required = Required::default();
        let mut is_exact = true;
        let mut texts: BTreeSet<String> = [String::new()].into();
        for part in parts {
            match Self::new(part) {
                Self::Texts(next) if texts.len() * next.len() <= MAX_TEXTS => {
                    texts = texts
                        .iter()
                        .flat_map(|text| next.iter().map(move |next| format!("{text}{next}")))
                        .collect();
                }
                Self::Texts(next) => {
                    is_exact = false;
                    required.extend(runs(&std::mem::replace(&mut texts, next)));
                }
                Self::Other(more) => {
                    is_exact = false;
                    required.extend(runs(&std::mem::replace(&mut texts, [String::new()].into())));
                    required.extend(more);
                }
            }
        }
        if is_exact {
            return Self::Texts(texts);
        }
        required.extend(runs(&texts));
        Self::Other(required)
    }

    fn of_alternatives(parts: &[Hir]) -> Self {
        let parts: Vec<Self> = parts.iter().map(Self::new).collect();
        let mut all = BTreeSet::new();
        for part in &parts {
            match part {
                Self::Texts(texts) => all.extend(texts.iter().cloned()),
                Self::Other(_) => return Self::Other(any_of(parts)),
            }
        }
        if all.len() > MAX_TEXTS {
            return Self::Other(any_of(parts));
        }
        Self::Texts(all)
    }

    fn into_required(self) -> Required {
        match self {
            Self::Texts(texts) => runs(&texts).into_iter().collect(),
            Self::Other(required) => required,
        }
    }
}

/// What is required if any one of several parts matches: the strictest set of each, together.
fn any_of(parts: Vec<Part>) -> Required {
    let mut together = BTreeSet::new();
    for part in parts {
        let shortest = |set: &BTreeSet<String>| set.iter().map(String::len).min();
        match part.into_required().into_iter().max_by_key(shortest) {
            Some(strictest) => together.extend(strictest),
            None => return Required::default(),
        }
    }
    if together.len() > MAX_TEXTS {
        return Required::default();
    }
    vec![together]
}

/// The longest run of each text; nothing if a text has none. Only ASCII: other letters may fold in
/// ways that depend on those beside them.
fn runs(texts: &BTreeSet<String>) -> Option<BTreeSet<String>> {
    let longest = |text: &String| {
        let runs = text.split(|sign: char| !sign.is_ascii_alphanumeric());
        runs.max_by_key(|run| run.len())
            .filter(|run| !run.is_empty())
            .map(str::to_owned)
    };
    texts.iter().map(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sets, each with its texts joined by `|`.
    fn sets(expression: &str) -> Vec<String> {
        let join = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join("|");
        required(expression).iter().map(join).collect()
    }

    #[test]
    fn a_text_must_contain_what_every_match_contains() {
        for (expression, expected) in [
            ("lidar", &["lidar"][..]),
            ("Lidar-Camera", &["camera"]),
            ("l[ia]dar.*came", &["ladar|lidar", "came"]),
            ("risk", &["risk"]),
            (r"\bgpt-?[45]\b", &["gpt", "4|5"]),
            ("(tesla|ford) motor", &["motor"]),
            ("tesla.*s|ford", &["ford|tesla"]),
            ("(robot)+s", &["robot", "s"]),
            ("(robot)*s", &["s"]),
            ("robot|.*", &[]),
            ("[a-z]+", &[]),
            ("...", &[]),
            ("caf\u{e9}", &["cafe"]),
            ("(", &[]),
        ] {
            assert_eq!(sets(expression), expected, "{expression}");
        }
    }
}
