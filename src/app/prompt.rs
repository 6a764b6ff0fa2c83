//! The line of text at the bottom of the screen: what it asks for, what is typed into it, and what
//! becomes of that while it is typed, when it is taken and when it is given up.

use std::ops::Range;

use tui_input::Input;

use super::bulk::Bulk;
use super::completing::Completing;
use super::deciding::Wanted;
use super::event::Effect;
use super::line::{self, Typed};
use super::list::Cursor;
use super::search::Then;
use super::state::State;
use crate::command::{Command, Key};
use crate::desk::until;
use crate::library::ArticleId;
use crate::query::{Highlights, Query, QueryError, parse};

/// A line that is asked for.
#[derive(Debug)]
pub struct Prompt {
    pub purpose: Purpose,
    pub input: Input,
    /// What is wrong with what is typed.
    pub complaint: Option<Complaint>,
    /// What the word at the cursor can become, after Tab.
    pub completion: Option<Completing>,
    /// Which line of the history it shows, and what was typed before it was asked for one.
    recalled: Option<(usize, String)>,
}

/// What a line is asked for.
#[derive(Debug)]
pub enum Purpose {
    /// What the list is to be narrowed by, besides the query before.
    Search(Before),
    /// The whole query.
    Query(Before),
    /// Until when to put off.
    Later,
    /// Tags to put on and off.
    Tags,
    Note,
    /// A decision on what a query selects.
    Command,
    /// The file to write to what only memory holds.
    Rescue,
    /// The name of a view.
    View,
    /// Words that the values of the facets begin with.
    Values,
    /// What to look for in the text that is shown; where the text was before.
    Text {
        scroll: usize,
    },
}

/// The list as it was before somebody began to look for something.
#[derive(Debug)]
pub struct Before {
    query: Query,
    rows: Vec<ArticleId>,
    cursor: Cursor,
}

/// What is wrong with a line, and which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub at: Range<usize>,
    pub reason: String,
}

impl From<QueryError> for Complaint {
    fn from(error: QueryError) -> Self {
        Self {
            reason: error.to_string(),
            at: error.at,
        }
    }
}

impl Prompt {
    pub(super) fn new(purpose: Purpose, text: String) -> Self {
        let end = text.len();
        let mut input = Input::default();
        line::put(&mut input, text, end);
        Self {
            purpose,
            input,
            complaint: None,
            completion: None,
            recalled: None,
        }
    }

    /// What stands before the line.
    pub fn label(&self) -> &'static str {
        match self.purpose {
            Purpose::Search(_) | Purpose::Text { .. } => "/",
            Purpose::Query(_) => "query: ",
            Purpose::Later => "later, until: ",
            Purpose::Tags => "tags: ",
            Purpose::Note => "note: ",
            Purpose::Command => ":",
            Purpose::Rescue => "decisions are in memory only; write them to: ",
            Purpose::View => "keep as view: ",
            Purpose::Values => "facets: ",
        }
    }

    /// What can be typed, while nothing is.
    pub fn invitation(&self) -> &'static str {
        match self.purpose {
            Purpose::Search(_) => {
                "words, \"a phrase\", topic:ai quality>50 -is:published sort:-quality"
            }
            Purpose::Query(_) => "everything; type what to list",
            Purpose::Later => "3d, monday, 2w, 2026-12-01; nothing: no longer",
            Purpose::Tags => "robotics -ai, or with commas: to do, -ai",
            Purpose::Note => "nothing: no note",
            Purpose::Command => "done is:read date:<2021-06-01; Tab shows the commands",
            Purpose::Rescue => "nothing: quit without them",
            Purpose::View => "a name; one that exists is replaced",
            Purpose::Values => "the beginning of a topic, provider, month …",
            Purpose::Text { .. } => "what to look for in this text",
        }
    }

    /// Whether what is typed is kept for the next time.
    fn has_history(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Search(_) | Purpose::Query(_) | Purpose::Command
        )
    }

    pub(super) fn put(&mut self, text: String, cursor: usize) {
        line::put(&mut self.input, text, cursor);
    }
}

