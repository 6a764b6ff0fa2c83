//! `newsdesk feeds list`: lists the feeds, and how the last fetch of each went.

use jiff::Timestamp;
use serde_json::json;

use crate::cli::args::FeedsFormat;
use crate::cli::bringing::library_folder;
use crate::cli::cell::{Side, cell};
use crate::cli::{CommandFailure, Exit, Streams, Surroundings, json};
use crate::feeds::{Feed, Feeds, Memory, place};
use crate::format::clean::Clean;

/// Maximum width of a name, in columns.
const NAME: usize = 32;

/// Prints the feeds.
pub fn run(
    format: FeedsFormat,
    feeds: &Feeds,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let memory = Memory::load(surroundings.places.cache_folder().as_deref());
    let remembered = |feed: &Feed| memory.feeds.get(&feed.url).cloned().unwrap_or_default();
    let library = library_folder(surroundings)?;
    match format {
        FeedsFormat::Json => {
            let all = feeds.feeds.iter().map(|feed| {
                let last = remembered(feed);
                json!({
                    "name": feed.label(),
                    "url": feed.url,
                    "folder": place::folder(feed, library.as_deref(), &surroundings.places).ok(),
                    "topics": feed.topics,
                    "fetched": last.fetched.map(|at| at.to_string()),
                    "due": last.due.map(|at| at.to_string()),
                    "new": last.new,
                    "error": last.error,
                    "moved": last.moved,
                    "notes": last.notes,
                })
            });
            json::array(all, streams.out)?;
        }
        FeedsFormat::Text => {
            let widths = feeds
                .feeds
                .iter()
                .map(|feed| Clean::new(feed.label()).width());
            let name = widths.max().unwrap_or_default().min(NAME);
            let now = Timestamp::now();
            for feed in &feeds.feeds {
                let label = cell(feed.label(), Some(name), name, Side::Left);
                let last = remembered(feed);
                let state = cell(&last.summary(now), None, 26, Side::Left);
                writeln!(streams.out, "{label}  {state}  {}", Clean::new(&feed.url))?;
                for sentence in last.more() {
                    writeln!(streams.out, "  {}", Clean::new(&sentence))?;
                }
            }
        }
    }
    Ok(match feeds.feeds.is_empty() {
        true => Exit::Notable,
        false => Exit::Clean,
    })
}
