//! `newsdesk man`: manual pages in roff, generated from the same declaration as `--help`.

use std::io::Write;

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Args, ManArgs};
use super::{CommandFailure, Exit};

/// Prints the page of a command, or of the program.
pub fn run(args: &ManArgs, out: &mut dyn Write) -> Result<Exit, CommandFailure> {
    let mut program = Args::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| CommandFailure::NoCommand(name.clone()))?,
    };
    Man::new(command).render(out)?;
    Ok(Exit::Clean)
}
