//! Nesting: overlays, text-only mode, a pane, picked values, a query. One list of these decides
//! what Esc ends, what `q` leaves, and when `q` quits.

use std::time::Duration;

use super::App;
use crate::app::effect::Effect;
use crate::app::event::Reply;
use crate::app::geometry::{Area, Arrangement, Pane, Panes, Scene, Zoom};
use crate::app::overlay::Overlay;
use crate::app::overlays::build;
use crate::app::overlays::msg::{ListUpdate, OverlaySpec};
use crate::app::panes::{FacetsPane, RelatedEntry, Window};
use crate::app::requests::{Asker, LayerId, OUTPUT, PendingRequest};
use crate::command::{Command, Context};
use crate::config::MarkRead;
use crate::library::ArticleKey;

/// An overlay on the stack.
#[derive(Debug)]
pub struct Layer {
    pub id: LayerId,
    pub overlay: Box<dyn Overlay>,
    /// Since when its present contents have been on the screen, counted from the start of the
    /// program.
    pub seen: Option<Duration>,
}

/// Where the reader was before following a related article.
#[derive(Clone, Debug)]
pub struct WayBack {
    pub article: ArticleKey,
    pub focus: Pane,
    /// Letters of the page before the first visible line.
    pub letters: usize,
    /// The related entry under the cursor.
    pub related: Option<RelatedEntry>,
}

/// Something that Esc or `q` can leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// The view is narrowed, or another query is in force.
    Query,
    /// A pane other than the list has the focus.
    Pane(Pane),
    /// Facet values are picked.
    Picks,
    /// Facet values are filtered by name.
    Values,
    TextAlone,
    Selection,
    /// Texts are being searched.
    Texts,
    Overlay(LayerId),
}

impl Inside {
    /// Whether it is a place other than the list.
    fn is_place(self) -> bool {
        match self {
            Inside::Pane(_) | Inside::TextAlone | Inside::Overlay(_) => true,
            Inside::Query | Inside::Picks | Inside::Values | Inside::Selection | Inside::Texts => {
                false
            }
        }
    }
}

/// The panes in Tab order.
const ORDER: [Pane; 4] = [Pane::Facets, Pane::List, Pane::Detail, Pane::Related];

impl App {
    /// Everything to leave, innermost last.
    fn inside(&self) -> Vec<Inside> {
        let in_facets = self.focus == Pane::Facets;
        let has_picks = || FacetsPane::without_picks(self.cx()).is_some();
        let mut inside = Vec::new();
        let mut add = |is_inside: bool, what: Inside| inside.extend(is_inside.then_some(what));
        add(!self.shared.in_force.is_whole_view(), Inside::Query);
        add(self.focus != Pane::List, Inside::Pane(self.focus));
        add(in_facets && has_picks(), Inside::Picks);
        add(in_facets && !self.facets.typed().is_empty(), Inside::Values);
        add(self.zoom == Zoom::TextAlone, Inside::TextAlone);
        add(!self.list.selection().is_empty(), Inside::Selection);
        add(self.is_searching_texts(), Inside::Texts);
        for layer in &self.layers {
            add(true, Inside::Overlay(layer.id));
        }
        inside
    }

    /// Ends the innermost thing.
    pub(super) fn cancel(&mut self) {
        match self.inside().last() {
            Some(what) => self.end(*what),
            None => self.say_where_one_is(),
        }
    }

    /// There is nothing to end. The view stays, and a message says how to leave it.
    fn say_where_one_is(&mut self) {
        let Some(name) = self.shared.in_force.view_name() else {
            return;
        };
        let key = self.shared.env.key(Command::ShowViews, Context::List);
        self.say(&format!(
            "This is the whole view {name}; {key} lists the others."
        ));
    }

    /// Leaves the innermost place, or else the program; asks first if something was staged or
    /// typed.
    pub(super) fn back(&mut self) {
        match self.inside().into_iter().rev().find(|it| it.is_place()) {
            Some(what) => self.end(what),
            // What is only in memory leads to a question of its own.
            None if self.triage.in_memory() == 0
                && self.triage.is_worth_asking(self.shared.cx()) =>
            {
                self.open(OverlaySpec::Quitting);
            }
            None => self.leave(),
        }
    }

    fn end(&mut self, what: Inside) {
        let narrow = self.panes().arrangement == Arrangement::Narrow;
        match what {
            Inside::Query => self.back_to_view(),
            Inside::Pane(Pane::Related) if narrow => self.focus = Pane::Detail,
            Inside::Pane(_) => self.focus = Pane::List,
            Inside::Picks => {
                if let Some(query) = FacetsPane::without_picks(self.cx()) {
                    self.look_for(query, ListUpdate::Relist);
                }
            }
            Inside::Values => {
                self.facets.narrow("");
                self.arrange_facets();
            }
            Inside::TextAlone => self.zoom = Zoom::Panes,
            Inside::Selection => self.list.clear_selection(),
            Inside::Texts => self.stop_searching(),
            Inside::Overlay(id) => self.give_up(id),
        }
    }

    /// Whether the person is in the plain list, so that a change of it would disturb them.
    pub(super) fn is_in_list_alone(&self) -> bool {
        self.layers.is_empty() && self.reading_pane() == Pane::List
    }

    pub(super) fn layer(&self, id: LayerId) -> Option<&Layer> {
        self.layers.iter().find(|it| it.id == id)
    }

