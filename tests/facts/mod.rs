//! Everything that two libraries are compared by, regardless of the order of their articles.

use newsdesk::library::{FileCounts, Library};

/// All facts about a library.
pub fn facts(library: &Library) -> (FileCounts, Vec<String>) {
    let mut facts: Vec<String> = library
        .ids()
        .map(|id| {
            let article = library.article(id);
            let topics: Vec<&str> = article.topics().collect();
            let same_page = library
                .by_url(&article.original())
                .map(|id| library.article(id).path());
            format!(
                "{} {} {} {:?} {:?} {:?} {:?}",
                article.key(),
                article.path().display(),
                article.title(),
                topics,
                article.published_at(),
                article.listed(),
                same_page,
            )
        })
        .collect();
    for number in library.topics().numbers() {
        let count = library.topics().articles(number).map_or(0, |set| set.len());
        if count > 0 {
            facts.push(format!("topic {} {count}", library.topics().name(number)));
        }
    }
    facts.extend(
        library
            .diagnostics()
            .into_iter()
            .map(|diagnostic| format!("{diagnostic:?}")),
    );
    facts.extend(
        library
            .skipped()
            .map(|(path, skip)| format!("{} {skip:?}", path.display())),
    );
    facts.sort();
    (library.tally(), facts)
}
