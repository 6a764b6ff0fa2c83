//! Jumping to an article, a topic or a provider by typing some of its letters. The search itself
//! runs outside.

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::event::Reply;
use crate::app::geometry::{Pane, panel_body};
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::{ListUpdate, Msg};
use crate::app::panel::{Panel, PanelChoice, PanelInput, PanelRow};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::number;
use crate::query::{Goal, Hit, Sought, edit};

/// Where to jump.
#[derive(Debug)]
pub struct Jump {
    sought: Sought,
    input: Input,
    hits: Vec<Hit>,
    cursor: Cursor,
    height: usize,
}

impl Jump {
    pub fn new(sought: Sought, letters: String) -> (Self, Msg) {
        let jump = Self {
            sought,
            input: Input::new(letters),
            hits: Vec::new(),
            cursor: Cursor::default(),
            height: 1,
        };
        let ask = jump.ask();
        (jump, ask)
    }

    fn ask(&self) -> Msg {
        Msg::Ask(AppRequest::Jump {
            sought: self.sought,
            typed: self.input.value().to_owned(),
        })
    }

    /// Goes to the row under the cursor.
    fn go(&self, cx: Cx<'_>) -> Vec<Msg> {
        let Some(hit) = self.hits.get(self.cursor.at) else {
            return Vec::new();
        };
        match hit.goal.clone() {
            Goal::Article(id) => vec![Msg::Close, Msg::JumpTo(id)],
            Goal::Value(field, value) => {
                let mut query = cx.in_force.query().clone();
                edit::only(&mut query, field, &value);
                vec![
                    Msg::Close,
                    Msg::Focus(Pane::List),
                    Msg::Search(query, ListUpdate::FromTop),
                ]
            }
        }
    }
}

impl Overlay for Jump {
    fn context(&self) -> Context {
        Context::Jump
    }

    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.hits.len());
            return Some(Vec::new());
        }
        (command == Command::Enter).then(|| self.go(cx))
    }

    fn input(&mut self) -> Option<&mut Input> {
        Some(&mut self.input)
    }

    fn typed(&mut self) -> Vec<Msg> {
        vec![self.ask()]
    }

    fn reply(&mut self, reply: Reply, _cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Jumped(hits) = reply {
            self.hits = hits;
            self.cursor = Cursor::default();
        }
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.cursor.settle(self.hits.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let body = panel_body(cx.env.size);
        let title = match self.sought {
            Sought::Article => "GO TO AN ARTICLE",
            Sought::Topic => "GO TO A TOPIC",
            Sought::Provider => "GO TO A PROVIDER",
        };
        let panel = Panel {
            title: Clean::label(title),
            corner: closes(cx),
            input: Some(PanelInput {
                label: "go to: ".to_owned(),
                invitation: "some of its letters".to_owned(),
                input: self.input.clone(),
                wrong: None,
            }),
            ..Panel::default()
        };
        if self.hits.is_empty() && !self.input.value().is_empty() {
            let nothing = "Nothing contains these letters in this order.";
            return Panel {
                body: vec![PanelRow::sentence(nothing, body.columns)],
                ..panel
            };
        }
        let row = |at: usize| {
            let hit = &self.hits[at];
            let choice = PanelChoice {
                text: Clean::new(&hit.text),
                role: TextRole::Text,
                typed: hit.typed.clone(),
                right: match hit.count {
                    Some(count) => Clean::new(&number::grouped(count as i64)),
                    None => Clean::default(),
                },
                ..PanelChoice::default()
            };
            choice.row(body.columns)
        };
        panel.with_rows(self.cursor, self.hits.len(), usize::from(body.rows), row)
    }
}

fn closes(cx: Cx<'_>) -> Clean {
    let key = cx.env.key(Command::Cancel, Context::Jump);
    Clean::new(&format!("{key} closes"))
}