impl State {
    /// Asks what the list is to be narrowed by.
    pub(super) fn open_search(&mut self) -> Vec<Effect> {
        let before = self.before();
        self.open_prompt(Purpose::Search(before), String::new())
    }

    /// Opens the query in force for editing.
    pub(super) fn open_query(&mut self) -> Vec<Effect> {
        let mut text = self.search.text().to_owned();
        if !text.is_empty() {
            text.push(' ');
        }
        let before = self.before();
        self.open_prompt(Purpose::Query(before), text)
    }

    pub(super) fn open_prompt(&mut self, purpose: Purpose, text: String) -> Vec<Effect> {
        self.prompt = Some(Prompt::new(purpose, text));
        // So that an index is made while the first letters are typed.
        self.ask_again(Then::Reconsider)
    }

    fn before(&self) -> Before {
        Before {
            query: self.search.query().clone(),
            rows: self.list.rows.clone(),
            cursor: self.list.cursor,
        }
    }

    /// Types a key that is bound to nothing into the line.
    pub(super) fn type_into_prompt(&mut self, key: Key) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        match line::type_key(&mut prompt.input, key) {
            Typed::Text => {
                prompt.completion = None;
                prompt.recalled = None;
                self.prompt_changed()
            }
            Typed::Cursor => {
                prompt.completion = None;
                Vec::new()
            }
            Typed::Nothing => Vec::new(),
        }
    }

    pub(super) fn paste_into_prompt(&mut self, text: &str) -> Vec<Effect> {
        if let Some(prompt) = &mut self.prompt {
            line::paste(&mut prompt.input, text);
            prompt.completion = None;
        }
        self.prompt_changed()
    }

    /// What a command does to the line.
    pub(super) fn run_in_prompt(&mut self, command: Command) -> Option<Vec<Effect>> {
        match command {
            Command::Accept => Some(self.accept_prompt()),
            Command::Cancel => Some(self.cancel_prompt()),
            Command::Complete => Some(self.complete_prompt(1)),
            Command::CompleteBack => Some(self.complete_prompt(-1)),
            Command::EarlierLine => Some(self.recall(1)),
            Command::LaterLine => Some(self.recall(-1)),
            _ => None,
        }
    }

    /// Does what is done while a line is typed.
    pub(super) fn prompt_changed(&mut self) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        let text = prompt.input.value().to_owned();
        prompt.complaint = None;
        let query = match &prompt.purpose {
            Purpose::Search(before) => {
                parse(&text).map(|typed| Self::narrowed(&before.query, typed))
            }
            Purpose::Query(_) => parse(&text),
            Purpose::View => {
                prompt.complaint = Self::consider_name(&text);
                return Vec::new();
            }
            Purpose::Later | Purpose::Tags | Purpose::Note | Purpose::Command | Purpose::Rescue => {
                return Vec::new();
            }
            Purpose::Values => {
                self.drawer.narrow(&text);
                self.arrange_drawer();
                return Vec::new();
            }
            Purpose::Text { scroll } => {
                let from = *scroll;
                let found = parse(&text).map(|typed| Highlights::of(&typed));
                return self.look_in_text(found, from);
            }
        };
        match query {
            Ok(query) => self.look_for(query, Then::FromTop),
            Err(error) => {
                prompt.complaint = Some(error.into());
                Vec::new()
            }
        }
    }

    /// Says what is wrong with the line.
    pub(super) fn complain(&mut self, complaint: Complaint) {
        if let Some(prompt) = &mut self.prompt {
            prompt.complaint = Some(complaint);
        }
    }

    /// Takes the line, unless something is wrong with it: then it stays.
    fn accept_prompt(&mut self) -> Vec<Effect> {
        self.consider_decision();
        let Some(prompt) = self.prompt.take_if(|prompt| prompt.complaint.is_none()) else {
            return Vec::new();
        };
        let typed = prompt.input.value().trim().to_owned();
        let mut effects = Vec::new();
        if prompt.has_history() && !typed.is_empty() {
            effects.extend(self.remember(&typed));
        }
        match prompt.purpose {
            // The list follows what is typed: there is nothing left to do.
            Purpose::Search(_) | Purpose::Query(_) | Purpose::Text { .. } => {}
            Purpose::Later => effects.extend(self.put_off(&typed)),
            Purpose::Tags => effects.extend(self.tag(&typed)),
            Purpose::Note => effects.extend(self.decide(Wanted::note(&typed))),
            Purpose::Command => effects.extend(self.run_line(&typed)),
            Purpose::Rescue => effects.extend(self.rescue(&typed)),
            Purpose::View => effects.extend(self.keep_view(&typed)),
            Purpose::Values => self.drawer.go_to_first(),
        }
        effects
    }

    /// Says what is wrong with a decision before it is taken.
    fn consider_decision(&mut self) {
        let Some(prompt) = &mut self.prompt else {
            return;
        };
        let typed = prompt.input.value().trim();
        let wrong = match prompt.purpose {
            Purpose::Later if !typed.is_empty() => until::parse(typed, self.now, &self.zone)
                .err()
                .map(|error| error.to_string()),
            Purpose::Command if !typed.is_empty() => Bulk::parse(typed, self.now, &self.zone).err(),
            _ => None,
        };
        if let Some(reason) = wrong {
            let at = 0..prompt.input.value().len();
            prompt.complaint = Some(Complaint { at, reason });
        }
    }

    /// Gives the line up, and has everything as it was before.
    fn cancel_prompt(&mut self) -> Vec<Effect> {
        let Some(prompt) = self.prompt.take() else {
            return Vec::new();
        };
        match prompt.purpose {
            Purpose::Search(before) | Purpose::Query(before) => self.bring_back(before),
            Purpose::Rescue => {
                self.leaving = false;
                Vec::new()
            }
            Purpose::Later | Purpose::Tags | Purpose::Note | Purpose::Command | Purpose::View => {
                Vec::new()
            }
            Purpose::Values => {
                self.drawer.narrow("");
                self.arrange_drawer();
                Vec::new()
            }
            Purpose::Text { scroll } => {
                self.detail.found = None;
                self.detail.scroll = scroll;
                Vec::new()
            }
        }
    }

    /// Brings the list back as it was, the same article selected.
    fn bring_back(&mut self, before: Before) -> Vec<Effect> {
        let Before {
            query,
            rows,
            cursor,
        } = before;
        if query == *self.search.query() {
            return Vec::new();
        }
        self.list.rows = rows;
        self.list.cursor = cursor;
        let mut effects = self.show_current();
        effects.extend(self.look_for(query, Then::Relist));
        effects
    }

    /// Puts a line of the history in the place of what is typed: an older one, or a younger one.
    fn recall(&mut self, older: isize) -> Vec<Effect> {
        let Some(prompt) = self.prompt.as_mut().filter(|it| it.has_history()) else {
            return Vec::new();
        };
        let (at, typed) = match prompt.recalled.take() {
            Some((at, typed)) => (Some(at), typed),
            None => (None, prompt.input.value().to_owned()),
        };
        let wanted = at.map_or(-1, |at| at as isize) + older;
        let last = self.history.len() as isize - 1;
        let text = match wanted.min(last) {
            ..0 => typed,
            at => {
                let line = self.history[(last - at) as usize].clone();
                prompt.recalled = Some((at as usize, typed));
                line
            }
        };
        let end = text.len();
        prompt.put(text, end);
        prompt.completion = None;
        self.prompt_changed()
    }

    /// Keeps a line for the next time, this run's and later ones'.
    fn remember(&mut self, line: &str) -> Option<Effect> {
        if self.history.last().is_some_and(|last| last == line) {
            return None;
        }
        self.history.retain(|it| it != line);
        self.history.push(line.to_owned());
        Some(Effect::Remember(line.to_owned()))
    }
}
