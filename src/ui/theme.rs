//! The theme in force as ratatui styles, one per role.

use ratatui::style::{Color, Modifier, Style};

use crate::app::HalfBlock;
use crate::format::line;
use crate::theme::{Attribute, Colour, Rgb, Role, Style as Written, Theme};

/// One style per role.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    pub text: Style,
    pub faint: Style,
    pub accent: Style,
    pub title: Style,
    pub unread: Style,
    pub link: Style,
    pub quote: Style,
    pub code: Style,
    /// A word of a programming language.
    pub keyword: Style,
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

impl Styles {
    pub fn new(theme: &Theme) -> Self {
        let of = |role| style(theme.style(role));
        Self {
            text: of(Role::Text),
            faint: of(Role::Faint),
            accent: of(Role::Accent),
            title: of(Role::Title),
            unread: of(Role::Unread),
            link: of(Role::Link),
            quote: of(Role::Quote),
            code: of(Role::Code),
            keyword: of(Role::Keyword),
            star: of(Role::Star),
            published: of(Role::Published),
            staged: of(Role::Staged),
            later: of(Role::Later),
            matched: of(Role::Match),
            current: of(Role::Current),
            warning: of(Role::Warning),
            error: of(Role::Error),
            wrong: of(Role::Wrong),
            // Everything in the row takes on this style alone.
            cursor: Style::reset().patch(of(Role::Text)).patch(of(Role::Cursor)),
        }
    }

    /// The style of a run of text.
    pub fn style(&self, role: line::TextRole) -> Style {
        match role {
            line::TextRole::Text => self.text,
            line::TextRole::Faint => self.faint,
            line::TextRole::Strong => self.text.add_modifier(Modifier::BOLD),
            line::TextRole::Emphasis => self.text.add_modifier(Modifier::ITALIC),
            line::TextRole::Strike => self.text.add_modifier(Modifier::CROSSED_OUT),
            line::TextRole::Code | line::TextRole::Quoted => self.code,
            line::TextRole::Keyword => self.keyword,
            line::TextRole::Figure => self.accent,
            line::TextRole::Comment => self.faint,
            line::TextRole::Heading => self.accent.add_modifier(Modifier::BOLD),
            line::TextRole::Quote => self.quote,
            line::TextRole::Link => self.link,
            line::TextRole::Title => self.title,
            line::TextRole::Unread => self.unread,
            line::TextRole::Accent => self.accent,
            line::TextRole::Match => self.matched,
            line::TextRole::Star => self.star,
            line::TextRole::Published => self.published,
            line::TextRole::Staged => self.staged,
            line::TextRole::Later => self.later,
            line::TextRole::Warning => self.warning,
            line::TextRole::Error => self.error,
        }
    }
}

/// The style of a cell of a picture.
pub fn of_block(block: HalfBlock) -> Style {
    Style {
        fg: colour(block.ink),
        bg: colour(block.paper),
        ..Style::reset()
    }
}

/// The style of a cell in which the terminal shows the picture of this number.
pub fn of_held(number: Rgb) -> Style {
    Style {
        fg: colour(Colour::Rgb(number)),
        ..Style::reset()
    }
}

/// A style of a theme, in ratatui's words.
fn style(written: Written) -> Style {
    let style = Style {
        fg: colour(written.colour),
        bg: colour(written.background),
        ..Style::new()
    };
    let modifiers = written.attributes.iter().map(|it| match it {
        Attribute::Bold => Modifier::BOLD,
        Attribute::Dim => Modifier::DIM,
        Attribute::Italic => Modifier::ITALIC,
        Attribute::Underlined => Modifier::UNDERLINED,
        Attribute::Reversed => Modifier::REVERSED,
        Attribute::CrossedOut => Modifier::CROSSED_OUT,
    });
    style.add_modifier(modifiers.collect())
}

fn colour(colour: Colour) -> Option<Color> {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Colour::Default => None,
        Colour::Terminal(number) => NAMED.get(usize::from(number)).copied(),
        Colour::Indexed(number) => Some(Color::Indexed(number)),
        Colour::Rgb(it) => Some(Color::Rgb(it.0, it.1, it.2)),
    }
}
