//! Sorting results. The first page is needed at each keystroke, the rest a little later.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::bits::Bits;
use super::error::Cancelled;
use super::eval::title_set;
use super::expr::{Direction, Query, SortKey};
use super::fields::SortBy;
use super::search::Search;
use crate::format::fold::fold;
use crate::library::{ArticleId, Articles};
use crate::model::ListedNumber;

/// Returns the first `most` articles of a set in the query's order.
pub fn sorted(
    search: &Search<'_>,
    query: &Query,
    set: &RoaringBitmap,
    most: usize,
) -> Result<Vec<ArticleId>, Cancelled> {
    let keys = match query.sort.as_slice() {
        [] if query.wanted().is_empty() => NEWEST,
        [] => RELEVANT,
        keys => keys,
    };
    let rows = match keys {
        NEWEST => newest(search, set, most)?,
        RELEVANT => {
            let mut rows = Vec::new();
            for tier in tiers(search, query, set)? {
                rows.extend(newest(search, &tier, most - rows.len())?);
            }
            rows
        }
        keys => by_keys(search, query, keys, set, most)?,
    };
    Ok(rows.into_iter().map(ArticleId::from_row).collect())
}

const NEWEST: &[SortKey] = &[SortKey {
    by: SortBy::Date,
    direction: Direction::Reversed,
}];
const RELEVANT: &[SortKey] = &[SortKey {
    by: SortBy::Relevance,
    direction: Direction::Natural,
}];

/// Splits the set in three: all of the wanted words in the title, some of them, none.
fn tiers(
    search: &Search<'_>,
    query: &Query,
    set: &RoaringBitmap,
) -> Result<[RoaringBitmap; 3], Cancelled> {
    let mut every = set.clone();
    let mut any = RoaringBitmap::new();
    for pattern in query.wanted() {
        let titles = title_set(search, pattern, set)?;
        every &= &titles;
        any |= titles;
    }
    let none = set - &any;
    let some = any - &every;
    Ok([every, some, none])
}

fn newest(search: &Search<'_>, set: &RoaringBitmap, most: usize) -> Result<Vec<u32>, Cancelled> {
    let all = search.articles.len();
    let found = set.len() as usize;
    let is_known = search.index.len() == all;
    if most == 0 || found == 0 {
        return Ok(Vec::new());
    }
    // Walking down the newest rows looks at this many for each one that it finds.
    let walk = most.min(found).saturating_mul(all / found);
    if is_known && most < found && walk < found {
        let rows = search.index.newest(search.articles).iter().copied();
        return Ok(rows.filter(|row| set.contains(*row)).take(most).collect());
    }
    if is_known && most >= found && found > all / 8 {
        search.go_on()?;
        let bits = Bits::from(set);
        let rows = search.index.newest(search.articles).iter().copied();
        return Ok(rows.filter(|row| bits.contains(*row)).collect());
    }
    let key = |row: u32| search.articles.newest_first(ArticleId::from_row(row));
    let mut rows: Vec<_> = set.iter().map(|row| (key(row), row)).collect();
    search.go_on()?;
    if most < rows.len() {
        rows.select_nth_unstable(most);
        rows.truncate(most);
    }
    rows.sort_unstable();
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// The sort value of a row. Lower comes first.
type KeyOf<'a> = Box<dyn Fn(u32) -> u64 + 'a>;

fn by_keys(
    search: &Search<'_>,
    query: &Query,
    keys: &[SortKey],
    set: &RoaringBitmap,
    most: usize,
) -> Result<Vec<u32>, Cancelled> {
    let keys = keys
        .iter()
        .map(|key| key_of(search, query, *key, set))
        .collect::<Result<Vec<_>, _>>()?;
    let Some((first, others)) = keys.split_first() else {
        return newest(search, set, most);
    };
    let (sooner, last) = first_by(first, set, most);
    search.go_on()?;
    let mut rows = newest(search, &sooner, usize::MAX)?;
    sort_all(&mut rows, &keys);
    let left = most.saturating_sub(rows.len());
    rows.extend(match others {
        [] => newest(search, &last, left)?,
        others => {
            let mut last = newest(search, &last, usize::MAX)?;
            sort_all(&mut last, others);
            last.truncate(left);
            last
        }
    });
    Ok(rows)
}

/// The rows that are among the first `most` of a set, whatever else they are sorted by, and those with the same
/// value as the last of these.
fn first_by(key: &KeyOf<'_>, set: &RoaringBitmap, most: usize) -> (RoaringBitmap, RoaringBitmap) {
    let Some(last) = most.checked_sub(1).filter(|_| (most as u64) < set.len()) else {
        return (set.clone(), RoaringBitmap::new());
    };
    let values: Vec<u64> = set.iter().map(key).collect();
    let last = *values.clone().select_nth_unstable(last).1;
    let those = |is_one: &dyn Fn(u64) -> bool| {
        let rows = set.iter().zip(&values).filter(|(_, value)| is_one(**value));
        rows.map(|(row, _)| row).collect()
    };
    (those(&|value| value < last), those(&|value| value == last))
}

/// Sorts by all keys, the first one first. What is equal stays in order.
fn sort_all(rows: &mut [u32], keys: &[KeyOf<'_>]) {
    for key in keys.iter().rev() {
        rows.sort_by_cached_key(|row| key(*row));
    }
}

fn key_of<'a>(
    search: &Search<'a>,
    query: &Query,
    key: SortKey,
    set: &RoaringBitmap,
) -> Result<KeyOf<'a>, Cancelled> {
    let articles = search.articles;
    let article = move |row: u32| articles.article(ArticleId::from_row(row));
    let way = key.direction;
    Ok(match key.by {
        SortBy::Date => Box::new(move |row| {
            let moment = article(row).published_at();
            ordered(moment.map(|moment| moment.at.as_second() as f64), way)
        }),
        SortBy::Quality => by_number(search, ListedNumber::Quality, way),
        SortBy::Heat => by_number(search, ListedNumber::Heat, way),
        SortBy::Length => Box::new(move |row| ordered(article(row).length().map(f64::from), way)),
        SortBy::Words => Box::new(move |row| {
            let words = Some(article(row).words_about()).filter(|words| *words > 0);
            ordered(words.map(f64::from), way)
        }),
        SortBy::Provider => by_provider(articles, way),
        SortBy::Title if search.index.len() == articles.len() => {
            let ranks = search.index.title_ranks(articles);
            Box::new(move |row| ordered(ranks.get(row as usize).map(|rank| f64::from(*rank)), way))
        }
        SortBy::Title => {
            let ranks = ranks(set.iter().map(|row| (fold(&article(row).title()), row)));
            Box::new(move |row| ordered(ranks.get(&row).map(|rank| f64::from(*rank)), way))
        }
        SortBy::Relevance => {
            let tiers = tiers(search, query, set)?;
            Box::new(move |row| {
                let tier = tiers.iter().position(|tier| tier.contains(row));
                ordered(tier.map(|tier| tier as f64), way)
            })
        }
    })
}

