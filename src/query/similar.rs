//! Similar articles: those that share words and topics. Rare ones count more (BM25), and so do
//! articles near in time. `library::stories` decides whether two articles tell the same story.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::error::Cancelled;
use super::text::{cut, tokens};
use super::word_runs::{WordRun, WordRuns};
use super::words::Words;
use crate::format::fold::fold;
use crate::library::{ArticleId, ArticleRef, Articles};

/// BM25's usual parameters (Robertson and Zaragoza, 2009): how soon repeating a word counts for
/// little, and how much less a long text counts.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// How much a word of the title and a topic count, compared with a word of the excerpt.
const TITLE: f32 = 2.0;
const TOPIC: f32 = 2.0;

/// An article of the same day counts this much more than one of another time, …
const NEAR: f32 = 0.5;
/// … and half of that at this distance, in seconds.
const HALF: f32 = 60.0 * 24.0 * 60.0 * 60.0;

/// What ties two articles: a topic, or two telling words. Without that, one is not similar to the
/// other, however many common words it shares.
const TIED: u8 = 2;

/// Maximum number of words named as a reason.
const WORDS: usize = 3;
/// Words that occur in more than this share of all articles tell nothing, …
const TELLING: f32 = 0.02;
/// … unless there are few articles: this many may have them.
const FEW: f32 = 3.0;

/// An article similar to another, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    pub article: ArticleId,
    /// How many topics both have.
    pub topics: usize,
    /// Telling words that both contain, rarest first; or else the names of their topics.
    pub words: Vec<String>,
}

/// A word of the article, and how much it counts.
struct Term<'a> {
    word: &'a str,
    field: Field,
    /// How rare it is, see [`rarity`].
    rarity: f32,
    /// Whether it is so rare that it tells something.
    is_telling: bool,
}

/// What each row is worth, and how strongly it is tied to the article.
struct Scores {
    worth: Vec<f32>,
    ties: Vec<u8>,
}

impl Scores {
    fn add(&mut self, row: usize, worth: f32, ties: u8) {
        self.worth[row] += worth;
        self.ties[row] = self.ties[row].saturating_add(ties);
    }
}

/// A text that similar articles share words with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    Excerpt,
}

impl Field {
    pub const ALL: [Field; 2] = [Field::Title, Field::Excerpt];

    fn weight(self) -> f32 {
        match self {
            Field::Title => TITLE,
            Field::Excerpt => 1.0,
        }
    }

