//! Where a person's files live: home, configuration, cache and state. Works on the values it is
//! given; only [`XdgEnvironment::of_this_process`] reads the environment.

use std::env;
use std::path::{Path, PathBuf};

/// The relevant environment variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XdgEnvironment {
    /// The home folder.
    pub home: Option<PathBuf>,
    /// `XDG_CONFIG_HOME`. A relative path is ignored (XDG Base Directory Specification).
    pub config_home: Option<PathBuf>,
    /// `XDG_CACHE_HOME`, likewise.
    pub cache_home: Option<PathBuf>,
    /// `XDG_STATE_HOME`, likewise.
    pub state_home: Option<PathBuf>,
    /// `NEWSDESK_CONFIG`: the configuration file itself. An empty path is ignored.
    pub named: Option<PathBuf>,
}

impl XdgEnvironment {
    /// Reads the environment of this process.
    pub fn of_this_process() -> Self {
        Self {
            // As for the desk: where HOME is not set, there is no home folder.
            home: env::var_os("HOME")
                .map(PathBuf::from)
                .filter(|home| home.is_absolute()),
            config_home: env::var_os("XDG_CONFIG_HOME").map(PathBuf::from),
            cache_home: env::var_os("XDG_CACHE_HOME").map(PathBuf::from),
            state_home: env::var_os("XDG_STATE_HOME").map(PathBuf::from),
            named: env::var_os("NEWSDESK_CONFIG").map(PathBuf::from),
        }
    }

    /// The configuration file, which need not exist. `None` without a home folder.
    pub fn config_file(&self) -> Option<PathBuf> {
        if let Some(named) = self.named() {
            return Some(named.to_path_buf());
        }
        let folder = self.own_folder(self.config_home.as_deref(), ".config")?;
        Some(folder.join("config.toml"))
    }

    /// The list of feeds, which need not exist. `None` without a home folder.
    pub fn feeds_file(&self) -> Option<PathBuf> {
        let folder = self.own_folder(self.config_home.as_deref(), ".config")?;
        Some(folder.join("feeds.toml"))
    }

    /// The cache folder, which need not exist. `None` without a home folder.
    pub fn cache_folder(&self) -> Option<PathBuf> {
        self.own_folder(self.cache_home.as_deref(), ".cache")
    }

    /// The state folder (log, history, desk), which need not exist. `None` without a home folder.
    pub fn state_folder(&self) -> Option<PathBuf> {
        self.own_folder(self.state_home.as_deref(), ".local/state")
    }

    /// This program's folder below `base`, or below a folder of the home folder.
    fn own_folder(&self, base: Option<&Path>, at_home: &str) -> Option<PathBuf> {
        let base = base.filter(|path| path.is_absolute());
        let base = match base {
            Some(base) => base.to_path_buf(),
            None => self.home.as_ref()?.join(at_home),
        };
        Some(base.join("newsdesk"))
    }

    /// Whether the configuration file was named explicitly.
    pub(super) fn is_named(&self) -> bool {
        self.named().is_some()
    }

    fn named(&self) -> Option<&Path> {
        self.named
            .as_deref()
            .filter(|path| !path.as_os_str().is_empty())
    }

    /// A path that a person has typed, with `~` not expanded by a shell.
    pub fn from_home(&self, typed: &Path) -> PathBuf {
        match (typed.strip_prefix("~"), &self.home) {
            (Ok(below), Some(home)) => home.join(below),
            _ => typed.to_path_buf(),
        }
    }

    /// An absolute path as written in the configuration, with `~` for the home folder.
    pub fn at_home(&self, path: &Path) -> String {
        let home = self.home.as_deref();
        match home.and_then(|home| path.strip_prefix(home).ok()) {
            Some(below) => Path::new("~").join(below).to_string_lossy().into_owned(),
            None => path.to_string_lossy().into_owned(),
        }
    }

    /// Resolves a path from the configuration: `~` is the home folder, and relative paths are
    /// relative to it, wherever the program is started. `None` without a home folder.
    pub(super) fn in_home(&self, written: &str) -> Option<PathBuf> {
        let path = Path::new(written);
        if path.is_absolute() {
            return Some(path.to_path_buf());
        }
        let below = path.strip_prefix("~").unwrap_or(path);
        Some(self.home.as_ref()?.join(below))
    }

