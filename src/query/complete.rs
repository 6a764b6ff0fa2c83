//! Completion in queries: the word at the cursor becomes a field name or an existing value, with
//! the number of articles that have it. History and commands are elsewhere.

use std::ops::Range;

use super::expr::Pattern;
use super::fields::{FACTS, FIELDS, PERIODS, QueryField, SORTS, THINGS, TextField, WordRow};
use super::marks::Marks;
use super::seen::SeenValues;
use super::text::{Anchor, Needle};
use super::way::META;
use crate::format::fold::fold;
use crate::library::{Articles, Facet};

/// Candidates that can replace a part of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes to replace, up to the cursor.
    pub at: Range<usize>,
    /// Most likely first.
    pub candidates: Vec<Candidate>,
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub text: String,
    /// How many articles have the value, if it is a value of articles.
    pub count: Option<u64>,
    /// What it means, if it is a word of the language.
    pub about: Option<&'static str>,
}

/// Where existing values come from.
#[derive(Clone, Copy, Debug)]
pub struct KnownValues<'a> {
    pub articles: &'a Articles,
    pub marks: &'a Marks,
    pub seen: &'a SeenValues,
}

/// Completes `text` at the byte offset `cursor`, with at most `most` candidates.
pub fn complete(text: &str, cursor: usize, existing: KnownValues<'_>, most: usize) -> Completion {
    let cursor = text.floor_char_boundary(cursor);
    let typed = &text[..cursor];
    let start = start_of_word(typed, |sign| {
        sign.is_whitespace() || matches!(sign, '(' | ')')
    });
    let start = start + usize::from(typed[start..].starts_with('-'));
    let word = &typed[start..];
    let field = word
        .split_once(':')
        .and_then(|(name, rest)| Some((name, QueryField::named(name)?, rest)));
    let (start, mut candidates) = match field {
        None => (start, fields(word, existing.articles)),
        Some((name, field, values)) => {
            let value = start_of_word(values, |sign| sign == ',');
            let start = cursor - values.len() + value;
            (start, of_field(field, name, &values[value..], existing))
        }
    };
    candidates.truncate(most);
    Completion {
        at: start..cursor,
        candidates,
    }
}

/// Where the last part of a text starts: after the last separator outside quotes.
fn start_of_word(text: &str, separates: fn(char) -> bool) -> usize {
    let mut start = 0;
    let mut quoted = false;
    for (at, sign) in text.char_indices() {
        if sign == '"' {
            quoted = !quoted;
        } else if separates(sign) && !quoted {
            start = at + sign.len_utf8();
        }
    }
    start
}

fn fields(typed: &str, articles: &Articles) -> Vec<Candidate> {
    let typed = typed.to_lowercase();
    if let Some(key) = typed.strip_prefix(META) {
        return keys_like(key, articles, ":");
    }
    let rows = FIELDS.iter().filter(|row| row.name.starts_with(&typed));
    rows.map(|row| Candidate {
        text: if row.field == QueryField::Meta {
            META.to_owned()
        } else {
            format!("{}:", row.name)
        },
        count: None,
        about: Some(row.about),
    })
    .collect()
}

/// The keys without a role that start as typed, most articles first. A key with blanks cannot be
/// written in a query.
fn keys_like(typed: &str, articles: &Articles, behind: &str) -> Vec<Candidate> {
    let is_writable = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
    let mut keys = articles.keys();
    keys.retain(|(key, _)| {
        key.to_lowercase().starts_with(typed) && !key.is_empty() && key.chars().all(is_writable)
    });
    keys.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let candidate = |(key, count): (&str, u64)| Candidate {
        text: format!("{META}{key}{behind}"),
        count: Some(count),
        about: None,
    };
    keys.into_iter().map(candidate).collect()
}

/// Values of a field that was typed as `name`.
fn of_field(
    field: QueryField,
    name: &str,
    typed: &str,
    existing: KnownValues<'_>,
) -> Vec<Candidate> {
    let KnownValues {
        articles,
        marks,
        seen,
    } = existing;
    let facet = |facet: &Facet| {
        let names = facet.numbers().filter_map(|number| {
            let count = facet.articles(number)?.len();
            Some((facet.name(number), count))
        });
        names_like(typed, names)
    };
    match field {
        QueryField::Is => words_like(typed, FACTS),
        QueryField::Has => match typed.to_lowercase().strip_prefix(META) {
            Some(key) => keys_like(key, articles, ""),
            None => words_like(typed, THINGS),
        },
        QueryField::Meta => names_like(typed, seen.of(name)),
        QueryField::Sort => {
            let sign = if typed.starts_with('-') { "-" } else { "" };
            let mut words = words_like(typed.trim_start_matches('-'), SORTS);
            for word in &mut words {
                word.text.insert_str(0, sign);
            }
            words
        }
        QueryField::Date(_) => {
            let mut words = words_like(typed, PERIODS);
            for word in &mut words {
                word.text = word.text.replace(' ', "-");
            }
            words
        }
        QueryField::Text(TextField::Provider) => facet(articles.providers()),
        QueryField::Text(TextField::Domain) => facet(articles.domains()),
        QueryField::Text(TextField::Topic) => facet(articles.topics()),
        QueryField::Text(TextField::Category) => facet(articles.categories()),
        QueryField::Text(TextField::Author) => facet(articles.authors()),
        QueryField::Text(TextField::Named(name)) => facet(articles.names(name)),
        QueryField::Text(TextField::Tag) => {
            let tags = marks.tags.iter();
            names_like(typed, tags.map(|(name, set)| (name.as_str(), set.len())))
        }
        QueryField::Text(_) | QueryField::Number(_) => Vec::new(),
    }
}

