//! Where a query matches in a text on the screen, for highlighting. It looks at one text at a time,
//! and only at what is visible.

use std::ops::Range;

use super::expr::{Expr, Pattern, Query, Term};
use super::fields::TextField;
use super::text::{Matcher, Script, cut, tokens};
use crate::format::fold::fold_into;

/// What to highlight in texts. Made once per query.
#[derive(Clone, Debug, Default)]
pub struct Highlights(Vec<Matcher>);

impl Highlights {
    /// Everything a query wants in titles, excerpts and bodies; nothing that it excludes.
    pub fn new(query: &Query) -> Self {
        let mut patterns = Vec::new();
        if let Some(expr) = &query.expr {
            collect(expr, &mut patterns);
        }
        Self(patterns.into_iter().map(Matcher::new).collect())
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The matching bytes of a text, in order and without overlaps.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let mut found: Vec<Range<usize>> = self
            .0
            .iter()
            .flat_map(|matcher| folded.found(text, matcher))
            .filter(|range| !range.is_empty())
            .collect();
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in found {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        apart
    }
}

fn collect<'a>(expr: &'a Expr, patterns: &mut Vec<&'a Pattern>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            for part in parts {
                collect(part, patterns);
            }
        }
        Expr::Term(Term::Text(
            TextField::Anywhere | TextField::Title | TextField::Excerpt | TextField::Body,
            any,
        )) => patterns.extend(any),
        Expr::Not(_) | Expr::Term(_) => {}
    }
}

/// A text folded character by character, so that each byte can be traced back to a character.
struct Folded {
    text: String,
    /// For each byte, the character it comes from.
    from: Vec<Range<usize>>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            from: Vec::with_capacity(text.len()),
        };
        let mut sign_folded = String::new();
        for (at, sign) in text.char_indices() {
            let range = at..at + sign.len_utf8();
            fold_into(&text[range.clone()], &mut sign_folded);
            let is_second_blank = sign_folded == " " && folded.text.ends_with(' ');
            if is_second_blank {
                continue;
            }
            if sign_folded.is_empty()
                && let Some(last) = folded.from.last_mut()
            {
                // A standalone accent belongs to the letter before it.
                last.end = range.end;
            }
            folded.text.push_str(&sign_folded);
            folded.from.resize(folded.text.len(), range);
        }
        folded
    }

    fn found(&self, text: &str, matcher: &Matcher) -> Vec<Range<usize>> {
        match matcher {
            Matcher::Needle(needle) => needle
                .places(&self.text)
                .filter_map(|at| self.source(at))
                .collect(),
            Matcher::Alike(alike) => tokens(&self.text)
                .filter(|token| token.script == Script::Spaced && alike.is_like(cut(token.text)))
                .filter_map(|token| self.source(token.at..token.at + token.text.len()))
                .collect(),
            Matcher::Regex(regex) => regex
                .compiled
                .find_iter(text)
                .map(|found| found.range())
                .collect(),
            Matcher::Whole(_) => Vec::new(),
        }
    }

    /// Where folded bytes come from in the text.
    fn source(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.from.get(range.start)?;
        let last = self.from.get(range.end.checked_sub(1)?)?;
        Some(first.start..last.end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::parse;

    fn seen<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        let highlights = Highlights::new(&parse(query).expect(query));
        let ranges = highlights.ranges(text).into_iter();
        ranges.map(|range| &text[range]).collect()
    }

    #[test]
    fn what_was_looked_for_is_seen_as_it_is_written() {
        for (query, text, expected) in [
            ("lid", "Lidar, solid and LIDAR", &["Lid", "LID"][..]),
            ("\"lid\"", "Lidar, solid", &["Lid", "lid"]),
            (
                "resume",
                "Re\u{301}sume\u{301} Résumé",
                &["Re\u{301}sume\u{301}", "Résumé"],
            ),
            ("\"a b\"", "A \t B", &["A \t B"]),
            ("strasse", "Straße", &["Straße"]),
            ("שלום", "שָׁלוֹם עוֹלָם", &["שָׁלוֹם"]),
            ("zerowidth", "a zero·width", &["zero·width"]),
            ("zerowidth", "zero\u{200b}width", &["zero\u{200b}width"]),
            ("محمد", "مُحَمَّد", &["مُحَمَّد"]),
            ("/l.d/", "a lid", &["lid"]),
            ("~lidr", "new lidar!", &["lidar"]),
            ("lida idar", "lidar", &["lida"]),
            ("lida \"dar\"", "lidar", &["lidar"]),
            ("学习", "机器学习", &["学习"]),
            ("-lidar topic:lidar", "lidar", &[]),
            ("(a OR title:b)", "a b", &["a", "b"]),
        ] {
            assert_eq!(seen(query, text), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn ranges_are_of_whole_signs_and_apart(text in ".{0,40}", wanted in ".{1,3}") {
            let expr = Expr::Term(Term::Text(TextField::Anywhere, vec![Pattern::Phrase(wanted)]));
            let query = Query { expr: Some(expr), sort: Vec::new() };
            let ranges = Highlights::new(&query).ranges(&text);
            prop_assert!(ranges.iter().all(|range| text.get(range.clone()).is_some()));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
