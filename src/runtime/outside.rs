//! Which of the programs that the reader calls are available: browser, editor, clipboard. Nothing
//! is run.

use std::path::Path;

use super::clipboard::Between;
use super::editor;
use super::opener::{Environment, plan};
use super::variables::variable;
use crate::format::link::Link;
use crate::model::Finding;

/// A finding for each of them.
pub fn findings() -> Vec<Finding> {
    let is_there = |program: &str| is_installed(program, variable("PATH").as_deref());
    vec![
        browser(&Environment::of_process(), is_there),
        editor(variable, is_there),
        clipboard(Between::of_process()),
    ]
}

fn browser(environment: &Environment, is_there: impl Fn(&str) -> bool) -> Finding {
    const ABOUT: &str = "browser";
    const HINT: &str = "set $BROWSER to a command; until then `y y` copies links";
    let Ok(link) = Link::parse("https://example.org/") else {
        return Finding::ok(ABOUT, "");
    };
    let attempts = match plan(environment, &link) {
        Ok(attempts) => attempts,
        Err(why) => return Finding::warn(ABOUT, why.to_string(), HINT),
    };
    let programs: Vec<&str> = attempts.iter().map(|it| it.program.as_str()).collect();
    first_installed(ABOUT, &programs, is_there, HINT)
}

fn editor(variable: impl Fn(&str) -> Option<String>, is_there: impl Fn(&str) -> bool) -> Finding {
    const ABOUT: &str = "editor";
    const HINT: &str = "set $VISUAL or $EDITOR to a command";
    let commands = match editor::commands(variable) {
        Ok(commands) => commands,
        Err(why) => return Finding::warn(ABOUT, why.to_string(), HINT),
    };
    let programs: Vec<&str> = commands
        .iter()
        .filter_map(|it| Some(it.first()?.as_str()))
        .collect();
    first_installed(ABOUT, &programs, is_there, HINT)
}

fn first_installed(
    about: &'static str,
    programs: &[&str],
    is_there: impl Fn(&str) -> bool,
    hint: &'static str,
) -> Finding {
    match programs.iter().find(|it| is_there(it)) {
        Some(program) => Finding::ok(about, *program),
        None => Finding::warn(
            about,
            format!("none of {} is installed", programs.join(", ")),
            hint,
        ),
    }
}

fn clipboard(between: Between) -> Finding {
    const ABOUT: &str = "clipboard";
    match between {
        Between::Nothing | Between::Screen => Finding::ok(
            ABOUT,
            "copied by the terminal itself (OSC 52), if it allows that",
        ),
        Between::Tmux => Finding::ok(
            ABOUT,
            "copied by tmux if it is set to: tmux set -s set-clipboard on",
        ),
    }
}

/// Whether a program can be found, by its path or in the folders of `PATH`.
fn is_installed(program: &str, path: Option<&str>) -> bool {
    if program.contains('/') {
        return is_executable(Path::new(program));
    }
    std::env::split_paths(path.unwrap_or_default())
        .any(|folder| is_executable(&folder.join(program)))
}

fn is_executable(path: &Path) -> bool {
    use rustix::fs::{Access, access};
    path.is_file() && access(path, Access::EXEC_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Verdict;

    fn with(set: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        let set: Vec<(String, String)> = set
            .iter()
            .map(|(a, b)| ((*a).into(), (*b).into()))
            .collect();
        move |name| set.iter().find(|it| it.0 == name).map(|it| it.1.clone())
    }

    #[test]
    fn a_browser_is_one_that_would_be_tried_and_is_there() {
        let found = |set: &[(&str, &str)], there: &str| {
            browser(&Environment::read(with(set)), |program| program == there)
        };
        assert_eq!(
            found(&[("BROWSER", "lynx:w3m -N")], "w3m"),
            Finding::ok("browser", "w3m")
        );
        let missing = found(&[("BROWSER", "lynx:w3m")], "firefox");
        assert_eq!(missing.says, "none of lynx, w3m is installed");
        let remote = found(&[("SSH_TTY", "/dev/pts/1"), ("DISPLAY", ":0")], "firefox");
        assert_eq!(remote.verdict, Verdict::Warn);
        assert!(
            found(&[("BROWSER", "lynx '")], "lynx")
                .says
                .contains("quote")
        );
    }

    #[test]
    fn an_editor_is_the_one_that_would_be_run() {
        let found =
            |set: &[(&str, &str)], there: &str| editor(with(set), |program| program == there);
        assert_eq!(
            found(&[("EDITOR", "hx -v")], "hx"),
            Finding::ok("editor", "hx")
        );
        assert_eq!(found(&[], "vi"), Finding::ok("editor", "vi"));
        assert_eq!(
            found(&[("VISUAL", "code"), ("EDITOR", "vi")], "vi").verdict,
            Verdict::Warn
        );
    }

    #[test]
    fn a_program_is_looked_for_in_the_folders_of_the_path() {
        assert!(is_installed("sh", Some("/nowhere:/bin:/usr/bin")));
        assert!(is_installed("/bin/sh", None));
        assert!(!is_installed("sh", Some("/nowhere")) && !is_installed("/bin", None));
    }
}
