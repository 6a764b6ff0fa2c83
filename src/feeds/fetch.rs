//! A fetch: requests the feeds that are due, several at once but few per host, and keeps what is
//! new. Requests and parsing run on threads of their own; only the caller's thread touches files
//! and the desk.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use jiff::Timestamp;
use xxhash_rust::xxh3::xxh3_64;

use super::archive::archive;
use super::article::{ArticleDraft, drafts};
use super::find;
use super::full_text::take_from_pages;
use super::http::{Http, HttpAnswer, HttpError, WebDocument};
use super::keeper::{KeepError, Keeper, KeptEntries};
use super::list::Feed;
use super::memory::{Intervals, Memory, Remembered};
use super::outcome::{Became, FeedOutcome, Totals};
use super::place::NoFolder;
use super::queue::{self, AT_ONCE};
use super::read::{self, Unread};
use super::request::request;
use crate::desk::SqliteDesk;
use crate::format::catching;
use crate::format::link::Link;

/// Most feeds that are synced together, and most bytes of their documents.
const TOGETHER: usize = 64;
const BYTES_TOGETHER: usize = 64 << 20;

/// A feed to fetch, and the folder for its articles.
#[derive(Clone, Debug)]
pub struct FeedJob {
    pub feed: Feed,
    pub folder: Result<PathBuf, NoFolder>,
}

/// Whether files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Keep,
    /// Nothing is written or remembered.
    DryRun,
}

/// Fetches feeds.
pub struct Fetch<'a> {
    pub http: &'a Http,
    pub desk: &'a mut SqliteDesk,
    pub memory: &'a mut Memory,
    pub mode: Mode,
    /// Whether an article's file is done with and may be archived.
    pub is_done_with: &'a dyn Fn(&Path) -> bool,
    /// Set this to stop; what was read by then is kept.
    pub stop: &'a AtomicBool,
}

