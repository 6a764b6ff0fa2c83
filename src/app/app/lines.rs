//! Runs lines: those typed after `:`, and those bound to a key.

use super::App;
use crate::app::in_force::InForce;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlays::msg::{ListUpdate, Msg, OverlaySpec};
use crate::app::requests::Asker;
use crate::command::{Bound, Command, LineAction, ParsedLine};
use crate::format::nearest::nearest;
use crate::library::ArticleId;
use crate::model::MarkField;

impl App {
    /// Runs what a key is bound to.
    pub(super) fn run_bound(&mut self, bound: &Bound) {
        match bound.command() {
            Some(command) => self.run(command),
            None => self.run_lines(bound.lines(), &self.targets()),
        }
    }

    /// Runs lines in order. Their decisions about these articles become one decision, so that one
    /// undo takes it back; it is made at the position of its last part.
    pub(super) fn run_lines(&mut self, lines: &[ParsedLine], articles: &[ArticleId]) {
        let lines: Vec<ParsedLine> = lines.iter().flat_map(parts).collect();
        let edits = lines.iter().map(|line| self.edit_of(line, articles));
        let edits = match edits.collect::<Result<Vec<_>, String>>() {
            Ok(edits) => edits,
            Err(reason) => return self.warn(&reason),
        };
        let is_part: Vec<bool> = edits.iter().map(Option::is_some).collect();
        let last = is_part.iter().rposition(|it| *it);
        let mut whole = edits.into_iter().flatten().reduce(MarkEdit::and);
        for (at, line) in lines.into_iter().enumerate() {
            if Some(at) == last {
                if let Some(edit) = whole.take() {
                    self.decide_on(articles.to_vec(), edit);
                }
            } else if !is_part[at] {
                self.run_line(line, articles);
            }
        }
    }

    /// The edit that a line makes to these articles, if it needs no question first.
    fn edit_of(
        &self,
        line: &ParsedLine,
        articles: &[ArticleId],
    ) -> Result<Option<MarkEdit>, String> {
        let env = &self.shared.env;
        Ok(match &line.action {
            LineAction::Decide(decision, None) => Some(MarkEdit::of(decision, env.now, &env.zone)?),
            LineAction::Run(command) => self.edit_of_command(*command, articles),
            LineAction::Decide(_, Some(_))
            | LineAction::Sort(_)
            | LineAction::Narrow(_)
            | LineAction::List(_)
            | LineAction::View(_)
            | LineAction::Library(_)
            | LineAction::Find(_)
            | LineAction::Jump(..)
            | LineAction::Type(_)
            | LineAction::Program(_)
            | LineAction::Pipe(..)
            | LineAction::WritePage(..) => None,
        })
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other commands decide nothing, or ask first"
    )]
    fn edit_of_command(&self, command: Command, articles: &[ArticleId]) -> Option<MarkEdit> {
        let toggled = |field: MarkField| !self.will_all_have(articles, &field);
        match command {
            Command::DoneAndNext => Some(MarkEdit::done(true)),
            Command::ToggleRead => Some(MarkEdit::read(toggled(MarkField::Read))),
            Command::ToggleStar => Some(MarkEdit::starred(toggled(MarkField::Starred))),
            Command::Publish => Some(MarkEdit::publish(true)),
            Command::Unpublish => Some(MarkEdit::publish(false)),
            Command::Reject => Some(MarkEdit::rejected(true)),
            Command::Unhandle => Some(MarkEdit::unhandled()),
            _ => None,
        }
    }

    fn run_line(&mut self, line: ParsedLine, articles: &[ArticleId]) {
        let in_force = &self.shared.in_force;
        match line.action {
            LineAction::Run(command) => self.run(command),
            LineAction::Decide(decision, query) => {
                let env = &self.shared.env;
                match (MarkEdit::of(&decision, env.now, &env.zone), query) {
                    (Ok(edit), Some(query)) => self.open(OverlaySpec::Selecting(edit, query)),
                    (Ok(edit), None) => self.decide_on(articles.to_vec(), edit),
                    (Err(reason), _) => self.warn(&reason),
                }
            }
            LineAction::Sort(sort) => {
                let mut query = in_force.query().clone();
                query.sort = sort;
                self.look_for(query, ListUpdate::Relist);
            }
            LineAction::Narrow(query) => {
                let query = InForce::narrowed(in_force.query(), query);
                self.look_for(query, ListUpdate::FromTop);
            }
            LineAction::List(query) => self.look_for(query, ListUpdate::FromTop),
            LineAction::View(name) => self.view_named(&name),
            LineAction::Library(name) => self.open_library(&name),
            LineAction::Find(query) => {
                let from = self.detail.scroll();
                self.deliver(Asker::App, [Msg::Find(query, from), Msg::SayFound]);
            }
            LineAction::Jump(sought, letters) => self.open(OverlaySpec::Jump(sought, letters)),
            LineAction::Type(text) => self.open(OverlaySpec::CommandLine(articles.to_vec(), text)),
            LineAction::Program(program) => self.run_program(&program, articles),
            LineAction::Pipe(form, program) => self.pipe(form, &program, articles),
            LineAction::WritePage(form, path) => self.write_page(form, path, articles),
        }
    }

    /// Shows the view with this name or number.
    fn view_named(&mut self, name: &str) {
        let views = &self.shared.env.views;
        let lower = name.to_lowercase();
        let at = views.iter().position(|it| it.name.to_lowercase() == lower);
        let numbered = || name.parse::<usize>().ok()?.checked_sub(1);
        match at.or_else(numbered) {
            Some(at) => self.look_at_view(at),
            None => {
                let names = views.iter().map(|view| view.name.as_str());
                self.warn(&no_such("view", name, names));
            }
        }
    }
}

/// The message that nothing has this name, and which name was probably meant.
pub(super) fn no_such<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let meant = nearest(names, name);
    let meant = meant.map_or_else(String::new, |it| format!("; did you mean “{it}”?"));
    format!("There is no {what} “{name}”{meant}")
}

/// The lines that a line consists of.
fn parts(line: &ParsedLine) -> Vec<ParsedLine> {
    if line.action == LineAction::Run(Command::OpenDoneAndNext) {
        return [Command::OpenOriginal, Command::DoneAndNext]
            .map(ParsedLine::from)
            .into();
    }
    vec![line.clone()]
}
