//! Where the articles of a feed go.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::list::Feed;
use super::slug::slug;
use crate::config::XdgEnvironment;

/// Why a feed has no folder.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "“{0}” goes into a folder of the library, but no library is configured; set one with `newsdesk \
     init FOLDER`, or make `into` an absolute path"
)]
pub struct NoFolder(String);

/// The folder of a feed: absolute, below the home folder with `~`, else below the library.
///
/// # Errors
/// If it is below the library, and there is none.
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
    below(into, library, places).ok_or_else(|| NoFolder(feed.label().to_owned()))
}

/// The folder that a text means: absolute, below the home folder with `~`, else below the library;
/// `None` if there is none.
pub fn below(into: &str, library: Option<&Path>, places: &XdgEnvironment) -> Option<PathBuf> {
    let written = places.typed(Path::new(into));
    match library {
        _ if written.is_absolute() => Some(written),
        library => library.map(|library| library.join(written)),
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
        assert!(folder("", None).is_err());
    }
}
