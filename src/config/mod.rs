//! The configuration file: locating, parsing and validating it. What its key bindings mean is up to
//! the command layer. `docs/configuration.md` documents it for users.

mod check;
mod docs;
mod edit;
mod hooks;
mod keys;
mod lenient;
mod libraries;
mod list;
mod measure;
mod panes;
mod places;
mod set;
mod table;
mod theme;
mod theme_values;
mod views;

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

pub use check::{Problem, problems};
pub use docs::{commented_with, in_force};
pub use edit::{EditError, NoTable, create, edit_file};
pub use hooks::Hooks;
pub use keys::{BoundText, KeyOverride, Output, ProgramText};
pub use libraries::NamedLibrary;
pub use list::{Column, ColumnField, List};
pub use measure::Measure;
pub use panes::{PaneSizes, keep_panes};
pub use places::Places;
pub use set::{SetError, set};
pub use table::{Row, TABLE};
pub use theme::{ThemeError, keep_theme};
pub use theme_values::Background;
pub use views::{ViewEdit, Whose, edit_views, with_views};

use crate::format::date::DateStyle;
use crate::theme::Choice;
use libraries::Libraries;
use views::Views;

/// The commented configuration file: every key, its default and what it does.
pub const COMMENTED: &str = include_str!("../../assets/config.toml");

/// A person's settings, or the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The folders and files to open when none are given; if empty, the sample library.
    pub library: Vec<PathBuf>,
    /// Libraries by name, in file order.
    pub libraries: Vec<NamedLibrary>,
    /// The name of the library that is open, whose views these are.
    pub opened: Option<String>,
    /// The library that opens if none is named.
    pub default_library: Option<String>,
    pub signs: Signs,
    pub keys: Vec<KeyOverride>,
    pub mark_read: MarkRead,
    pub after_handling: AfterHandling,
    /// A person's views in file order: names and queries, the latter not yet parsed.
    pub views: Vec<(String, String)>,
    /// Names of built-in views that are hidden.
    pub hidden_views: Vec<String>,
    /// Names of views that come first, in this order.
    pub view_order: Vec<String>,
    pub panes: PaneSizes,
    pub cursor: HardwareCursor,
    pub text_width: Measure,
    pub mouse: Mouse,
    pub theme: Choice,
    pub background: Background,
    pub hooks: Hooks,
    /// The command that opens links; empty: as the environment says.
    pub browser: String,
    /// The command that edits files; empty: as the environment says.
    pub editor: String,
    pub clipboard: Clipboard,
    pub list: List,
    pub date_style: DateStyle,
    /// The name of the zone in which dates are shown (IANA); empty for the system's.
    pub time_zone: String,
    /// What is wrong with the file and was left out, one sentence each.
    pub troubles: Vec<String>,
}

/// Whether the terminal's own cursor is visible. It is on the line in use either way, for screen
/// readers and braille displays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HardwareCursor {
    #[default]
    Hidden,
    Shown,
}

/// Who has the mouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal: it selects text.
    #[default]
    LeftToTerminal,
    /// The program; the terminal selects text with Shift.
    Used,
}

/// Which set of symbols the screen uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signs {
    /// Unicode if the locale is UTF-8, otherwise ASCII.
    #[default]
    Auto,
    Unicode,
    Ascii,
}

/// How texts are copied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Clipboard {
    /// By a program of this machine where its clipboard is the person's, else by the terminal.
    #[default]
    Auto,
    /// By the terminal (OSC 52).
    Terminal,
    /// By this command, which reads the text.
    Command(String),
}

impl From<String> for Clipboard {
    fn from(text: String) -> Self {
        match text.as_str() {
            "auto" | "" => Self::Auto,
            "terminal" => Self::Terminal,
            _ => Self::Command(text),
        }
    }
}

/// When an article is marked as read automatically.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum MarkRead {
    Never,
    /// When its text is entered or read to the end, or its original opened.
    #[default]
    OnOpen,
    /// After it has been shown for this many seconds.
    After(u16),
}

/// Where the cursor goes after an article is handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterHandling {
    /// To the next article.
    #[default]
    GoOn,
    /// Nowhere.
    Stay,
}

impl TryFrom<String> for MarkRead {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = "mark_read must be \"never\", \"on_open\" or like \"after 3s\"";
        match text.as_str() {
            "never" => Ok(Self::Never),
            "on_open" => Ok(Self::OnOpen),
            _ => text
                .strip_prefix("after ")
                .and_then(|rest| rest.strip_suffix('s'))
                .and_then(|seconds| seconds.trim().parse().ok())
                .map(Self::After)
                .ok_or(wrong),
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("the configuration file's place is unknown; set HOME, or NEWSDESK_CONFIG to a file")]
    Nowhere,
    #[error(
        "{}: no such file (NEWSDESK_CONFIG names it as the configuration)", .0.display()
    )]
    Missing(PathBuf),
    #[error("{}: cannot read the configuration: {error}", .path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}, {problem}", .path.display())]
    Wrong { path: PathBuf, problem: Problem },
    #[error(
        "{}: the library {library:?} is relative to the home folder, which is unknown; \
         set HOME or use an absolute path", .path.display()
    )]
    Homeless { path: PathBuf, library: String },
    #[error(transparent)]
    Theme(ThemeError),
}

