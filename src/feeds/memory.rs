//! What is remembered about feeds between fetches: when they are due, and what their servers said.
//! It may be lost: everything is then fetched again, and nothing is written twice.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::outcome::has_moved;
use crate::format::date;
use crate::model::Moment;

/// The name of its file in the cache folder.
pub const FILE: &str = "feeds.json";

/// How often a feed is due if it does not say.
const INTERVAL: SignedDuration = SignedDuration::from_mins(30);
/// The longest interval: a feed that asks for a longer one is still fetched this often.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// How far clocks may differ: the cache can be shared by machines.
const SLACK: SignedDuration = SignedDuration::from_mins(10);
/// How long to back off after a failure, doubled with each further one.
const BACK_OFF: SignedDuration = SignedDuration::from_mins(15);
/// Most sentences remembered about a feed.
const NOTES: usize = 20;

/// All feeds, by their addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    #[serde(default)]
    pub feeds: BTreeMap<String, Remembered>,
}

/// What is remembered about a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// The hash of its last document, with the version of the program that read it.
    pub hash: Option<u64>,
    /// When it was last fetched.
    pub fetched: Option<Timestamp>,
    pub due: Option<Timestamp>,
    /// How long its last document asks to be left alone, in minutes.
    pub ttl: Option<u32>,
    /// The hours of the day, in UTC, in which it says that it does not change.
    pub skip_hours: Vec<u8>,
    /// How many fetches have failed in a row.
    pub failures: u32,
    /// Why the last one failed.
    pub error: Option<String>,
    /// How many articles the last fetch brought.
    pub new: usize,
    /// Where it has moved for good.
    pub moved: Option<String>,
    /// What else there was to report since its document last changed, one sentence each.
    pub notes: Vec<String>,
}

/// How long to leave a feed alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intervals {
    /// As a person set it.
    pub every: Option<SignedDuration>,
    /// As its server says (`Cache-Control`).
    pub fresh: Option<SignedDuration>,
    /// As it says itself, in minutes.
    pub ttl: Option<u32>,
    /// Hours of the day, in UTC, in which it does not change.
    pub skip_hours: Vec<u8>,
}

impl Memory {
    /// Loads what a folder holds; nothing if that cannot be read.
    pub fn load(folder: Option<&Path>) -> Self {
        let text = folder.and_then(|folder| fs::read(folder.join(FILE)).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    /// Saves it. A power cut may lose it, but never leaves half of it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.persist(folder.join(FILE))
            .map_err(|refused| refused.error)?;
        Ok(())
    }
}

impl Remembered {
    /// Whether it is time to fetch it. Also if it was fetched in the future: the clock was wrong then, and
    /// it could be due in years.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let is_from_the_future = self.fetched.is_some_and(|fetched| fetched > now + SLACK);
        is_from_the_future || self.due.is_none_or(|due| due <= now)
    }

    /// [`summary`](Self::summary) and [`more`](Self::more) on one line.
    pub fn state(&self, now: Timestamp) -> String {
        let said: Vec<String> = [self.summary(now)].into_iter().chain(self.more()).collect();
        said.join("; ")
    }

    /// What else there is to report, one sentence each.
    pub fn more(&self) -> impl Iterator<Item = String> {
        let moved = self.moved.as_deref().map(has_moved);
        self.notes.iter().cloned().chain(moved)
    }

    /// Adds to what there is to report.
    pub fn note(&mut self, sentences: impl IntoIterator<Item = String>) {
        for sentence in sentences {
            if self.notes.len() < NOTES && !self.notes.contains(&sentence) {
                self.notes.push(sentence);
            }
        }
    }

    /// `2 h ago, 3 new`, or why it failed.
    pub fn summary(&self, now: Timestamp) -> String {
        let Some(fetched) = self.fetched else {
            return "never fetched".to_owned();
        };
        let ago = date::relative(Moment::instant(fetched), now, &TimeZone::UTC);
        match (&self.error, self.new) {
            (Some(error), _) => format!("{ago}, failed: {error}"),
            (None, 0) => format!("{ago}, nothing new"),
            (None, new) => format!("{ago}, {new} new"),
        }
    }

    /// Makes the next request fetch the document even if it has not changed.
    pub fn forget_document(&mut self) {
        (self.etag, self.modified, self.hash) = (None, None, None);
    }

    /// Records a successful fetch, and when the next one is due.
    pub fn went_well(&mut self, wanted: &Intervals, now: Timestamp) {
        self.fetched = Some(now);
        self.failures = 0;
        self.error = None;
        self.due = now.checked_add(wanted.interval()).ok();
        (self.ttl, self.skip_hours) = (wanted.ttl, wanted.skip_hours.clone());
        if wanted.every.is_some() {
            return;
        }
        for _ in 0..24 {
            let hour = self
                .due
                .map(|due| due.as_second().rem_euclid(86_400) / 3_600);
            let skips = |hour: i64| {
                wanted
                    .skip_hours
                    .iter()
                    .any(|skip| i64::from(*skip) == hour)
            };
            if !hour.is_some_and(skips) {
                break;
            }
            self.due = self
                .due
                .and_then(|due| due.checked_add(SignedDuration::from_hours(1)).ok());
        }
    }

