//! Feeds and web pages: fetching, saving and reading them on request, or as often as the
//! configuration says.

use std::path::Path;
use std::time::Duration;

use super::App;
use crate::app::effect::{AppRequest, Effect, RequestId};
use crate::app::overlays::msg::OverlaySpec;
use crate::app::requests::Asker;
use crate::command::{Command, Context};
use crate::config::Refresh;
use crate::feeds::outcome::Totals;
use crate::feeds::service::{FeedSelection, FeedsReply, FeedsRequest, NewText, WantedText};
use crate::feeds::text::TextResults;
use crate::format::link::Link;
use crate::format::number;
use crate::library::Source;

/// After this long without a key, nobody is typing.
const PAUSE: Duration = Duration::from_secs(1);

/// The state of fetching feeds.
#[derive(Debug, Default)]
pub struct Fetching {
    /// When feeds were last fetched automatically.
    refreshed: Option<Duration>,
    under_way: Option<(FeedSelection, RequestId)>,
    /// What automatic fetches have brought since a person last asked for all feeds.
    brought: Option<Totals>,
}

impl App {
    /// Fetches the feeds, unless a fetch is running. An automatic fetch finishes first.
    pub(super) fn fetch_feeds(&mut self) {
        match self.fetching.under_way {
            None => self.begin_fetching(FeedSelection::All),
            Some((FeedSelection::All, _)) => self.say("The feeds are being fetched."),
            Some((FeedSelection::Due, id)) => {
                self.fetching.brought.get_or_insert_default();
                let all = AppRequest::Feeds(FeedsRequest::Fetch(FeedSelection::All));
                self.requests.adopt(id, &all, self.shared.env.uptime);
                self.say("The due feeds are being fetched; the others follow.");
            }
        }
    }

    /// Fetches feeds that are due, if the configuration asks for that now.
    pub(super) fn fetch_in_time(&mut self) {
        let Refresh::Every(every) = self.shared.env.config.refresh else {
            return;
        };
        let uptime = self.shared.env.uptime;
        let is_time = |last: Duration| uptime.saturating_sub(last) >= every;
        if self.fetching.refreshed.is_none_or(is_time) && self.fetching.under_way.is_none() {
            self.fetching.refreshed = Some(uptime);
            self.begin_fetching(FeedSelection::Due);
        }
    }

    fn begin_fetching(&mut self, which: FeedSelection) {
        let asker = match which {
            FeedSelection::All => Asker::App,
            FeedSelection::Due => Asker::Quietly,
        };
        let id = self.ask(asker, AppRequest::Feeds(FeedsRequest::Fetch(which)));
        self.fetching.under_way = Some((which, id));
    }

    /// Saves the related entry under the cursor as an article of the library.
    pub(super) fn save_related(&mut self) {
        let Some(entry) = self.related.current() else {
            return self.say("There is no related entry here.");
        };
        match (entry.article, entry.url.clone()) {
            (Some(_), _) => self.say("It is in the library already."),
            (None, Some(url)) => self.save_page(&url),
            (None, None) => self.say("It has no link."),
        }
    }

    /// Saves a page as an article of the library.
    pub(super) fn save_page(&mut self, url: &str) {
        if self.shared.catalog.library().by_url(url).is_some() {
            return self.say("It is in the library already.");
        }
        match Link::parse(url) {
            Ok(link) => {
                self.say(&format!("Saving a page from {}", link.host()));
                self.ask_feeds(FeedsRequest::Save(link));
            }
            Err(refusal) => self.warn(&format!("Not saved: {refusal}")),
        }
    }

    /// Gets the full text of the article under the cursor, or of those selected.
    pub(super) fn get_full_text(&mut self) {
        if *self.shared.catalog.source() == Source::Sample {
            return self.say("The sample library has no files to change.");
        }
        let library = self.shared.catalog.library();
        let targets = self.targets().into_iter().map(|id| library.article(id));
        let wanted: Vec<WantedText> = targets
            .filter(|article| !article.original().is_empty())
            .map(|article| WantedText {
                title: article.title().into_owned(),
                path: article.path(),
                url: article.original().into_owned(),
            })
            .collect();
        if wanted.is_empty() {
            return self.say("There is no article with a link here.");
        }
        self.say(&format!(
            "Fetching the full text of {}",
            number::articles(wanted.len())
        ));
        self.ask_feeds(FeedsRequest::GetTexts(wanted));
    }

    /// Refreshes the list of feeds.
    fn list_feeds_again(&mut self) {
        let mut layers = self.layers.iter();
        let list = layers.find(|layer| layer.overlay.context() == Context::Feeds);
        if let Some(id) = list.map(|layer| layer.id) {
            self.ask(Asker::Layer(id), AppRequest::Feeds(FeedsRequest::List));
        }
    }

    fn ask_feeds(&mut self, request: FeedsRequest) {
        self.ask(Asker::App, AppRequest::Feeds(request));
    }