    pub fn text(self, article: ArticleRef<'_>) -> Cow<'_, str> {
        match self {
            Field::Title => article.title(),
            Field::Excerpt => article.excerpt(),
        }
    }

    fn words(self, run: &WordRun) -> &Words {
        match self {
            Field::Title => &run.title,
            Field::Excerpt => &run.excerpt,
        }
    }
}

/// The different words of a folded text, in order, as they are indexed.
pub fn words_of(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = tokens(text).map(|it| cut(it.text)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The articles that are similar to `id`, the most similar first; at most `most`. `known` has to know
/// the words of that article; articles that it does not know are not found.
///
/// # Errors
/// If it is cancelled.
pub fn similar(
    articles: &Articles,
    known: &WordRuns,
    id: ArticleId,
    most: usize,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Similar>, Cancelled> {
    let article = articles.article(id);
    let texts = Field::ALL.map(|field| (field, fold(&field.text(article))));
    let terms: Vec<Term<'_>> = texts
        .iter()
        .flat_map(|(field, text)| terms(*field, text, known))
        .collect();
    let mut scores = Scores {
        worth: vec![0.0; known.len],
        ties: vec![0; known.len],
    };
    for run in &known.runs {
        if cancelled() {
            return Err(Cancelled);
        }
        for term in &terms {
            add(term, known, run, &mut scores);
        }
    }
    score_changed(articles, known, &terms, &mut scores);
    add_topics(articles, article, &mut scores);
    if cancelled() {
        return Err(Cancelled);
    }
    let found = best(articles, id, &scores, most);
    let telling = terms.iter().filter(|term| term.is_telling);
    let telling: HashMap<&str, f32> = telling.map(|term| (term.word, term.rarity)).collect();
    let reason = |id| reason(articles, article, id, &telling);
    Ok(found.into_iter().map(reason).collect())
}

/// The different words of a text, and how rare they are.
fn terms<'a>(field: Field, text: &'a str, known: &WordRuns) -> Vec<Term<'a>> {
    let all = known.len;
    let telling = rarity((all as f32 * TELLING).max(FEW) as usize, all);
    let with = |word: &str| -> usize {
        let runs = known.runs.iter();
        runs.map(|it| field.words(it).rows_with(word).len()).sum()
    };
    let term = |word: &'a str| {
        let rarity = rarity(with(word), all);
        let is_word = word.chars().any(char::is_alphabetic) && word.chars().count() > 2;
        Term {
            word,
            field,
            rarity,
            is_telling: is_word && rarity >= telling,
        }
    };
    words_of(text).into_iter().map(term).collect()
}

/// How much it means that two articles share something that `with` of `all` have.
fn rarity(with: usize, all: usize) -> f32 {
    let (with, all) = (with as f32, all.max(with) as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// Adds what a word is worth to the articles of a run that have it.
fn add(term: &Term<'_>, known: &WordRuns, run: &WordRun, scores: &mut Scores) {
    let words = term.field.words(run);
    let lengths = words.lengths(run.len);
    for at in words.rows_with(term.word) {
        let length = f32::from(lengths.of[usize::from(*at)]) / lengths.mean;
        let ties = u8::from(term.is_telling);
        scores.add(known.row(run, *at), worth(term, length), ties);
    }
}

/// How much a word counts in a text of this length, where 1 is the average.
fn worth(term: &Term<'_>, length: f32) -> f32 {
    let weight = term.field.weight() * term.rarity;
    weight * (K1 + 1.0) / (1.0 + K1 * (1.0 - B + B * length))
}

/// Scores the rows whose words have changed since they were collected.
fn score_changed(articles: &Articles, known: &WordRuns, terms: &[Term<'_>], scores: &mut Scores) {
    // Runs differ little in how long their texts are.
    let Some(run) = known.runs.first() else {
        return;
    };
    for row in &*known.stale {
        let at = row as usize;
        (scores.worth[at], scores.ties[at]) = (0.0, 0);
        for field in Field::ALL {
            let text = fold(&field.text(articles.article(ArticleId::from_row(row))));
            let words: HashSet<&str> = tokens(&text).map(|it| cut(it.text)).collect();
            let mean = field.words(run).lengths(run.len).mean;
            let is_said = |term: &&Term<'_>| term.field == field && words.contains(term.word);
            for term in terms.iter().filter(is_said) {
                let ties = u8::from(term.is_telling);
                scores.add(at, worth(term, words.len() as f32 / mean), ties);
            }
        }
    }
}

fn add_topics(articles: &Articles, article: ArticleRef<'_>, scores: &mut Scores) {
    let all = scores.worth.len();
    for topic in article.topic_numbers() {
        let Some(rows) = articles.topics().articles(topic) else {
            continue;
        };
        let worth = TOPIC * rarity(rows.len() as usize, all);
        let known = rows.range(0..all as u32);
        known.for_each(|row| scores.add(row as usize, worth, TIED));
    }
}

/// The rows with the highest scores, of those that are tied to the article. The nearer in time, the more
/// they count.
fn best(articles: &Articles, id: ArticleId, scores: &Scores, most: usize) -> Vec<ArticleId> {
    let own = articles.published_second(id);
    let mut found: Vec<(f32, u32)> = Vec::new();
    // The worst of those kept: most rows are not looked at any further.
    let mut worst = 0.0;
    let rows = (0..).zip(scores.worth.iter().zip(&scores.ties));
    for (row, (score, ties)) in rows {
        let other = ArticleId::from_row(row);
        let is_out = *ties < TIED || score * (1.0 + NEAR) <= worst;
        if is_out || other == id || articles.is_gone(other) {
            continue;
        }
        let apart = articles.published_second(other).abs_diff(own) as f32;
        let score = score * (1.0 + NEAR * HALF / (HALF + apart));
        if score <= worst {
            continue;
        }
        found.push((score, row));
        if found.len() > most * 4 {
            keep(&mut found, most);
            worst = found.last().map_or(0.0, |(score, _)| *score);
        }
    }
    keep(&mut found, most);
    let ids = found.into_iter().map(|(_, row)| ArticleId::from_row(row));
    ids.collect()
}

/// Sorts, and keeps the first `most`.
fn keep(found: &mut Vec<(f32, u32)>, most: usize) {
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(most);
}

/// Why one article is similar to another.
fn reason(
    articles: &Articles,
    own: ArticleRef<'_>,
    id: ArticleId,
    telling: &HashMap<&str, f32>,
) -> Similar {
    let article = articles.article(id);
    let own_topics: Vec<u32> = own.topic_numbers().collect();
    let shared = article.topics().zip(article.topic_numbers());
    let shared = shared.filter(|(_, number)| own_topics.contains(number));
    let topics: Vec<&str> = shared.map(|(name, _)| name).collect();
    let mut words: Vec<(f32, String)> = Vec::new();
    for field in Field::ALL {
        let text = fold(&field.text(article));
        for token in tokens(&text) {
            let word = cut(token.text);
            let is_new = !words.iter().any(|(_, it)| it == word);
            if let Some(worth) = telling.get(word).filter(|_| is_new) {
                words.push((*worth, word.to_owned()));
            }
        }
    }
    words.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
    if words.is_empty() {
        words = topics.iter().map(|name| (*name).to_owned()).collect();
    }
    words.truncate(WORDS);
    Similar {
        article: id,
        topics: topics.len(),
        words,
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::library::{Library, ReadDepth, Source};
    use crate::query::Index;

    fn library(files: &[(&str, &str, &str, u8)]) -> (tempfile::TempDir, Library) {
        let folder = tempfile::tempdir().expect("a folder");
        for (at, (title, excerpt, topics, day)) in files.iter().enumerate() {
            let text = format!(
                "---\ntitle: {title}\nexcerpt: {excerpt}\ntopics: [{topics}]\n\
                 publishedDateTime: 2026-11-{day:02}T10:00:00Z\n---\n"
            );
            std::fs::write(folder.path().join(format!("{at:02}.md")), text).expect("a file");
        }
        let source = Source::Roots(vec![folder.path().to_owned()], std::sync::Arc::default());
        (folder, Library::load(&source, ReadDepth::List))
    }

    fn known(articles: &Articles) -> WordRuns {
        let index = Index::default().extended(articles, &|| false);
        index.expect("nobody cancels").words()
    }

    fn named(library: &Library, title: &str) -> ArticleId {
        let mut ids = library.ids();
        ids.find(|id| library.article(*id).title() == title)
            .expect("an article")
    }

    /// The titles of the articles similar to one, with the reasons.
    fn similar_to(
        library: &Library,
        title: &str,
        most: usize,
    ) -> Vec<(String, usize, Vec<String>)> {
        let articles = library.articles();
        let found = similar(
            articles,
            &known(articles),
            named(library, title),
            most,
            &|| false,
        );
        let found = found.expect("nobody cancels").into_iter();
        found
            .map(|it| {
                let title = library.article(it.article).title().into_owned();
                (title, it.topics, it.words)
            })
            .collect()
    }

    const FILES: [(&str, &str, &str, u8); 6] = [
        (
            "Lidar sees in fog",
            "A sensor for perception in fog",
            "Sensors, Cars",
            20,
        ),
        (
            "Fog and lidar",
            "Perception through the weather",
            "Sensors, Cars",
            1,
        ),
        (
            "Lidar sees in the fog",
            "Perception again",
            "Sensors, Cars",
            19,
        ),
        ("A bank in the news", "The money of the bank", "Money", 20),
        ("Cars are sold", "The market in a month", "Cars", 18),
        ("The bank again", "A month of money", "Money", 2),
    ];

    #[test]
    fn rare_words_and_topics_count_and_are_the_reason() {
        let (_folder, library) = library(&FILES);
        let found = similar_to(&library, "Lidar sees in fog", 10);
        let titles: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(
            titles,
            ["Lidar sees in the fog", "Fog and lidar", "Cars are sold"]
        );
        assert_eq!((found[0].1, found[2].1), (2, 1));
        assert!(found[1].2.contains(&"lidar".to_owned()), "{found:?}");
        assert_eq!(found[2].2, ["Cars"], "where no words tell");
        assert!(
            !found.iter().any(|it| it.2.contains(&"in".to_owned())),
            "{found:?}"
        );
    }

    #[test]
    fn the_nearer_in_time_comes_first() {
        let same = ("Same words", "Exactly these", "One");
        let files = [1, 10, 28, 12].map(|day| (same.0, same.1, same.2, day));
        let (_folder, library) = library(&files);
        let by_day = |day: &str| {
            let mut ids = library.ids();
            let is_of = |id: &ArticleId| {
                let at = library.article(*id).published_at().expect("a date").at;
                at.to_string().contains(day)
            };
            ids.find(is_of).expect("an article")
        };
        let articles = library.articles();
        let found = similar(articles, &known(articles), by_day("-11-10"), 9, &|| false);
        let found: Vec<ArticleId> = found.expect("found").iter().map(|it| it.article).collect();
        assert_eq!(found, ["-11-12", "-11-01", "-11-28"].map(by_day));
    }

    #[test]
    fn the_first_few_are_the_first_of_all() {
        let library = crate::library::sample_library();
        let articles = library.articles();
        let known = known(articles);
        for id in library.ids() {
            let some = |most| similar(articles, &known, id, most, &|| false).expect("found");
            let all = some(1_000);
            assert!(!all.iter().any(|it| it.article == id));
            for most in [0, 1, 3, 12] {
                assert_eq!(some(most), all[..most.min(all.len())], "{most}");
            }
        }
    }

    #[test]
    fn nothing_in_common_is_not_similar_and_nothing_known_finds_nothing() {
        let (_folder, library) = library(&[
            ("One thing", "quite alone", "A", 1),
            ("Another", "somewhere else", "B", 2),
        ]);
        assert!(similar_to(&library, "One thing", 10).is_empty());
        let id = named(&library, "One thing");
        let found = similar(library.articles(), &WordRuns::default(), id, 10, &|| false);
        assert_eq!(found, Ok(Vec::new()));
        let stopped = similar(
            library.articles(),
            &known(library.articles()),
            id,
            10,
            &|| true,
        );
        assert_eq!(stopped, Err(Cancelled));
    }
}
