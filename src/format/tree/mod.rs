//! Front matter to nodes, whatever its syntax. `locate` finds its place in the file; `fields` and
//! `article` know what the fields mean.

mod headers;
mod json;
mod toml;
mod yaml;

use super::caps;
use super::flaw::Flaw;
use super::locate::Syntax;
use super::node::FrontShape;

/// Parses `front`, in which only `\n` ends a line. The flaws are warnings.
///
/// # Errors
/// One flaw, with lines counted from the start of `front`.
pub fn parse(syntax: Syntax, front: &str, flaws: &mut Vec<Flaw>) -> Result<FrontShape, Flaw> {
    if front.len() > caps::FRONT_MATTER_BYTES {
        return Err(caps::too_long(front.len()));
    }
    match syntax {
        Syntax::Yaml => yaml::parse(front, flaws),
        Syntax::Toml => toml::parse(front).map(FrontShape::Map),
        Syntax::Json => json::parse(front).map(FrontShape::Map),
        Syntax::Headers => Ok(FrontShape::Map(headers::parse(front, flaws))),
    }
}
