//! The order of fetching: as requests come, several at once, but never more than two per host.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Most requests at once.
pub const AT_ONCE: usize = 16;
/// Most results that wait to be taken: each may hold megabytes.
const WAITING: usize = 4;
/// Most requests to a host at once.
const PER_HOST: usize = 2;

/// Runs `work` on threads for the item of each host, given by its number, while `take` takes the
/// results. Nothing new starts once `stop` is set.
pub fn each<T: Send, R>(
    hosts: Vec<String>,
    stop: &AtomicBool,
    work: impl Fn(usize) -> T + Sync,
    take: impl FnOnce(Receiver<(usize, T)>) -> R,
) -> R {
    let threads = AT_ONCE.min(hosts.len());
    let queue = Queue::new(hosts);
    let (send, receive) = sync_channel(WAITING);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (send, queue, work) = (send.clone(), &queue, &work);
            scope.spawn(move || {
                while let Some(turn) = queue.next() {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let at = turn.index;
                    let brought = work(at);
                    drop(turn);
                    if send.send((at, brought)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        take(receive)
    })
}

/// What waits to be fetched.
#[derive(Debug)]
struct Queue {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug)]
struct State {
    /// What has not started: its number and host, in order.
    waiting: Vec<(usize, String)>,
    /// How many are under way at each host.
    busy: HashMap<String, usize>,
}

/// The right to fetch an item; dropping it frees the host.
#[derive(Debug)]
struct Turn<'a> {
    /// The number of the item.
    index: usize,
    host: String,
    queue: &'a Queue,
}

impl Queue {
    /// A queue of items at these hosts.
    fn new(hosts: Vec<String>) -> Self {
        let waiting = hosts.into_iter().enumerate().collect();
        Self {
            state: Mutex::new(State {
                waiting,
                busy: HashMap::new(),
            }),
            freed: Condvar::new(),
        }
    }

    /// The next item whose host is free; waits until one is. `None` if none is waiting.
    fn next(&self) -> Option<Turn<'_>> {
        let mut state = self.lock();
        loop {
            if state.waiting.is_empty() {
                return None;
            }
            let busy = &state.busy;
            let is_free =
                |(_, host): &(usize, String)| busy.get(host).copied().unwrap_or(0) < PER_HOST;
            if let Some(at) = state.waiting.iter().position(is_free) {
                let (index, host) = state.waiting.remove(at);
                *state.busy.entry(host.clone()).or_default() += 1;
                return Some(Turn {
                    index,
                    host,
                    queue: self,
                });
            }
            state = self
                .freed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(busy) = self.queue.lock().busy.get_mut(&self.host) {
            *busy = busy.saturating_sub(1);
        }
        self.queue.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(hosts: &[&str]) -> Queue {
        Queue::new(hosts.iter().map(|host| (*host).to_owned()).collect())
    }

    #[test]
    fn a_host_has_two_at_once() {
        let queue = queue(&["a", "a", "a", "b", "a"]);
        let first = queue.next().expect("a turn");
        let second = queue.next().expect("a turn");
        let other = queue.next().expect("a turn");
        assert_eq!([first.index, second.index, other.index], [0, 1, 3]);
        drop(second);
        let third = queue.next().expect("a turn");
        assert_eq!(third.index, 2);
        drop(first);
        assert_eq!(queue.next().expect("a turn").index, 4);
        assert!(queue.next().is_none());
    }

    #[test]
    fn who_waits_for_a_host_goes_on_when_it_is_free() {
        let queue = queue(&["a"; 50]);
        let seen = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while let Some(turn) = queue.next() {
                        let busy = queue.lock().busy.get("a").copied();
                        assert!(busy <= Some(PER_HOST), "{busy:?}");
                        seen.lock().expect("a list").push(turn.index);
                    }
                });
            }
        });
        let mut seen = seen.into_inner().expect("a list");
        seen.sort_unstable();
        assert_eq!(seen, (0..50).collect::<Vec<_>>());
    }
}
