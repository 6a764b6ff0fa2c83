//! Work that was requested and is not done yet, so that leaving can wait for it and an ending
//! process can name what was lost. The code that does the work holds its [`Task`] until it is done.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The register of work under way. Clones share it.
#[derive(Clone, Default)]
pub struct Underway(Arc<Register>);

#[derive(Default)]
struct Register {
    tasks: Mutex<Tasks>,
    changed: Condvar,
}

#[derive(Default)]
struct Tasks {
    begun: u64,
    labels: BTreeMap<u64, String>,
}

/// A piece of work. Drop it when the work is done, or has been reported as failed.
#[must_use = "dropping it says that it is done"]
pub struct Task {
    number: u64,
    underway: Underway,
}

impl Underway {
    /// Registers work. The label is for people: `decision: done, 12 articles`.
    pub fn begin(&self, label: String) -> Task {
        let mut tasks = self.tasks();
        tasks.begun += 1;
        let number = tasks.begun;
        tasks.labels.insert(number, label);
        Task {
            number,
            underway: self.clone(),
        }
    }

    /// Waits until all work is done, at most for `limit`. Returns the labels of what is unfinished,
    /// oldest first.
    pub fn wait(&self, limit: Duration) -> Vec<String> {
        let waited = self
            .0
            .changed
            .wait_timeout_while(self.tasks(), limit, |tasks| !tasks.labels.is_empty());
        let (tasks, _) = waited.unwrap_or_else(PoisonError::into_inner);
        tasks.labels.values().cloned().collect()
    }

    fn tasks(&self) -> MutexGuard<'_, Tasks> {
        self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.underway.tasks().labels.remove(&self.number);
        self.underway.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    #[test]
    fn what_is_not_done_is_named_in_order() {
        let underway = Underway::default();
        let first = underway.begin("first".to_owned());
        let second = underway.begin("second".to_owned());
        let third = underway.begin("third".to_owned());
        drop(second);
        assert_eq!(underway.wait(Duration::ZERO), ["first", "third"]);
        drop((first, third));
        assert_eq!(underway.wait(Duration::MAX), [""; 0]);
    }

    #[test]
    fn a_wait_ends_with_the_last_task() {
        let underway = Underway::default();
        let (sender, tasks) = channel::<Task>();
        let worker = thread::spawn(move || tasks.into_iter().for_each(drop));
        sender.send(underway.begin("one".to_owned())).expect("sent");
        sender.send(underway.begin("two".to_owned())).expect("sent");
        assert_eq!(underway.wait(Duration::from_secs(10)), [""; 0]);
        drop(sender);
        worker.join().expect("no panic");
    }
}