fn words_like<T>(typed: &str, table: &'static [WordRow<T>]) -> Vec<Candidate> {
    let typed = typed
        .trim_start_matches('"')
        .to_ascii_lowercase()
        .replace('-', " ");
    let rows = table
        .iter()
        .filter(|row| row.word.replace('-', " ").starts_with(&typed));
    rows.map(|row| Candidate {
        text: row.word.to_owned(),
        count: None,
        about: Some(row.about),
    })
    .collect()
}

/// Names with a word that starts as typed, most articles first.
fn names_like<'a>(typed: &str, names: impl Iterator<Item = (&'a str, u64)>) -> Vec<Candidate> {
    let typed = typed.trim_start_matches('=').trim_matches('"');
    let needle = Needle::new(typed, Anchor::Word);
    let mut found: Vec<(&str, u64)> = names
        .filter(|(name, count)| !name.is_empty() && *count > 0 && needle.is_in(&fold(name)))
        .collect();
    found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let candidate = |(name, count): (&str, u64)| Candidate {
        text: Pattern::Exact(name.to_owned()).to_string(),
        count: Some(count),
        about: None,
    };
    found.into_iter().map(candidate).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::library::{Library, ReadDepth, Source, sample_library};

    fn of(library: &Library) -> KnownValues<'_> {
        static NONE: LazyLock<(Marks, SeenValues)> = LazyLock::new(Default::default);
        KnownValues {
            articles: library.articles(),
            marks: &NONE.0,
            seen: &NONE.1,
        }
    }

    fn completed(text: &str) -> (String, Vec<String>) {
        let library = sample_library();
        let found = complete(text, text.len(), of(&library), 20);
        let texts = found.candidates.iter().map(|it| it.text.clone());
        (text[found.at].to_owned(), texts.collect())
    }

    #[test]
    fn fields_words_and_values() {
        let all = |text: &str| completed(text).1;
        assert_eq!(all("lidar pro"), ["provider:"]);
        assert_eq!(all("(-top"), ["topic:"]);
        assert_eq!(all("is:un"), ["unread", "unpublished", "unsaid"]);
        assert_eq!(all("sort:-da"), ["-date"]);
        assert_eq!(all("date:last"), ["last-week", "last-month", "last-year"]);
        assert_eq!(all("kind:vid"), ["=video"]);
        assert!(all("topic:").len() > 3);
        assert_eq!(all("quality:"), [""; 0]);
        assert_eq!(all("\"is:un"), [""; 0]);
    }

    #[test]
    fn keys_without_a_role_are_those_of_the_library() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, more) in [
            ("a", "layout: x\nlead_time: 1"),
            ("b", "Layout: y\nlayout: z"),
            ("c", "my key: x"),
        ] {
            let text = format!("---\ntitle: {name}\nbio: x\n{more}\n---\n");
            std::fs::write(folder.path().join(format!("{name}.md")), text).expect("a file");
        }
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a folder");
        let library = Library::load(&source, ReadDepth::List);
        let all = |text: &str| {
            let found = complete(text, text.len(), of(&library), 20);
            let texts = found.candidates.into_iter();
            texts.map(|it| (it.text, it.count)).collect::<Vec<_>>()
        };
        let keys = |names: [(&str, u64); 3]| {
            names
                .map(|(name, count)| (name.to_owned(), Some(count)))
                .to_vec()
        };
        assert_eq!(
            all("x -meta.l"),
            keys([
                ("meta.layout:", 2),
                ("meta.Layout:", 1),
                ("meta.lead_time:", 1)
            ])
        );
        assert_eq!(
            all("has:meta."),
            keys([
                ("meta.layout", 2),
                ("meta.Layout", 1),
                ("meta.lead_time", 1)
            ])
        );
        assert_eq!(all("met")[0].0, "meta.");
    }

    #[test]
    fn only_the_value_at_the_cursor_is_replaced() {
        assert_eq!(completed("topic:=AI,\"hea").0, "\"hea");
        assert_eq!(completed("a kind:=vi").0, "=vi");
        assert_eq!(completed("").0, "");
        assert_eq!(complete("é", 1, of(&sample_library()), 5).at, 0..0);
    }

    #[test]
    fn counts_are_those_of_the_library() {
        let library = sample_library();
        let found = complete("kind:", 5, of(&library), 20);
        let total: u64 = found.candidates.iter().filter_map(|it| it.count).sum();
        assert!(total <= library.len() as u64);
        let counts: Vec<_> = found.candidates.iter().map(|it| it.count).collect();
        assert!(counts.iter().rev().is_sorted());
    }
}