/// The file's contents.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    library: Vec<String>,
    libraries: Libraries,
    default_library: String,
    signs: Signs,
    keys: keys::Contexts,
    mark_read: MarkRead,
    triage: Triage,
    views: Views,
    view_order: Vec<String>,
    panes: PaneSizes,
    cursor: HardwareCursor,
    text_width: Measure,
    mouse: bool,
    theme: theme::Table,
    hooks: Hooks,
    browser: String,
    editor: String,
    clipboard: Clipboard,
    list: List,
    date_style: DateStyle,
    time_zone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Triage {
    advance: bool,
}

impl Default for Triage {
    fn default() -> Self {
        Self { advance: true }
    }
}

impl Config {
    /// The first folder or file of the library that opens by default; `None` if none is configured.
    pub fn first_root(&self) -> Option<&Path> {
        let is_default = |name: &str| match &self.default_library {
            Some(default) => default.to_lowercase() == name.to_lowercase(),
            None => true,
        };
        let own = self
            .library
            .first()
            .filter(|_| self.default_library.is_none());
        let named = self.libraries.iter().find(|it| is_default(&it.name));
        own.or_else(|| named?.roots.first()).map(PathBuf::as_path)
    }

    /// Loads the configuration file found through `places`; defaults if there is none.
    ///
    /// # Errors
    /// If the file exists but cannot be read or is invalid, or if an explicitly named file is
    /// missing.
    pub fn load(places: &Places) -> Result<Self, ConfigError> {
        match (places.config_file(), text(places)?) {
            (Some(path), Some(text)) => Self::parse(&text, &path, places),
            _ => Ok(Self::default()),
        }
    }

    /// Parses the text of a configuration file; `path` is for errors.
    ///
    /// # Errors
    /// If the text is not valid.
    pub fn parse(text: &str, path: &Path, places: &Places) -> Result<Self, ConfigError> {
        let wrong = |problem| ConfigError::Wrong {
            path: path.to_path_buf(),
            problem,
        };
        if let Some(problem) = problems(text).into_iter().next() {
            return Err(wrong(problem));
        }
        let file: File = toml::from_str(text)
            .map_err(|error| wrong(Problem::new(text, error.span(), error.message())))?;
        let paths = |paths: Vec<String>| -> Result<Vec<PathBuf>, ConfigError> {
            let each = paths.into_iter().map(|library| {
                let found = places.in_home(&library);
                found.ok_or_else(|| ConfigError::Homeless {
                    path: path.to_path_buf(),
                    library,
                })
            });
            each.collect()
        };
        let named = |(name, library): (String, libraries::Library)| {
            Ok(NamedLibrary {
                name,
                roots: paths(library.roots)?,
                views: library.views.queries,
                hidden_views: library.views.hidden,
            })
        };
        Ok(Self {
            library: paths(file.library)?,
            libraries: file
                .libraries
                .0
                .into_iter()
                .map(named)
                .collect::<Result<_, _>>()?,
            opened: None,
            default_library: Some(file.default_library).filter(|it| !it.is_empty()),
            signs: file.signs,
            keys: keys::overrides(file.keys),
            mark_read: file.mark_read,
            after_handling: if file.triage.advance {
                AfterHandling::GoOn
            } else {
                AfterHandling::Stay
            },
            views: file.views.queries,
            hidden_views: file.views.hidden,
            view_order: file.view_order,
            panes: file.panes,
            cursor: file.cursor,
            text_width: file.text_width,
            mouse: match file.mouse {
                true => Mouse::Used,
                false => Mouse::LeftToTerminal,
            },
            background: file.theme.background,
            theme: theme::chosen(file.theme, places).map_err(ConfigError::Theme)?,
            hooks: file.hooks,
            browser: file.browser,
            editor: file.editor,
            clipboard: file.clipboard,
            list: file.list,
            date_style: file.date_style,
            time_zone: file.time_zone,
            troubles: Vec::new(),
        })
    }
}

