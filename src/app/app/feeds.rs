//! Feeds: fetched when a person asks for it, and what they have brought.

use super::App;
use crate::app::effect::{Effect, Request};
use crate::app::requests::Asker;
use crate::command::{Command, Context};
use crate::feeds::outcome::Totals;
use crate::format::number;

impl App {
    /// Fetches the feeds, unless that is under way.
    pub(super) fn fetch_feeds(&mut self) {
        if self
            .requests
            .under_way()
            .any(|work| work.doing == "fetching")
        {
            self.say("The feeds are being fetched.");
            return;
        }
        self.ask(Asker::App, Request::FetchFeeds);
    }

    /// Says what the feeds have brought. What is new is announced in the list, as from any program.
    pub(super) fn fetched(&mut self, fetched: Result<Totals, String>) {
        let totals = match fetched {
            Ok(totals) => totals,
            Err(reason) => return self.warn(&format!("Not fetched: {reason}")),
        };
        let counted = |count: usize| number::grouped(count as i64);
        let mut said = match (totals.new, totals.updated) {
            (0, 0) => "Nothing new in the feeds".to_owned(),
            (new, 0) => format!("{} new", counted(new)),
            (0, updated) => format!("{} updated", counted(updated)),
            (new, updated) => format!("{} new, {} updated", counted(new), counted(updated)),
        };
        if totals.new + totals.updated > 0 {
            let key = self.shared.env.key(Command::Refresh, Context::List);
            said.push_str(&format!(", {key} to show"));
            self.effects.push(Effect::Look);
        }
        match totals.failed {
            0 => self.say(&format!("{said}.")),
            failed => self.warn(&format!(
                "{said}; {} failed: `newsdesk feeds list` says why.",
                counted(failed)
            )),
        }
    }
}
