//! Events from the desk: marks, commits, undo, and problems.

use super::App;
use super::leaving::LeavingState;
use crate::app::effect::RequestId;
use crate::app::event::Reply;
use crate::app::overlays::msg::ListUpdate;
use crate::app::requests::{Asker, PendingRequest};
use crate::command::Hook;
use crate::desk::{DeskEvent, FilePlan, MarkedRows, PlannedFile};
use crate::format::number;
use crate::library::ArticleId;

/// Articles that were taken back, and that the cursor is to return to.
#[derive(Debug)]
pub struct Returning {
    articles: Vec<ArticleId>,
    /// How often a person had moved the cursor when they asked for it.
    moves: u64,
    /// How often the list may still be asked for anew. They may stay without a row of their own, such
    /// as articles in a folded story.
    listings: u8,
}

impl App {
    /// Takes the desk's reply: most replies are for everyone, but an answer goes to whoever asked.
    pub(super) fn replied_by_desk(
        &mut self,
        id: RequestId,
        told: Vec<DeskEvent>,
        waiting: Option<PendingRequest>,
    ) {
        self.shared.marks.end(id);
        let mut answers = Vec::new();
        for told in told {
            match told {
                DeskEvent::Journal(_) | DeskEvent::Review(_) => answers.push(told),
                DeskEvent::Refused(reason) => {
                    answers.push(DeskEvent::Refused(reason.clone()));
                    self.told(DeskEvent::Refused(reason), waiting.as_ref());
                }
                other @ (DeskEvent::Marks(_)
                | DeskEvent::Kept { .. }
                | DeskEvent::Unchanged { .. }
                | DeskEvent::TakenBack { .. }
                | DeskEvent::Written { .. }
                | DeskEvent::Saved(_)
                | DeskEvent::Trouble(_)
                | DeskEvent::Notice(_)) => self.told(other, waiting.as_ref()),
            }
        }
        if let Some(waiting) = waiting
            && !answers.is_empty()
        {
            self.hand(&waiting, Reply::Desk(answers));
        }
    }

    /// Takes an event from the desk; `to` is the request it replies to.
    pub(super) fn told(&mut self, told: DeskEvent, to: Option<&PendingRequest>) {
        match told {
            DeskEvent::Marks(marked) => self.marked(*marked),
            DeskEvent::Kept {
                label,
                articles,
                trouble,
                handled,
            } => {
                if trouble.is_some() {
                    self.triage.note_in_memory();
                }
                if to.is_none_or(|it| it.asker != Asker::Quietly) {
                    self.kept(&label, &articles, handled);
                }
                self.run_hook(Hook::Mark, &articles);
            }
            DeskEvent::Unchanged { label } => self.say(&format!("Nothing to do: {label} already.")),
            DeskEvent::TakenBack {
                label,
                articles,
                left,
            } => self.taken_back(&label, &articles, left, to),
            // Replies that nobody waits for.
            DeskEvent::Journal(_) | DeskEvent::Review(_) => {}
            DeskEvent::Written {
                written,
                unchanged,
                refused,
            } => {
                self.triage.note_written(&written);
                let said = format!(
                    "written {}, unchanged {unchanged}, refused {}",
                    written.len(),
                    refused.len()
                );
                match first_refusal(&refused) {
                    None => self.say(&said),
                    Some(why) => {
                        self.warn(&format!("{said}. {why}. What was refused stays staged."))
                    }
                }
                self.run_hook(Hook::Publish, &written);
            }
            DeskEvent::Saved(path) => {
                self.say(&format!("Written to {}.", path.display()));
                self.triage.note_saved(path);
            }
            DeskEvent::Trouble(trouble) => self.triage.set_trouble(trouble),
            DeskEvent::Notice(text) => self.say(&text),
            DeskEvent::Refused(reason) => {
                if let LeavingState::Asking(id) = self.leaving {
                    self.close(Asker::Layer(id));
                }
                self.leaving = LeavingState::No;
                self.warn(&reason);
            }
        }
    }

    /// Shows the new marks, and reruns the current query.
    fn marked(&mut self, marked: MarkedRows) {
        let is_regrouped = self.shared.catalog.heed(marked.wishes.clone());
        self.shared.marks.set(marked);
        if is_regrouped {
            self.group_soon();
        }
        self.detail.compose_head(self.shared.cx());
        // Anything listed before the desk's first report was listed without marks.
        let update = if self.triage.hear() {
            ListUpdate::Relist
        } else {
            ListUpdate::Reconsider
        };
        self.ask_again(update);
        self.settle_late_tellers();
    }

    fn kept(&mut self, label: &str, about: &[ArticleId], handled: bool) {
        let what = match about {
            [id] => self.cx().title(*id).into_owned(),
            _ => number::articles(about.len()),
        };
        // The label of a decision on many articles already contains the number.
        let label = match label.rsplit_once(", ") {
            Some((label, count)) if count.ends_with(" articles") => label,
            _ => label,
        };
        let stay = handled.then(|| self.those_that_stay(about)).flatten();
        let stay = stay.map(|stay| format!("; {stay}")).unwrap_or_default();
        self.say(&format!("{label}: {what}{stay}"));
    }

    /// Reports what was undone, and goes back to it, unless the cursor has moved since the request.
    fn taken_back(
        &mut self,
        label: &str,
        about: &[ArticleId],
        left: usize,
        to: Option<&PendingRequest>,
    ) {
        let said = match (about, left) {
            ([id], 0) => format!("{label}: {}", self.cx().title(*id)),
            (_, 0) => label.to_owned(),
            _ => format!("{label}; {left} left, as later decisions stand"),
        };
        if let Some(asked) = to {
            self.returning = Some(Returning {
                articles: about.to_vec(),
                moves: asked.moves,
                listings: 1,
            });
            self.return_to_taken_back();
        }
        self.say(&said);
    }

    /// Puts the cursor on what was taken back. If the list no longer has it, lists it again as soon
    /// as it is known that the query selects it.
    pub(super) fn return_to_taken_back(&mut self) {
        let Some(mut returning) = self.returning.take() else {
            return;
        };
        if returning.moves != self.list.moves() {
            return;
        }
        if self.list.return_to(&returning.articles) {
            return self.show(self.list.current());
        }
        if self.search.is_awaited() {
            self.returning = Some(returning);
            return;
        }
        let mut articles = returning.articles.iter();
        if returning.listings > 0 && articles.any(|id| self.search.selects(*id)) {
            returning.listings -= 1;
            self.returning = Some(returning);
            self.ask_again(ListUpdate::Relist);
        }
    }
}

/// Which file was not written and why: the first, and how many more.
fn first_refusal(refused: &[PlannedFile]) -> Option<String> {
    let (first, others) = refused.split_first()?;
    let path = first.path.display();
    let why = match &first.what {
        FilePlan::Refused(reason) => format!("{path}: {reason}"),
        FilePlan::Lines(_) | FilePlan::Unchanged => path.to_string(),
    };
    let more = match others.len() {
        0 => String::new(),
        more => format!("; and {} more", number::grouped(more as i64)),
    };
    Some(format!("{}{more}", why.trim_end_matches('.')))
}