/// The text of the configuration file found through `places`, if there is one.
///
/// # Errors
/// If it exists but cannot be read, or if an explicitly named file is missing.
pub fn text(places: &Places) -> Result<Option<String>, ConfigError> {
    let Some(path) = places.config_file() else {
        return Ok(None);
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(ConfigError::Unreadable { path, error })
        }
        Err(_) if places.is_named() => Err(ConfigError::Missing(path)),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn places() -> Places {
        Places {
            home: Some(PathBuf::from("/home/ada")),
            ..Places::default()
        }
    }

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, Path::new("config.toml"), &places())
    }

    /// The commented configuration with its keys uncommented, without the examples of its tables.
    fn uncommented() -> String {
        let keys = COMMENTED
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.contains(" = ") || line.starts_with('['));
        keys.collect::<Vec<_>>().join("\n")
    }

    /// The keys that a file may have, taken from the error about one it may not.
    fn keys() -> BTreeSet<String> {
        let refused = toml::from_str::<File>("no_key_at_all = 1\n")
            .err()
            .expect("no key");
        let refusal = refused.message().to_owned();
        let (_, expected) = refusal.split_once("expected one of ").expect(&refusal);
        let keys = expected.split('`').skip(1).step_by(2);
        keys.map(str::to_owned).collect()
    }

    #[test]
    fn the_table_has_every_key() {
        let rows = TABLE.iter().filter_map(|row| row.way.first());
        let rows: BTreeSet<String> = rows.map(|it| (*it).to_owned()).collect();
        assert_eq!(rows, keys());
    }

    #[test]
    fn the_commented_configuration_has_every_key_with_its_default() {
        assert_eq!(
            parse(COMMENTED).expect("a configuration"),
            Config::default()
        );
        let examples = parse(&uncommented()).expect("a configuration");
        let defaults = Config {
            keys: Vec::new(),
            views: Vec::new(),
            libraries: Vec::new(),
            theme: Choice {
                own: Vec::new(),
                ..examples.theme
            },
            ..examples
        };
        assert_eq!(defaults, Config::default());
    }

    fn refusal(text: &str) -> String {
        parse(text).expect_err("a refusal").to_string()
    }

    #[test]
    fn every_key_is_read() {
        let config = parse(
            "library = [\"~/site/_news\", \"notes\", \"/srv/news\"]\nsigns = \"ascii\"\n\
             [keys.list]\n\"x\" = \"open-original\"\n\"g x\" = \"none\"\n",
        );
        let list = |keys: &str, line: &str| KeyOverride::from(("list", keys, line));
        assert_eq!(
            config.expect("a configuration"),
            Config {
                library: ["/home/ada/site/_news", "/home/ada/notes", "/srv/news"]
                    .map(PathBuf::from)
                    .to_vec(),
                signs: Signs::Ascii,
                keys: vec![list("g x", "none"), list("x", "open-original")],
                ..Config::default()
            }
        );
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(parse("").expect("a configuration"), Config::default());
        assert_eq!(Config::default().signs, Signs::Auto);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line_and_the_known_ones() {
        assert_eq!(
            refusal("# mine\nsigns = \"auto\"\nlibary = []\n"),
            "config.toml, line 3, column 1: there is no key `libary`; did you mean `library`?"
        );
    }

    #[test]
    fn values_that_mean_nothing_are_refused_with_their_line() {
        for (text, line, word) in [
            ("\nsigns = \"emoji\"", 2, "emoji"),
            ("library = \"~/site\"", 1, "expected a list of paths"),
            ("[keys]\nlist = 3", 2, "`keys.list` is a table"),
            ("signs = \"auto\"\nsigns = \"auto\"", 2, "duplicate"),
            ("library = [", 1, "array"),
        ] {
            let said = refusal(text);
            let begins = said.starts_with(&format!("config.toml, line {line}, column "));
            assert!(begins && said.contains(word), "{text:?}: {said}");
        }
    }

    #[test]
    fn libraries_have_names_and_keep_their_order() {
        let text = "default_library = \"ai\"\n[libraries.z]\nroots = [\"/z\"]\n\
                    [libraries.ai]\nroots = [\"~/ai\", \"/b\"]\n";
        let config = parse(text).expect("a configuration");
        let named = |name: &str, roots: &[&str]| NamedLibrary {
            name: name.to_owned(),
            roots: roots.iter().map(PathBuf::from).collect(),
            ..NamedLibrary::default()
        };
        assert_eq!(config.default_library.as_deref(), Some("ai"));
        assert_eq!(
            config.libraries,
            [named("z", &["/z"]), named("ai", &["/home/ada/ai", "/b"]),]
        );
    }

    #[test]
    fn a_library_at_home_needs_a_home() {
        let parsed = Config::parse(
            "library = [\"~/a\"]",
            Path::new("c.toml"),
            &Places::default(),
        );
        let said = parsed.expect_err("no home").to_string();
        assert!(
            said.starts_with("c.toml: the library \"~/a\" is relative to the home folder"),
            "{said}"
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_the_default_unless_it_was_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let unnamed = Places {
            config_home: Some(folder.path().to_path_buf()),
            ..places()
        };
        assert_eq!(
            Config::load(&unnamed).expect("the default"),
            Config::default()
        );
        let named = Places {
            named: Some(folder.path().join("mine.toml")),
            ..places()
        };
        let said = Config::load(&named).expect_err("not there").to_string();
        assert!(
            said.contains("mine.toml: no such file (NEWSDESK_CONFIG"),
            "{said}"
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_no_default() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = Places {
            named: Some(folder.path().to_path_buf()),
            ..places()
        };
        let error = Config::load(&named).expect_err("a folder is no file");
        assert!(matches!(error, ConfigError::Unreadable { .. }), "{error}");
    }

    #[test]
    fn the_file_is_found_and_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("newsdesk");
        std::fs::create_dir(&own).expect("a folder");
        std::fs::write(own.join("config.toml"), "signs = \"unicode\"").expect("a file");
        let places = Places {
            config_home: Some(folder.path().to_path_buf()),
            ..places()
        };
        assert_eq!(Config::load(&places).expect("read").signs, Signs::Unicode);
    }
}
