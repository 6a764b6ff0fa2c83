//! Key bindings as a person has written them. What they mean is up to the command layer.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::places::XdgEnvironment;

/// A key binding as written, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOverride {
    /// The context's name, from `[keys.list]`.
    pub context: String,
    pub keys: String,
    pub bound: BoundText,
}

/// What keys are bound to, as written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum BoundText {
    /// A line of the command line, or `none`.
    Line(String),
    /// Several lines, one after the other.
    Lines(Vec<String>),
    Program(ProgramText),
}

/// A program and its arguments, with `{title}` and the like in them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramText {
    pub run: Vec<String>,
    #[serde(default)]
    pub output: OutputUse,
}

/// What happens to a program's output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputUse {
    /// It is discarded; only a failure is shown.
    #[default]
    None,
    /// The program has the terminal until it ends.
    Terminal,
    /// It is shown.
    Pane,
}

impl OutputUse {
    /// The words for it.
    pub const WORDS: &'static [&'static str] = &["none", "terminal", "pane"];
}

impl From<(&str, &str, &str)> for KeyOverride {
    /// A context, keys, and the line that they run.
    fn from((context, keys, line): (&str, &str, &str)) -> Self {
        Self {
            context: context.to_owned(),
            keys: keys.to_owned(),
            bound: BoundText::Line(line.to_owned()),
        }
    }
}

/// The tables of contexts, as they are in the file.
pub(super) type Contexts = BTreeMap<String, BTreeMap<String, BoundText>>;

/// The bindings in the tables, with `~` at the start of a program for the home folder.
pub(super) fn overrides(contexts: Contexts, places: &XdgEnvironment) -> Vec<KeyOverride> {
    let each = contexts.into_iter().flat_map(|(context, keys)| {
        keys.into_iter().map(move |(keys, bound)| KeyOverride {
            context: context.clone(),
            keys,
            bound: at_home(bound, places),
        })
    });
    each.collect()
}

fn at_home(mut bound: BoundText, places: &XdgEnvironment) -> BoundText {
    if let BoundText::Program(ProgramText { run, .. }) = &mut bound
        && let Some(program) = run.first_mut()
    {
        *program = places.program(std::mem::take(program));
    }
    bound
}
