//! What is known about the terminal's colours.

use super::base::Shade;
use super::colour::{Colour, Rgb};

/// How many colours it can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourDepth {
    /// None are wanted.
    None,
    /// xterm's palette of 256.
    Indexed,
    #[default]
    Full,
}

/// The terminal's colours; `None` for those that are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    pub depth: ColourDepth,
    /// Whether its background is light, if somebody has said so.
    pub shade: Option<Shade>,
    pub text: Option<Rgb>,
    pub background: Option<Rgb>,
    /// The sixteen that it has names for.
    pub named: [Option<Rgb>; 16],
}

/// One of the terminal's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Text,
    Background,
    /// One of the sixteen, by number.
    Named(u8),
}

impl Terminal {
    /// Whether its background is light or dark: as somebody has said, or as its colour is.
    pub fn shade(&self) -> Option<Shade> {
        let of_colour = |it: Rgb| match it.is_light() {
            true => Shade::Light,
            false => Shade::Dark,
        };
        self.shade.or_else(|| self.background.map(of_colour))
    }

    /// Notes a colour.
    pub fn learn(&mut self, slot: Slot, colour: Rgb) {
        match slot {
            Slot::Text => self.text = Some(colour),
            Slot::Background => self.background = Some(colour),
            Slot::Named(number) => {
                if let Some(named) = self.named.get_mut(usize::from(number)) {
                    *named = Some(colour);
                }
            }
        }
    }

    /// What a colour looks like; `default` is what stands for [`Colour::Default`].
    pub fn seen(&self, colour: Colour, default: Option<Rgb>) -> Option<Rgb> {
        match colour {
            Colour::Default => default,
            Colour::Terminal(number) => self.named.get(usize::from(number)).copied().flatten(),
            Colour::Indexed(_) => None,
            Colour::Rgb(colour) => Some(colour),
        }
    }
}
