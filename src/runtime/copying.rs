//! Decides how to copy a text: with a program on this machine, if its clipboard belongs to the person
//! in front of the screen, or else through the terminal.

use std::time::Duration;

use crate::app::RequestId;
use crate::command::Invocation;
use crate::config::{Clipboard, OutputUse};
use crate::process::{self, Limits, ProgramInput, RunFailure};

/// How long a program may take to read the text.
const LIMIT: Duration = Duration::from_secs(5);

/// A text to be copied.
#[derive(Debug)]
pub struct Copy {
    pub id: RequestId,
    pub text: String,
    /// What the text is, for the message.
    pub what: &'static str,
}

/// How a text is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyMethod {
    /// By this program, which reads the text.
    Program(Invocation),
    /// Through the terminal.
    Terminal,
}

/// A program that copies its input, and the variable that shows that it has a clipboard to copy to.
struct CopyProgram {
    set: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
}

const KNOWN: [CopyProgram; 4] = [
    CopyProgram {
        set: "WAYLAND_DISPLAY",
        program: "wl-copy",
        arguments: &[],
    },
    CopyProgram {
        set: "DISPLAY",
        program: "xclip",
        arguments: &["-selection", "clipboard"],
    },
    CopyProgram {
        set: "DISPLAY",
        program: "xsel",
        arguments: &["--input", "--clipboard"],
    },
    CopyProgram {
        set: "WSL_DISTRO_NAME",
        program: "clip.exe",
        arguments: &[],
    },
];

/// The configured method, or else the one that fits. Over SSH, this machine's clipboard belongs to
/// somebody else.
pub fn way(
    configured: &Clipboard,
    variable: impl Fn(&str) -> Option<String>,
    is_installed: impl Fn(&str) -> bool,
) -> CopyMethod {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let program = match configured {
        Clipboard::Terminal => None,
        Clipboard::Command(command) => invocation(command),
        Clipboard::Auto if is_set("SSH_CONNECTION") || is_set("SSH_TTY") => None,
        Clipboard::Auto if cfg!(target_os = "macos") => Some(plain("pbcopy", &[])),
        Clipboard::Auto => KNOWN
            .iter()
            .find(|it| is_set(it.set) && is_installed(it.program))
            .map(|it| plain(it.program, it.arguments)),
    };
    program.map_or(CopyMethod::Terminal, CopyMethod::Program)
}

fn plain(program: &str, arguments: &[&str]) -> Invocation {
    Invocation {
        program: program.to_owned(),
        arguments: arguments.iter().map(Into::into).collect(),
        output: OutputUse::None,
    }
}

fn invocation(command: &str) -> Option<Invocation> {
    let words = shell_words::split(command).ok()?;
    let (program, arguments) = words.split_first()?;
    Some(Invocation {
        program: program.clone(),
        arguments: arguments.iter().map(Into::into).collect(),
        output: OutputUse::None,
    })
}

/// Passes a text to the program.
///
/// # Errors
/// If it does not start, fails, or does not end.
pub fn by_program(program: &Invocation, text: String) -> Result<(), RunFailure> {
    let limits = Limits {
        time: Some(LIMIT),
        ..Limits::default()
    };
    let input: ProgramInput = Box::new(move |stdin| stdin.write_all(text.as_bytes()));
    let ended = process::run(&program.program, &program.arguments, Some(input), &limits)?;
    ended.success(&program.program).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(configured: &Clipboard, set: &[&str], installed: &[&str]) -> Option<String> {
        let variable = |name: &str| set.contains(&name).then(|| "x".to_owned());
        match way(configured, variable, |program| installed.contains(&program)) {
            CopyMethod::Program(it) => Some(it.program),
            CopyMethod::Terminal => None,
        }
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn a_program_that_is_there_and_has_a_clipboard_comes_first() {
        let auto = |set: &[&str], installed: &[&str]| found(&Clipboard::Auto, set, installed);
        let all = ["wl-copy", "xclip", "xsel"];
        assert_eq!(
            auto(&["WAYLAND_DISPLAY", "DISPLAY"], &all).as_deref(),
            Some("wl-copy")
        );
        assert_eq!(
            auto(&["WAYLAND_DISPLAY", "DISPLAY"], &["xsel"]).as_deref(),
            Some("xsel")
        );
        assert_eq!(auto(&["DISPLAY"], &all).as_deref(), Some("xclip"));
        assert_eq!(auto(&[], &all), None);
        assert_eq!(auto(&["DISPLAY"], &[]), None);
        assert_eq!(
            auto(&["DISPLAY", "SSH_TTY"], &all),
            None,
            "another machine's"
        );
    }

    #[test]
    fn what_is_configured_holds_everywhere() {
        let command = Clipboard::Command("my-copy --now".to_owned());
        assert_eq!(
            found(&command, &["SSH_TTY"], &[]).as_deref(),
            Some("my-copy")
        );
        assert_eq!(found(&Clipboard::Terminal, &["DISPLAY"], &["xclip"]), None);
    }

    #[test]
    fn a_program_gets_the_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("copied");
        let file = file.to_string_lossy().into_owned();
        assert!(by_program(&plain("tee", &[&file]), "a\nb".to_owned()).is_ok());
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), "a\nb");
        assert!(by_program(&plain("false", &[]), "a".to_owned()).is_err());
    }
}
