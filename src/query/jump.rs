//! Fuzzy finding: articles by title or provider, topics and providers, from a few letters in order.
//! Slower than a query, which has an index; meant for going to a single place.

use std::ops::Range;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::error::Cancelled;
use super::facet_field::FacetField;
use crate::library::{ArticleId, Articles, Facet};

/// How many items to look at between two checks for cancellation.
const BETWEEN: usize = 2_000;

/// What to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    Article,
    Topic,
    Provider,
}

/// Where to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    Article(ArticleId),
    Value(FacetField, String),
}

/// A hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub goal: Goal,
    /// The text that was matched: a name, or title and provider.
    pub text: String,
    /// The bytes of it that match what was typed.
    pub typed: Vec<Range<usize>>,
    /// How many articles have it, if it is a value.
    pub count: Option<u64>,
}

/// Returns the best `most` hits for what was typed; if nothing was typed, those with the most
/// articles, or the newest.
///
/// # Errors
/// If it is cancelled.
pub fn jump(
    articles: &Articles,
    sought: Sought,
    typed: &str,
    most: usize,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Hit>, Cancelled> {
    let mut finder = Finder::new(typed);
    match sought {
        Sought::Article => finder.articles(articles, most, cancelled),
        Sought::Topic => Ok(finder.values(FacetField::Topic, articles.topics(), most)),
        Sought::Provider => Ok(finder.values(FacetField::Provider, articles.providers(), most)),
    }
}

/// Returns which of a few texts contain the typed letters, best first: the index of each, and the
/// matching bytes. If nothing was typed, all of them in order.
pub fn by_letters<'a>(
    typed: &str,
    texts: impl IntoIterator<Item = &'a str>,
) -> Vec<(usize, Vec<Range<usize>>)> {
    let mut finder = Finder::new(typed);
    let mut found: Vec<(u32, usize, &str)> = texts
        .into_iter()
        .enumerate()
        .filter_map(|(at, text)| Some((finder.score(text)?, at, text)))
        .collect();
    found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let found = found.into_iter();
    found
        .map(|(_, at, text)| (at, finder.typed(text)))
        .collect()
}

struct Finder {
    pattern: Pattern,
    matcher: Matcher,
    /// Buffer for the characters of a text.
    letters: Vec<char>,
}

impl Finder {
    fn new(typed: &str) -> Self {
        Self {
            pattern: Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart),
            matcher: Matcher::new(Config::DEFAULT),
            letters: Vec::new(),
        }
    }

    fn articles(
        &mut self,
        articles: &Articles,
        most: usize,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Hit>, Cancelled> {
        let mut found = Vec::new();
        let mut text = String::new();
        for (at, id) in articles.ids().enumerate() {
            if at % BETWEEN == 0 && cancelled() {
                return Err(Cancelled);
            }
            name(articles, id, &mut text);
            if let Some(score) = self.score(&text) {
                found.push((score, id));
            }
        }
        let order = |(score, id): &(u32, ArticleId)| {
            (std::cmp::Reverse(*score), articles.newest_first(*id))
        };
        if found.len() > most && most > 0 {
            found.select_nth_unstable_by_key(most - 1, order);
            found.truncate(most);
        }
        found.sort_unstable_by_key(order);
        let hit = |(_, id)| {
            let mut text = String::new();
            name(articles, id, &mut text);
            self.hit(Goal::Article(id), text, None)
        };
        Ok(found.into_iter().map(hit).collect())
    }

    fn values(&mut self, field: FacetField, facet: &Facet, most: usize) -> Vec<Hit> {
        let mut found: Vec<(u32, u64, &str)> = facet
            .numbers()
            .filter_map(|number| {
                let name = facet.name(number);
                let count = facet.articles(number)?.len();
                let score = self.score(name).filter(|_| count > 0 && !name.is_empty())?;
                Some((score, count, name))
            })
            .collect();
        found.sort_unstable_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(b.2)));
        found.truncate(most);
        let hit = |(_, count, name): (u32, u64, &str)| {
            let goal = Goal::Value(field, name.to_owned());
            self.hit(goal, name.to_owned(), Some(count))
        };
        found.into_iter().map(hit).collect()
    }

    fn score(&mut self, text: &str) -> Option<u32> {
        let text = Utf32Str::new(text, &mut self.letters);
        self.pattern.score(text, &mut self.matcher)
    }

    fn hit(&mut self, goal: Goal, text: String, count: Option<u64>) -> Hit {
        Hit {
            typed: self.typed(&text),
            goal,
            text,
            count,
        }
    }

    /// The bytes of a text that match what was typed.
    fn typed(&mut self, text: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let letters = Utf32Str::new(text, &mut self.letters);
        let _ = self
            .pattern
            .indices(letters, &mut self.matcher, &mut places);
        places.sort_unstable();
        places.dedup();
        bytes(text, &places)
    }
}

