//! Spreads work on many items over all processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The number of processors.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does the work for each item, on a thread for each processor, which takes the next item when it is done with
/// one; `None` once `cancelled`. What takes longest had better come first.
pub fn on_all_processors<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<R>> {
    // Asking for the number of processors takes longer than some keystrokes.
    if items.is_empty() {
        return Some(Vec::new());
    }
    let unless_cancelled = |item: &T| (!cancelled()).then(|| work(item));
    let done = on_threads(processors(), items, unless_cancelled);
    done.into_iter().collect()
}

/// Does the work for each item on up to this many threads, this one included. If the system has no more
/// threads, on fewer.
pub fn on_threads<T: Sync, R: Send>(
    most: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let one_by_one = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match items.get(at) {
                Some(item) => done.push((at, work(item))),
                None => return done,
            }
        }
    };
    let mut done = thread::scope(|scope| {
        let start = |_| thread::Builder::new().spawn_scoped(scope, one_by_one).ok();
        let others: Vec<_> = (1..most.min(items.len())).map_while(start).collect();
        let mut done = one_by_one();
        for thread in others {
            match thread.join() {
                Ok(results) => done.extend(results),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
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
        assert_eq!(on_threads(7, &items, double), done);
        assert!(on_threads(7, &items[..0], double).is_empty());
        assert_eq!(shares(&items).concat(), items);
        assert!(shares(&items[..0]).is_empty());
    }
}
