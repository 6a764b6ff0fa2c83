//! Arguments of the commands about the program itself, and their help: keys, help, completions,
//! manual pages.

use std::path::PathBuf;

use clap::ValueEnum;

use super::topics::{HelpTopic, TopicParser};

pub(in crate::cli) const KEYS_EXAMPLES: &str = "\
Examples:
  newsdesk keys | less
  newsdesk keys --format json | jq '.[] | select(.context == \"list\")'

Keys can be changed in the configuration file:
  [keys.list]
  \"x\" = \"open-original\"";

pub(in crate::cli) const THEMES_EXAMPLES: &str = "\
Examples:
  newsdesk themes
  newsdesk config set theme.base solarized
  newsdesk themes nord > ~/.config/newsdesk/mine.toml
  newsdesk config set theme.base ~/.config/newsdesk/mine.toml

In the reader, `g c` shows them on your own articles.";

pub(in crate::cli) const HELP_EXAMPLES: &str = "\
Examples:
  newsdesk help query
  newsdesk help export
  newsdesk help config > ~/.config/newsdesk/config.toml";

pub(in crate::cli) const CONFIG_EXAMPLES: &str = "\
Examples:
  newsdesk config show
  newsdesk config set library ~/site/_news
  newsdesk config check && newsdesk

`newsdesk help config` prints a commented configuration with every key.
Exit code: 0; 1 if `check` found something wrong; 2 if it could not run.";

pub(in crate::cli) const CONFIG_PATH_EXAMPLES: &str = "\
Examples:
  newsdesk config path";

pub(in crate::cli) const CONFIG_SHOW_EXAMPLES: &str = "\
Examples:
  newsdesk config show | grep -v default";

pub(in crate::cli) const CONFIG_CHECK_EXAMPLES: &str = "\
Examples:
  newsdesk config check

Exit code: 0 if all is well; 1 if something is wrong; 2 if it could not run.";

pub(in crate::cli) const CONFIG_EDIT_EXAMPLES: &str = "\
Examples:
  newsdesk config edit";

pub(in crate::cli) const CONFIG_SET_EXAMPLES: &str = "\
Examples:
  newsdesk config set library ~/site/_news
  newsdesk config set library '[\"~/site/_news\", \"~/notes\"]'
  newsdesk config set triage.advance false
  newsdesk config set 'views.Robots, best first' 'topic:robotics sort:-quality'
  newsdesk config set 'keys.list.\"g x\"' open-original

Comments and everything else in the file stay as they are.";

pub(in crate::cli) const INIT_EXAMPLES: &str = "\
Examples:
  newsdesk init
  newsdesk init ~/site/_news
  newsdesk init ~/site/_news --yes

An existing configuration is never replaced.
Exit code: 0; 1 if nothing was written; 2 if it could not run.";

pub(in crate::cli) const DOCTOR_EXAMPLES: &str = "\
Examples:
  newsdesk doctor
  newsdesk doctor --format json | jq '.[] | select(.verdict != \"ok\")'

Exit code: 0 if all is well; 1 if something is missing; 2 if something does not work.";

pub(in crate::cli) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  newsdesk completions bash > ~/.local/share/bash-completion/completions/newsdesk
  newsdesk completions zsh > ~/.zfunc/_newsdesk
  newsdesk completions fish > ~/.config/fish/completions/newsdesk.fish
  newsdesk completions powershell >> $PROFILE

For zsh, put `fpath+=~/.zfunc` before `compinit` in ~/.zshrc. The script asks the program for
completions, so it knows your views and all field names.";

pub(in crate::cli) const MAN_EXAMPLES: &str = "\
Examples:
  newsdesk man | man -l -
  newsdesk man export > ~/.local/share/man/man1/newsdesk-export.1";

/// The arguments of `help`.
#[derive(Debug, clap::Args)]
pub struct HelpArgs {
    /// A command, `query` or `config`
    #[arg(value_parser = TopicParser, value_name = "TOPIC")]
    pub topic: Option<HelpTopic>,
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

/// The arguments of `themes`.
#[derive(Debug, clap::Args)]
pub struct ThemesArgs {
    /// Theme to print
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// The arguments of `config`.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    pub work: ConfigWork,
}

/// What can be done with the configuration.
#[derive(Debug, clap::Subcommand)]
pub enum ConfigWork {
    /// Print where the file is
    #[command(after_help = CONFIG_PATH_EXAMPLES)]
    Path,
    /// Print every key with the value in force
    #[command(after_help = CONFIG_SHOW_EXAMPLES)]
    Show,
    /// Print what is wrong with the file
    #[command(after_help = CONFIG_CHECK_EXAMPLES)]
    Check,
    /// Open the file in your editor, then check it
    #[command(after_help = CONFIG_EDIT_EXAMPLES)]
    Edit,
    /// Change one value in the file
    #[command(after_help = CONFIG_SET_EXAMPLES)]
    Set {
        /// Name of the key, with dots: triage.advance, views.NAME
        key: String,
        /// The new value, as TOML or as plain text
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

/// The arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Folder of articles [default: asks for it]
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,

    /// Write the configuration without asking
    #[arg(long, requires = "folder")]
    pub yes: bool,
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
    /// One line per finding, and what to do about it
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
    /// Command to document [default: the whole program]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
