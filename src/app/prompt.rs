//! The prompt at the bottom of the screen: the text being typed, what is wrong with it, completion
//! and history. What it is for is a [`Purpose`].

use std::fmt::Debug;
use std::ops::Range;

use tui_input::Input;

use super::context::Cx;
use super::line::{self, LineEdit};
use super::overlay::Overlay;
use super::overlays::msg::Msg;
use super::panel::{Panel, PanelCell, PanelInput, PanelRow, Placement, plain};
use crate::command::{Command, Context, Key};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::{number, wrap};
use crate::query::QueryError;
use crate::query::complete::{Candidate, Completion};

/// What a prompt is for.
pub trait Purpose: Debug {
    /// The label before the line.
    fn label(&self) -> &'static str;

    /// A hint on what to type, shown while the line is empty.
    fn invitation(&self) -> &'static str;

    /// Called when the text changes.
    ///
    /// # Errors
    /// If something is wrong with the text.
    fn changed(&mut self, _typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(Vec::new())
    }

    /// How the line is understood, shown before Enter accepts it.
    fn understood(&self, _typed: &str, _cx: Cx<'_>) -> Option<String> {
        None
    }

    /// Takes the line, without blanks around it.
    ///
    /// # Errors
    /// If something is wrong with the line: it then stays open.
    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint>;

    /// Called when the prompt is cancelled.
    fn cancel(&mut self) -> Vec<Msg> {
        Vec::new()
    }

    /// Completions for the word at the cursor.
    fn candidates(&self, _text: &str, _cursor: usize, _cx: Cx<'_>) -> Completion {
        Completion::default()
    }

    /// Whether the line is added to the history.
    fn history(&self) -> Recall {
        Recall::None
    }
}

/// Whether earlier lines can be recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    None,
    Kept,
}

/// What is wrong with a line, and which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub at: Range<usize>,
    pub reason: String,
}

impl Complaint {
    /// A complaint about the whole line.
    pub fn new(typed: &str, reason: impl Into<String>) -> Self {
        Self {
            at: 0..typed.len(),
            reason: reason.into(),
        }
    }
}

impl From<QueryError> for Complaint {
    fn from(error: QueryError) -> Self {
        Self {
            reason: error.to_string(),
            at: error.at,
        }
    }
}

/// A prompt for some purpose.
#[derive(Debug)]
pub struct Prompt<P> {
    purpose: P,
    input: Input,
    /// What is wrong with the text.
    complaint: Option<Complaint>,
    /// The candidates for the word at the cursor, after Tab.
    completion: Option<Completing>,
    /// Which line of the history it shows, and what was typed before.
    recalled: Option<(usize, String)>,
}

/// Candidates for a word, one of which is in the line.
#[derive(Debug)]
struct Completing {
    candidates: Vec<Candidate>,
    picked: usize,
    /// Where in the line the word starts, and what comes after it.
    start: usize,
    rest: String,
}

impl<P: Purpose> Prompt<P> {
    pub fn new(purpose: P, text: &str) -> Self {
        let mut input = Input::default();
        line::put(&mut input, text.to_owned(), text.len());
        Self {
            purpose,
            input,
            complaint: None,
            completion: None,
            recalled: None,
        }
    }

    fn changed(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        self.complaint = None;
        match self.purpose.changed(self.input.value(), cx) {
            Ok(msgs) => msgs,
            Err(complaint) => {
                self.complaint = Some(complaint);
                Vec::new()
            }
        }
    }

    /// Accepts the line, unless something is wrong with it: it then stays open.
    fn accept(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        if self.complaint.is_some() {
            return Vec::new();
        }
        let typed = self.input.value().trim().to_owned();
        let mut msgs = vec![Msg::Close];
        if !typed.is_empty() {
            msgs.push(Msg::Typed);
        }
        if self.purpose.history() == Recall::Kept && !typed.is_empty() {
            msgs.push(Msg::Remember(typed.clone()));
        }
        match self.purpose.accept(&typed, cx) {
            Ok(more) => {
                msgs.extend(more);
                msgs
            }
            Err(complaint) => {
                self.complaint = Some(complaint);
                Vec::new()
            }
        }
    }

    /// Inserts the first candidate for the word at the cursor, then the next or previous one.
    fn complete(&mut self, step: isize, cx: Cx<'_>) -> Vec<Msg> {
        match &mut self.completion {
            Some(completion) => {
                let count = completion.candidates.len() as isize;
                completion.picked = (completion.picked as isize + step).rem_euclid(count) as usize;
            }
            None => {
                let (text, cursor) = (self.input.value(), line::cursor_byte(&self.input));
                let found = self.purpose.candidates(text, cursor, cx);
                if found.candidates.is_empty() {
                    return Vec::new();
                }
                self.completion = Some(Completing {
                    candidates: found.candidates,
                    picked: 0,
                    start: found.at.start,
                    rest: text[found.at.end..].to_owned(),
                });
            }
        }
        self.put_candidate();
        self.changed(cx)
    }

