//! Where a person's own files are: the home folder and the configuration file. It looks at what it
//! is given and not at the environment, except in [`Places::of_this_process`].

use std::env;
use std::path::{Path, PathBuf};

/// What the environment says about where things are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The home folder.
    pub home: Option<PathBuf>,
    /// `XDG_CONFIG_HOME`. A relative path is as good as none (XDG Base Directory Specification).
    pub config_home: Option<PathBuf>,
    /// `NEWSDESK_CONFIG`: the configuration file itself. An empty path is as good as none.
    pub named: Option<PathBuf>,
}

impl Places {
    /// What the environment of this process says.
    pub fn of_this_process() -> Self {
        Self {
            home: env::home_dir().filter(|home| home.is_absolute()),
            config_home: env::var_os("XDG_CONFIG_HOME").map(PathBuf::from),
            named: env::var_os("NEWSDESK_CONFIG").map(PathBuf::from),
        }
    }

    /// The configuration file, which need not be there. `None` when there is no home folder to
    /// look in.
    pub fn config_file(&self) -> Option<PathBuf> {
        if let Some(named) = self.named() {
            return Some(named.to_path_buf());
        }
        let own = self.config_home.clone().filter(|path| path.is_absolute());
        let folder = own.or_else(|| Some(self.home.as_ref()?.join(".config")))?;
        Some(folder.join("newsdesk").join("config.toml"))
    }

    /// Whether the configuration file is one that a person named.
    pub(super) fn is_named(&self) -> bool {
        self.named().is_some()
    }

    fn named(&self) -> Option<&Path> {
        self.named
            .as_deref()
            .filter(|path| !path.as_os_str().is_empty())
    }

    /// A path as it is written in the configuration: `~` is the home folder, and what is relative
    /// is relative to it, wherever the program is started. `None` when there is no home folder.
    pub(super) fn in_home(&self, written: &str) -> Option<PathBuf> {
        let path = Path::new(written);
        if path.is_absolute() {
            return Some(path.to_path_buf());
        }
        let below = path.strip_prefix("~").unwrap_or(path);
        Some(self.home.as_ref()?.join(below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(home: &str, config_home: &str, named: &str) -> Places {
        Places {
            home: Some(PathBuf::from(home)),
            config_home: Some(PathBuf::from(config_home)),
            named: Some(PathBuf::from(named)),
        }
    }

    #[test]
    fn the_named_file_comes_first_then_the_xdg_folder_then_home() {
        let found = |places: Places| places.config_file().expect("a path");
        assert_eq!(
            found(places("/home/ada", "/xdg", "my.toml")),
            Path::new("my.toml")
        );
        assert_eq!(
            found(places("/home/ada", "/xdg", "")),
            Path::new("/xdg/newsdesk/config.toml")
        );
        for unfit in ["", "relative"] {
            assert_eq!(
                found(places("/home/ada", unfit, "")),
                Path::new("/home/ada/.config/newsdesk/config.toml")
            );
        }
        assert_eq!(Places::default().config_file(), None);
    }

    #[test]
    fn a_tilde_is_home_only_as_a_whole_part() {
        let places = places("/home/ada", "", "");
        let found = |written| places.in_home(written).expect("a path");
        assert_eq!(found("~"), Path::new("/home/ada"));
        assert_eq!(found("~/site"), Path::new("/home/ada/site"));
        assert_eq!(found("site"), Path::new("/home/ada/site"));
        assert_eq!(found("~backup"), Path::new("/home/ada/~backup"));
        assert_eq!(found("/srv/~"), Path::new("/srv/~"));
        assert_eq!(Places::default().in_home("site"), None);
    }
}