    /// Reports the result of a request. New articles are announced in the list, as from any program.
    pub(super) fn replied_by_feeds(&mut self, reply: FeedsReply) {
        match reply {
            FeedsReply::Fetched(which, fetched) => self.fetched(which, fetched),
            FeedsReply::Added(Ok(name)) => {
                let key = self.shared.env.key(Command::FetchFeeds, Context::List);
                self.say(&format!("Added {name}; {key} fetches it."));
                self.list_feeds_again();
            }
            FeedsReply::Added(Err(reason)) => self.warn(&format!("Not added: {reason}")),
            FeedsReply::Removed(Ok(name)) => {
                self.say(&format!("Removed {name}; its articles stay."));
                self.list_feeds_again();
            }
            FeedsReply::Removed(Err(reason)) => self.warn(&format!("Not removed: {reason}")),
            FeedsReply::Saved(Ok(title)) => {
                let root = self.root_of_pages();
                let whither = root.map_or_else(String::new, |root| self.whither(root));
                self.say(&format!("Saved “{title}”{whither}."));
                self.effects.push(Effect::Look);
            }
            FeedsReply::Saved(Err(reason)) => self.warn(&format!("Not saved: {reason}")),
            FeedsReply::Texts(texts) => self.got_texts(texts),
            // Shown by the overlay that asked.
            FeedsReply::Listed(_) => {}
        }
    }

    fn fetched(&mut self, which: FeedSelection, fetched: Result<Totals, String>) {
        self.fetching.under_way = None;
        let mut totals = match (fetched, which) {
            (Ok(totals), _) => totals,
            (Err(reason), FeedSelection::All) => {
                self.fetching.brought = None;
                return self.warn(&format!("Not fetched: {reason}"));
            }
            // Nobody asked for these.
            (Err(reason), FeedSelection::Due) => {
                tracing::warn!("not fetched: {reason}");
                Totals::default()
            }
        };
        if totals.new + totals.updated > 0 {
            self.effects.push(Effect::Look);
        }
        match (which, self.fetching.brought.take()) {
            (FeedSelection::Due, Some(_)) => {
                self.fetching.brought = Some(totals);
                return self.begin_fetching(FeedSelection::All);
            }
            (FeedSelection::All, Some(before)) => {
                totals.new += before.new;
                totals.updated += before.updated;
            }
            (FeedSelection::Due, None) if totals.new + totals.updated == 0 => return,
            (FeedSelection::Due | FeedSelection::All, None) => {}
        }
        self.tell_fetched(totals);
    }

    /// Reports what the feeds have brought.
    fn tell_fetched(&mut self, totals: Totals) {
        let counted = |count: usize| number::grouped(count as i64);
        let mut said = match (totals.new, totals.updated) {
            (0, 0) => "Nothing new in the feeds".to_owned(),
            (new, 0) => format!("{} new", counted(new)),
            (0, updated) => format!("{} updated", counted(updated)),
            (new, updated) => format!("{} new, {} updated", counted(new), counted(updated)),
        };
        if totals.new + totals.updated > 0 {
            let root = self.shared.env.config.first_root();
            said.extend(root.and_then(|root| self.to_show(root)));
        }
        let key = self.shared.env.key(Command::ShowFeeds, Context::List);
        match (totals.failed, totals.notes) {
            (0, 0) => self.say(&format!("{said}.")),
            (0, 1) => self.say(&format!("{said}; {key} shows a note.")),
            (0, notes) => self.say(&format!("{said}; {key} shows {} notes.", counted(notes))),
            (failed, _) => self.warn(&format!(
                "{said}; {} failed: {key} says why.",
                counted(failed)
            )),
        }
    }

    /// `, R to show` if new articles in this library appear in the one shown.
    fn to_show(&self, root: &Path) -> Option<String> {
        let key = self.shared.env.key(Command::Refresh, Context::List);
        let is_shown = self.shared.catalog.covers(root);
        is_shown.then(|| format!(", {key} to show"))
    }

    /// The same, or the path.
    fn whither(&self, root: &Path) -> String {
        let elsewhere = || format!(" in {}", root.display());
        self.to_show(root).unwrap_or_else(elsewhere)
    }

    /// Where pages are saved.
    fn root_of_pages(&self) -> Option<&Path> {
        let config = &self.shared.env.config;
        config.root_of_pages(config.opened.as_deref())
    }

    /// Reports the full texts that were fetched. Texts that differ are kept for review.
    fn got_texts(&mut self, texts: TextResults) {
        if texts.written > 0 {
            self.effects.push(Effect::Look);
        }
        let differing = match texts.differing.len() {
            1 => "differs from what is there",
            _ => "differ from what is there",
        };
        let counts = [
            (texts.written, "written"),
            (texts.same, "there already"),
            (texts.differing.len(), differing),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let mut said: Vec<String> = counts
            .map(|(count, what)| format!("{} {what}", number::grouped(*count as i64)))
            .collect();
        if !texts.differing.is_empty() && !self.layers.is_empty() {
            said.push("to review once this is closed".to_owned());
        }
        let has_newer = |old: &NewText| texts.differing.iter().any(|new| new.path == old.path);
        self.differing.retain(|old| !has_newer(old));
        self.differing.extend(texts.differing);
        match texts.failed.as_slice() {
            [] if said.is_empty() => {}
            [] => self.say(&format!("Full text: {}.", said.join(", "))),
            [why, more @ ..] => {
                let more = match more.len() {
                    0 => String::new(),
                    more => format!(" (and {more} more)"),
                };
                said.push(format!("none for {why}{more}"));
                self.warn(&format!("Full text: {}", said.join(", ")));
            }
        }
    }

    /// Opens the review of fetched full texts as soon as nothing else is open and nobody is typing:
    /// a late answer must not replace what a person is doing, nor take a key meant for something
    /// else.
    pub(super) fn review_texts(&mut self) {
        let since = self.shared.env.uptime.saturating_sub(self.pressed.at);
        let is_free = self.layers.is_empty() && self.pending().is_empty() && since >= PAUSE;
        if is_free && !self.differing.is_empty() {
            let texts = std::mem::take(&mut self.differing);
            self.open(OverlaySpec::FullTexts(texts));
        }
    }
}
