//! `newsdesk edit`: fields of all articles that a query finds are changed in their files, and shown
//! before. How a file is written is `desk::publish`'s.

use jiff::Timestamp;

use super::args::{EditArgs, Removal};
use super::changes::{Changes, Outcome};
use crate::cli::desk_file::{DeskFile, clock, load};
use crate::cli::{Exit, Failure, Streams, Surroundings};
use crate::cli::{ask, library};
use crate::desk::publish::Planner;
use crate::format::edit::{Asked, Asking};
use crate::library::{ArticleId, Source};

pub fn run(
    args: &EditArgs,
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let query = ask::query(Some(&args.query))?;
    let source = library::source(&args.paths, surroundings)?;
    if source == Source::Sample {
        return Err(Failure::SampleIsFixed);
    }
    let library = load(&source, &mut place.readable(streams.err)?, streams.err)?;
    let ids = ask::select(&library, &query, &clock());
    let planner = Planner::new(library.articles(), Timestamp::now());
    let asked = asked(args);
    let plan = |id: &ArticleId| {
        let article = library.article(*id);
        let outcome = Outcome::from(planner.edit(article, &asked));
        (*id, article.path(), outcome)
    };
    let mut changes = Changes {
        files: ids.iter().map(plan).collect(),
    };
    if args.yes {
        changes.write();
    }
    changes.say(streams.out)?;
    if !args.yes && !args.dry_run {
        writeln!(streams.out, "nothing is written yet: add --yes to write it")?;
    }
    Ok(changes.exit())
}

/// What the arguments ask for.
fn asked(args: &EditArgs) -> Vec<Asked> {
    let removed = args.remove.iter().map(|removal| match removal {
        Removal::Field(field) => Asked {
            field: field.clone(),
            change: Asking::Remove,
        },
        Removal::Entry(entry) => Asked {
            field: entry.field.clone(),
            change: Asking::Take(entry.value.clone()),
        },
    });
    let added = args.add.iter().map(|entry| Asked {
        field: entry.field.clone(),
        change: Asking::Add(entry.value.clone()),
    });
    let set = args.set.iter().map(|it| Asked {
        field: it.field.clone(),
        change: Asking::Set(it.value.clone()),
    });
    set.chain(added).chain(removed).collect()
}
