//! Loads the library named on the command line or in the configuration, and reports which files are
//! not in it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::exit::Coverage;
use super::work::Work;
use super::{CommandFailure, Surroundings, note};
use crate::config::Config;
use crate::library::snapshot::{self, Restored};
use crate::library::{Library, ReadDepth, Source};

/// Loads the library at these paths, or else the configured one, or else the sample library.
///
/// # Errors
/// Also if interrupted: an incomplete library is of no use here.
pub fn load(
    paths: &[PathBuf],
    depth: ReadDepth,
    surroundings: &Surroundings,
    work: &Work,
) -> Result<Library, CommandFailure> {
    let source = source(paths, surroundings)?;
    load_from(&source, depth, surroundings, work)
}

/// Loads the library of a source.
///
/// # Errors
/// If interrupted: an incomplete library is of no use here.
pub fn load_from(
    source: &Source,
    depth: ReadDepth,
    surroundings: &Surroundings,
    work: &Work,
) -> Result<Library, CommandFailure> {
    let step = work.step("Reading files");
    let library = current(source, depth, surroundings, work.stop(), &|met| {
        step.at(met)
    });
    work.go_on()?;
    Ok(library)
}

/// The library as the reader saved it last, most of it still in its file; `None` if there is none.
pub fn saved(source: &Source, surroundings: &Surroundings) -> Option<Restored> {
    let folder = surroundings.places.cache_folder()?;
    snapshot::restore(source, &folder).ok()
}

/// The library as its files are now, from what the reader saved; `None` if everything has to be
/// read.
///
/// # Errors
/// If interrupted.
pub fn updated(
    restored: Restored,
    source: &Source,
    work: &Work,
) -> Result<Option<Library>, CommandFailure> {
    let step = work.step("Reading files");
    let library = snapshot::update(restored, source, work.stop(), &|met| step.at(met));
    work.go_on()?;
    Ok(library)
}

/// The library as the reader saved it last, or else as its files are now.
pub fn load_cached(
    source: &Source,
    surroundings: &Surroundings,
    work: &Work,
) -> Result<Library, CommandFailure> {
    let restored = saved(source, surroundings).filter(|it| it.check().is_ok());
    match restored {
        Some(restored) => Ok(restored.library),
        None => load_from(source, ReadDepth::List, surroundings, work),
    }
}

/// The library as its files are now. For the list's depth it starts from what the reader saved, and
/// reads only files that have changed since.
fn current(
    source: &Source,
    depth: ReadDepth,
    surroundings: &Surroundings,
    stop: &AtomicBool,
    met: &dyn Fn(usize),
) -> Library {
    let saved = match depth {
        ReadDepth::List => saved(source, surroundings),
        ReadDepth::Everything => None,
    };
    saved
        .and_then(|restored| snapshot::update(restored, source, stop, met))
        .unwrap_or_else(|| Library::load_until(source, depth, stop, met))
}

/// The source at these paths, or else the configured library, or else the sample library.
pub fn source(paths: &[PathBuf], surroundings: &Surroundings) -> Result<Source, CommandFailure> {
    if !paths.is_empty() && surroundings.library.is_some() {
        return Err(CommandFailure::PathsAndLibrary);
    }
    if paths.is_empty() {
        configured(&Config::load(&surroundings.places)?, surroundings)
    } else {
        let overrides = Config::load_leniently(&surroundings.places).overrides_of(paths);
        Ok(Source::new(paths)?.with(overrides))
    }
}

/// The configuration with the views of the library that opens, unless other paths are opened.
///
/// # Errors
/// If the configuration cannot be used.
pub fn config_of(paths: &[PathBuf], surroundings: &Surroundings) -> Result<Config, CommandFailure> {
    let config = Config::load(&surroundings.places)?;
    Ok(match paths {
        [] => opening_default(config, surroundings.library.as_deref()),
        _ => config,
    })
}

/// The configuration for the library named, or else the default one.
pub fn opening_default(config: Config, named: Option<&str>) -> Config {
    match opened(&config, named).map(str::to_owned) {
        Some(name) => config.opening(&name),
        None => config,
    }
}

