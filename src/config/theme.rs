//! The theme in the configuration file: a base, styles of single roles, and what is said about the
//! terminal's background. What a theme is made of is in [`crate::theme`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use super::check::Problem;
use super::edit::{ConfigEditError, edit_file, put, table};
use super::places::XdgEnvironment;
use super::theme_values::{Background, is_path};
use crate::format::system::system_words;
use crate::theme::{self, Base, Role, Style, ThemeBase, ThemeChoice, ThemeFile};

/// The table `[theme]`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Table {
    base: Option<String>,
    pub background: Background,
    #[serde(flatten)]
    styles: toml::Table,
}

/// Why a person's own theme cannot be used.
#[derive(Debug, Error)]
pub enum ThemeError {
    #[error("{}: cannot read the theme: {}", .path.display(), system_words(.error))]
    Unreadable { path: PathBuf, error: io::Error },
    #[error(
        "the theme {0:?} is relative to the home folder, which is unknown; set HOME or use an \
         absolute path"
    )]
    Homeless(String),
    /// With the problem that comes first.
    #[error("{}, {problem}", .path.display())]
    Wrong { path: PathBuf, problem: Problem },
}

/// The theme that a checked table chooses.
pub(super) fn chosen(table: Table, places: &XdgEnvironment) -> Result<ThemeChoice, ThemeError> {
    let start = match table.base {
        Some(path) if is_path(&path) => ThemeBase::File(read(&path, places)?),
        Some(name) => ThemeBase::Bundled(theme::base(&name).unwrap_or_default()),
        None => ThemeBase::default(),
    };
    let own = table.styles.iter().filter_map(|(name, style)| {
        let style = Style::parse(style.as_str()?, |_| None).ok()?;
        Some((Role::from_name(name)?, style))
    });
    Ok(ThemeChoice {
        start,
        own: own.collect(),
    })
}

/// Reads a person's own theme.
fn read(written: &str, places: &XdgEnvironment) -> Result<ThemeFile, ThemeError> {
    let homeless = || ThemeError::Homeless(written.to_owned());
    let path = places.in_home(written).ok_or_else(homeless)?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return Err(ThemeError::Unreadable { path, error }),
    };
    ThemeFile::parse(&text).map_err(|wrong| {
        let first = wrong.into_iter().next();
        let (at, reason) = first.map_or((None, String::new()), |it| (it.at, it.reason));
        let problem = Problem::new(&text, at, &reason);
        ThemeError::Wrong { path, problem }
    })
}

/// Saves the base of the theme in the configuration file `path`, creating the file if needed.
///
/// # Errors
/// If the file is invalid, unreadable or unwritable; it is left unchanged.
pub fn keep_theme(path: Option<&Path>, base: Base) -> Result<(), ConfigEditError> {
    edit_file(path, |document| {
        put(table(document, "theme")?, "base", base.name());
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, ConfigError};
    use crate::theme::{Colour, Shade, Terminal};

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, Path::new("c.toml"), &XdgEnvironment::default())
    }

    fn refusal(text: &str) -> String {
        parse(text).expect_err(text).to_string()
    }

    #[test]
    fn a_theme_is_a_base_with_roles_of_ones_own() {
        let config = parse("[theme]\nbase = \"solarized\"\naccent = \"bold red\"\n");
        let choice = config.expect("a configuration").theme;
        for (shade, base) in [
            (Shade::Light, "solarized-light"),
            (Shade::Dark, "solarized-dark"),
        ] {
            let terminal = Terminal {
                shade: Some(shade),
                ..Terminal::default()
            };
            let named = ThemeBase::Bundled(theme::base(base).expect(base));
            let expected = ThemeChoice {
                start: named,
                own: Vec::new(),
            };
            let (theme, expected) = (choice.theme(&terminal), expected.theme(&terminal));
            assert_eq!(theme.style(Role::Text), expected.style(Role::Text));
            assert_eq!(theme.style(Role::Accent).colour, Colour::Terminal(1));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_the_nearest() {
        for (text, said) in [
            (
                "[theme]\nbase = \"nrod\"",
                "c.toml, line 2, column 8: there is no theme “nrod”; did you mean “nord”?",
            ),
            (
                "[theme]\naccnt = \"red\"",
                "c.toml, line 2, column 1: there is no key `accnt` in [theme]; did you mean `accent`?",
            ),
            (
                "[theme]\naccent = \"rd\"",
                "c.toml, line 2, column 10: there is no colour or attribute “rd”; did you mean “red”?",
            ),
            (
                "[theme]\naccent = 1",
                "c.toml, line 2, column 10: expected a style",
            ),
            (
                "[theme]\nbackground = \"lite\"",
                "c.toml, line 2, column 14: “lite”: expected ask, light",
            ),
            (
                "theme = \"nord\"",
                "c.toml, line 1, column 9: `theme` is a table",
            ),
        ] {
            let error = refusal(text);
            assert!(error.starts_with(said), "{error}");
        }
    }

    #[test]
    fn a_file_of_ones_own_is_read_and_its_mistakes_have_their_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mine.toml");
        let text = format!(
            "signs = \"ascii\"\n[theme]\nbase = \"{}\"\n",
            path.display()
        );
        let said = refusal(&text);
        assert!(
            said.contains("mine.toml: cannot read the theme: "),
            "{said}"
        );
        fs::write(&path, "base = \"nord\"\naccent = \"blod\"\n").expect("a file");
        let said = refusal(&text);
        assert!(said.ends_with("mine.toml, line 2, column 10: there is no colour or attribute “blod”; did you mean “bold”?"), "{said}");
        let lenient =
            Config::parse_leniently(&text, Path::new("c.toml"), &XdgEnvironment::default());
        assert_eq!(lenient.theme, ThemeChoice::default());
        assert_eq!(
            (lenient.signs, lenient.troubles),
            (crate::config::SymbolSet::Ascii, vec![said])
        );
        fs::write(&path, "base = \"nord\"\naccent = \"bold\"\n").expect("a file");
        let theme = parse(&text).expect("a configuration").theme;
        let theme = theme.theme(&Terminal::default());
        assert_eq!(theme.style(Role::Accent).colour, Colour::Default);
        assert_ne!(theme.style(Role::Text).background, Colour::Default);
    }

    #[test]
    fn the_base_is_kept_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        fs::write(&path, "# mine\n[theme]\naccent = \"red\" # not cyan\n").expect("a file");
        let base = theme::base("gruvbox").expect("a theme");
        keep_theme(Some(&path), base).expect("room for it");
        let text = fs::read_to_string(&path).expect("a file");
        assert_eq!(
            text,
            "# mine\n[theme]\naccent = \"red\" # not cyan\nbase = \"gruvbox\"\n"
        );
        let kept = parse(&text).expect("a configuration").theme;
        assert_eq!(kept.start, ThemeBase::Bundled(base));
    }
}
