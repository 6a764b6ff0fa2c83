//! What became of the feeds of a fetch.

/// What became of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedOutcome {
    pub name: String,
    pub url: String,
    pub became: Became,
    /// What else there is to report, one sentence each.
    pub notes: Vec<String>,
    /// Where it has moved for good.
    pub moved: Option<String>,
}

impl FeedOutcome {
    /// What to print for a feed with this outcome, followed by what else there is to report.
    pub fn lines(&self, became: &str) -> Vec<String> {
        let mut lines = vec![format!("{}: {became}", self.name)];
        lines.extend(self.notes.iter().map(|sentence| format!("  {sentence}")));
        if let Some(moved) = &self.moved {
            lines.push(format!("  {}", has_moved(moved)));
        }
        lines
    }
}

/// What to print for a feed that has moved for good.
pub fn has_moved(to: &str) -> String {
    format!("it has moved to {to}; `newsdesk feeds move` saves the new address")
}

/// How fetching a feed ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// Nothing is new.
    Unchanged,
    Changed {
        new: usize,
        updated: usize,
    },
    /// Why.
    Failed(String),
}

/// What became of all feeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub feeds: usize,
    pub unchanged: usize,
    /// Number of articles.
    pub new: usize,
    /// Number of articles.
    pub updated: usize,
    pub failed: usize,
    /// Number of sentences reported besides.
    pub notes: usize,
}

impl Totals {
    /// Counts what became of a feed.
    pub fn add(&mut self, outcome: &FeedOutcome) {
        self.feeds += 1;
        self.notes += outcome.notes.len() + usize::from(outcome.moved.is_some());
        match outcome.became {
            Became::Unchanged => self.unchanged += 1,
            Became::Changed { new, updated } => {
                self.new += new;
                self.updated += updated;
            }
            Became::Failed(_) => self.failed += 1,
        }
    }
}

impl std::fmt::Display for Totals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            feeds,
            unchanged,
            new,
            updated,
            failed,
            notes: _,
        } = self;
        write!(
            f,
            "feeds {feeds}, unchanged {unchanged}, new {new}, updated {updated}, failed {failed}"
        )
    }
}
