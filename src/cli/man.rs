//! `newsdesk man`: manual pages in roff, generated from the same declaration as `--help`.

use std::io::Write;

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Args, ManArgs};
use super::{Exit, Failure};

/// Prints the page of a command, or of the program.
pub fn run(args: &ManArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut program = Args::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Failure::NoCommand(name.clone()))?,
    };
    Man::new(command).render(out)?;
    Ok(Exit::Clean)
}