    /// Records a failed fetch. `after` is when its server wants to be asked again.
    pub fn failed(&mut self, error: String, after: Option<SignedDuration>, now: Timestamp) {
        self.fetched = Some(now);
        self.new = 0;
        self.error = Some(error);
        let doubled = BACK_OFF.saturating_mul(1 << self.failures.min(7));
        self.failures = self.failures.saturating_add(1);
        let wait = doubled.min(LONGEST).max(after.unwrap_or_default());
        self.due = now.checked_add(wait).ok();
    }
}

impl Intervals {
    fn interval(&self) -> SignedDuration {
        if let Some(every) = self.every {
            return every;
        }
        let ttl = self
            .ttl
            .map(|minutes| SignedDuration::from_mins(minutes.into()));
        let asked = [ttl, self.fresh]
            .into_iter()
            .flatten()
            .max()
            .unwrap_or_default();
        asked.clamp(INTERVAL, LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-03-05T10:00:00Z".parse().expect("a time")
    }

    fn due_after(wanted: &Intervals) -> String {
        let mut feed = Remembered::default();
        feed.went_well(wanted, now());
        feed.due.expect("a time").to_string()
    }

    #[test]
    fn a_feed_is_due_as_it_asks_within_reason() {
        let fresh = |minutes| Some(SignedDuration::from_mins(minutes));
        let wanted = |every, fresh, ttl, skip_hours: &[u8]| Intervals {
            every,
            fresh,
            ttl,
            skip_hours: skip_hours.to_vec(),
        };
        for (wanted, due) in [
            (Intervals::default(), "2026-03-05T10:30:00Z"),
            (wanted(None, fresh(1), Some(1), &[]), "2026-03-05T10:30:00Z"),
            (
                wanted(None, fresh(120), Some(60), &[]),
                "2026-03-05T12:00:00Z",
            ),
            (
                wanted(None, None, Some(1_000_000), &[]),
                "2026-03-06T10:00:00Z",
            ),
            (
                wanted(fresh(5), fresh(120), Some(60), &[]),
                "2026-03-05T10:05:00Z",
            ),
            (wanted(None, None, None, &[10, 11]), "2026-03-05T12:30:00Z"),
            (
                wanted(fresh(5), None, None, &[10, 11]),
                "2026-03-05T10:05:00Z",
            ),
        ] {
            assert_eq!(due_after(&wanted), due, "{wanted:?}");
        }
        let always: Vec<u8> = (0..24).collect();
        assert_eq!(
            due_after(&wanted(None, None, None, &always)),
            "2026-03-06T10:30:00Z"
        );
    }

    #[test]
    fn failures_make_it_wait_longer_each_time() {
        let mut feed = Remembered::default();
        assert!(feed.is_due(now()));
        let mut waits = Vec::new();
        for _ in 0..9 {
            feed.failed("no".into(), None, now());
            waits.push(feed.due.expect("a time").duration_since(now()).as_mins());
        }
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 960, 1_440, 1_440]);
        feed.failed("no".into(), Some(SignedDuration::from_hours(48)), now());
        assert_eq!(
            feed.due.expect("a time").duration_since(now()).as_hours(),
            48
        );
        assert!(!feed.is_due(now()));
        feed.went_well(&Intervals::default(), now());
        assert_eq!((feed.failures, feed.error), (0, None));
    }

    #[test]
    fn what_a_wrong_clock_put_off_for_years_is_due() {
        let mut feed = Remembered::default();
        let intervals = Intervals::default();
        feed.went_well(&intervals, now() + SignedDuration::from_hours(40_000));
        assert!(feed.is_due(now()));
        feed.went_well(&intervals, now() + SignedDuration::from_secs(30));
        assert!(!feed.is_due(now()));
    }

    #[test]
    fn what_there_is_to_say_of_a_feed_is_on_its_line() {
        let mut feed = Remembered::default();
        feed.went_well(&Intervals::default(), now());
        feed.new = 2;
        assert_eq!(feed.state(now()), "just now, 2 new");
        feed.note(["one".to_owned(), "one".to_owned()]);
        feed.moved = Some("https://b.example".to_owned());
        assert_eq!(
            feed.state(now()),
            "just now, 2 new; one; it has moved to https://b.example; `newsdesk feeds move` saves \
             the new address"
        );
        feed.note((0..100).map(|it| it.to_string()));
        assert_eq!(feed.notes.len(), NOTES);
    }

    #[test]
    fn what_is_remembered_may_be_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut memory = Memory::default();
        memory
            .feeds
            .insert("https://a.example".into(), Remembered::default());
        memory.save(folder.path()).expect("saved");
        assert_eq!(Memory::load(Some(folder.path())), memory);
        fs::write(folder.path().join(FILE), "{").expect("a file");
        assert_eq!(Memory::load(Some(folder.path())), Memory::default());
    }
}
