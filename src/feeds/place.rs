//! Where the articles of a feed go.

use std::path::{Component, Path, PathBuf};

use thiserror::Error;

use super::list::Feed;
use super::slug::slug;
use crate::config::XdgEnvironment;

/// Why a feed has no folder.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoFolder {
    #[error(
        "“{0}” goes into a folder of the library, but no library is configured; set one with \
         `newsdesk init FOLDER`, or make `into` an absolute path"
    )]
    NoLibrary(String),
    #[error("{0} may lead out of the library; name a folder without .. in it, or an absolute one")]
    Outside(String),
}

/// The folder of a feed: absolute, below the home folder with `~`, else below the library.
///
/// # Errors
/// If it is below the library, and there is none, or it leads out of it.
pub fn folder(
    feed: &Feed,
    library: Option<&Path>,
    places: &XdgEnvironment,
) -> Result<PathBuf, NoFolder> {
    let own_name = own_name(feed);
    let into = match feed.into.as_str() {
        "" => &own_name,
        into => into,
    };
    below(into, library, places)?.ok_or_else(|| NoFolder::NoLibrary(feed.label().to_owned()))
}

/// The folder that a text means: absolute, below the home folder with `~`, else below the library;
/// `None` if there is none.
///
/// # Errors
/// If it leads out of the library.
pub fn below(
    into: &str,
    library: Option<&Path>,
    places: &XdgEnvironment,
) -> Result<Option<PathBuf>, NoFolder> {
    let written = places.typed(Path::new(into));
    if written.is_absolute() {
        return Ok(Some(written));
    }
    match written.components().any(|it| it == Component::ParentDir) {
        true => Err(NoFolder::Outside(into.to_owned())),
        false => Ok(library.map(|library| library.join(written))),
    }
}

/// A folder name for a feed that names none.
pub fn own_name(feed: &Feed) -> String {
    match slug(feed.label()) {
        none if none.is_empty() => "feed".to_owned(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_goes_below_the_library_unless_it_says_otherwise() {
        let places = XdgEnvironment {
            home: Some("/home/ada".into()),
            ..XdgEnvironment::default()
        };
        let library = Some(Path::new("/news"));
        let folder = |into: &str, library| {
            let feed = Feed {
                name: "Ars Technica".into(),
                into: into.into(),
                ..Feed::default()
            };
            folder(&feed, library, &places).map(|it| it.to_string_lossy().into_owned())
        };
        assert_eq!(folder("", library).as_deref(), Ok("/news/ars-technica"));
        assert_eq!(folder("tech/ars", library).as_deref(), Ok("/news/tech/ars"));
        assert_eq!(folder("~/ars", library).as_deref(), Ok("/home/ada/ars"));
        assert_eq!(folder("/srv/ars", None).as_deref(), Ok("/srv/ars"));
        assert_eq!(
            folder("", None),
            Err(NoFolder::NoLibrary("Ars Technica".into()))
        );
        for out in ["..", "../ars", "tech/../../ars"] {
            assert_eq!(folder(out, library), Err(NoFolder::Outside(out.into())));
        }
    }
}
