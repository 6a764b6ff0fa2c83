//! What a person can do: the command table, the keymap, and everything generated from the two. It
//! knows nothing of the state that commands change.

mod bound;
mod context;
mod decision;
mod docs;
mod forms;
mod help;
mod hook_run;
mod hooks;
mod key;
mod keymap;
mod line;
mod program;
mod table;
mod takes;
mod trie;

pub use bound::{Bound, BoundError};
pub use context::Context;
pub use decision::Decision;
pub use docs::keys_markdown;
pub use forms::{LineArgument, takes, words};
pub use help::{FooterHint, HelpRow, filter, footer, help};
pub use hook_run::HookRun;
pub use hooks::Hook;
pub use key::{Key, KeyError};
pub use keymap::{Continuation, KeyBinding, Keymap, KeymapError, Resolution, show};
pub use line::{LineAction, LineError, ParsedLine};
pub use program::{Invocation, Placeholder, Program, ProgramError, VALUES};
pub use table::{Builds, Command, CommandRow, Group, TABLE};