impl Fetch<'_> {
    /// Fetches these feeds, and reports each as it finishes. A feed that cannot be kept counts as
    /// failed, and does not affect the others.
    pub fn run(&mut self, jobs: &[FeedJob], tell: &mut dyn FnMut(FeedOutcome)) -> Totals {
        let remembered: Vec<Remembered> = jobs.iter().map(|job| self.remembered(job)).collect();
        let hosts = jobs.iter().map(|job| host_of(&job.feed.url)).collect();
        let (http, stop) = (self.http, self.stop);
        let known: Vec<TextsFrom> = jobs.iter().map(|job| self.known(job)).collect();
        let asker = Asker { http, stop };
        let work = |at: usize| asker.ask(&jobs[at], &remembered[at], &known[at]);
        queue::each(hosts, stop, work, |brought| self.take(jobs, &brought, tell))
    }

    /// The entries that need no page, if the feed gets its texts from pages.
    fn known(&mut self, job: &FeedJob) -> TextsFrom {
        if !job.feed.full_text || self.mode == Mode::DryRun {
            return TextsFrom::AsTheFeedHasIt;
        }
        // If the desk cannot be read, that is reported when the entries are kept.
        let guids = self.desk.guids_of_feed(&job.feed.url);
        TextsFrom::WithPages(guids.unwrap_or_default())
    }

    /// Archives the old articles of a feed, and says so.
    fn archived(&mut self, job: &FeedJob, now: Timestamp) -> Option<String> {
        let (keep, folder) = (job.feed.stays()?, job.folder.as_ref().ok()?);
        let url = &job.feed.url;
        match archive(self.desk, url, folder, keep, now, self.is_done_with) {
            Ok(0) => None,
            Ok(1) => Some("1 article was moved into _archive".to_owned()),
            Ok(count) => Some(format!("{count} articles were moved into _archive")),
            Err(error) => Some(format!("not all could be moved into _archive: {error}")),
        }
    }

    fn remembered(&self, job: &FeedJob) -> Remembered {
        self.memory
            .feeds
            .get(&job.feed.url)
            .cloned()
            .unwrap_or_default()
    }

    /// Takes what has arrived: as much as is ready at once, so that it is synced together.
    fn take(
        &mut self,
        jobs: &[FeedJob],
        receive: &Receiver<(usize, Brought)>,
        tell: &mut dyn FnMut(FeedOutcome),
    ) -> Totals {
        let mut totals = Totals::default();
        let mut tell = |outcome: FeedOutcome| {
            totals.add(&outcome);
            tell(outcome);
        };
        while let Ok(first) = receive.recv() {
            let mut keeper = Keeper::new(self.desk);
            let mut batch = Vec::new();
            let mut bytes = 0;
            let mut next = Some(first);
            while let Some((at, brought)) = next {
                let kept = keep(&mut keeper, &jobs[at], &brought, self.mode);
                bytes += brought.bytes();
                batch.push((at, brought, kept));
                if batch.len() >= TOGETHER || bytes >= BYTES_TOGETHER {
                    break;
                }
                next = receive.try_recv().ok();
                if next.is_none() && batch.len() < AT_ONCE {
                    next = receive.recv_timeout(Duration::from_millis(2)).ok();
                }
            }
            let settled = keeper.settle().map_err(|error| error.to_string());
            for (at, brought, kept) in batch {
                let kept = settled.clone().and(kept);
                tell(self.conclude(&jobs[at], brought, kept));
            }
        }
        totals
    }

    /// Records how it went, and reports it.
    fn conclude(
        &mut self,
        job: &FeedJob,
        brought: Brought,
        kept: Result<KeptEntries, String>,
    ) -> FeedOutcome {
        let now = Timestamp::now();
        let mut remembered = self.remembered(job);
        let mut outcome = FeedOutcome {
            name: job.feed.label().to_owned(),
            url: job.feed.url.clone(),
            became: Became::Unchanged,
            notes: Vec::new(),
            moved: None,
        };
        match (brought, kept) {
            (Brought::Homeless(no_folder), _) => {
                // The list is at fault, not the server: the feed is due again at once.
                outcome.became = Became::Failed(no_folder.to_string());
                return outcome;
            }
            (Brought::Failed(failure), _) => {
                remembered.failed(failure.why.clone(), failure.after, now);
                outcome.became = Became::Failed(failure.why);
            }
            (_, Err(why)) => {
                // Some of it may have been kept.
                remembered.forget_document();
                remembered.failed(why.clone(), None, now);
                outcome.became = Became::Failed(why);
            }
            (Brought::Unchanged(wanted), Ok(_)) => {
                remembered.new = 0;
                remembered.went_well(&wanted, now);
            }
            (Brought::Drafts(news), Ok(kept)) => {
                self.learn(*news, kept, &mut remembered, &mut outcome, now);
            }
        }
        if self.mode == Mode::Keep {
            let archived = self.archived(job, now);
            remembered.note(archived.clone());
            outcome.notes.extend(archived);
            self.memory.feeds.insert(job.feed.url.clone(), remembered);
        }
        outcome
    }

    /// Takes over what a new document said and what became of its entries.
    fn learn(
        &self,
        news: News,
        kept: KeptEntries,
        remembered: &mut Remembered,
        outcome: &mut FeedOutcome,
        now: Timestamp,
    ) {
        outcome.notes = news.notes;
        outcome.notes.extend(kept.notes);
        outcome.moved = news.document.moved.map(|link| link.as_str().to_owned());
        let (new, updated) = (kept.new.len(), kept.updated.len());
        outcome.became = match (new + updated, kept.failed) {
            (0, 0) => Became::Unchanged,
            (0, 1) => Became::Failed("an article could not be updated".to_owned()),
            (0, failed) => Became::Failed(format!("{failed} articles could not be updated")),
            _ => Became::Changed { new, updated },
        };
        if kept.failed + news.left == 0 {
            remembered.etag = news.document.etag;
            remembered.modified = news.document.modified;
            remembered.hash = Some(news.hash);
        } else {
            // All of it has to be fetched again.
            remembered.forget_document();
        }
        remembered.new = new;
        remembered.notes.clear();
        remembered.note(outcome.notes.clone());
        remembered.moved.clone_from(&outcome.moved);
        remembered.went_well(&news.wanted, now);
        if news.left > 0 && self.stop.load(Ordering::Relaxed) {
            // Due at once, like a feed that has not started.
            remembered.due = None;
        }
    }
}

/// What a request returned.
enum Brought {
    Unchanged(Intervals),
    Drafts(Box<News>),
    Failed(Failure),
    /// Nothing: the feed has no folder.
    Homeless(NoFolder),
}

impl Brought {
    /// About how many bytes the held document has.
    fn bytes(&self) -> usize {
        match self {
            Self::Drafts(news) => news.bytes,
            Self::Unchanged(_) | Self::Failed(_) | Self::Homeless(_) => 0,
        }
    }
}

/// The articles of a feed whose document has changed.
struct News {
    drafts: Vec<ArticleDraft>,
    /// Without its bytes.
    document: WebDocument,
    /// How many those were, with those of the pages that gave its entries their texts.
    bytes: usize,
    /// How many entries are left for the next fetch.
    left: usize,
    hash: u64,
    wanted: Intervals,
    notes: Vec<String>,
}

struct Failure {
    why: String,
    /// When its server wants to be asked again.
    after: Option<jiff::SignedDuration>,
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Self { why, after: None }
    }
}

/// The reason when nothing gives a better one.
const FLAW: &str = "reading it failed, which is a bug in newsdesk";

/// Where a feed's entries get their texts.
enum TextsFrom {
    AsTheFeedHasIt,
    /// From their pages, except the entries known already: these are their guids.
    WithPages(HashSet<String>),
}

/// Requests feeds, on any thread.
#[derive(Clone, Copy)]
struct Asker<'a> {
    http: &'a Http,
    stop: &'a AtomicBool,
}

