//! The program: hands the arguments to the command line, and starts the reader where it says so.

use std::io::{self, BufWriter};
use std::process::ExitCode;

use newsdesk::cli::{self, Outcome, Streams, Surroundings};

fn main() -> ExitCode {
    let outcome = cli::run(
        std::env::args_os(),
        &Surroundings::of_this_process(),
        &mut Streams {
            out: &mut BufWriter::new(io::stdout().lock()),
            err: &mut io::stderr().lock(),
        },
    );
    match outcome {
        Outcome::Done(exit) => exit.into(),
        Outcome::Reader(_) => {
            eprintln!("newsdesk: the reader needs the runtime");
            ExitCode::from(2)
        }
    }
}
