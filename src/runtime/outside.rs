//! Checks which of the external programs are available: browser, editor, clipboard, hooks. Runs
//! none of them.

use std::path::Path;

use super::clipboard::Between;
use super::copying::{self, CopyMethod};
use super::editor;
use super::opener::{Environment, plan};
use super::variables::variable;
use crate::command::{Hook, Placeholder};
use crate::config::Config;
use crate::format::link::Link;
use crate::model::Finding;

/// One finding per program.
pub fn findings(config: &Config) -> Vec<Finding> {
    let is_there = |program: &str| is_installed(program, variable("PATH").as_deref());
    let way = copying::way(&config.clipboard, variable, is_there);
    let mut findings = vec![
        browser(
            &Environment::of_process().with_browser(&config.browser),
            is_there,
        ),
        editor(&config.editor, variable, is_there),
        clipboard(&way, Between::of_process(), is_there),
    ];
    let hooks = Hook::ALL.into_iter();
    findings.extend(hooks.filter_map(|it| hook(it, config, is_there)));
    findings
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

fn editor(
    configured: &str,
    variable: impl Fn(&str) -> Option<String>,
    is_there: impl Fn(&str) -> bool,
) -> Finding {
    const ABOUT: &str = "editor";
    const HINT: &str = "set $VISUAL or $EDITOR to a command";
    let commands = match editor::commands(configured, variable) {
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

fn clipboard(way: &CopyMethod, between: Between, is_there: impl Fn(&str) -> bool) -> Finding {
    const ABOUT: &str = "clipboard";
    if let CopyMethod::Program(program) = way {
        const HINT: &str = "install it, or set `clipboard` in the configuration";
        return first_installed(ABOUT, &[&program.program], is_there, HINT);
    }
    match between {
        Between::Nothing | Between::Screen => {
            Finding::ok(ABOUT, "through the terminal (OSC 52), if it allows that")
        }
        Between::Tmux => Finding::ok(
            ABOUT,
            "through tmux, if it allows that: tmux set -s set-clipboard on",
        ),
    }
}

/// Whether a hook can work; `None` if there is none.
fn hook(hook: Hook, config: &Config, is_there: impl Fn(&str) -> bool) -> Option<Finding> {
    const ABOUT: &str = "hook";
    let key = hook.key();
    let program = match hook.program(&config.hooks) {
        Ok(program) => program?,
        // The configuration check reports it.
        Err(_) => return None,
    };
    // Values as hostile as an article's may be.
    let value = |value| match value {
        Placeholder::Count | Placeholder::Path | Placeholder::Url => Some("1".into()),
        Placeholder::Title | Placeholder::Provider | Placeholder::Excerpt => Some("-x".into()),
    };
    let invocation = match program.fill(value, || vec!["/x".into()]) {
        Ok(invocation) => invocation,
        Err(reason) => {
            const HINT: &str = "until then, the hook is not run for articles whose title starts \
                                with “-”";
            return Some(Finding::warn(ABOUT, format!("{key}: {reason}"), HINT));
        }
    };
    let name = &invocation.program;
    if !is_there(name) {
        let says = format!("{key}: {name} is not installed");
        return Some(Finding::bad(ABOUT, says, "install it, or correct the hook"));
    }
    let is_git = Path::new(name).file_name().is_some_and(|it| it == "git");
    let named = config.libraries.iter().flat_map(|it| &it.roots);
    let mut roots = config.library.iter().chain(named);
    if is_git && let Some(root) = roots.find(|root| !is_in_repository(root)) {
        let says = format!("{key}: {} is not in a git repository", root.display());
        let hint = "create one there with `git init`, and add the articles to it";
        return Some(Finding::warn(ABOUT, says, hint));
    }
    Some(Finding::ok(ABOUT, format!("{key}: {name}")))
}

fn is_in_repository(folder: &Path) -> bool {
    folder.ancestors().any(|it| it.join(".git").exists())
}

/// Whether a program exists, by its path or in the folders of `PATH`.
pub(super) fn is_installed(program: &str, path: Option<&str>) -> bool {
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
    use crate::config::HookTable;
    use crate::model::FindingState;

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
        assert_eq!(remote.verdict, FindingState::Warn);
        assert!(
            found(&[("BROWSER", "lynx '")], "lynx")
                .says
                .contains("quote")
        );
    }

    #[test]
    fn an_editor_is_the_one_that_would_be_run() {
        let found =
            |set: &[(&str, &str)], there: &str| editor("", with(set), |program| program == there);
        assert_eq!(
            found(&[("EDITOR", "hx -v")], "hx"),
            Finding::ok("editor", "hx")
        );
        assert_eq!(found(&[], "vi"), Finding::ok("editor", "vi"));
        assert_eq!(
            found(&[("VISUAL", "code"), ("EDITOR", "vi")], "vi").verdict,
            FindingState::Warn
        );
    }

    #[test]
    fn a_hook_is_checked_without_running_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let found = |words: &[&str], there: &str| {
            let hooks = HookTable {
                after_publish: words.iter().map(|it| (*it).to_owned()).collect(),
                ..HookTable::default()
            };
            let config = Config {
                hooks,
                library: vec![folder.path().join("_news")],
                ..Config::default()
            };
            hook(Hook::Publish, &config, |program| program == there).map(|it| it.says)
        };
        let recipe = [
            "git",
            "commit",
            "-m",
            "Publish {count} articles",
            "--",
            "{paths}",
        ];
        assert_eq!(found(&[], "git"), None);
        let says = found(&recipe, "git").expect("a finding");
        assert!(says.ends_with("_news is not in a git repository"), "{says}");
        std::fs::create_dir(folder.path().join(".git")).expect("a folder");
        assert_eq!(found(&recipe, "git").as_deref(), Some("after_publish: git"));
        let says = found(&recipe, "hg").expect("a finding");
        assert_eq!(says, "after_publish: git is not installed");
        let says = found(&["say", "{title}"], "say").expect("a finding");
        assert!(says.contains("would be taken for an option"), "{says}");
    }

    #[test]
    fn a_program_is_looked_for_in_the_folders_of_the_path() {
        assert!(is_installed("sh", Some("/nowhere:/bin:/usr/bin")));
        assert!(is_installed("/bin/sh", None));
        assert!(!is_installed("sh", Some("/nowhere")) && !is_installed("/bin", None));
    }
}
