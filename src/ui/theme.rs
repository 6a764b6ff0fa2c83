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
            keyword: colour(Color::Magenta),
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
            keyword: bold,
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
            Role::Code | Role::Quoted => self.code,
            Role::Keyword => self.keyword,
            Role::Figure => self.accent,
            Role::Comment => self.faint,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Well-known palettes: text, background, and the colours that the theme uses, in the order of
    /// [`HUES`].
    const PALETTES: [(&str, u32, u32, [u32; 6]); 12] = [
        (
            "xterm, dark",
            0xe5e5e5,
            0x000000,
            [0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd],
        ),
        (
            "Solarized dark",
            0x839496,
            0x002b36,
            [0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198],
        ),
        (
            "Solarized light",
            0x657b83,
            0xfdf6e3,
            [0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198],
        ),
        (
            "Gruvbox dark",
            0xebdbb2,
            0x282828,
            [0xcc241d, 0x98971a, 0xd79921, 0x458588, 0xb16286, 0x689d6a],
        ),
        (
            "Gruvbox light",
            0x3c3836,
            0xfbf1c7,
            [0xcc241d, 0x98971a, 0xd79921, 0x458588, 0xb16286, 0x689d6a],
        ),
        (
            "Dracula",
            0xf8f8f2,
            0x282a36,
            [0xff5555, 0x50fa7b, 0xf1fa8c, 0xbd93f9, 0xff79c6, 0x8be9fd],
        ),
        (
            "Nord",
            0xd8dee9,
            0x2e3440,
            [0xbf616a, 0xa3be8c, 0xebcb8b, 0x81a1c1, 0xb48ead, 0x88c0d0],
        ),
        (
            "One Dark",
            0xabb2bf,
            0x282c34,
            [0xe06c75, 0x98c379, 0xe5c07b, 0x61afef, 0xc678dd, 0x56b6c2],
        ),
        (
            "Tokyo Night",
            0xc0caf5,
            0x1a1b26,
            [0xf7768e, 0x9ece6a, 0xe0af68, 0x7aa2f7, 0xbb9af7, 0x7dcfff],
        ),
        (
            "Catppuccin Latte",
            0x4c4f69,
            0xeff1f5,
            [0xd20f39, 0x40a02b, 0xdf8e1d, 0x1e66f5, 0xea76cb, 0x179299],
        ),
        (
            "Campbell",
            0xcccccc,
            0x0c0c0c,
            [0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd],
        ),
        (
            "macOS Basic",
            0x000000,
            0xffffff,
            [0x990000, 0x00a600, 0x999900, 0x0000b2, 0xb200b2, 0x00a6b2],
        ),
    ];

    const HUES: [Color; 6] = [
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
    ];

    const ROLES: [Role; 23] = [
        Role::Text,
        Role::Faint,
        Role::Strong,
        Role::Emphasis,
        Role::Strike,
        Role::Code,
        Role::Keyword,
        Role::Quoted,
        Role::Figure,
        Role::Comment,
        Role::Heading,
        Role::Quote,
        Role::Link,
        Role::Title,
        Role::Unread,
        Role::Accent,
        Role::Match,
        Role::Star,
        Role::Published,
        Role::Staged,
        Role::Later,
        Role::Warning,
        Role::Error,
    ];

    fn channels(colour: u32) -> [f64; 3] {
        [16, 8, 0].map(|shift| f64::from(colour >> shift & 0xff) / 255.0)
    }

    /// The contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance).
    fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
        let luminance = |colour: [f64; 3]| {
            let [red, green, blue] = colour.map(|it| match it <= 0.04045 {
                true => it / 12.92,
                false => ((it + 0.055) / 1.055).powf(2.4),
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    /// How a style looks on a palette, over its background.
    fn seen(style: Style, text: u32, background: u32, hues: [u32; 6]) -> [f64; 3] {
        let named = HUES.iter().position(|hue| Some(*hue) == style.fg);
        let colour = channels(named.map_or(text, |at| hues[at]));
        if !style.add_modifier.contains(Modifier::DIM) {
            return colour;
        }
        let background = channels(background);
        std::array::from_fn(|at| 0.6 * colour[at] + 0.4 * background[at])
    }

    #[test]
    fn what_is_read_has_the_contrast_of_the_terminals_own_text() {
        let theme = Theme::colours();
        for (name, text, background, hues) in PALETTES {
            let own = contrast(channels(text), channels(background));
            for style in [theme.text, theme.title, theme.unread, theme.quote] {
                let had = contrast(seen(style, text, background, hues), channels(background));
                assert!(had >= own.min(4.5), "{name}: {had:.1}");
            }
            assert!(own >= 4.0, "{name} is a palette to be read");
        }
    }

    #[test]
    fn what_is_secondary_is_dim_and_never_vanishes() {
        let theme = Theme::colours();
        assert_eq!((theme.faint.fg, theme.faint.bg), (None, None));
        assert!(theme.faint.add_modifier.contains(Modifier::DIM));
        for (name, text, background, hues) in PALETTES {
            let own = contrast(channels(text), channels(background));
            let had = contrast(
                seen(theme.faint, text, background, hues),
                channels(background),
            );
            // A palette whose own text barely has enough contrast leaves less for what is
            // secondary.
            let least = if own >= 7.5 { 3.0 } else { own / 2.7 };
            assert!(had >= least, "{name}: {had:.1} of {own:.1}");
        }
    }

    #[test]
    fn no_role_has_a_colour_that_may_be_the_background() {
        for theme in [Theme::colours(), Theme::plain()] {
            for role in ROLES {
                let Style { fg, bg, .. } = theme.style(role);
                assert!(fg.is_none_or(|it| HUES.contains(&it)), "{role:?}: {fg:?}");
                assert_eq!(bg, None, "{role:?}");
            }
        }
    }
}