    /// Inserts the chosen candidate into the line.
    fn put_candidate(&mut self) {
        let Some(completion) = &self.completion else {
            return;
        };
        let Some(candidate) = completion.candidates.get(completion.picked) else {
            return;
        };
        let mut text = self.input.value()[..completion.start].to_owned();
        text.push_str(&candidate.text);
        let cursor = text.len();
        text.push_str(&completion.rest);
        if completion.candidates.len() == 1 {
            // The next Tab starts from there, for example from a field to its values.
            self.completion = None;
        }
        line::put(&mut self.input, text, cursor);
    }

    /// Replaces the text with an older or a newer line of the history.
    fn recall(&mut self, older: isize, cx: Cx<'_>) -> Vec<Msg> {
        if self.purpose.history() == Recall::None {
            return Vec::new();
        }
        let history = &cx.env.history;
        let (at, typed) = match self.recalled.take() {
            Some((at, typed)) => (Some(at), typed),
            None => (None, self.input.value().to_owned()),
        };
        let wanted = at.map_or(-1, |at| at as isize) + older;
        let last = history.len() as isize - 1;
        let text = match wanted.min(last) {
            ..0 => typed,
            at => {
                let line = history[(last - at) as usize].clone();
                self.recalled = Some((at as usize, typed));
                line
            }
        };
        let end = text.len();
        line::put(&mut self.input, text, end);
        self.completion = None;
        self.changed(cx)
    }
}

impl<P: Purpose> Overlay for Prompt<P> {
    fn context(&self) -> Context {
        Context::Line
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>> {
        match command {
            Command::Accept => Some(self.accept(cx)),
            Command::Complete => Some(self.complete(1, cx)),
            Command::CompleteBack => Some(self.complete(-1, cx)),
            Command::EarlierLine => Some(self.recall(1, cx)),
            Command::LaterLine => Some(self.recall(-1, cx)),
            _ => None,
        }
    }

    fn type_key(&mut self, key: Key, cx: Cx<'_>) -> Option<Vec<Msg>> {
        Some(match line::type_key(&mut self.input, key) {
            LineEdit::Text => {
                self.completion = None;
                self.recalled = None;
                self.changed(cx)
            }
            LineEdit::Cursor => {
                self.completion = None;
                Vec::new()
            }
            LineEdit::Nothing => Vec::new(),
        })
    }

    fn paste(&mut self, text: &str, cx: Cx<'_>) -> Vec<Msg> {
        line::paste(&mut self.input, text);
        self.completion = None;
        self.changed(cx)
    }

    fn cancel(&mut self, _cx: Cx<'_>) -> Vec<Msg> {
        self.purpose.cancel()
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let columns = cx.env.size.columns.saturating_sub(2);
        let body = match (&self.complaint, &self.completion) {
            (Some(complaint), _) => {
                let lines = wrap::text(&complaint.reason, usize::from(columns), TextRole::Error);
                let row = |line| PanelRow::new(line, columns);
                lines.into_iter().map(row).collect()
            }
            (None, Some(completion)) => candidate_rows(completion, cx.env.size.rows, columns),
            (None, None) => {
                let understood = self.purpose.understood(self.input.value().trim(), cx);
                let row = |said: String| {
                    let cell = PanelCell::new(0, columns, Clean::new(&said), TextRole::Faint);
                    PanelRow { cells: vec![cell] }
                };
                understood.into_iter().map(row).collect()
            }
        };
        Panel {
            placement: Placement::Line,
            input: Some(PanelInput {
                label: self.purpose.label().to_owned(),
                invitation: self.purpose.invitation().to_owned(),
                input: self.input.clone(),
                wrong: self.complaint.as_ref().map(|it| it.at.clone()),
            }),
            count: body.len(),
            body,
            ..Panel::default()
        }
    }
}

/// Maximum number of candidate rows.
const ROWS: u16 = 8;
const CANDIDATE_COLUMNS: u16 = 34;

/// The candidates, with the one in the line marked.
fn candidate_rows(completion: &Completing, screen: u16, columns: u16) -> Vec<PanelRow> {
    let count = completion.candidates.len();
    let rows = usize::from((count as u16).min(ROWS).min(screen / 3));
    // The line itself takes one of the rows at the bottom of the screen.
    let rows = rows.min(usize::from((screen / 3).max(1)).saturating_sub(1));
    let top = (completion.picked + 1).saturating_sub(rows);
    let seen = completion.candidates.iter().enumerate();
    let row = |(at, candidate): (usize, &Candidate)| {
        let role = if at == completion.picked {
            TextRole::Accent
        } else {
            TextRole::Text
        };
        let said = match (candidate.count, candidate.about) {
            (Some(count), _) => Clean::new(&number::grouped(count as i64)),
            (None, Some(about)) => plain(about),
            (None, None) => Clean::default(),
        };
        let about_at = 2 + CANDIDATE_COLUMNS + 1;
        let room = columns.saturating_sub(about_at);
        PanelRow {
            cells: vec![
                PanelCell::new(2, CANDIDATE_COLUMNS, Clean::new(&candidate.text), role),
                PanelCell::new(about_at, room, said, TextRole::Faint),
            ],
        }
    };
    seen.skip(top).take(rows).map(row).collect()
}
