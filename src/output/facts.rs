//! What is known about an article, in a line.

use jiff::Timestamp;

use crate::library::Shown;
use crate::model::ListedName;

/// Who published it, when, what kind it is, and what its site does with it.
pub fn facts(shown: &Shown) -> String {
    let article = &shown.article;
    let day = article
        .published_at
        .map(|moment| moment.at.strftime("%-d %b %Y").to_string());
    let facts = [
        Some(article.provider.label().to_owned()),
        day,
        article.listed[ListedName::Kind].clone(),
        Some(article.topics.join(", ")),
    ];
    let publication = shown.ruling.words(Timestamp::now());
    let facts: Vec<String> = facts
        .into_iter()
        .flatten()
        .chain(publication)
        .filter(|fact| !fact.is_empty())
        .collect();
    facts.join(" · ")
}
