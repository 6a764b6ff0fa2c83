//! Groups articles by page.

/// Articles by page, as ranks.
#[derive(Default)]
pub(super) struct ByPage(Vec<(u64, u32)>);

/// A page that more articles than this point to is not an article's own page.
const MOST: usize = 50;

impl ByPage {
    pub(super) fn new(mut pages: Vec<(u64, u32)>) -> Self {
        pages.sort_unstable();
        Self(pages)
    }

    /// The ranks of each page, in order.
    pub(super) fn groups(&self) -> impl Iterator<Item = impl Iterator<Item = u32>> {
        let groups = self.0.chunk_by(|one, other| one.0 == other.0);
        groups.filter(|group| group.len() <= MOST).map(ranks)
    }

    /// The ranks of a page, in order.
    pub(super) fn of(&self, page: u64) -> impl Iterator<Item = u32> {
        let from = self.0.partition_point(|(other, _)| *other < page);
        let rest = &self.0[from..];
        let count = rest.partition_point(|(other, _)| *other == page);
        ranks(if count <= MOST { &rest[..count] } else { &[] })
    }
}

fn ranks(group: &[(u64, u32)]) -> impl Iterator<Item = u32> {
    group.iter().map(|(_, rank)| *rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_a_page_are_in_order_unless_they_are_too_many() {
        let mut pages = vec![(7, 4), (5, 3), (7, 1)];
        pages.extend((0..MOST as u32 + 1).map(|rank| (6, rank)));
        let pages = ByPage::new(pages);
        let groups: Vec<Vec<u32>> = pages.groups().map(Iterator::collect).collect();
        assert_eq!(groups, [vec![3], vec![1, 4]]);
        let of = |page| pages.of(page).collect::<Vec<u32>>();
        assert_eq!((of(7), of(6), of(8)), (vec![1, 4], vec![], vec![]));
    }
}
