//! The configuration file: locating, parsing and validating it. What its key bindings mean is up to
//! the command layer. `docs/configuration.md` documents it for users.

mod check;
mod choices;
mod docs;
mod edit;
pub mod every;
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

use jiff::tz::TimeZone;
use serde::Deserialize;
use thiserror::Error;

pub use check::{Problem, problems};
pub use choices::{
    AfterHandling, Clipboard, HardwareCursor, Hyperlinking, LateTellers, MarkRead, Mouse,
    PictureChoice, Refresh, RowFor, ScreenReader, SymbolSet,
};
pub use docs::{commented_with, in_force};
pub use edit::{ConfigEditError, NoTable, create, edit_checked, edit_file};
pub use hooks::HookTable;
pub use keys::{BoundText, KeyOverride, OutputUse, ProgramText};
pub use libraries::NamedLibrary;
pub use list::{ColumnField, List, ListColumn};
pub use measure::Measure;
pub use panes::{PaneSizes, keep_panes};
pub use places::XdgEnvironment;
pub use set::{SetError, set};
pub use table::{ConfigRow, TABLE};
pub use theme::{ThemeError, keep_theme};
pub use theme_values::Background;
pub use views::{ViewEdit, Whose, edit_views, with_views};

use crate::format::date::DateStyle;
use crate::format::system::system_words;
use crate::format::{SiteOverrides, WrittenOverrides};
use crate::theme::ThemeChoice;
use libraries::LibraryTable;
use views::ViewTable;

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
    pub signs: SymbolSet,
    pub keys: Vec<KeyOverride>,
    pub mark_read: MarkRead,
    pub refresh: Refresh,
    pub after_handling: AfterHandling,
    pub row_for: RowFor,
    pub late_tellers: LateTellers,
    /// A person's views in file order: names and queries, the latter not yet parsed.
    pub views: Vec<(String, String)>,
    /// Names of built-in views that are hidden.
    pub hidden_views: Vec<String>,
    /// Names of views that come first, in this order.
    pub view_order: Vec<String>,
    pub panes: PaneSizes,
    pub cursor: HardwareCursor,
    pub screen_reader: ScreenReader,
    pub text_width: Measure,
    pub mouse: Mouse,
    pub hyperlinks: Hyperlinking,
    pub pictures: PictureChoice,
    pub theme: ThemeChoice,
    pub background: Background,
    pub hooks: HookTable,
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

