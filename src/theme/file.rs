//! Themes as TOML: a style for each role, a palette of names for colours, and a theme to start
//! from. `docs/themes.md` documents it for users.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Document, Item, TableLike};

use super::base::{Base, base};
use super::colour::Colour;
use super::role::{NAMES, Role};
use super::style::Style;
use super::styles::Theme;
use crate::format::nearest::nearest;

/// Something wrong in the text of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its bytes, if known.
    pub at: Option<Range<usize>>,
    pub reason: String,
}

/// A theme as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeFile {
    pub about: String,
    /// What the roles that it does not name are taken from.
    pub base: Base,
    /// The roles that it names, in file order.
    pub styles: Vec<(Role, Style)>,
}

/// Everything that a theme may say besides its roles.
const OTHERS: [&str; 3] = ["about", "base", "palette"];

impl ThemeFile {
    /// Parses the text of a theme.
    ///
    /// # Errors
    /// Everything that is wrong with it, in order.
    pub fn parse(text: &str) -> Result<Self, Vec<Wrong>> {
        let document = Document::parse(text).map_err(|error| {
            vec![Wrong {
                at: error.span(),
                reason: error.message().to_owned(),
            }]
        })?;
        let mut parsing = Parsing::default();
        if let Some(palette) = document.get("palette") {
            parsing.palette(palette);
        }
        parsing.table(document.as_table());
        if parsing.wrong.is_empty() {
            Ok(parsing.file)
        } else {
            parsing.wrong.sort_by_key(|wrong| start(wrong.at.as_ref()));
            Err(parsing.wrong)
        }
    }

    /// The theme on top of the one it starts from.
    pub fn upon(&self, base: Theme) -> Theme {
        base.with(&self.styles)
    }
}

fn start(at: Option<&Range<usize>>) -> usize {
    at.map_or(0, |at| at.start)
}

/// A theme being parsed.
#[derive(Default)]
struct Parsing {
    palette: BTreeMap<String, Colour>,
    file: ThemeFile,
    wrong: Vec<Wrong>,
}

impl Parsing {
    fn palette(&mut self, palette: &Item) {
        let Some(table) = palette.as_table_like() else {
            return self.note(palette, "expected a table of names and colours".to_owned());
        };
        for (name, item) in table.iter() {
            match item.as_str().and_then(Colour::parse) {
                Some(colour) => {
                    self.palette.insert(name.to_owned(), colour);
                }
                None => self.note(item, "expected a colour such as \"#268bd2\"".to_owned()),
            }
        }
    }

    fn table(&mut self, table: &dyn TableLike) {
        for (name, item) in table.iter() {
            match (name, Role::from_name(name), item.as_str()) {
                (_, Some(role), Some(text)) => self.style(role, text, item),
                (_, Some(_), None) => self.note(item, "expected a style".to_owned()),
                ("palette", ..) => {}
                ("about", _, Some(text)) => text.clone_into(&mut self.file.about),
                ("base", _, Some(text)) => match base(text) {
                    Ok(base) => self.file.base = base,
                    Err(reason) => self.note(item, reason),
                },
                ("about" | "base", ..) => self.note(item, "expected text".to_owned()),
                _ => {
                    let key = table.get_key_value(name).and_then(|(key, _)| key.span());
                    let reason = unknown(name);
                    self.wrong.push(Wrong { at: key, reason });
                }
            }
        }
    }

    fn style(&mut self, role: Role, text: &str, item: &Item) {
        match Style::parse(text, |name| self.palette.get(name).copied()) {
            Ok(style) => self.file.styles.push((role, style)),
            Err(reason) => self.note(item, reason),
        }
    }

    fn note(&mut self, item: &Item, reason: String) {
        let at = item.span();
        self.wrong.push(Wrong { at, reason });
    }
}

fn unknown(name: &str) -> String {
    let names = || NAMES.iter().copied().chain(OTHERS);
    let hint = match nearest(names(), name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected {}", names().collect::<Vec<_>>().join(", ")),
    };
    format!("there is no role `{name}`; {hint}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Rgb;

    #[test]
    fn a_theme_names_roles_a_palette_and_a_base() {
        let text = "about = \"Mine.\"\nbase = \"nord\"\naccent = \"bold sea\"\n\
                    [palette]\nsea = \"#88c0d0\"\n";
        let file = ThemeFile::parse(text).expect("a theme");
        assert_eq!(file.about, "Mine.");
        assert_eq!(file.base.name(), "nord");
        let (role, style) = file.styles[0];
        assert_eq!(role, Role::Accent);
        assert_eq!(style.colour, Colour::Rgb(Rgb(0x88, 0xc0, 0xd0)));
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        let text = "accnt = \"red\"\nfaint = 3\nlink = \"seaa\"\nbase = \"nrod\"\n\
                    [palette]\nsea = \"blu\"\n";
        let wrong = ThemeFile::parse(text).expect_err("a wrong theme");
        let said: Vec<(&str, &str)> = wrong
            .iter()
            .map(|it| (&text[it.at.clone().expect("a place")], &*it.reason))
            .collect();
        assert_eq!(
            said[0],
            ("accnt", "there is no role `accnt`; did you mean `accent`?")
        );
        assert_eq!(said[1], ("3", "expected a style"));
        assert!(said[2].0 == "\"seaa\"" && said[2].1.contains("no colour or attribute “seaa”"));
        assert!(said[3].1.contains("did you mean “nord”?"), "{said:?}");
        assert_eq!(said[4].0, "\"blu\"");
        let torn = ThemeFile::parse("accent = ").expect_err("no TOML");
        assert_eq!(torn.len(), 1);
    }
}
