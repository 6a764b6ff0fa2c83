//! The names of a facet, folded and concatenated, so that they are all searched at once. The names
//! themselves are in the library.

use super::text::Matcher;
use crate::format::fold::fold;
use crate::library::Facet;

/// Between names; occurs in no folded text.
const SEPARATOR: char = '\n';

/// The names of a facet that were known when it was made, by number.
#[derive(Clone, Debug, Default)]
pub struct FoldedNames {
    text: String,
    /// Where each name starts in the text, and the end.
    starts: Vec<u32>,
    /// The rank of each name.
    ranks: Vec<u32>,
}

impl FoldedNames {
    pub fn new(facet: &Facet) -> Self {
        let mut names = Self {
            text: String::from(SEPARATOR),
            ..Self::default()
        };
        for number in facet.numbers() {
            names.starts.push(names.text.len() as u32);
            names.text.push_str(&fold(facet.name(number)));
            names.text.push(SEPARATOR);
        }
        names.starts.push(names.text.len() as u32);
        let mut order: Vec<u32> = facet.numbers().collect();
        order.sort_unstable_by_key(|number| facet.name(*number));
        names.ranks = vec![0; order.len()];
        for (rank, number) in order.into_iter().enumerate() {
            names.ranks[number as usize] = rank as u32;
        }
        names
    }

    /// How many there are; their numbers are below it.
    pub fn len(&self) -> usize {
        self.ranks.len()
    }

    /// The rank of each name in alphabetical order.
    pub fn ranks(&self) -> &[u32] {
        &self.ranks
    }

    /// The numbers of the matching names, in order.
    pub fn matching(&self, facet: &Facet, matcher: &Matcher) -> Vec<u32> {
        if let Matcher::Needle(needle) = matcher {
            let places = needle.places(&self.text);
            let mut numbers: Vec<u32> = places.map(|place| self.number_at(place.start)).collect();
            numbers.dedup();
            return numbers;
        }
        let numbers = 0..self.len() as u32;
        numbers
            .filter(|number| matcher.matches_folded(facet.name(*number), self.name(*number)))
            .collect()
    }

    fn number_at(&self, place: usize) -> u32 {
        let next = self
            .starts
            .partition_point(|start| *start as usize <= place);
        next.saturating_sub(1) as u32
    }

    fn name(&self, number: u32) -> &str {
        let at = number as usize;
        &self.text[self.starts[at] as usize..self.starts[at + 1] as usize - SEPARATOR.len_utf8()]
    }
}
