//! The program: hands its arguments to the command line, and starts the reader if asked to.

// Bad input never ends the program: it becomes an error with a message.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::panic;
use std::path::Path;
use std::process::ExitCode;

use newsdesk::cli::{self, Exit, Outcome, Reader, Streams, Surroundings};
use newsdesk::config::{Config, Places};
use newsdesk::format::is_catching;
use newsdesk::runtime::{self, Options};

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
        Outcome::Done(exit) => exit.into(),
        Outcome::Reader(reader) => read(*reader),
        Outcome::Editor(path) => edit(&path),
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
    let editor = Config::load_leniently(&Places::of_this_process()).editor;
    if let Err(error) = runtime::edit_file(&editor, path) {
        eprintln!("newsdesk: {error}");
        return Exit::CouldNotRun.into();
    }
    run(["newsdesk", "config", "check"].map(OsString::from))
}

fn read(reader: Reader) -> ExitCode {
    let Reader {
        source,
        keymap,
        desk,
        config,
        places,
    } = reader;
    match runtime::run(Options {
        source,
        keymap,
        desk,
        config,
        places,
    }) {
        Ok(summary) => {
            if let Some(summary) = summary {
                println!("{summary}");
            }
            Exit::Clean.into()
        }
        Err(error) => {
            eprintln!("newsdesk: {error:#}");
            Exit::CouldNotRun.into()
        }
    }
}
