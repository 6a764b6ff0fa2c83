//! Plans which programs could open a link here, in which order, and where. Pure, except that the
//! `open` crate checks for WSL; nothing is run.

use std::ffi::OsStr;
use std::path::Path;

use super::super::variables::variable;
use super::OpenError;
use crate::format::link::Link;

/// Browsers that draw in the terminal they are started from.
const TERMINAL_BROWSERS: &[&str] = &[
    "browsh",
    "carbonyl",
    "chawan",
    "cha",
    "elinks",
    "links",
    "links2",
    "lynx",
    "w3m",
    "www-browser",
];

/// Where a program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsIn {
    /// It gets the terminal until it ends.
    Terminal,
    /// On its own, without access to the screen.
    Detached,
}

/// One program to try, with the link among its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub program: String,
    pub arguments: Vec<String>,
    pub place: RunsIn,
}

/// What the environment says about browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The commands of `$BROWSER`, or the configured one.
    browser: Vec<String>,
    desktop: Desktop,
}

/// Whether the person would see a program's windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Desktop {
    Here,
    /// Over SSH, or without a display.
    None,
}

impl Environment {
    /// Reads the environment; `variable` looks up a variable.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|value| !value.trim().is_empty());
        let remote = ["SSH_CONNECTION", "SSH_TTY"]
            .into_iter()
            .any(|name| set(name).is_some());
        // A missing display only matters where windows are X's or Wayland's; WSL opens them on
        // Windows.
        let display = cfg!(target_os = "macos")
            || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"]
                .into_iter()
                .any(|name| set(name).is_some());
        Self {
            browser: set("BROWSER")
                .unwrap_or_default()
                .split(':')
                .map(str::to_owned)
                .collect(),
            desktop: if display && !remote {
                Desktop::Here
            } else {
                Desktop::None
            },
        }
    }

    /// The same with the configured command, if there is one. It is a single command, even if it
    /// contains colons.
    pub fn with_browser(self, command: &str) -> Self {
        if command.trim().is_empty() {
            return self;
        }
        Self {
            browser: vec![command.to_owned()],
            ..self
        }
    }

    /// Reads the environment of this process.
    pub fn of_process() -> Self {
        Self::read(variable)
    }
}

/// Returns what to try, in order: the commands of `$BROWSER` if it is set, else those the `open`
/// crate knows for this system.
pub fn plan(environment: &Environment, link: &Link) -> Result<Vec<Attempt>, OpenError> {
    let attempts = from_browser(&environment.browser, link)?;
    match (attempts.is_empty(), environment.desktop) {
        (false, _) => Ok(attempts),
        (true, Desktop::Here) => Ok(from_system(link)),
        (true, Desktop::None) => Err(OpenError::NoBrowser),
    }
}

fn from_browser(commands: &[String], link: &Link) -> Result<Vec<Attempt>, OpenError> {
    commands
        .iter()
        .filter_map(|command| attempt(command, link).transpose())
        .collect()
}

/// Parses one command of `$BROWSER`. It is split into words before the link is inserted, so that no
/// byte of the link can become a quote or a separate word.
fn attempt(command: &str, link: &Link) -> Result<Option<Attempt>, OpenError> {
    let words =
        shell_words::split(command).map_err(|_| OpenError::OpenQuote(command.trim().to_owned()))?;
    let Some((program, words)) = words.split_first() else {
        return Ok(None);
    };
    let mut arguments: Vec<String> = Vec::with_capacity(words.len() + 1);
    let mut placed = false;
    for word in words {
        let (argument, holds_link) = with_link(word, link);
        placed |= holds_link;
        arguments.push(argument);
    }
    if !placed {
        arguments.push(link.as_str().to_owned());
    }
    Ok(Some(Attempt {
        place: place(program),
        program: program.clone(),
        arguments,
    }))
}

/// Replaces each `%s` in `word` with the link and each `%%` with `%`; also returns whether there
/// was a `%s`.
fn with_link(word: &str, link: &Link) -> (String, bool) {
    let mut argument = String::with_capacity(word.len());
    let mut placed = false;
    let mut rest = word;
    while let Some(at) = rest.find('%') {
        argument.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('s') {
            argument.push_str(link.as_str());
            placed = true;
            rest = after;
        } else {
            argument.push('%');
            rest = rest.strip_prefix('%').unwrap_or(rest);
        }
    }
    argument.push_str(rest);
    (argument, placed)
}

fn place(program: &str) -> RunsIn {
    let name = Path::new(program).file_name().and_then(OsStr::to_str);
    match name {
        Some(name) if TERMINAL_BROWSERS.contains(&name) => RunsIn::Terminal,
        _ => RunsIn::Detached,
    }
}

