//! The theme in force: the one that a person has chosen, on the present terminal.

use crate::theme::{Rgb, Shade, Terminal, Theme, ThemeChoice};

/// The chosen theme, and what is known about the terminal's colours.
#[derive(Clone, Debug)]
pub struct Looks {
    choice: ThemeChoice,
    terminal: Terminal,
    /// The theme that results from the two.
    theme: Theme,
}

impl Looks {
    pub fn new(choice: ThemeChoice, terminal: Terminal) -> Self {
        Self {
            theme: choice.theme(&terminal),
            choice,
            terminal,
        }
    }

    /// The theme to draw with.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    pub fn choice(&self) -> &ThemeChoice {
        &self.choice
    }

    /// Whether the theme depends on the terminal's background, and that is not known.
    pub fn lacks_background(&self) -> bool {
        self.choice.is_pair() && self.terminal.shade().is_none()
    }

    /// The background, as far as it is known.
    pub fn paper(&self) -> Rgb {
        let shade = || match self.terminal.shade() {
            Some(Shade::Light) => Rgb::WHITE,
            Some(Shade::Dark) | None => Rgb::BLACK,
        };
        self.terminal.background.unwrap_or_else(shade)
    }

    /// Changes the theme.
    pub fn choose(&mut self, choice: ThemeChoice) {
        *self = Self::new(choice, self.terminal.clone());
    }

    /// Takes what is known about the terminal now.
    pub fn learn(&mut self, change: impl FnOnce(&mut Terminal)) {
        change(&mut self.terminal);
        self.theme = self.choice.theme(&self.terminal);
    }
}
