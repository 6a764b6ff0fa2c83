//! The stories as the screen has them. They are grouped outside, since that takes a while; until
//! then, and where they are switched off, every article stands alone.

use std::time::Duration;

use super::catalog::Loading;
use super::marks::LibraryMarks;
use crate::config::RowFor;
use crate::library::{ArticleId, Stories, Story};

/// How often, at most, to group again while articles change.
const EVERY: Duration = Duration::from_secs(5);
/// Least time between two groupings, as a multiple of the time that the last one took, so that
/// grouping a large library does not keep a processor busy.
const REST: u32 = 10;

/// What is known about the stories, and whether the list shows it.
#[derive(Debug, Default)]
pub struct Grouping {
    row_for: RowFor,
    /// `None` until they have been grouped for the first time.
    stories: Option<Stories>,
    due: Due,
    /// Whether the list shows the next stories as soon as they arrive.
    shown: Shown,
    /// New articles, whose stories are not known yet.
    arrived: Vec<ArticleId>,
    /// When they were last asked for, since the start of the program.
    asked: Option<Duration>,
    /// How long it took them to come.
    took: Duration,
}

/// When to group again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Due {
    #[default]
    Never,
    /// They are being grouped.
    Asked,
    /// Articles have changed.
    InTime,
    /// The first time, or because a person has joined or split some.
    AtOnce,
}

/// When the list shows stories that were grouped again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    /// The first time, and after a person has changed them.
    #[default]
    AtOnce,
    /// At once, and so those that are asked for next: the list has been made of articles that were
    /// not grouped yet.
    AtOnceAndAgain,
    /// With the next list: nothing may jump under the reader's finger.
    WithTheNextList,
}

impl Grouping {
    pub(super) fn new(row_for: RowFor) -> Self {
        Self {
            row_for,
            ..Self::default()
        }
    }

    /// The stories, if the list has one row for each.
    pub fn in_list(&self) -> Option<&Stories> {
        self.stories
            .as_ref()
            .filter(|_| self.row_for == RowFor::Story)
    }

    /// What the list has a row for, as soon as the stories are known.
    pub fn row_for(&self) -> RowFor {
        self.row_for
    }

    pub(super) fn set_row_for(&mut self, row_for: RowFor) {
        self.row_for = row_for;
    }

    /// The story of an article, if others tell it too.
    pub fn story(&self, id: ArticleId) -> Option<&Story> {
        self.stories.as_ref()?.of(id)
    }

    /// Whether they have never been grouped.
    pub fn is_unknown(&self) -> bool {
        self.stories.is_none()
    }

    /// Takes the stories. Returns whether the list is to show them at once.
    pub(super) fn take(&mut self, stories: Stories, uptime: Duration) -> bool {
        if let Some(asked) = self.asked {
            self.took = uptime.saturating_sub(asked);
        }
        self.stories = Some(stories);
        if self.due == Due::Asked {
            self.due = Due::Never;
        }
        match self.shown {
            Shown::AtOnce => {
                self.shown = Shown::WithTheNextList;
                true
            }
            Shown::AtOnceAndAgain => true,
            Shown::WithTheNextList => false,
        }
    }

    /// How long it took to group them the last time.
    pub(super) fn took(&self) -> Duration {
        self.took
    }

    /// The articles are different ones now.
    pub(super) fn forget(&mut self) {
        *self = Self::new(self.row_for);
    }

    /// Articles have changed.
    pub(super) fn note_changes(&mut self) {
        match self.due {
            Due::Never | Due::Asked => self.due = Due::InTime,
            Due::InTime | Due::AtOnce => {}
        }
    }

    /// The list is being made of the articles as they are now. If their stories are still to come,
    /// it shows them when they do: an article may not stand beside its own story.
    pub(super) fn note_listed(&mut self) {
        match self.due {
            Due::Never => {}
            Due::Asked => self.shown = Shown::AtOnce,
            Due::InTime | Due::AtOnce => self.shown = Shown::AtOnceAndAgain,
        }
    }

    /// What has changed is to be grouped without waiting.
    pub(super) fn catch_up(&mut self) {
        if self.due == Due::InTime {
            self.due = Due::AtOnce;
        }
    }

    /// These articles are new.
    pub(super) fn note_arrivals(&mut self, arrived: &[ArticleId]) {
        self.arrived.extend(arrived);
        self.note_changes();
    }

    /// The new articles, once their stories are known and the desk has looked for their marks: one
    /// that comes back may have a mark.
    pub(super) fn take_arrivals(&mut self, marks: &LibraryMarks) -> Vec<ArticleId> {
        let are_matched = || self.arrived.iter().all(|id| marks.is_matched(*id));
        match self.due {
            Due::Never if are_matched() => std::mem::take(&mut self.arrived),
            Due::Never | Due::Asked | Due::InTime | Due::AtOnce => Vec::new(),
        }
    }

    /// The stories are needed as soon as possible.
    pub(super) fn hurry(&mut self) {
        self.due = Due::AtOnce;
        self.shown = Shown::AtOnce;
    }

    /// Whether to group now; if so, notes that they were asked for.
    pub(super) fn is_time(&mut self, loading: Loading, uptime: Duration) -> bool {
        let is_in_memory = match loading {
            Loading::Growing | Loading::Restored => false,
            Loading::Checking | Loading::Again(_) | Loading::Ready => true,
        };
        let has_rested = self
            .asked
            .is_none_or(|asked| uptime.saturating_sub(asked) >= EVERY.max(self.took * REST));
        let is_time = match self.due {
            Due::Never | Due::Asked => false,
            Due::InTime => has_rested,
            Due::AtOnce => true,
        } && is_in_memory;
        if is_time {
            self.due = Due::Asked;
            self.asked = Some(uptime);
            if self.shown == Shown::AtOnceAndAgain {
                self.shown = Shown::AtOnce;
            }
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_it_takes_the_longer_it_rests() {
        let second = Duration::from_secs;
        let mut grouping = Grouping::new(RowFor::Story);
        grouping.note_changes();
        assert!(grouping.is_time(Loading::Ready, second(0)));
        grouping.take(Stories::default(), second(2));
        grouping.note_changes();
        assert!(!grouping.is_time(Loading::Ready, second(19)));
        assert!(grouping.is_time(Loading::Ready, second(20)));
        grouping.take(Stories::default(), second(20));
        grouping.note_changes();
        assert!(!grouping.is_time(Loading::Ready, second(24)));
        assert!(grouping.is_time(Loading::Ready, second(25)));
    }
}