/// The library named, or else the configured one, or else the sample library.
pub fn configured(config: &Config, surroundings: &Surroundings) -> Result<Source, CommandFailure> {
    let roots = roots(config, surroundings.library.as_deref())?;
    if roots.is_empty() {
        return Ok(Source::Sample);
    }
    let source = Source::new(roots).map_err(|error| CommandFailure::ConfiguredRoot {
        error,
        config: surroundings.places.config_file().unwrap_or_default(),
    })?;
    let named = opened(config, surroundings.library.as_deref());
    let library = named.and_then(|name| config.library_named(name));
    Ok(source.with(library.map(|it| it.overrides.clone()).unwrap_or_default()))
}

/// The roots of the library with this name, or else those of the default one.
pub fn roots<'a>(config: &'a Config, named: Option<&str>) -> Result<&'a [PathBuf], CommandFailure> {
    match opened(config, named) {
        None => Ok(&config.library),
        Some(name) => match config.library_named(name) {
            Some(library) if library.roots.is_empty() => {
                Err(CommandFailure::NoRoots(library.name.clone()))
            }
            Some(library) => Ok(&library.roots),
            None => Err(CommandFailure::NoLibrary {
                name: name.to_owned(),
                names: config.libraries.iter().map(|it| it.name.clone()).collect(),
            }),
        },
    }
}

/// The name of the library that opens; `None` for the one without a name.
pub fn opened<'a>(config: &'a Config, named: Option<&'a str>) -> Option<&'a str> {
    let first = config.libraries.first().map(|it| it.name.as_str());
    let without = || first.filter(|_| config.library.is_empty());
    named.or(config.default_library.as_deref()).or_else(without)
}

/// Nothing disappears silently: what is not in the library is at least counted.
pub fn say_what_is_missing(library: &Library, err: &mut dyn Write) -> io::Result<Coverage> {
    let tally = library.tally();
    // A folder was met like a file, but what is in it was not.
    let folders = library.unreadable_folders();
    let (errors, files) = (tally.errors - folders, tally.files - folders);
    let of_files = counted(files, "file");
    if folders > 0 {
        let what = counted(folders, "folder");
        note(
            err,
            &format!(
                "{what} could not be read, and all in there is missing; `newsdesk check` says why"
            ),
        )?;
    }
    if errors > 0 {
        note(
            err,
            &format!("{errors} of {of_files} could not be read; `newsdesk check` says why"),
        )?;
    } else if library.is_empty() && folders == 0 {
        note(
            err,
            &match files {
                0 => "the library has no files".to_owned(),
                _ => format!("no articles in {of_files}; `newsdesk check` says why"),
            },
        )?;
    }
    Ok(match library.unreadable().next() {
        None => Coverage::Complete,
        Some(_) => Coverage::Partial,
    })
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn said(folder: &std::path::Path) -> (Coverage, String) {
        let source = Source::new(&[folder.to_path_buf()]).expect("a source");
        let stop = AtomicBool::new(false);
        let library = Library::load_until(&source, ReadDepth::List, &stop, &|_| {});
        let mut err = Vec::new();
        let coverage = say_what_is_missing(&library, &mut err).expect("a message");
        (coverage, String::from_utf8(err).expect("text"))
    }

    #[test]
    fn what_the_system_refuses_to_read_makes_a_library_partial() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(
            said(folder.path()),
            (
                Coverage::Complete,
                "newsdesk: the library has no files\n".to_owned()
            )
        );
        let article = "---\ntitle: A\ndate: 2021-12-30\n---\nText.\n";
        fs::write(folder.path().join("a.md"), article).expect("a file");
        assert_eq!(said(folder.path()), (Coverage::Complete, String::new()));
        // What is wrong in a file is known; its author says what.
        fs::write(folder.path().join("b.md"), "---\ntitle: a: b\n---\n").expect("a file");
        let (coverage, text) = said(folder.path());
        assert_eq!(coverage, Coverage::Complete);
        assert!(text.contains("1 of 2 files could not be read"), "{text}");
        // Permissions hold back everybody but the superuser.
        let inner = folder.path().join("closed");
        fs::create_dir(&inner).expect("a folder");
        fs::write(inner.join("c.md"), article).expect("a file");
        fs::set_permissions(&inner, Permissions::from_mode(0o000)).expect("a mode");
        let is_refused = fs::read_dir(&inner).is_err();
        let (coverage, text) = said(folder.path());
        fs::set_permissions(&inner, Permissions::from_mode(0o700)).expect("a mode");
        if is_refused {
            assert_eq!(coverage, Coverage::Partial);
            assert!(text.contains("1 folder could not be read"), "{text}");
            assert!(text.contains("1 of 2 files could not be read"), "{text}");
        }
    }
}