/// The text by which an article is found.
fn name(articles: &Articles, id: ArticleId, text: &mut String) {
    let article = articles.article(id);
    article.read_title(text);
    if !article.provider().is_empty() {
        text.push_str("  ");
        text.push_str(article.provider());
    }
}

/// The bytes of the characters with these indices. The matcher counts grapheme clusters.
fn bytes(text: &str, places: &[u32]) -> Vec<Range<usize>> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut places = places.iter().peekable();
    for (number, (at, sign)) in text.grapheme_indices(true).enumerate() {
        if places.next_if(|place| **place as usize == number).is_none() {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last.end == at => last.end = at + sign.len(),
            _ => ranges.push(at..at + sign.len()),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::sample_library;

    fn found(sought: Sought, typed: &str) -> Vec<Hit> {
        let library = sample_library();
        jump(library.articles(), sought, typed, 5, &|| false).expect("nobody cancels")
    }

    #[test]
    fn an_article_is_found_by_letters_of_its_title_and_provider() {
        let hits = found(Sought::Article, "radio amat orbit");
        assert!(hits[0].text.starts_with("Three Radio Amateurs"), "{hits:?}");
        let typed: Vec<&str> = hits[0]
            .typed
            .iter()
            .map(|it| &hits[0].text[it.clone()])
            .collect();
        assert!(
            typed.contains(&"Radio") && typed.contains(&"Orbit"),
            "{typed:?}"
        );
    }

    #[test]
    fn values_come_with_their_counts() {
        let hits = found(Sought::Topic, "robo");
        let goal = Goal::Value(FacetField::Topic, "Robotics".to_owned());
        assert_eq!((&hits[0].goal, hits[0].count), (&goal, Some(10)));
        assert!(found(Sought::Provider, "tideline")[0].count > Some(1));
        assert_eq!(found(Sought::Topic, "zzzz"), []);
    }

    #[test]
    fn with_nothing_typed_there_are_the_commonest_and_the_newest() {
        let counts: Vec<_> = found(Sought::Topic, "")
            .into_iter()
            .map(|it| it.count)
            .collect();
        assert!(
            counts.len() == 5 && counts.windows(2).all(|pair| pair[0] >= pair[1]),
            "{counts:?}"
        );
        assert_eq!(found(Sought::Article, "").len(), 5);
    }

    #[test]
    fn a_few_texts_are_ranked_by_their_letters() {
        let texts = ["undo", "undo the last undo", "redo"];
        let order = |typed: &str| -> Vec<usize> {
            by_letters(typed, texts)
                .into_iter()
                .map(|it| it.0)
                .collect()
        };
        assert_eq!(order(""), [0, 1, 2]);
        assert_eq!(order("rdo"), [2]);
        let (best, typed) = &by_letters("undo", texts)[0];
        assert_eq!((*best, &texts[*best][typed[0].clone()]), (0, "undo"));
        assert_eq!(order("zz"), [0; 0]);
    }

    #[test]
    fn a_search_that_is_not_wanted_any_more_ends() {
        let library = sample_library();
        let outcome = jump(library.articles(), Sought::Article, "a", 5, &|| true);
        assert_eq!(outcome, Err(Cancelled));
    }

    #[test]
    fn places_are_of_whole_letters() {
        let text = "e\u{301}a b";
        assert_eq!(bytes(text, &[0, 1, 3]), [0..4, 5..6]);
    }
}
