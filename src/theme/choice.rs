//! Which theme a person has chosen: a base, and styles of their own on top of it.

use super::base::Base;
use super::bundled;
use super::file::ThemeFile;
use super::role::Role;
use super::style::Style;
use super::styles::Theme;
use super::terminal::{ColourDepth, Terminal};

/// A person's choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeChoice {
    pub start: ThemeBase,
    /// The roles that are changed.
    pub own: Vec<(Role, Style)>,
}

/// What a choice starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeBase {
    Bundled(Base),
    /// A person's own file.
    File(ThemeFile),
}

impl Default for ThemeBase {
    fn default() -> Self {
        Self::Bundled(Base::default())
    }
}

impl ThemeChoice {
    /// The same choice with another base.
    pub fn from_base(&self, base: Base) -> Self {
        Self {
            start: ThemeBase::Bundled(base),
            own: self.own.clone(),
        }
    }

    /// The theme that it gives on a terminal. Without colours, roles differ by attributes alone.
    pub fn theme(&self, terminal: &Terminal) -> Theme {
        let shade = terminal.shade();
        let theme = match &self.start {
            _ if terminal.depth == ColourDepth::None => bundled::theme(Base::monochrome(), shade),
            ThemeBase::Bundled(base) => bundled::theme(*base, shade),
            ThemeBase::File(file) => file.upon(bundled::theme(file.base, shade)),
        };
        theme.with(&self.own).on(terminal)
    }

    /// Whether it is to have no colours.
    pub fn is_monochrome(&self) -> bool {
        let base = match &self.start {
            ThemeBase::Bundled(base) => *base,
            ThemeBase::File(file) => file.base,
        };
        base == Base::monochrome()
    }

    /// Whether it depends on the terminal's background.
    pub fn is_pair(&self) -> bool {
        match &self.start {
            ThemeBase::Bundled(base) => base.is_pair(),
            ThemeBase::File(file) => file.base.is_pair(),
        }
    }
}
