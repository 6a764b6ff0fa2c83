//! Copying with OSC 52: the terminal puts the text into the clipboard of the person in front of it,
//! even over SSH. It never replies, so success cannot be confirmed.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use super::variables::variable;

/// Longest text, in bytes. Terminals drop sequences of more than 100,000 bytes; the sequence adds
/// eight to the text, and base64 turns three bytes into four.
const MAX_TEXT: usize = 74_994;

/// Bytes per sequence passed through GNU screen, which drops strings over 768.
const SCREEN_PIECE: usize = 512;

/// The multiplexer between this program and the terminal, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    Nothing,
    Tmux,
    Screen,
}

impl Between {
    /// Detects it from the environment; `variable` looks up a variable.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).is_some_and(|value| !value.is_empty());
        if set("TMUX") {
            Self::Tmux
        } else if set("STY") {
            Self::Screen
        } else {
            Self::Nothing
        }
    }

    /// Detects it from the environment of this process.
    pub fn of_process() -> Self {
        Self::read(variable)
    }
}

/// The text is too long to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too long to copy: {bytes} bytes; terminals take up to {MAX_TEXT}")]
pub struct TooLong {
    /// Length of the text.
    pub bytes: usize,
}

/// Returns the bytes that copy `text` when written to the terminal.
pub fn copy(text: &str, between: Between) -> Result<Vec<u8>, TooLong> {
    if text.len() > MAX_TEXT {
        return Err(TooLong { bytes: text.len() });
    }
    // Ended by BEL rather than ESC \, which would also end the sequence wrapped around it.
    let sequence = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    Ok(match between {
        Between::Nothing => sequence.into_bytes(),
        Between::Tmux => through_tmux(&sequence),
        Between::Screen => through_screen(&sequence),
    })
}

/// Says that `what` was sent. It cannot say "copied": nothing replies, and tmux drops the sequence
/// by default.
pub fn sent(what: &str, between: Between) -> String {
    match between {
        Between::Nothing | Between::Screen => format!("Sent {what} to the terminal's clipboard."),
        Between::Tmux => {
            format!("Sent {what} to tmux, which copies it if set-clipboard is on.")
        }
    }
}

/// Puts a text into tmux's paste buffer, and with `-w` into the clipboard of its terminal, by
/// running `tmux` itself: this works regardless of what tmux lets through. No shell is involved.
///
/// # Errors
/// If the program cannot be run, or fails; tmux before 3.2 does not know `-w`.
pub fn load_into_tmux(program: &Path, text: &str) -> io::Result<()> {
    let mut tmux = Command::new(program)
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = tmux.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    match tmux.wait()?.success() {
        true => Ok(()),
        false => Err(io::Error::other("tmux did not accept it")),
    }
}

/// Says that `what` is in tmux's buffer.
pub fn loaded(what: &str) -> String {
    format!("Copied {what} into tmux, and sent it to the terminal's clipboard.")
}

/// Sends the sequence both plain and wrapped: tmux takes OSC 52 itself with `set-clipboard on` and
/// forwards a wrapped one with `allow-passthrough on`. A program cannot see which is set, and
/// copying twice does no harm.
fn through_tmux(sequence: &str) -> Vec<u8> {
    let wrapped = sequence.replace('\x1b', "\x1b\x1b");
    format!("{sequence}\x1bPtmux;{wrapped}\x1b\\").into_bytes()
}

/// GNU screen does not know OSC 52, but forwards the contents of device control strings, in pieces.
fn through_screen(sequence: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(sequence.len() * 2);
    for piece in sequence.as_bytes().chunks(SCREEN_PIECE) {
        bytes.extend_from_slice(b"\x1bP");
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\x1b\\");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://example.org/ü";

    #[test]
    fn that_tmux_has_not_taken_it_is_known() {
        assert!(load_into_tmux(Path::new("/bin/false"), LINK).is_err());
        assert!(load_into_tmux(Path::new("/nowhere/tmux"), LINK).is_err());
    }

    #[test]
    fn the_text_travels_in_base64() {
        assert_eq!(
            copy(LINK, Between::Nothing).expect("short"),
            b"\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLm9yZy/DvA==\x07"
        );
    }

    #[test]
    fn control_characters_of_the_text_never_get_out() {
        let bytes = copy("\x07\x1b]0;evil\x1b\\", Between::Nothing).expect("short");
        let inner = &bytes[1..bytes.len() - 1];
        assert!(inner.iter().all(u8::is_ascii_graphic));
    }

    #[test]
    fn tmux_gets_it_plain_and_wrapped() {
        assert_eq!(
            copy("a", Between::Tmux).expect("short"),
            b"\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"
        );
    }

    #[test]
    fn screen_gets_pieces_that_it_does_not_drop() {
        let text = "x".repeat(2000);
        let bytes = copy(&text, Between::Screen).expect("short");
        let sent = String::from_utf8(bytes).expect("ASCII");
        let pieces: Vec<&str> = sent
            .split_terminator("\x1b\\")
            .map(|piece| piece.strip_prefix("\x1bP").expect("wrapped"))
            .collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() < 768));
        assert_eq!(
            pieces.concat().into_bytes(),
            copy(&text, Between::Nothing).expect("short")
        );
    }

    #[test]
    fn what_is_too_long_is_told() {
        let fits = "x".repeat(74_994);
        let bytes = copy(&fits, Between::Nothing).expect("fits");
        assert!(bytes.len() <= 100_000);
        let error = copy(&format!("{fits}x"), Between::Nothing).expect_err("too long");
        assert_eq!(
            error.to_string(),
            "too long to copy: 74995 bytes; terminals take up to 74994"
        );
    }

    #[test]
    fn nothing_is_said_to_be_copied_as_nobody_knows() {
        assert_eq!(
            sent("the link", Between::Nothing),
            "Sent the link to the terminal's clipboard."
        );
        assert_eq!(
            loaded("the link"),
            "Copied the link into tmux, and sent it to the terminal's clipboard."
        );
        assert_eq!(
            sent("the link", Between::Tmux),
            "Sent the link to tmux, which copies it if set-clipboard is on."
        );
    }

    #[test]
    fn tmux_in_screen_is_tmux() {
        let read = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            Between::read(move |name| names.iter().any(|n| n == name).then(|| "x".to_owned()))
        };
        assert_eq!(read(&["STY", "TMUX"]), Between::Tmux);
        assert_eq!(read(&["STY"]), Between::Screen);
        assert_eq!(read(&[]), Between::Nothing);
    }
}