    /// A program as written in the configuration, with `~` at its start for the home folder.
    pub(super) fn program(&self, written: String) -> String {
        self.expanded(&written, str::to_owned).unwrap_or(written)
    }

    /// A command in one line, likewise; the home folder stays one word.
    pub(super) fn command(&self, written: String) -> String {
        let quoted = |home: &str| shell_words::quote(home).into_owned();
        self.expanded(&written, quoted).unwrap_or(written)
    }

    fn expanded(&self, written: &str, home: impl Fn(&str) -> String) -> Option<String> {
        let below = written.trim_start().strip_prefix("~/")?;
        let folder = self.home.as_ref()?.to_str()?;
        Some(format!("{}/{below}", home(folder)))
    }

    /// Resolves a path typed into the program: `~` is the home folder, as in a shell, and relative
    /// paths are relative to the current folder.
    pub fn typed(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), &self.home) {
            (Ok(below), Some(home)) => home.join(below),
            (Ok(_), None) | (Err(_), _) => path.to_path_buf(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(home: &str, config_home: &str, named: &str) -> XdgEnvironment {
        XdgEnvironment {
            home: Some(PathBuf::from(home)),
            config_home: Some(PathBuf::from(config_home)),
            named: Some(PathBuf::from(named)),
            ..XdgEnvironment::default()
        }
    }

    #[test]
    fn a_typed_path_is_relative_to_home_only_if_it_says_so() {
        let places = places("/home/ada", "", "");
        let typed = |path: &str| places.typed(Path::new(path));
        assert_eq!(typed("~/a.jsonl"), Path::new("/home/ada/a.jsonl"));
        assert_eq!(typed("a.jsonl"), Path::new("a.jsonl"));
        assert_eq!(typed("~a/b"), Path::new("~a/b"));
        assert_eq!(
            XdgEnvironment::default().typed(Path::new("~/a")),
            Path::new("~/a")
        );
    }

    #[test]
    fn the_named_file_comes_first_then_the_xdg_folder_then_home() {
        let found = |places: XdgEnvironment| places.config_file().expect("a path");
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
        assert_eq!(XdgEnvironment::default().config_file(), None);
    }

    #[test]
    fn the_other_folders_follow_the_same_rule() {
        let at_home = places("/home/ada", "/xdg", "");
        let named = XdgEnvironment {
            cache_home: Some("/tmp/cache".into()),
            state_home: Some("state".into()),
            ..at_home.clone()
        };
        let found = |places: XdgEnvironment| [places.cache_folder(), places.state_folder()];
        let expected = |paths: [&str; 2]| paths.map(|path| Some(PathBuf::from(path)));
        assert_eq!(
            found(at_home),
            expected([
                "/home/ada/.cache/newsdesk",
                "/home/ada/.local/state/newsdesk"
            ])
        );
        assert_eq!(
            found(named),
            expected(["/tmp/cache/newsdesk", "/home/ada/.local/state/newsdesk"])
        );
        assert_eq!(found(XdgEnvironment::default()), [None, None]);
    }

    #[test]
    fn a_program_may_be_in_the_home_folder() {
        let places = places("/home/ada l", "", "");
        let program = |written: &str| places.program(written.to_owned());
        assert_eq!(program("~/bin/b.sh"), "/home/ada l/bin/b.sh");
        assert_eq!(program("git"), "git");
        assert_eq!(program("~ada/b.sh"), "~ada/b.sh");
        let command = |written: &str| places.command(written.to_owned());
        assert_eq!(
            command("~/bin/b.sh -n ~/x"),
            "'/home/ada l'/bin/b.sh -n ~/x"
        );
        assert_eq!(command("firefox %s"), "firefox %s");
        let homeless = XdgEnvironment::default();
        assert_eq!(homeless.program("~/b.sh".to_owned()), "~/b.sh");
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
        assert_eq!(XdgEnvironment::default().in_home("site"), None);
    }
}
