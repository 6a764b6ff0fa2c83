//! The order in which feeds are fetched: as they come, but never more than two of one host at once.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Most requests to a host at once.
const PER_HOST: usize = 2;

/// What waits to be fetched.
#[derive(Debug)]
pub struct Queue {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug)]
struct State {
    /// What has not begun: its number and host, in order.
    waiting: Vec<(usize, String)>,
    /// How many are under way at each host.
    busy: HashMap<String, usize>,
}

/// The right to fetch something; its host is free again when it is dropped.
#[derive(Debug)]
pub struct Turn<'a> {
    /// The number of what is to be fetched.
    pub index: usize,
    host: String,
    queue: &'a Queue,
}

impl Queue {
    /// A queue of things at these hosts.
    pub fn new(hosts: Vec<String>) -> Self {
        let waiting = hosts.into_iter().enumerate().collect();
        Self {
            state: Mutex::new(State {
                waiting,
                busy: HashMap::new(),
            }),
            freed: Condvar::new(),
        }
    }

    /// The next thing whose host is free; waits until one is. `None` if nothing waits any more.
    pub fn next(&self) -> Option<Turn<'_>> {
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
