//! Spreads work on many items over all processors.

use std::thread;

/// The number of processors.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does the work for each item, one item per processor at a time; `None` once `cancelled`.
pub fn on_all_processors<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<R>> {
    let work = &work;
    let mut done = Vec::with_capacity(items.len());
    for items in items.chunks(processors()) {
        if cancelled() {
            return None;
        }
        thread::scope(|scope| {
            let threads: Vec<_> = items
                .iter()
                .map(|item| scope.spawn(move || work(item)))
                .collect();
            for thread in threads {
                match thread.join() {
                    Ok(result) => done.push(result),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
    }
    Some(done)
}

/// A share of the items for each processor.
pub fn shares<T>(items: &[T]) -> Vec<&[T]> {
    let share = items.len().div_ceil(processors()).max(1);
    items.chunks(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_until_cancelled() {
        let items: Vec<u32> = (0..100).collect();
        let double = |item: &u32| item * 2;
        let done = on_all_processors(&items, double, &|| false).expect("not cancelled");
        assert_eq!(done, items.iter().map(double).collect::<Vec<_>>());
        assert_eq!(on_all_processors(&items, double, &|| true), None);
        assert_eq!(shares(&items).concat(), items);
        assert!(shares(&items[..0]).is_empty());
    }
}
