//! Copies a text to the clipboard: with a program if there is one, or else through the terminal,
//! which does not confirm it.

use std::io;
use std::path::Path;
use std::sync::mpsc::Sender;

use anyhow::Result;

use super::background;
use super::clipboard::{self, Between};
use super::copying::{self, Copy, CopyMethod};
use super::loop_message::LoopMessage;
use super::outside::is_installed;
use super::terminal::Screen;
use super::variables::variable;
use crate::app::Reply;
use crate::config::Clipboard;

impl Copy {
    /// Copies it with a program, on a separate thread; sends it back for the terminal if there is no
    /// program.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(self, clipboard: Clipboard, sender: Sender<LoopMessage>) -> io::Result<()> {
        background::start("clipboard", move || {
            let _ = sender.send(self.by_program(&clipboard));
        })
    }

    fn by_program(self, clipboard: &Clipboard) -> LoopMessage {
        // Searching every folder in the path for programs can take a while.
        let path = variable("PATH");
        let is_installed = |program: &str| is_installed(program, path.as_deref());
        let program = match copying::way(clipboard, variable, is_installed) {
            CopyMethod::Terminal => return LoopMessage::Copy(self),
            CopyMethod::Program(program) => program,
        };
        match copying::by_program(&program, self.text.clone()) {
            Ok(()) => self.copied(Ok(format!("Copied {}.", self.what))),
            Err(failure) if matches!(clipboard, Clipboard::Command(_)) => {
                self.copied(Err(format!("Not copied: {failure}")))
            }
            Err(failure) => {
                tracing::warn!("{failure}");
                LoopMessage::Copy(self)
            }
        }
    }

    /// Copies it through the terminal.
    ///
    /// # Errors
    /// If the terminal is lost, or a thread cannot be started.
    pub fn by_terminal(self, screen: &mut Screen, sender: &Sender<LoopMessage>) -> Result<()> {
        let between = Between::of_process();
        let sequence = match clipboard::copy(&self.text, between) {
            Ok(sequence) => sequence,
            Err(reason) => {
                let _ = sender.send(self.copied(Err(reason.to_string())));
                return Ok(());
            }
        };
        screen.send(&sequence)?;
        let sent = clipboard::sent(self.what, between);
        if between != Between::Tmux {
            let _ = sender.send(self.copied(Ok(sent)));
            return Ok(());
        }
        // tmux may drop what was sent, and running it takes a while.
        let sender = sender.clone();
        background::start("tmux", move || {
            let said = match clipboard::load_into_tmux(Path::new("tmux"), &self.text) {
                Ok(()) => clipboard::loaded(self.what),
                Err(_) => sent,
            };
            let _ = sender.send(self.copied(Ok(said)));
        })?;
        Ok(())
    }

    fn copied(&self, said: Result<String, String>) -> LoopMessage {
        LoopMessage::reply(self.id, Reply::Copied(said))
    }
}