impl Asker<'_> {
    fn ask(self, job: &FeedJob, remembered: &Remembered, known: &TextsFrom) -> Brought {
        if let Err(no_folder) = &job.folder {
            return Brought::Homeless(no_folder.clone());
        }
        // One feed must not affect the others.
        let brought = catching(|| {
            let mut brought = brought(self.http, &job.feed, remembered, self.stop)?;
            if let (Brought::Drafts(news), TextsFrom::WithPages(known)) = (&mut brought, known) {
                let (drafts, from) = (&mut news.drafts, &news.document.url);
                let asked = take_from_pages(self.http, drafts, from, known, self.stop);
                news.notes.extend(asked.notes());
                news.bytes += asked.bytes;
                news.left = asked.left;
            }
            Ok(brought)
        });
        brought
            .unwrap_or_else(|| Err(FLAW.to_owned().into()))
            .unwrap_or_else(Brought::Failed)
    }
}

fn brought(
    http: &Http,
    feed: &Feed,
    remembered: &Remembered,
    stop: &AtomicBool,
) -> Result<Brought, Failure> {
    let url = Link::parse(&feed.url).map_err(|refusal| refusal.to_string())?;
    let answer = request(http, feed, &url, None, remembered, stop).map_err(failure)?;
    // What its last document asked for holds until the document changes.
    let mut wanted = Intervals {
        every: feed.interval(),
        fresh: None,
        ttl: remembered.ttl,
        skip_hours: remembered.skip_hours.clone(),
    };
    let mut document = match answer {
        HttpAnswer::Unchanged(fresh) => {
            wanted.fresh = fresh;
            return Ok(Brought::Unchanged(wanted));
        }
        HttpAnswer::Document(document) => *document,
    };
    wanted.fresh = document.fresh;
    let bytes = std::mem::take(&mut document.bytes);
    // Another version of the program may read more of it.
    let hash = xxh3_64(&bytes) ^ xxh3_64(env!("CARGO_PKG_VERSION").as_bytes());
    if remembered.hash == Some(hash) {
        return Ok(Brought::Unchanged(wanted));
    }
    let read = || read::read(&bytes, document.charset.as_deref(), document.url.as_str());
    let contents = read().map_err(|unread| unreadable(&unread, &bytes, &document))?;
    wanted.ttl = contents.ttl;
    wanted.skip_hours.clone_from(&contents.skip_hours);
    let (drafts, left_out) = drafts(feed, &contents, Timestamp::now());
    let mut notes = contents.notes;
    notes.extend(left_out.notes());
    Ok(Brought::Drafts(Box::new(News {
        drafts,
        document,
        bytes: bytes.len(),
        left: 0,
        hash,
        wanted,
        notes,
    })))
}

fn failure(error: HttpError) -> Failure {
    let after = match &error {
        HttpError::Status { after, .. } => *after,
        HttpError::Slow(_)
        | HttpError::TooLarge(_)
        | HttpError::TooManyRedirects
        | HttpError::BadRedirect { .. }
        | HttpError::Private(_)
        | HttpError::Public(_)
        | HttpError::NoHost(_)
        | HttpError::Certificate { .. }
        | HttpError::Unreachable { .. }
        | HttpError::CutOff(_)
        | HttpError::Header(_)
        | HttpError::Password(_)
        | HttpError::Packed(_) => None,
    };
    Failure {
        why: error.to_string(),
        after,
    }
}

/// Why a document is not a feed; for a page, also which feeds it names.
fn unreadable(unread: &Unread, bytes: &[u8], document: &WebDocument) -> String {
    if *unread != Unread::Page {
        return unread.to_string();
    }
    let html = read::text(bytes, document.charset.as_deref());
    let found = find::named_in(&html, &document.url);
    match found.as_slice() {
        [] => format!("{unread}, and links to none"),
        found => {
            let urls: Vec<&str> = found.iter().take(3).map(|it| it.url.as_str()).collect();
            format!("{unread}; it links to {}", urls.join(", "))
        }
    }
}

fn keep(
    keeper: &mut Keeper<'_>,
    job: &FeedJob,
    brought: &Brought,
    mode: Mode,
) -> Result<KeptEntries, String> {
    let Brought::Drafts(news) = brought else {
        return Ok(KeptEntries::default());
    };
    let folder = job.folder.as_deref().map_err(ToString::to_string)?;
    let kept = catching(|| match mode {
        Mode::Keep => keeper.keep(&job.feed.url, folder, &news.drafts),
        Mode::DryRun => keeper
            .preview(&job.feed.url, &news.drafts)
            .map_err(KeepError::Desk),
    });
    let kept = kept.ok_or(FLAW)?;
    kept.map_err(|error| error.to_string())
}

fn host_of(url: &str) -> String {
    Link::parse(url)
        .map(|link| link.host().to_owned())
        .unwrap_or_default()
}
