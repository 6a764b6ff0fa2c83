//! Arguments of the commands about the program itself, and their help: keys, help, completions,
//! manual pages.

use clap::ValueEnum;

pub(super) const KEYS_EXAMPLES: &str = "\
Examples:
  newsdesk keys | less
  newsdesk keys --format json | jq '.[] | select(.context == \"list\")'

Keys can be changed in the configuration file:
  [keys.list]
  \"x\" = \"open-original\"";

pub(super) const HELP_EXAMPLES: &str = "\
Examples:
  newsdesk help query
  newsdesk help export
  newsdesk help config > ~/.config/newsdesk/config.toml";

pub(super) const DOCTOR_EXAMPLES: &str = "\
Examples:
  newsdesk doctor
  newsdesk doctor --format json | jq '.[] | select(.verdict != \"ok\")'

Exits with 0 if all is well, with 1 if something is missing, with 2 if something does not work.";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  newsdesk completions bash > ~/.local/share/bash-completion/completions/newsdesk
  newsdesk completions zsh > ~/.zfunc/_newsdesk
  newsdesk completions fish > ~/.config/fish/completions/newsdesk.fish
  newsdesk completions powershell >> $PROFILE

For zsh, ~/.zshrc has `fpath+=~/.zfunc` before `compinit`. The script asks the program for
completions, so it knows your views and all field names.";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  newsdesk man | man -l -
  newsdesk man export > ~/.local/share/man/man1/newsdesk-export.1";

/// The arguments of `help`.
#[derive(Debug, clap::Args)]
pub struct HelpArgs {
    /// A command, `query` or `config`
    #[arg(value_enum, value_name = "TOPIC")]
    pub topic: Option<HelpTopic>,
}

/// A help topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HelpTopic {
    Query,
    Config,
    List,
    Show,
    Count,
    Facets,
    Stats,
    Export,
    Check,
    Keys,
    Doctor,
    Completions,
    Man,
    Mark,
    Journal,
    Undo,
    Redo,
    Desk,
    Publish,
    Unpublish,
    Write,
    Edit,
    Help,
}

/// The arguments of `keys`.
#[derive(Debug, clap::Args)]
pub struct KeysArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: KeysFormat,
}

/// How keys are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum KeysFormat {
    /// Your keys, including those from the configuration
    #[default]
    Text,
    /// The documentation page of the default keys
    Markdown,
    /// One array of objects, one per command and context, including keys from the configuration
    Json,
}

/// The arguments of `doctor`.
#[derive(Debug, clap::Args)]
pub struct DoctorArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: DoctorFormat,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DoctorFormat {
    /// A line for each, and below it what to do
    #[default]
    Text,
    /// One array of objects, one per finding
    Json,
}

/// The arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// A supported shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

/// The arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Command to document; without it, the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
