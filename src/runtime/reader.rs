//! The thread that reads the file of the article to be shown, of which only the newest request
//! matters.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use super::wake::Wake;
use crate::app::{Event, Sheet};
use crate::library::read_shown;

/// Reads the article to be shown. A request that has not been begun when a newer one comes is
/// dropped: holding a key down never queues up.
pub struct Reader {
    newest: Arc<Newest>,
}

#[derive(Default)]
struct Newest {
    request: Mutex<Option<(u64, PathBuf)>>,
    changed: Condvar,
}

impl Reader {
    /// Starts the thread; it ends with the process.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(events: Sender<Wake>) -> io::Result<Self> {
        let newest = Arc::new(Newest::default());
        let requests = Arc::clone(&newest);
        thread::Builder::new()
            .name("reader".to_owned())
            .spawn(move || {
                loop {
                    let (generation, path) = requests.wait();
                    let outcome = read_shown(&path).map(|shown| Arc::new(Sheet::of(*shown, &path)));
                    if events
                        .send(Wake::Event(Event::Shown {
                            generation,
                            outcome,
                        }))
                        .is_err()
                    {
                        return;
                    }
                }
            })?;
        Ok(Self { newest })
    }

    /// Asks for the file at `path`.
    pub fn ask(&self, generation: u64, path: PathBuf) {
        *self
            .newest
            .request
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some((generation, path));
        self.newest.changed.notify_one();
    }
}

impl Newest {
    fn wait(&self) -> (u64, PathBuf) {
        let mut request = self.request.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match request.take() {
                Some(asked) => return asked,
                None => {
                    request = self
                        .changed
                        .wait(request)
                        .unwrap_or_else(PoisonError::into_inner)
                }
            }
        }
    }
}
