//! Colours and attributes by role. The colours are the terminal's own sixteen, so that they fit
//! light and dark backgrounds; nothing is conveyed by colour alone. What is secondary is dim and
//! has no colour: in some palettes bright black is the background.

use ratatui::style::{Color, Modifier, Style};

use crate::format::line::Role;

/// One style per role.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    pub text: Style,
    pub faint: Style,
    pub accent: Style,
    pub title: Style,
    pub unread: Style,
    pub link: Style,
    pub quote: Style,
    pub code: Style,
    pub star: Style,
    pub published: Style,
    pub staged: Style,
    pub later: Style,
    pub matched: Style,
    /// The current match.
    pub current: Style,
    pub warning: Style,
    pub error: Style,
    /// An error in a typed line.
    pub wrong: Style,
    /// The cursor's whole row in the focused pane.
    pub cursor: Style,
}

impl Theme {
    /// Uses the terminal's colours.
    pub fn colours() -> Self {
        let colour = |colour| Style::new().fg(colour);
        Self {
            current: Self::plain().current.fg(Color::Yellow),
            accent: colour(Color::Cyan),
            link: colour(Color::Blue).add_modifier(Modifier::UNDERLINED),
            quote: Style::new().add_modifier(Modifier::ITALIC),
            code: colour(Color::Green),
            star: colour(Color::Yellow),
            published: colour(Color::Green),
            staged: colour(Color::Magenta),
            later: colour(Color::Blue),
            warning: colour(Color::Yellow),
            error: colour(Color::Red).add_modifier(Modifier::BOLD),
            wrong: colour(Color::Red).add_modifier(Modifier::UNDERLINED),
            ..Self::plain()
        }
    }

    /// Uses no colours (`NO_COLOR`, <https://no-color.org>), only attributes.
    pub fn plain() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            faint: plain.add_modifier(Modifier::DIM),
            accent: bold,
            title: bold,
            unread: bold,
            link: plain.add_modifier(Modifier::UNDERLINED),
            quote: plain.add_modifier(Modifier::ITALIC),
            code: plain,
            star: plain,
            published: plain,
            staged: plain,
            later: plain,
            matched: plain.add_modifier(Modifier::REVERSED),
            current: bold.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED),
            warning: plain,
            error: bold,
            wrong: plain.add_modifier(Modifier::UNDERLINED),
            cursor: plain.add_modifier(Modifier::REVERSED),
        }
    }

    /// The style of a run of text.
    pub fn style(&self, role: Role) -> Style {
        match role {
            Role::Text => self.text,
            Role::Faint => self.faint,
            Role::Strong => self.text.add_modifier(Modifier::BOLD),
            Role::Emphasis => self.text.add_modifier(Modifier::ITALIC),
            Role::Strike => self.text.add_modifier(Modifier::CROSSED_OUT),
            Role::Code => self.code,
            Role::Heading => self.accent.add_modifier(Modifier::BOLD),
            Role::Quote => self.quote,
            Role::Link => self.link,
            Role::Title => self.title,
            Role::Unread => self.unread,
            Role::Accent => self.accent,
            Role::Match => self.matched,
            Role::Star => self.star,
            Role::Published => self.published,
            Role::Staged => self.staged,
            Role::Later => self.later,
            Role::Warning => self.warning,
            Role::Error => self.error,
        }
    }
}
