//! The search within the text shown: the matches, the current one, and going from one to the next.
//! Long texts are searched outside.

use super::DetailPane;
use crate::app::context::Cx;
use crate::app::cursor::Move;
use crate::app::effect::AppRequest;
use crate::app::overlays::msg::Msg;
use crate::app::page::Match;
use crate::command::{Command, Context};
use crate::format::line::Line;
use crate::query::{Highlights, Query};

/// What is searched for, and the matches.
#[derive(Debug, Default)]
pub struct TextSearch {
    /// The query for this text; `None`: that of the list.
    wanted: Option<(Query, Highlights)>,
    matches: Matches,
    /// The current match.
    at: Option<usize>,
}

/// What is known of the matches.
#[derive(Debug, Default)]
enum Matches {
    /// Nobody has asked.
    #[default]
    Unknown,
    /// The text is being searched; afterwards, go there.
    Awaited(Goal),
    /// All matches of this query, in order.
    Known(Query, Vec<Match>),
}

/// Where to go once the matches are known.
#[derive(Clone, Copy, Debug)]
enum Goal {
    /// To the first one from a line on, or else the first of all.
    From(usize),
    /// To the next or previous one, from a line.
    Step(Move, usize),
    /// Nowhere: the same match stays the current one.
    Stay(Option<usize>),
}

impl DetailPane {
    /// What to highlight in the text: the search within it, or else the query in force.
    pub fn highlights<'a>(&'a self, cx: Cx<'a>) -> &'a Highlights {
        let wanted = self.finding.wanted.as_ref();
        wanted.map_or(cx.in_force.highlights(), |(_, highlights)| highlights)
    }

    /// The current match.
    pub fn current_match(&self) -> Option<Match> {
        match &self.finding.matches {
            Matches::Known(_, matches) => matches.get(self.finding.at?).copied(),
            Matches::Unknown | Matches::Awaited(_) => None,
        }
    }

    /// The number of the current match and of all matches: `2/5`. `None` if there is no search, or
    /// the numbers are not known yet.
    pub fn found(&self) -> Option<(usize, usize)> {
        let Matches::Known(_, matches) = &self.finding.matches else {
            return None;
        };
        match self.finding.at {
            Some(at) => Some((at + 1, matches.len())),
            None => self.finding.wanted.as_ref().map(|_| (0, matches.len())),
        }
    }

    /// The message if there is no match.
    pub(in crate::app) fn no_match(&self) -> Option<String> {
        let (query, _) = self.finding.wanted.as_ref()?;
        let found = self.found()?;
        (found.1 == 0).then(|| format!("No match for {query}."))
    }

    /// Searches from a line on, and scrolls to the first match.
    pub(in crate::app) fn find(&mut self, query: Query, from: usize) -> Vec<Msg> {
        self.scroll = from;
        if query == Query::default() {
            self.finding = TextSearch::default();
            return Vec::new();
        }
        let highlights = Highlights::new(&query);
        self.finding = TextSearch {
            wanted: Some((query.clone(), highlights)),
            ..TextSearch::default()
        };
        vec![self.look_through(query, Goal::From(from))]
    }

    fn look_through(&mut self, query: Query, then: Goal) -> Msg {
        self.finding.matches = Matches::Awaited(then);
        self.finding.at = None;
        Msg::Ask(AppRequest::FindInText {
            page: self.page.clone(),
            query,
        })
    }

    /// Searches again, because the page has changed.
    pub(super) fn find_again(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        let then = match self.finding.matches {
            Matches::Unknown => return Vec::new(),
            Matches::Awaited(then) => then,
            Matches::Known(..) => Goal::Stay(self.finding.at),
        };
        let query = self.wanted(cx).clone();
        vec![self.look_through(query, then)]
    }

    fn wanted<'a>(&'a self, cx: Cx<'a>) -> &'a Query {
        let wanted = self.finding.wanted.as_ref();
        wanted.map_or(cx.in_force.query(), |(query, _)| query)
    }

    /// Ends the search, and goes back to a line.
    pub(in crate::app) fn find_nothing(&mut self, scroll: usize) {
        self.finding = TextSearch::default();
        self.scroll = scroll;
    }

    /// The search through the text is done.
    pub(in crate::app) fn found_in_text(&mut self, matches: Vec<Match>, cx: Cx<'_>) -> Vec<Msg> {
        let Matches::Awaited(then) = self.finding.matches else {
            return Vec::new();
        };
        let query = self.wanted(cx).clone();
        self.finding.matches = Matches::Known(query, matches);
        self.go_to(then, cx)
    }

    /// Goes to the next or the previous match.
    pub(super) fn go_to_match(&mut self, step: Move, cx: Cx<'_>) -> Vec<Msg> {
        let goal = Goal::Step(step, self.scroll);
        let wanted = self.wanted(cx).clone();
        match &self.finding.matches {
            Matches::Known(query, _) if *query == wanted => self.go_to(goal, cx),
            Matches::Known(..) | Matches::Unknown | Matches::Awaited(_) => {
                vec![self.look_through(wanted, goal)]
            }
        }
    }

    fn go_to(&mut self, goal: Goal, cx: Cx<'_>) -> Vec<Msg> {
        let Matches::Known(_, matches) = &self.finding.matches else {
            return Vec::new();
        };
        if matches.is_empty() {
            return match goal {
                Goal::From(_) | Goal::Stay(_) => Vec::new(),
                Goal::Step(..) => vec![Msg::Say(self.nothing_found(cx))],
            };
        }
        let below = |line: usize| matches.iter().position(|it| it.line >= line);
        let at = match (goal, self.finding.at) {
            (Goal::Stay(at), _) => {
                self.finding.at = at.map(|at| at.min(matches.len() - 1));
                return Vec::new();
            }
            (Goal::From(line), _) => below(line).or(Some(0)),
            (Goal::Step(Move::Up(_), _), Some(at)) => at.checked_sub(1),
            (Goal::Step(..), Some(at)) => Some(at + 1).filter(|at| *at < matches.len()),
            (Goal::Step(Move::Up(_), line), None) => {
                below(line).unwrap_or(matches.len()).checked_sub(1)
            }
            (Goal::Step(_, line), None) => below(line),
        };
        let Some(at) = at else {
            return vec![Msg::Say("That was the last match in this text.".to_owned())];
        };
        let line = matches[at].line;
        self.finding.at = Some(at);
        self.bring_into_sight(line);
        Vec::new()
    }

    fn nothing_found(&self, cx: Cx<'_>) -> String {
        self.no_match().unwrap_or_else(|| {
            let key = cx.env.key(Command::SearchText, Context::Detail);
            format!("No search in this text yet: {key} starts one.")
        })
    }

    /// Scrolls to a line, with some of the text above it.
    fn bring_into_sight(&mut self, line: usize) {
        let seen = self.scroll..self.scroll + self.window.height;
        if !seen.contains(&line) {
            self.scroll = line
                .saturating_sub(self.window.height / 3)
                .min(self.last_scroll());
        }
    }
}

/// The text of a line, without its styling.
pub fn text_of(line: &Line) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}