/// Why a configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("there is no place for the configuration file; set HOME, or NEWSDESK_CONFIG to a file")]
    Nowhere,
    #[error(
        "{}: no such file (NEWSDESK_CONFIG names it as the configuration)", .0.display()
    )]
    Missing(PathBuf),
    #[error("{}: cannot read the configuration: {}", .path.display(), system_words(.error))]
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
    libraries: LibraryTable,
    default_library: String,
    signs: SymbolSet,
    keys: keys::Contexts,
    mark_read: MarkRead,
    refresh: Refresh,
    triage: Triage,
    stories: Stories,
    views: ViewTable,
    view_order: Vec<String>,
    panes: PaneSizes,
    cursor: HardwareCursor,
    screen_reader: ScreenReader,
    text_width: Measure,
    mouse: Mouse,
    hyperlinks: Hyperlinking,
    pictures: PictureChoice,
    theme: theme::Table,
    hooks: HookTable,
    browser: String,
    editor: String,
    clipboard: Clipboard,
    list: List,
    date_style: DateStyle,
    time_zone: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Triage {
    advance: AfterHandling,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Stories {
    group: RowFor,
    done_holds: LateTellers,
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

    /// The zone in which dates are shown: the configured one, or else the system's.
    pub fn zone(&self) -> TimeZone {
        match self.time_zone.as_str() {
            "" => TimeZone::system(),
            // Its name was checked when it was read.
            name => TimeZone::get(name).unwrap_or_else(|_| TimeZone::system()),
        }
    }

    /// Loads the configuration file found through `places`; defaults if there is none.
    ///
    /// # Errors
    /// If the file exists but cannot be read or is invalid, or if an explicitly named file is
    /// missing.
    pub fn load(places: &XdgEnvironment) -> Result<Self, ConfigError> {
        match (places.config_file(), text(places)?) {
            (Some(path), Some(text)) => Self::parse(&text, &path, places),
            _ => Ok(Self::default()),
        }
    }

    /// Parses the text of a configuration file; `path` is for errors.
    ///
    /// # Errors
    /// If the text is not valid.
    pub fn parse(text: &str, path: &Path, places: &XdgEnvironment) -> Result<Self, ConfigError> {
        let wrong = |problem| ConfigError::Wrong {
            path: path.to_path_buf(),
            problem,
        };
        if let Some(problem) = problems(text).into_iter().next() {
            return Err(wrong(problem));
        }
        let file: File = toml::from_str(text)
            .map_err(|error| wrong(Problem::new(text, error.span(), error.message())))?;
        file.into_config(text, path, places)
    }
}

impl File {
    /// The configuration that the file's contents amount to; `text` and `path` are for errors.
    fn into_config(
        self,
        text: &str,
        path: &Path,
        places: &XdgEnvironment,
    ) -> Result<Config, ConfigError> {
        let libraries = self.libraries.0.into_iter();
        let libraries = libraries.map(|(name, library)| library.named(name, text, path, places));
        Ok(Config {
            library: in_home(self.library, path, places)?,
            libraries: libraries.collect::<Result<_, _>>()?,
            opened: None,
            default_library: Some(self.default_library).filter(|it| !it.is_empty()),
            signs: self.signs,
            keys: keys::overrides(self.keys, places),
            mark_read: self.mark_read,
            refresh: self.refresh,
            after_handling: self.triage.advance,
            row_for: self.stories.group,
            late_tellers: self.stories.done_holds,
            views: self.views.queries,
            hidden_views: self.views.hidden,
            view_order: self.view_order,
            panes: self.panes,
            cursor: match self.screen_reader {
                ScreenReader::Present => HardwareCursor::Shown,
                ScreenReader::Absent => self.cursor,
            },
            screen_reader: self.screen_reader,
            text_width: self.text_width,
            mouse: self.mouse,
            hyperlinks: self.hyperlinks,
            pictures: self.pictures,
            background: self.theme.background,
            theme: theme::chosen(self.theme, places).map_err(ConfigError::Theme)?,
            hooks: self.hooks.at_home(places),
            browser: places.command(self.browser),
            editor: places.command(self.editor),
            clipboard: self.clipboard.at_home(places),
            list: self.list,
            date_style: self.date_style,
            time_zone: self.time_zone,
            troubles: Vec::new(),
        })
    }
}

impl libraries::Library {
    fn named(
        self,
        name: String,
        text: &str,
        path: &Path,
        places: &XdgEnvironment,
    ) -> Result<NamedLibrary, ConfigError> {
        // Its names were checked before.
        let overrides = SiteOverrides::try_from(WrittenOverrides {
            generator: self.generator,
            fields: self.fields,
        });
        Ok(NamedLibrary {
            name,
            roots: in_home(self.roots, path, places)?,
            views: self.views.queries,
            hidden_views: self.views.hidden,
            overrides: overrides.map_err(|problem| ConfigError::Wrong {
                path: path.to_path_buf(),
                problem: Problem::new(text, None, &problem),
            })?,
        })
    }
}

/// Paths as written in the file at `path`, with `~` expanded.
fn in_home(
    paths: Vec<String>,
    path: &Path,
    places: &XdgEnvironment,
) -> Result<Vec<PathBuf>, ConfigError> {
    let each = paths.into_iter().map(|library| {
        let found = places.in_home(&library);
        found.ok_or_else(|| ConfigError::Homeless {
            path: path.to_path_buf(),
            library,
        })
    });
    each.collect()
}

/// The text of the configuration file found through `places`, if there is one.
///
/// # Errors
/// If it exists but cannot be read, or if an explicitly named file is missing.
pub fn text(places: &XdgEnvironment) -> Result<Option<String>, ConfigError> {
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
mod tests;
