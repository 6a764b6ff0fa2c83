//! Where the desk is. Only the path is chosen here; nothing is opened or created.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The path below the state folder.
const BELOW_STATE: &str = "newsdesk/desk.db";

/// No place for the desk is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there is no place for the desk: HOME is not set; name a file with --desk")]
pub struct NoPlace;

/// The desk's file: the one named by `--desk`, or else by `NEWSDESK_DESK`, or else
/// `newsdesk/desk.db` in `XDG_STATE_HOME`, or else in `~/.local/state`.
///
/// Empty variables count as unset, and so does a relative `XDG_STATE_HOME`, as the XDG base
/// directory specification requires.
///
/// # Errors
/// If none of them is set.
pub fn place(
    named: Option<&Path>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<PathBuf, NoPlace> {
    let path = |name| {
        variable(name)
            .filter(|it| !it.is_empty())
            .map(PathBuf::from)
    };
    let state = || {
        path("XDG_STATE_HOME")
            .filter(|it| it.is_absolute())
            .or_else(|| path("HOME").map(|home| home.join(".local/state")))
            .map(|state| state.join(BELOW_STATE))
    };
    named
        .map(Path::to_path_buf)
        .or_else(|| path("NEWSDESK_DESK"))
        .or_else(state)
        .ok_or(NoPlace)
}

/// The folder of a desk's file: the working directory for a mere name.
pub(super) fn folder_of(desk: &Path) -> &Path {
    match desk.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(named: Option<&str>, variables: &[(&str, &str)]) -> Result<String, NoPlace> {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(it, _)| *it == name)
                .map(|(_, value)| OsString::from(value))
        };
        place(named.map(Path::new), variable).map(|path| path.display().to_string())
    }

    #[test]
    fn what_is_named_closest_counts() {
        let all = [
            ("NEWSDESK_DESK", "/n.db"),
            ("XDG_STATE_HOME", "/state"),
            ("HOME", "/home/a"),
        ];
        assert_eq!(placed(Some("x.db"), &all).as_deref(), Ok("x.db"));
        assert_eq!(placed(None, &all).as_deref(), Ok("/n.db"));
        assert_eq!(
            placed(None, &all[1..]).as_deref(),
            Ok("/state/newsdesk/desk.db")
        );
        assert_eq!(
            placed(None, &all[2..]).as_deref(),
            Ok("/home/a/.local/state/newsdesk/desk.db")
        );
        assert_eq!(placed(None, &[]), Err(NoPlace));
    }

    #[test]
    fn a_mere_name_is_in_the_working_directory() {
        assert_eq!(folder_of(Path::new("/state/desk.db")), Path::new("/state"));
        assert_eq!(folder_of(Path::new("desk.db")), Path::new("."));
    }

    #[test]
    fn empty_and_relative_variables_do_not_count() {
        let odd = [
            ("NEWSDESK_DESK", ""),
            ("XDG_STATE_HOME", "state"),
            ("HOME", "/home/a"),
        ];
        assert_eq!(
            placed(None, &odd).as_deref(),
            Ok("/home/a/.local/state/newsdesk/desk.db")
        );
    }
}
