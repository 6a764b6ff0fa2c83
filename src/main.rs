//! The program: hands its arguments to the command line, and starts the reader if asked to.

// Bad input never ends the program: it becomes an error with a message.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::os::unix::process::CommandExt;
use std::panic;
use std::path::Path;
use std::process::{Command, ExitCode};

use newsdesk::cli::{self, AfterRun, Exit, ReaderStart, Streams, Surroundings};
use newsdesk::config::{Config, XdgEnvironment};
use newsdesk::format::is_catching;
use newsdesk::runtime::{self, Options, ReaderEnd};

fn main() -> ExitCode {
    report_panics_that_are_not_caught();
    run(std::env::args_os())
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let outcome = cli::run(
        arguments,
        &Surroundings {
            outside: Some(runtime::findings),
            ..Surroundings::of_this_process()
        },
        &mut Streams {
            out: &mut BufWriter::new(io::stdout().lock()),
            // Not locked: other threads draw progress on it.
            err: &mut io::stderr(),
        },
    );
    match outcome {
        AfterRun::Done(exit) => exit.into(),
        AfterRun::Reader(reader) => read(*reader),
        AfterRun::Editor(path) => edit(&path),
    }
}

/// A panic in a library that reads bodies is reported in place of the body, not on stderr as well.
fn report_panics_that_are_not_caught() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !is_catching() {
            report(info);
        }
    }));
}

/// Opens the configuration in the person's editor, and then says what is wrong with it.
fn edit(path: &Path) -> ExitCode {
    // The file may be wrong, which is why it is edited.
    let editor = Config::load_leniently(&XdgEnvironment::of_this_process()).editor;
    if let Err(error) = runtime::edit_file(&editor, path) {
        eprintln!("newsdesk: {error}");
        return Exit::CouldNotRun.into();
    }
    run(["newsdesk", "config", "check"].map(OsString::from))
}

fn read(reader: ReaderStart) -> ExitCode {
    let ReaderStart {
        source,
        keymap,
        desk,
        config,
        places,
    } = reader;
    let place = desk.clone();
    match runtime::run(Options {
        source,
        keymap,
        desk,
        config,
        places,
    }) {
        Ok(ReaderEnd {
            summary,
            untold,
            next,
        }) => {
            if let Some(summary) = summary {
                println!("{summary}");
            }
            for said in untold {
                eprintln!("newsdesk: {said}");
            }
            match next {
                Some(name) => open_library(&name, place.as_deref()),
                None => Exit::Clean.into(),
            }
        }
        Err(error) => {
            eprintln!("newsdesk: {error:#}");
            Exit::CouldNotRun.into()
        }
    }
}

/// Becomes the reader of another library. A new program leaves nothing of the old one behind: no
/// threads, no watches, no articles.
fn open_library(name: &str, desk: Option<&Path>) -> ExitCode {
    let itself = std::env::current_exe();
    let error = itself.map(|itself| {
        let mut command = Command::new(itself);
        if let Some(desk) = desk {
            command.arg("--desk").arg(desk);
        }
        // It only comes back if it fails.
        command.arg("--library").arg(name).exec()
    });
    let error = error.unwrap_or_else(|error| error);
    eprintln!("newsdesk: the library {name} could not be opened: {error}");
    Exit::CouldNotRun.into()
}
