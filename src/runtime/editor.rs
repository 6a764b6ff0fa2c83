//! Opens a file in the person's editor, which gets the terminal until it ends. No shell is involved: the
//! command is split into words, and the file is one argument.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use thiserror::Error;

/// Tried if no variable names an editor: Debian's choice, and what POSIX has.
const USUAL: [&str; 2] = ["editor", "vi"];

/// Editors that take `+12` before the file to go to a line.
const PLUS: &[&str] = &[
    "editor",
    "emacs",
    "emacsclient",
    "joe",
    "kak",
    "mg",
    "micro",
    "nano",
    "ne",
    "nvim",
    "vi",
    "view",
    "vim",
    "vis",
];

/// Editors that take `file:12` to go to a line.
const COLON: &[&str] = &["helix", "hx", "subl", "zed"];

/// Editors that need a separate option to go to a line.
const GOTO: &[&str] = &["code", "code-insiders", "codium"];

/// Why the file was not edited.
#[derive(Debug, Error)]
pub enum EditorError {
    #[error("${0}: a quote is not closed; correct it")]
    OpenQuote(&'static str),
    #[error("no editor found (tried {0}): set $VISUAL or $EDITOR")]
    NotFound(String),
    #[error("{program} could not be started ({reason}): set $VISUAL or $EDITOR")]
    NotStarted { program: String, reason: io::Error },
    #[error("{program} failed ({status})")]
    Failed { program: String, status: ExitStatus },
}

/// Opens a file at its first line, in this terminal, and returns when the editor has ended. `editor` is the
/// configured command, if any.
///
/// # Errors
/// If there is no editor, or it fails.
pub fn edit_file(editor: &str, path: &Path) -> Result<(), EditorError> {
    edit(editor, super::variables::variable, path, 1)
}

/// Opens the file at a line, counted from 1, and returns when the editor has ended. The terminal
/// must have been handed over.
///
/// # Errors
/// If there is no editor, or it fails.
pub fn edit(
    editor: &str,
    variable: impl Fn(&str) -> Option<String>,
    path: &Path,
    line: u32,
) -> Result<(), EditorError> {
    let mut missing = Vec::new();
    for words in commands(editor, variable)? {
        let Some((program, arguments)) = words.split_first() else {
            continue;
        };
        let status = Command::new(program)
            .args(arguments)
            .args(at_line(program, path, line))
            .status();
        match status {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => {
                let program = program.clone();
                return Err(EditorError::Failed { program, status });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push(program.clone()),
            Err(reason) => {
                let program = program.clone();
                return Err(EditorError::NotStarted { program, reason });
            }
        }
    }
    Err(EditorError::NotFound(missing.join(", ")))
}

/// The commands to try, as words: the configured one, or else `$VISUAL`, or else `$EDITOR`, or else the
/// usual ones.
pub(super) fn commands(
    editor: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Vec<String>>, EditorError> {
    // Its quotes were checked when the configuration was read.
    let configured = shell_words::split(editor).unwrap_or_default();
    if !configured.is_empty() {
        return Ok(vec![configured]);
    }
    for name in ["VISUAL", "EDITOR"] {
        let command = variable(name).filter(|command| !command.trim().is_empty());
        if let Some(command) = command {
            let words = shell_words::split(&command).map_err(|_| EditorError::OpenQuote(name))?;
            return Ok(vec![words]);
        }
    }
    Ok(USUAL.map(|it| vec![it.to_owned()]).into())
}

/// The arguments that make an editor open a file at a line. An unknown editor gets only the file.
fn at_line(program: &str, path: &Path, line: u32) -> Vec<OsString> {
    let name = Path::new(program).file_name().and_then(OsStr::to_str);
    let is = |names: &[&str]| name.is_some_and(|name| names.contains(&name));
    let file = not_an_option(path);
    let with_line = || {
        let mut file = file.clone();
        file.push(format!(":{line}"));
        file
    };
    if is(PLUS) {
        vec![format!("+{line}").into(), file]
    } else if is(COLON) {
        vec![with_line()]
    } else if is(GOTO) {
        vec!["--goto".into(), with_line()]
    } else {
        vec![file]
    }
}

/// A path that starts with `-` would be taken for an option.
fn not_an_option(path: &Path) -> OsString {
    if path.as_os_str().as_encoded_bytes().starts_with(b"-") {
        Path::new(".").join(path).into_os_string()
    } else {
        path.as_os_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(editor: &str, path: &str) -> Vec<String> {
        let arguments = at_line(editor, Path::new(path), 12);
        let text = |it: OsString| it.to_string_lossy().into_owned();
        arguments.into_iter().map(text).collect()
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        assert_eq!(words("/usr/bin/nvim", "a.md"), ["+12", "a.md"]);
        assert_eq!(words("hx", "a.md"), ["a.md:12"]);
        assert_eq!(words("code", "a.md"), ["--goto", "a.md:12"]);
        assert_eq!(words("something", "a.md"), ["a.md"]);
    }

    #[test]
    fn a_file_is_never_an_option() {
        assert_eq!(words("something", "-c!ls.md"), ["./-c!ls.md"]);
        assert_eq!(words("vi", "a b; ls.md"), ["+12", "a b; ls.md"]);
    }

    #[test]
    fn the_variables_are_taken_in_their_order() {
        let both = |name: &str| match name {
            "VISUAL" => Some("code --wait".to_owned()),
            "EDITOR" => Some("vi".to_owned()),
            _ => None,
        };
        let commands = |variable: &dyn Fn(&str) -> Option<String>| commands("", variable);
        assert_eq!(commands(&both).expect("words"), [["code", "--wait"]]);
        let blank = |name: &str| Some(if name == "VISUAL" { " " } else { "ed" }.to_owned());
        assert_eq!(commands(&blank).expect("words"), [["ed"]]);
        assert_eq!(commands(&|_| None).expect("words"), [["editor"], ["vi"]]);
        let open = |_: &str| Some("vi 'x".to_owned());
        let error = commands(&open).expect_err("a quote is open");
        assert_eq!(
            error.to_string(),
            "$VISUAL: a quote is not closed; correct it"
        );
    }

    #[test]
    fn the_editor_of_the_configuration_comes_first() {
        let words = commands("hx -v", |_| Some("vi".to_owned()));
        assert_eq!(words.expect("words"), [["hx", "-v"]]);
    }

    #[test]
    fn what_went_wrong_is_told() {
        let told = |editor: &'static str| {
            let edited = edit("", |_| Some(editor.to_owned()), Path::new("a.md"), 1);
            edited.expect_err("it fails").to_string()
        };
        assert_eq!(told("false"), "false failed (exit status: 1)");
        assert_eq!(
            told("no-such-editor"),
            "no editor found (tried no-such-editor): set $VISUAL or $EDITOR"
        );
    }
}