/// What the `open` crate would run. It is run here so that failures can be reported.
fn from_system(link: &Link) -> Vec<Attempt> {
    let text = |word: &OsStr| word.to_string_lossy().into_owned();
    open::commands(link.as_str())
        .iter()
        .map(|command| Attempt {
            program: text(command.get_program()),
            arguments: command.get_args().map(text).collect(),
            place: RunsIn::Detached,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://example.org/a?b=c&d='%s%20\"";

    fn link() -> Link {
        Link::parse(URL).expect("a link")
    }

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::read(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    /// The words of each attempt planned for `$BROWSER`, with the link written as `URL`.
    fn planned(browser: &str) -> Vec<Vec<String>> {
        let attempts = plan(&environment(&[("BROWSER", browser)]), &link()).expect("a plan");
        attempts
            .into_iter()
            .map(|attempt| {
                let words = std::iter::once(attempt.program).chain(attempt.arguments);
                words
                    .map(|word| word.replace(link().as_str(), "URL"))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn the_link_is_appended_as_one_argument() {
        assert_eq!(planned("firefox"), [["firefox", "URL"]]);
        assert_eq!(
            planned("firefox --new-tab"),
            [["firefox", "--new-tab", "URL"]]
        );
    }

    #[test]
    fn the_link_goes_where_percent_s_stands() {
        assert_eq!(planned("b %s -x"), [["b", "URL", "-x"]]);
        assert_eq!(planned("b --url=%s"), [["b", "--url=URL"]]);
        assert_eq!(planned("b '%s' \"a %s\""), [["b", "URL", "a URL"]]);
    }

    #[test]
    fn percent_percent_is_a_percent_sign() {
        assert_eq!(planned("b %%s %d %"), [["b", "%s", "%d", "%", "URL"]]);
    }

    #[test]
    fn the_link_never_becomes_the_program() {
        assert_eq!(planned("%s x"), [["%s", "x", "URL"]]);
    }

    #[test]
    fn words_are_quoted_but_never_expanded() {
        assert_eq!(
            planned(r#""my browser" 'a b' c\ d $HOME `id` ; | ~"#),
            [[
                "my browser",
                "a b",
                "c d",
                "$HOME",
                "`id`",
                ";",
                "|",
                "~",
                "URL"
            ]]
        );
    }

    #[test]
    fn colons_part_commands_and_empty_ones_are_passed_over() {
        assert_eq!(
            planned(":w3m -o x: :firefox %s:"),
            [vec!["w3m", "-o", "x", "URL"], vec!["firefox", "URL"]]
        );
    }

    #[test]
    fn terminal_browsers_get_the_terminal() {
        let attempts = plan(
            &environment(&[("BROWSER", "/usr/bin/w3m:lynx:xterm -e w3m:firefox")]),
            &link(),
        )
        .expect("a plan");
        let places: Vec<_> = attempts.iter().map(|attempt| attempt.place).collect();
        assert_eq!(
            places,
            [
                RunsIn::Terminal,
                RunsIn::Terminal,
                RunsIn::Detached,
                RunsIn::Detached
            ]
        );
    }

    #[test]
    fn an_open_quote_is_told() {
        let error = plan(&environment(&[("BROWSER", "a: b 'c ")]), &link()).expect_err("a quote");
        assert_eq!(
            error.to_string(),
            "$BROWSER: a quote is not closed in `b 'c`; correct it, or copy the link with `y y`"
        );
    }

    #[test]
    fn browser_is_followed_over_ssh_too() {
        let remote = environment(&[("SSH_TTY", "/dev/pts/1"), ("BROWSER", "w3m")]);
        assert_eq!(plan(&remote, &link()).expect("a plan").len(), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_opener_needs_a_desktop() {
        for nowhere in [
            environment(&[]),
            environment(&[("BROWSER", " : ")]),
            environment(&[("DISPLAY", "")]),
            environment(&[
                ("DISPLAY", ":0"),
                ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22"),
            ]),
            environment(&[("WAYLAND_DISPLAY", "wayland-0"), ("SSH_TTY", "/dev/pts/1")]),
        ] {
            assert!(
                matches!(plan(&nowhere, &link()), Err(OpenError::NoBrowser)),
                "{nowhere:?}"
            );
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn on_a_desktop_the_system_opener_gets_the_link_once() {
        for display in ["DISPLAY", "WAYLAND_DISPLAY"] {
            let attempts = plan(&environment(&[(display, "x")]), &link()).expect("a plan");
            let opener = attempts
                .iter()
                .find(|attempt| attempt.program == "xdg-open");
            assert_eq!(
                opener,
                Some(&Attempt {
                    program: "xdg-open".to_owned(),
                    arguments: vec![link().as_str().to_owned()],
                    place: RunsIn::Detached,
                })
            );
        }
    }
}