fn by_number<'a>(search: &Search<'a>, field: ListedNumber, way: Direction) -> KeyOf<'a> {
    let (articles, index, from) = (search.articles, search.index, search.origin());
    Box::new(move |row| {
        let number = match index.at(row) {
            Some((segment, at)) => segment.number(field, at, from),
            None => {
                let number = articles.article(ArticleId::from_row(row)).number(field);
                number.map(|number| number as f64)
            }
        };
        ordered(number, way)
    })
}

fn by_provider(articles: &Articles, way: Direction) -> KeyOf<'_> {
    let facet = articles.providers();
    let names = facet
        .numbers()
        .map(|number| (fold(facet.name(number)), number));
    let ranks = ranks(names);
    Box::new(move |row| {
        let provider = articles.article(ArticleId::from_row(row)).provider_number();
        let has_name = !facet.name(provider).is_empty();
        let rank = ranks.get(&provider).map(|rank| f64::from(*rank));
        ordered(rank.filter(|_| has_name), way)
    })
}

/// The rank of each row by its text; equal texts have equal ranks.
fn ranks(texts: impl Iterator<Item = (String, u32)>) -> HashMap<u32, u32> {
    let mut texts: Vec<(String, u32)> = texts.collect();
    texts.sort_unstable();
    let mut rank = 0;
    let mut ranks = HashMap::with_capacity(texts.len());
    for (at, (text, number)) in texts.iter().enumerate() {
        if at > 0 && texts[at - 1].0 != *text {
            rank = at as u32;
        }
        ranks.insert(*number, rank);
    }
    ranks
}

/// Maps a number to an integer that sorts the same way; no number comes last in either direction.
fn ordered(number: Option<f64>, way: Direction) -> u64 {
    let Some(number) = number else {
        return u64::MAX;
    };
    let bits = number.to_bits();
    // The bits of floats with the same sign sort as they do; those of negative ones in reverse.
    let rising = match number.is_sign_negative() {
        true => !bits,
        false => bits | 1 << 63,
    };
    match way {
        Direction::Natural => rising,
        Direction::Reversed => !rising,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_either_way_and_nothing_comes_last() {
        let numbers = [-5e9, -1.0, 0.0, 0.5, 3.0, 5e9];
        let natural: Vec<u64> = numbers
            .iter()
            .map(|number| ordered(Some(*number), Direction::Natural))
            .collect();
        assert!(natural.is_sorted() && natural.iter().all(|key| *key < u64::MAX));
        let reversed: Vec<u64> = numbers
            .iter()
            .map(|number| ordered(Some(*number), Direction::Reversed))
            .collect();
        assert!(reversed.iter().rev().is_sorted());
        assert!(reversed.iter().all(|key| *key < u64::MAX));
    }
}
