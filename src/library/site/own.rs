//! A person's settings for one site, in its `newsdesk.toml`. The person's settings for the program
//! are in `config`.

use std::path::Path;

use super::recognised::text;
use crate::format::{SiteOverrides, WrittenOverrides};

/// The name of the file.
pub const NAME: &str = "newsdesk.toml";

/// Reads the file in a folder; `None` if there is none. If it has an error, all of it is ignored.
pub fn in_folder(folder: &Path) -> Option<SiteOverrides> {
    Some(parse(&text(&folder.join(NAME))?).unwrap_or_default())
}

/// What is wrong with the file at `path`, if anything.
pub fn problem(path: &Path) -> Option<String> {
    parse(&text(path)?).err()
}

/// Parses such a file.
///
/// # Errors
/// A sentence that says what is wrong, and on which line if known.
fn parse(text: &str) -> Result<SiteOverrides, String> {
    let written: WrittenOverrides = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let line = 1 + text.as_bytes()[..start]
            .iter()
            .filter(|it| **it == b'\n')
            .count();
        format!("line {line}: {}", error.message())
    })?;
    written.try_into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, word) in [
            ("[fields]\ntopcis = ['x']", "no role “topcis”"),
            ("\ngenerater = 'hugo'", "line 2: unknown field"),
            ("[fields", "line 1"),
        ] {
            let said = parse(text).expect_err(text);
            assert!(said.contains(word), "{text}: {said}");
        }
    }
}