    /// Opens an overlay on top of the others.
    pub(super) fn open(&mut self, spec: OverlaySpec) {
        self.layered += 1;
        let id = LayerId(self.layered);
        let (overlay, asks) = build(spec, self.shared.cx());
        let seen = None;
        self.layers.push(Layer { id, overlay, seen });
        self.deliver(Asker::Layer(id), asks);
        if self.context() == Context::Line {
            // Builds an index while the first letters are typed.
            self.ask_again(ListUpdate::Reconsider);
        }
    }

    /// Closes the overlay that made the request.
    pub(super) fn close(&mut self, from: Asker) {
        if let Asker::Layer(id) = from {
            self.layers.retain(|it| it.id != id);
        }
    }

    /// Closes an overlay without doing what it is for. Cancels any pending question of its own, and
    /// says so.
    pub(super) fn give_up(&mut self, id: LayerId) {
        let Some(at) = self.layers.iter().position(|it| it.id == id) else {
            return;
        };
        let mut layer = self.layers.remove(at);
        let msgs = layer.overlay.cancel(self.shared.cx());
        self.deliver(Asker::App, msgs);
        for (question, called) in self.requests.questions_of(id) {
            self.effects.push(Effect::GiveUp(question));
            self.say(match called {
                OUTPUT => "The program is being stopped.",
                _ => "Cancelled: nothing was done.",
            });
        }
    }

    /// Passes a reply to the overlay waiting for it. If that is gone, nothing changes.
    pub(super) fn hand(&mut self, waiting: &PendingRequest, reply: Reply) {
        let Asker::Layer(id) = waiting.asker else {
            return;
        };
        match self.layers.iter_mut().find(|it| it.id == id) {
            Some(layer) => {
                // It shows something new, which has to be seen first.
                layer.seen = None;
                let msgs = layer.overlay.reply(reply, self.shared.cx());
                self.deliver(Asker::Layer(id), msgs);
            }
            None => {
                if let Some(question) = waiting.question.filter(|it| *it != OUTPUT) {
                    self.say(&format!(
                        "{question} was closed before it came: nothing was done."
                    ));
                }
            }
        }
    }

    /// The pane that moving keys act on.
    pub fn reading_pane(&self) -> Pane {
        match self.zoom {
            Zoom::TextAlone => Pane::Detail,
            Zoom::Panes => self.focus,
        }
    }

    /// The area of a pane; if it is not on the screen, the area it would have.
    pub(super) fn place_of(&self, pane: Pane) -> Option<Area> {
        self.panes_with(pane).area(pane)
    }

    /// The layout of the panes; for a pane that is not on the screen, the layout that shows it.
    fn panes_with(&self, pane: Pane) -> Panes {
        let panes = self.panes();
        match panes.area(pane) {
            Some(_) => panes,
            None => Panes::new(&Scene {
                focus: pane,
                zoom: Zoom::Panes,
                ..self.scene()
            }),
        }
    }

    /// The visible part of the text, and what appears below its end.
    pub(super) fn text_window(&self) -> Window {
        let panes = self.panes_with(Pane::Detail);
        let area = panes.area(Pane::Detail).unwrap_or_default();
        let rows = match panes.arrangement {
            Arrangement::Narrow => panes.middle.body().rows,
            Arrangement::Wide | Arrangement::Medium | Arrangement::TooSmall => area.body().rows,
        };
        Window {
            below: panes.below_text,
            ..Window::new(
                area.inset().columns,
                usize::from(rows).max(1),
                self.shared.env.config.text_width,
            )
        }
    }

    /// Number of visible rows in a pane.
    pub(super) fn pane_height(&self, pane: Pane) -> usize {
        let rows = self.place_of(pane).map_or(0, |area| area.body().rows);
        usize::from(rows).max(1)
    }

    /// Focuses the pane on the left or right, or the next or previous one.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    pub(super) fn change_pane(&mut self, command: Command) {
        if self.zoom == Zoom::TextAlone {
            self.zoom = Zoom::Panes;
            self.focus = Pane::Detail;
        }
        let at = ORDER
            .iter()
            .position(|pane| *pane == self.focus)
            .unwrap_or(1);
        let last = ORDER.len() - 1;
        let to = match command {
            Command::PaneLeft => at.saturating_sub(1),
            Command::PaneRight => (at + 1).min(last),
            Command::PreviousPane => (at + last) % ORDER.len(),
            _ => (at + 1) % ORDER.len(),
        };
        self.focus = ORDER[to];
    }

    /// Moves further in: from the list to the text, from the text to the related articles.
    pub(super) fn enter(&mut self) {
        match self.reading_pane() {
            Pane::List if let Some(id) = self.detail.article() => {
                self.focus = Pane::Detail;
                if self.shared.env.config.mark_read == MarkRead::OnOpen {
                    self.mark_as_read(id);
                }
            }
            Pane::Detail if !self.related.entries().is_empty() => {
                self.zoom = Zoom::Panes;
                self.focus = Pane::Related;
            }
            Pane::Facets | Pane::List | Pane::Detail | Pane::Related => {}
        }
    }

    pub(super) fn toggle_zoom(&mut self) {
        self.zoom = match self.zoom {
            Zoom::Panes => Zoom::TextAlone,
            Zoom::TextAlone => Zoom::Panes,
        };
    }

    pub(super) fn toggle_facets(&mut self) {
        self.zoom = Zoom::Panes;
        self.focus = if self.focus == Pane::Facets {
            Pane::List
        } else {
            Pane::Facets
        };
    }
}
