//! A field whose values can be picked: its names, and the set of articles for each.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::names::NameTable;

/// The values of one field across the library. Clones share the sets until they change.
#[derive(Clone, Debug, Default)]
pub struct Facet {
    names: NameTable,
    articles: Vec<Arc<RoaringBitmap>>,
    /// What was recorded and is not yet in the sets: numbers of values, each with a row.
    recorded: Vec<(u32, u32)>,
}

impl Facet {
    /// Creates a facet from values whose articles are known, in the order of the names.
    pub fn new(names: NameTable, articles: Vec<RoaringBitmap>) -> Self {
        let articles = articles.into_iter().map(Arc::new).collect();
        Self {
            names,
            articles,
            recorded: Vec::new(),
        }
    }

    /// The number of a value; a new one if it has not been seen.
    pub fn intern(&mut self, name: &str) -> u32 {
        let number = self.names.intern(name);
        if self.articles.len() <= number as usize {
            self.articles.push(Arc::default());
        }
        number
    }

    /// Records that the article in this row has the value. [`Self::settle`] puts it into the set.
    pub fn record(&mut self, number: u32, row: u32) {
        self.recorded.push((number, row));
    }

    /// Puts what was recorded into the sets, those of one value at once: to look for the place of each
    /// takes several times as long as to append rows in order, as those of new articles are.
    pub fn settle(&mut self) {
        self.recorded.sort_unstable();
        self.recorded.dedup();
        for same in self.recorded.chunk_by(|one, other| one.0 == other.0) {
            let Some(set) = self.articles.get_mut(same[0].0 as usize) else {
                continue;
            };
            let (set, rows) = (Arc::make_mut(set), same.iter().map(|(_, row)| *row));
            if set.append(rows.clone()).is_err() {
                set.extend(rows);
            }
        }
        self.recorded.clear();
    }

    /// Records that the article in this row no longer has the value.
    pub fn remove(&mut self, number: u32, row: u32) {
        self.settle();
        if let Some(set) = self.articles.get_mut(number as usize) {
            Arc::make_mut(set).remove(row);
        }
    }

    /// Copies the sets to new places, each of the size that it needs.
    pub(super) fn compact(&mut self) {
        self.settle();
        self.recorded = Vec::new();
        for set in &mut self.articles {
            *set = Arc::new(RoaringBitmap::clone(set));
        }
    }

    pub fn name(&self, number: u32) -> &str {
        self.names.name(number)
    }

    /// All names; cheap to clone.
    pub fn names(&self) -> &NameTable {
        &self.names
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.names.number(name)
    }

    /// The rows of the articles that have the value; `None` if the number is not in use.
    pub fn articles(&self, number: u32) -> Option<&RoaringBitmap> {
        self.articles.get(number as usize).map(Arc::as_ref)
    }

    /// All values in use, by number.
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = u32> + use<> {
        0..self.names.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_into_the_sets_in_whatever_order_they_were_recorded() {
        let mut facet = Facet::default();
        let (ai, wind) = (facet.intern("AI"), facet.intern("Wind"));
        let mut record = |recorded: &[(u32, u32)]| {
            for (number, row) in recorded {
                facet.record(*number, *row);
            }
            facet.settle();
            [ai, wind].map(|number| {
                let rows = facet.articles(number).expect("a value");
                rows.iter().collect::<Vec<u32>>()
            })
        };
        assert_eq!(
            record(&[(ai, 4), (wind, 4), (ai, 5)]),
            [vec![4, 5], vec![4]]
        );
        let again = record(&[(wind, 7), (ai, 5), (ai, 2), (wind, 7), (ai, 9)]);
        assert_eq!(again, [vec![2, 4, 5, 9], vec![4, 7]]);
        facet.record(ai, 11);
        facet.remove(ai, 11);
        assert!(!facet.articles(ai).expect("a value").contains(11));
    }
}
