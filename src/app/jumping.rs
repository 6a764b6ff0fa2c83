//! Going to an article, a topic or a provider by a few letters of it. What is found is found
//! outside; only the answer to what was typed last counts.

use tui_input::Input;

use super::event::Effect;
use super::geometry::Pane;
use super::line::{self, Typed};
use super::list::Cursor;
use super::overlay::Overlay;
use super::search::Then;
use super::state::{Anchor, State};
use crate::command::Key;
use crate::library::ArticleId;
use crate::query::{Goal, Hit, Query, Sought, edit};

/// Where one may want to go.
#[derive(Debug)]
pub struct Jump {
    pub sought: Sought,
    pub input: Input,
    pub hits: Vec<Hit>,
    pub cursor: Cursor,
}

/// Letters to find something by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JumpRequest {
    pub generation: u64,
    pub sought: Sought,
    pub typed: String,
}

impl State {
    /// Asks where to go.
    pub(super) fn open_jump(&mut self, sought: Sought) -> Vec<Effect> {
        self.overlay = Some(Overlay::Jump(Jump {
            sought,
            input: Input::default(),
            hits: Vec::new(),
            cursor: Cursor::default(),
        }));
        self.ask_where()
    }

    fn ask_where(&mut self) -> Vec<Effect> {
        let Some(Overlay::Jump(jump)) = &self.overlay else {
            return Vec::new();
        };
        self.jumps += 1;
        vec![Effect::Jump(JumpRequest {
            generation: self.jumps,
            sought: jump.sought,
            typed: jump.input.value().to_owned(),
        })]
    }

    /// Types a key into the line of the overlay.
    pub(super) fn type_jump(&mut self, key: Key) -> Vec<Effect> {
        let Some(Overlay::Jump(jump)) = &mut self.overlay else {
            return Vec::new();
        };
        match line::type_key(&mut jump.input, key) {
            Typed::Text => self.ask_where(),
            Typed::Cursor | Typed::Nothing => Vec::new(),
        }
    }

    pub(super) fn paste_jump(&mut self, text: &str) -> Vec<Effect> {
        if let Some(Overlay::Jump(jump)) = &mut self.overlay {
            line::paste(&mut jump.input, text);
        }
        self.ask_where()
    }

    /// What was found for the letters that were typed.
    pub(super) fn found_where(&mut self, generation: u64, hits: Vec<Hit>) {
        if let Some(Overlay::Jump(jump)) = &mut self.overlay
            && generation == self.jumps
        {
            jump.hits = hits;
            jump.cursor = Cursor::default();
        }
    }

    /// Goes to what is under the cursor.
    pub(super) fn go_where(&mut self) -> Vec<Effect> {
        let Some(Overlay::Jump(jump)) = &self.overlay else {
            return Vec::new();
        };
        let Some(hit) = jump.hits.get(jump.cursor.at) else {
            return Vec::new();
        };
        let goal = hit.goal.clone();
        self.overlay = None;
        match goal {
            Goal::Article(id) => self.jump_to(id),
            Goal::Value(field, value) => {
                let mut query = self.search.query().clone();
                edit::only(&mut query, field, &value);
                self.focus = Pane::List;
                self.look_for(query, Then::FromTop)
            }
        }
    }

    /// Selects an article; where it is not listed, everything is listed for it.
    fn jump_to(&mut self, id: ArticleId) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.list.contains(id) && !self.search.is_empty() {
            effects.extend(self.look_for(Query::default(), Then::Relist));
            self.notice("It was not among what was listed: now everything is.");
        }
        if self.focus == Pane::Facets || self.focus == Pane::Related {
            self.focus = Pane::List;
        }
        if let Some(at) = self.list.rows.iter().position(|row| *row == id) {
            self.list.cursor.at = at;
            self.anchored = Anchor::Article;
        }
        effects.extend(self.show(id));
        effects
    }
}
