//! The pane sizes in the configuration file. The layout itself is in the app.

use std::ops::RangeInclusive;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected};

use super::edit::{ConfigEditError, edit_file, put, table};

/// The pane sizes, for screens with several panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaneSizes {
    /// Columns of the facets.
    #[serde(deserialize_with = "columns")]
    pub facets: u16,
    /// The list's share of list and text, in percent.
    #[serde(deserialize_with = "share")]
    pub list: u16,
    /// The share of related in its column, in percent.
    #[serde(deserialize_with = "share")]
    pub related: u16,
}

impl PaneSizes {
    /// Range of the shares of list and related, in percent.
    pub const SHARES: RangeInclusive<u16> = 10..=90;
    /// Range of the columns of the facets.
    pub const FACETS: RangeInclusive<u16> = 16..=60;
}

impl Default for PaneSizes {
    fn default() -> Self {
        Self {
            facets: 27,
            list: 54,
            related: 30,
        }
    }
}

fn columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    within(deserializer, PaneSizes::FACETS, &"from 16 to 60 columns")
}

fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    within(deserializer, PaneSizes::SHARES, &"from 10 to 90 percent")
}

fn within<'de, D: Deserializer<'de>>(
    deserializer: D,
    range: RangeInclusive<u16>,
    expected: &&'static str,
) -> Result<u16, D::Error> {
    let size = i64::deserialize(deserializer)?;
    let fits = u16::try_from(size).ok().filter(|it| range.contains(it));
    fits.ok_or_else(|| D::Error::invalid_value(Unexpected::Signed(size), expected))
}

/// Saves the sizes in the configuration file `path`, creating the file if needed.
///
/// # Errors
/// If the file is invalid, unreadable or unwritable; it is left unchanged.
pub fn keep_panes(path: Option<&Path>, sizes: PaneSizes) -> Result<(), ConfigEditError> {
    edit_file(path, |document| {
        let panes = table(document, "panes")?;
        for (key, size) in [
            ("facets", sizes.facets),
            ("list", sizes.list),
            ("related", sizes.related),
        ] {
            put(panes, key, i64::from(size));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, XdgEnvironment};

    fn parse(text: &str) -> Result<PaneSizes, String> {
        let config = Config::parse(text, Path::new("c.toml"), &XdgEnvironment::default());
        config.map(|it| it.panes).map_err(|it| it.to_string())
    }

    #[test]
    fn sizes_are_kept_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "# mine\n[panes]\nlist = 60 # wide\n").expect("a file");
        let sizes = PaneSizes {
            list: 58,
            ..PaneSizes::default()
        };
        keep_panes(Some(&path), sizes).expect("room for it");
        let text = std::fs::read_to_string(&path).expect("a file");
        assert_eq!(
            text,
            "# mine\n[panes]\nlist = 58 # wide\nfacets = 27\nrelated = 30\n"
        );
        assert_eq!(parse(&text), Ok(sizes));
    }

    #[test]
    fn sizes_that_leave_no_room_are_refused_with_their_line() {
        for (text, said) in [
            (
                "[panes]\nlist = 99",
                "line 2, column 8: expected a number from 10 to 90",
            ),
            ("[panes]\nfacets = -1", "from 16 to 60"),
            ("[panes]\ndetail = 3", "there is no key `detail` in [panes]"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(said), "{error}");
        }
    }
}
