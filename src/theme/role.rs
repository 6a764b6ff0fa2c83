//! The roles that a theme gives a style to: one table with the name of each, what it is for, and
//! how much contrast it needs.

/// The contrast that text needs to be read (WCAG 2.2, 1.4.3, level AA).
pub const TO_READ: f64 = 4.5;
/// The contrast that signs and secondary text need to be seen (WCAG 2.2, 1.4.11).
pub const TO_SEE: f64 = 3.0;

/// Everything about a role.
#[derive(Debug)]
pub struct ThemeRow {
    pub role: Role,
    /// Its name in a theme.
    pub name: &'static str,
    pub about: &'static str,
    /// The contrast it needs, from 1 to 21.
    pub contrast: f64,
}

macro_rules! roles {
    ($($variant:ident $name:literal $contrast:ident $about:literal;)+) => {
        /// What a theme gives a style to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role {
            $(#[doc = $about] $variant,)+
        }

        /// Every role, in the order of the docs.
        pub const TABLE: &[ThemeRow] = &[$(ThemeRow {
            role: Role::$variant,
            name: $name,
            about: $about,
            contrast: $contrast,
        }),+];

        /// The names of all roles.
        pub const NAMES: &[&str] = &[$($name),+];
    };
}

roles! {
    Text "text" TO_READ "Everything without a role of its own. Its background is that of the screen.";
    Faint "faint" TO_SEE "Secondary text: ages, hints, lines, and handled or read articles.";
    Accent "accent" TO_READ "What is focused or picked, keys, the current query.";
    Title "title" TO_READ "Titles of articles and panes.";
    Unread "unread" TO_READ "Unread titles, where these are the exception.";
    Link "link" TO_READ "Links in a text.";
    Quote "quote" TO_READ "Quotations in a text.";
    Code "code" TO_READ "Code in a text.";
    Keyword "keyword" TO_READ "Keywords in code.";
    Star "star" TO_SEE "The sign for starred articles.";
    Published "published" TO_SEE "The sign for published articles.";
    Staged "staged" TO_SEE "The sign for staged changes.";
    Later "later" TO_SEE "The sign for articles put off.";
    Match "match" TO_READ "Matches of a search.";
    Current "current" TO_READ "The current match in a text.";
    Warning "warning" TO_READ "Warnings.";
    Error "error" TO_READ "Errors, and values that are excluded.";
    Wrong "wrong" TO_READ "The wrong part of a line being typed.";
    Cursor "cursor" TO_READ "The row under the cursor in the pane that has the focus.";
}

impl Role {
    /// The role's row in the table.
    pub fn row(self) -> &'static ThemeRow {
        &TABLE[self as usize]
    }

    /// Looks a role up by name.
    pub fn from_name(name: &str) -> Option<Role> {
        let row = TABLE.iter().find(|row| row.name == name)?;
        Some(row.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::current::assert_current;

    const START: &str = "<!-- Generated from src/theme/role.rs; to regenerate: \
        NEWSDESK_BLESS=1 cargo test --lib theme::role -->\n";
    const END: &str = "<!-- end -->\n";

    #[test]
    fn the_page_has_every_role() {
        assert_current("docs/themes.md", "theme::role", |kept| {
            let (before, rest) = kept.split_once(START).expect("the start of the table");
            let (_, after) = rest.split_once(END).expect("the end of the table");
            let rows = TABLE.iter();
            let rows =
                rows.map(|it| format!("| `{}` | {} | {} |\n", it.name, it.contrast, it.about));
            let rows: String = rows.collect();
            let heading = "| role | contrast | used for |\n| --- | --- | --- |\n";
            format!("{before}{START}\n{heading}{rows}\n{END}{after}")
        });
    }

    #[test]
    fn every_role_finds_its_row_by_itself_and_by_its_name() {
        for row in TABLE {
            assert_eq!(row.role.row().name, row.name);
            assert_eq!(Role::from_name(row.name), Some(row.role));
        }
    }
}
