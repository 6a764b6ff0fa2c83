//! What `newsdesk help` can be asked about: every command, the query language, the configuration.

use std::ffi::OsStr;
use std::sync::LazyLock;

use clap::CommandFactory;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::Error;

use super::Args;

/// A help topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpTopic {
    Query,
    Config,
    /// The command of this name.
    Command(String),
}

/// Reads a topic. The commands are looked up when a topic is read or offered: while the arguments
/// are declared, they are not known yet.
#[derive(Clone, Debug)]
pub struct TopicParser;

impl TypedValueParser for TopicParser {
    type Value = HelpTopic;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<HelpTopic, Error> {
        let topics = PossibleValuesParser::new(topics());
        let name = topics.parse_ref(command, argument, value)?;
        Ok(match name.as_str() {
            "query" => HelpTopic::Query,
            "config" => HelpTopic::Config,
            _ => HelpTopic::Command(name),
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(topics().map(PossibleValue::new)))
    }
}

/// The name of every topic.
fn topics() -> impl Iterator<Item = &'static str> {
    static COMMANDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let program = Args::command();
        let names = program.get_subcommands().map(clap::Command::get_name);
        names.map(str::to_owned).collect()
    });
    let commands = COMMANDS.iter().map(String::as_str);
    let others = commands.filter(|name| *name != "config");
    ["query", "config"].into_iter().chain(others)
}
