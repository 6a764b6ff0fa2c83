//! How a role looks on a terminal whose colours are known, and how a theme is made legible there.

use super::colour::{Colour, Rgb};
use super::role::Role;
use super::style::{Attribute, Style};
use super::styles::Theme;
use super::terminal::{ColourDepth, Terminal};

/// How much of the text's colour is left where it is dim, in percent; terminals differ around this.
const DIM: u32 = 60;

/// The colours of a role as seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenColours {
    pub ink: Rgb,
    pub paper: Rgb,
}

impl SeenColours {
    /// The colours of a role; `None` if they are not known.
    pub fn of(theme: &Theme, role: Role, terminal: &Terminal) -> Option<Self> {
        let text = theme.style(Role::Text);
        let style = theme.style(role).upon(text);
        let ink = terminal.seen(style.colour, terminal.text)?;
        let paper = terminal.seen(style.background, terminal.background)?;
        let ink = match style.attributes.has(Attribute::Dim) {
            true => ink.over(paper, DIM),
            false => ink,
        };
        Some(match style.attributes.has(Attribute::Reversed) {
            true => Self {
                ink: paper,
                paper: ink,
            },
            false => Self { ink, paper },
        })
    }

    /// The contrast between the two.
    pub fn contrast(self) -> f64 {
        self.ink.contrast(self.paper)
    }
}

impl Theme {
    /// The theme for a terminal. A colour of the terminal's own that would have too little contrast
    /// there becomes one that has enough; what is dim becomes a colour, since terminals differ in
    /// how dim that is. Colours that the theme gives as RGB are left as they are.
    pub fn on(&self, terminal: &Terminal) -> Theme {
        let written = self.style(Role::Text);
        let is_own = |style: Style| !matches!(style.upon(written).colour, Colour::Rgb(_));
        let text = match is_own(written) {
            true => legible(Role::Text, written, written, terminal),
            false => written,
        };
        let legible = self.map(|role, style| match role == Role::Text {
            true => text,
            false if is_own(style) => legible(role, style, text, terminal),
            false => style,
        });
        legible.map(|_, style| reduced(style, terminal.depth))
    }
}

/// A style in the terminal's colours with enough contrast, if these are known; `text` is the style
/// beneath it.
fn legible(role: Role, style: Style, text: Style, terminal: &Terminal) -> Style {
    let whole = style.upon(text);
    let Some(background) = terminal.seen(whole.background, terminal.background) else {
        return style;
    };
    let by_contrast = match background.is_light() {
        true => Rgb::BLACK,
        false => Rgb::WHITE,
    };
    let default = terminal.text.unwrap_or(by_contrast);
    let Some(colour) = terminal.seen(whole.colour, Some(default)) else {
        return style;
    };
    let is_dim = style.attributes.has(Attribute::Dim);
    let wanted = match is_dim {
        true => colour.over(background, DIM),
        false => colour,
    };
    if !is_dim && wanted.contrast(background) >= role.row().contrast {
        return style;
    }
    Style {
        colour: Colour::Rgb(wanted.legible_on(background, role.row().contrast)),
        attributes: style.attributes.without(Attribute::Dim),
        ..style
    }
}

/// A style in the colours that the terminal can show.
fn reduced(style: Style, depth: ColourDepth) -> Style {
    let reduce = |colour| match (depth, colour) {
        (ColourDepth::None, _) => Colour::Default,
        (ColourDepth::Indexed, Colour::Rgb(colour)) => Colour::Indexed(colour.indexed()),
        (ColourDepth::Indexed | ColourDepth::Full, colour) => colour,
    };
    Style {
        colour: reduce(style.colour),
        background: reduce(style.background),
        ..style
    }
}
