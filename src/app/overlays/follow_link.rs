//! Choosing one of the links on the screen by its letters: to go there, or to copy it. While
//! letters are typed, each link's host is shown in a panel where no links are.

use crate::app::context::Cx;
use crate::app::geometry::Area;
use crate::app::labels::{Label, LabelTyped, Labels, Lead, SeenLink};
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelCell, PanelRow, Placement, end_of};
use crate::command::{Command, Context, Key, Resolution};
use crate::format::clean::Clean;
use crate::format::line::TextRole;

/// Columns for letters, and for a link with nothing but its host.
const LETTERS: u16 = 3;
const WITH_HOST: u16 = 28;
/// Rows for the title.
const TITLE_ROWS: u16 = 1;

/// The labels on the links, and the letters typed so far.
#[derive(Debug)]
pub struct FollowLink {
    labels: Labels,
    act: Act,
    /// Where the panel may be.
    room: Area,
}

/// What to do with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Go to the article of the library, or open the page.
    Follow,
    Copy,
    /// Save the page as an article.
    Save,
}

impl FollowLink {
    pub fn new(links: Vec<SeenLink>, cx: Cx<'_>) -> Self {
        let is_taken = |letter: char| {
            let key = Key::parse(&letter.to_string());
            let found = key.map(|key| cx.env.keymap.resolve(Context::Letters, &[], key));
            found.is_ok_and(|found| found != Resolution::Unbound)
        };
        Self {
            labels: Labels::new(links, is_taken),
            act: Act::Follow,
            room: Area::default(),
        }
    }

    /// Does with a link what the overlay was opened for.
    fn act_on(&self, link: SeenLink, cx: Cx<'_>) -> Vec<Msg> {
        let SeenLink { url, lead, .. } = link;
        let act = match (self.act, lead) {
            (Act::Follow, Lead::Article(id)) => Msg::Follow(id),
            (Act::Follow, Lead::Line(line)) => Msg::FollowNote(line),
            (Act::Follow, Lead::Outside) => Msg::OpenUrl(url),
            (Act::Copy, Lead::Article(id)) => {
                Msg::CopyUrl(cx.catalog.library().article(id).original().into_owned())
            }
            (Act::Copy, Lead::Line(_) | Lead::Outside) => Msg::CopyUrl(url),
            (Act::Save, Lead::Article(_)) => Msg::Say("It is in the library already.".to_owned()),
            (Act::Save, Lead::Line(_)) => Msg::Say("It is a place in this text.".to_owned()),
            (Act::Save, Lead::Outside) => Msg::SavePage(url),
        };
        vec![Msg::Close, act]
    }

    /// A row of labels, each with its host in a column of this width; a single one also has its
    /// words.
    fn row(&self, labels: &[&Label], hosts: u16, columns: u16, cx: Cx<'_>) -> PanelRow {
        let each = columns / labels.len().max(1) as u16;
        let cells = (0u16..).zip(labels).flat_map(|(at, label)| {
            let host = label.link.whither();
            let role = match label.link.warning() {
                Some(_) => TextRole::Warning,
                None => TextRole::Text,
            };
            let at = at * each;
            let width = hosts.min(each.saturating_sub(LETTERS + 1));
            let shown = end_of(&host, usize::from(width), cx.env.glyphs.ellipsis);
            let words_at = at + LETTERS + width + 2;
            let words = match labels.len() {
                1 => columns.saturating_sub(words_at),
                _ => 0,
            };
            [
                PanelCell::new(at, LETTERS, Clean::new(&label.letters), TextRole::Accent),
                PanelCell::new(at + LETTERS, width, shown, role),
                PanelCell::new(
                    words_at,
                    words,
                    Clean::new(&label.link.words),
                    TextRole::Faint,
                ),
            ]
        });
        PanelRow {
            cells: cells.collect(),
        }
    }
}

impl Overlay for FollowLink {
    fn context(&self) -> Context {
        Context::Letters
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        self.act = match command {
            Command::CopyLink => Act::Copy,
            Command::SavePage => Act::Save,
            _ => return None,
        };
        Some(Vec::new())
    }

    fn type_key(&mut self, key: Key, cx: Cx<'_>) -> Option<Vec<Msg>> {
        if key == Key::BACKSPACE {
            self.labels.pop();
            return Some(Vec::new());
        }
        Some(match self.labels.push(key.character()?) {
            LabelTyped::Link(link) => self.act_on(link, cx),
            LabelTyped::Several => Vec::new(),
            LabelTyped::None(typed) => {
                let key = cx.env.key(Command::Cancel, Context::Letters);
                vec![Msg::Say(format!("There is no link {typed}; {key} leaves."))]
            }
        })
    }

    fn labels(&self) -> Option<&Labels> {
        Some(&self.labels)
    }

    fn take_room(&mut self, room: Area) {
        self.room = room;
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let left: Vec<&Label> = self.labels.left().collect();
        let room = self.room;
        let rows = room.rows.saturating_sub(TITLE_ROWS).max(1);
        let columns = room.columns.saturating_sub(2);
        // One below the other, with their words, as long as there is room.
        let beside = match left.len() > usize::from(rows) {
            true => usize::from(columns / WITH_HOST).max(1),
            false => 1,
        };
        let widths = left.iter().map(|it| it.link.whither().len());
        let hosts = widths.max().unwrap_or_default().min(usize::from(WITH_HOST)) as u16;
        let rows_of_labels = left.chunks(beside).take(usize::from(rows));
        let body: Vec<PanelRow> = rows_of_labels
            .map(|labels| self.row(labels, hosts, columns, cx))
            .collect();
        let shown = left.len().min(beside * usize::from(rows));
        let corner = match left.len() - shown {
            0 => String::new(),
            more => format!("{more} more"),
        };
        let key = |command| cx.env.key(command, Context::Letters);
        let title = match self.act {
            Act::Follow => "FOLLOW A LINK",
            Act::Copy => "COPY A LINK",
            Act::Save => "SAVE A LINK AS AN ARTICLE",
        };
        let hint = match self.act {
            Act::Follow => format!(
                "{} copies, {} saves as an article",
                key(Command::CopyLink),
                key(Command::SavePage)
            ),
            Act::Copy | Act::Save => String::new(),
        };
        let height = (body.len() as u16 + TITLE_ROWS).min(room.rows);
        Panel {
            placement: Placement::Over(Area {
                y: room.y + room.rows - height,
                rows: height,
                ..room
            }),
            title: Clean::label(title),
            corner: Clean::new(&corner),
            hint: Clean::new(&hint),
            count: body.len(),
            body,
            ..Panel::default()
        }
    }
}
