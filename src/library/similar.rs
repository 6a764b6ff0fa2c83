//! Similar articles: those that share topics with one.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::{ArticleId, Library};

/// Topics with more articles than this say little about what two articles have in common; they are
/// ignored if there is a rarer one.
const COMMON: u64 = 20_000;

impl Library {
    /// The articles that share the most topics with `id`, then the nearest in time; at most `most`.
    pub fn similar(&self, id: ArticleId, most: usize) -> Vec<ArticleId> {
        let article = self.article(id);
        let mut sets: Vec<_> = article
            .topic_numbers()
            .iter()
            .filter_map(|topic| self.topics().articles(*topic))
            .collect();
        sets.sort_by_key(|set| set.len());
        let telling = sets
            .iter()
            .position(|set| set.len() > COMMON)
            .unwrap_or(sets.len())
            .max(1);
        sets.truncate(telling);
        let shared = counted(&sets, id);
        let least = least_of_first(&shared, most);
        let second = self.articles.published_second(id);
        let ranked = (0..).zip(shared).filter(|(_, count)| *count >= least);
        let mut ranked: Vec<_> = ranked
            .map(|(row, count)| {
                let other = ArticleId::from_row(row);
                let apart = self.articles.published_second(other).abs_diff(second);
                (Reverse(count), apart, self.article(other).key(), other)
            })
            .collect();
        if ranked.len() > most {
            ranked.select_nth_unstable(most);
            ranked.truncate(most);
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(.., other)| other).collect()
    }
}

/// For each row other than that of `id`, the number of sets that contain it. An article has few
/// topics.
fn counted(sets: &[&RoaringBitmap], id: ArticleId) -> Vec<u8> {
    let last = sets.iter().filter_map(|set| set.max()).max();
    let mut counts = vec![0_u8; last.map_or(0, |last| last as usize + 1)];
    for row in sets.iter().copied().flatten() {
        let count = &mut counts[row as usize];
        *count = count.saturating_add(1);
    }
    if let Some(own) = counts.get_mut(id.row() as usize) {
        *own = 0;
    }
    counts
}

/// The number of shared topics, at least one, below which no article is among the first `most`: the
/// dates of the others need not be looked up, which takes much longer than counting.
fn least_of_first(shared: &[u8], most: usize) -> u8 {
    let mut articles = [0_usize; 1 + u8::MAX as usize];
    for count in shared {
        articles[usize::from(*count)] += 1;
    }
    let mut found = 0;
    let is_enough = |count: &u8| {
        found += articles[usize::from(*count)];
        found >= most
    };
    (1..=u8::MAX).rev().find(is_enough).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::sample_library;

    #[test]
    fn the_first_few_are_the_first_of_all() {
        let library = sample_library();
        for id in library.ids() {
            let all = library.similar(id, usize::MAX);
            for most in [0, 1, 2, 5, 12] {
                let first = &all[..most.min(all.len())];
                assert_eq!(library.similar(id, most), first, "{most}");
            }
        }
    }

    #[test]
    fn most_shared_topics_first_then_nearest_in_time() {
        let library = sample_library();
        for id in library.ids() {
            let own = library.article(id).topic_numbers();
            let similar = library.similar(id, 12);
            assert!(!similar.contains(&id));
            let ranks: Vec<_> = similar
                .iter()
                .map(|other| {
                    let other = library.article(*other);
                    let shared = other
                        .topic_numbers()
                        .iter()
                        .filter(|topic| own.contains(topic))
                        .count();
                    let second = |article: super::super::ArticleRef<'_>| {
                        article
                            .published_at()
                            .map_or(i64::MIN, |moment| moment.at.as_second())
                    };
                    let apart = second(other).abs_diff(second(library.article(id)));
                    (std::cmp::Reverse(shared), apart)
                })
                .collect();
            assert!(ranks.is_sorted(), "{ranks:?}");
            assert!(ranks.iter().all(|(shared, _)| shared.0 > 0));
        }
    }
}
