//! A theme: a style for each role.

use super::role::{Role, TABLE};
use super::style::Style;

/// A style for each role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; TABLE.len()],
}

impl Default for Theme {
    /// No colours and no attributes.
    fn default() -> Self {
        Self {
            styles: [Style::default(); TABLE.len()],
        }
    }
}

impl Theme {
    /// The style of a role as written: what it leaves open is that of [`Role::Text`].
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The theme with other styles for some roles.
    pub fn with(mut self, styles: &[(Role, Style)]) -> Self {
        for (role, style) in styles {
            self.styles[*role as usize] = *style;
        }
        self
    }

    /// The theme with every style changed.
    pub fn map(&self, change: impl Fn(Role, Style) -> Style) -> Self {
        let mut theme = *self;
        for row in TABLE {
            theme.styles[row.role as usize] = change(row.role, self.style(row.role));
        }
        theme
    }
}
