//! The prompts that ask for the name of a view: to save one, or to rename one.

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::app::views::View;
use crate::config::ViewEdit;

/// Maximum length of a name, in characters.
const LETTERS: usize = 40;

/// The name to save the query in force under.
#[derive(Debug)]
pub struct NameView;

impl Purpose for NameView {
    fn label(&self) -> &'static str {
        "save as view: "
    }

    fn invitation(&self) -> &'static str {
        "a name; an existing view is replaced"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        check_length(typed)
    }

    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.is_empty() {
            return Ok(vec![Msg::Say("Not saved: no name was given.".to_owned())]);
        }
        Ok(vec![Msg::EditViews(ViewEdit::Keep {
            name: typed.to_owned(),
            query: cx.in_force.text().to_owned(),
        })])
    }
}

/// A new name for a view.
#[derive(Debug)]
pub struct RenameView(pub View);

impl Purpose for RenameView {
    fn label(&self) -> &'static str {
        "rename view: "
    }

    fn invitation(&self) -> &'static str {
        "another name"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        check_length(typed)
    }

    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        let Self(view) = self;
        if typed.is_empty() || typed == view.name {
            return Ok(vec![Msg::Say("It keeps its name.".to_owned())]);
        }
        if cx.env.views.iter().any(|it| it.name == typed) {
            return Err(Complaint::new(
                typed,
                "there is already a view with that name",
            ));
        }
        Ok(vec![Msg::EditViews(ViewEdit::Rename {
            from: view.name.clone(),
            to: typed.to_owned(),
            query: view.text.clone(),
            whose: view.whose(),
        })])
    }
}

fn check_length(typed: &str) -> Result<Vec<Msg>, Complaint> {
    if typed.chars().count() > LETTERS {
        let reason = format!("a name can have at most {LETTERS} letters");
        return Err(Complaint::new(typed, reason));
    }
    Ok(Vec::new())
}
