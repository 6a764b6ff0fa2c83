//! Completing the word at the cursor of a line: with words of the language and values that exist, with
//! tags, with commands.

use roaring::RoaringBitmap;

use super::bulk::COMMANDS;
use super::event::Effect;
use super::line;
use super::prompt::Purpose;
use super::state::State;
use crate::query::complete::{Candidate, Completion, complete};
use crate::query::fold;

/// Candidates for a word that are offered at once.
const CANDIDATES: usize = 40;

/// Candidates for a word, one of which stands in the line.
#[derive(Debug)]
pub struct Completing {
    pub candidates: Vec<Candidate>,
    pub picked: usize,
    /// Where in the line the word begins, and what stands behind it.
    start: usize,
    rest: String,
}

impl State {
    /// Puts the first candidate for the word at the cursor in its place; after that the next, or the
    /// one before.
    pub(super) fn complete_prompt(&mut self, step: isize) -> Vec<Effect> {
        let begun = self.prompt.as_mut().and_then(|it| it.completion.as_mut());
        match begun {
            Some(completion) => {
                let count = completion.candidates.len() as isize;
                completion.picked = (completion.picked as isize + step).rem_euclid(count) as usize;
            }
            None => {
                let found = self.candidates();
                let Some(prompt) = self
                    .prompt
                    .as_mut()
                    .filter(|_| !found.candidates.is_empty())
                else {
                    return Vec::new();
                };
                prompt.completion = Some(Completing {
                    candidates: found.candidates,
                    picked: 0,
                    start: found.at.start,
                    rest: prompt.input.value()[found.at.end..].to_owned(),
                });
            }
        }
        self.put_candidate();
        self.prompt_changed()
    }

    /// Puts the candidate that is picked into the line.
    fn put_candidate(&mut self) {
        let Some(prompt) = &mut self.prompt else {
            return;
        };
        let Some(completion) = &prompt.completion else {
            return;
        };
        let Some(candidate) = completion.candidates.get(completion.picked) else {
            return;
        };
        let mut text = prompt.input.value()[..completion.start].to_owned();
        text.push_str(&candidate.text);
        let cursor = text.len();
        text.push_str(&completion.rest);
        let is_only = completion.candidates.len() == 1;
        prompt.put(text, cursor);
        if is_only {
            // The next Tab goes on from there, as from a field to its values.
            prompt.completion = None;
        }
    }

    /// What the word at the cursor of the line can become.
    fn candidates(&self) -> Completion {
        let Some(prompt) = &self.prompt else {
            return Completion::default();
        };
        let (text, cursor) = (prompt.input.value(), line::cursor_byte(&prompt.input));
        match prompt.purpose {
            Purpose::Search(_) | Purpose::Query(_) => self.complete_query(text, cursor),
            Purpose::Tags => self.complete_tag(text, cursor),
            Purpose::Command => self.complete_command(text, cursor),
            Purpose::Later
            | Purpose::Note
            | Purpose::Rescue
            | Purpose::View
            | Purpose::Values
            | Purpose::Text { .. } => Completion::default(),
        }
    }

    fn complete_query(&self, text: &str, cursor: usize) -> Completion {
        let articles = self.library.articles();
        complete(text, cursor, articles, &self.marks, CANDIDATES)
    }

    /// Tags that are on any article, for the word at the cursor.
    fn complete_tag(&self, text: &str, cursor: usize) -> Completion {
        let separates = |sign: char| sign == ',' || sign.is_whitespace();
        let start = text[..cursor].rfind(separates).map_or(0, |at| at + 1);
        let start = start + usize::from(text[start..cursor].starts_with(['-', '+']));
        let typed = fold(&text[start..cursor]);
        let tags = self.marks.tags.iter();
        let tags = tags.filter(|(name, _)| fold(name).starts_with(&typed));
        let candidate = |(name, set): &(String, RoaringBitmap)| Candidate {
            text: name.clone(),
            count: Some(set.len()),
            about: None,
        };
        Completion {
            at: start..cursor,
            candidates: tags.map(candidate).take(CANDIDATES).collect(),
        }
    }

    /// The commands for the first word; after it, what a query can have there.
    fn complete_command(&self, text: &str, cursor: usize) -> Completion {
        let first = text[..cursor].trim_start();
        if first.contains(char::is_whitespace) {
            return self.complete_query(text, cursor);
        }
        let commands = COMMANDS.iter().filter(|(word, _)| word.starts_with(first));
        let candidate = |(word, about): &(&'static str, &'static str)| Candidate {
            text: format!("{word} "),
            count: None,
            about: Some(about),
        };
        Completion {
            at: cursor - first.len()..cursor,
            candidates: commands.map(candidate).collect(),
        }
    }
}
