//! `newsdesk themes`: lists the themes in their own colours, or prints one as a start for your own.

use std::io::{self, Write};

use super::args::ThemesArgs;
use super::{CommandFailure, Exit, Surroundings};
use crate::config::Config;
use crate::format::clean::Clean;
use crate::theme::{self, Base, ColourDepth, Role, Style, Terminal, Theme, ThemeBase, ThemeChoice};

/// Words shown in the style of their roles.
const SAMPLE: [(&str, Role); 10] = [
    (" text ", Role::Text),
    ("faint ", Role::Faint),
    ("accent ", Role::Accent),
    ("title ", Role::Title),
    ("link ", Role::Link),
    ("code ", Role::Code),
    ("match", Role::Match),
    (" warning ", Role::Warning),
    ("error ", Role::Error),
    ("cursor", Role::Cursor),
];

/// Lists the themes, or prints one.
pub fn run(
    args: &ThemesArgs,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> Result<Exit, CommandFailure> {
    match &args.name {
        Some(name) => print(name, out)?,
        None => list(surroundings, out)?,
    }
    Ok(Exit::Clean)
}

fn print(name: &str, out: &mut dyn Write) -> Result<(), CommandFailure> {
    let base = theme::base(name).map_err(CommandFailure::Theme)?;
    match base.text() {
        Some(text) => write!(out, "{text}")?,
        None => writeln!(out, "about = {:?}\nbase = {name:?}", theme::about(base))?,
    }
    Ok(())
}

/// Every name with what it is; on a terminal, themes with a sample as well.
fn list(surroundings: &Surroundings, out: &mut dyn Write) -> io::Result<()> {
    let config = Config::load_leniently(&surroundings.places);
    let in_force = match config.theme.start {
        ThemeBase::Bundled(base) => Some(base),
        ThemeBase::File(_) => None,
    };
    for base in theme::bases() {
        let sign = if in_force == Some(base) { '*' } else { ' ' };
        let about = Clean::new(&theme::about(base));
        writeln!(out, "{sign} {:21}{about}", base.name())?;
        if surroundings.wants_styles() && !base.is_pair() {
            sample(base, surroundings.depth(), out)?;
        }
    }
    Ok(())
}

fn sample(base: Base, depth: ColourDepth, out: &mut dyn Write) -> io::Result<()> {
    let choice = ThemeChoice {
        start: ThemeBase::Bundled(base),
        own: Vec::new(),
    };
    let theme: Theme = choice.theme(&Terminal {
        depth,
        ..Terminal::default()
    });
    write!(out, "{:23}", "")?;
    for (word, role) in SAMPLE {
        let style = theme.style(role).upon(theme.style(Role::Text));
        write!(out, "{}{word}", style.sequence())?;
    }
    writeln!(out, "{}", Style::default().sequence())
}
