//! What a person can do: the command table, the keymap, and everything generated from the two. It
//! knows nothing of the state that commands change.

mod context;
mod docs;
mod help;
mod key;
mod keymap;
mod table;
mod takes;
mod trie;

pub use context::Context;
pub use docs::keys_markdown;
pub use help::{HelpRow, Hint, filter, footer, help};
pub use key::{Key, KeyError};
pub use keymap::{Binding, Continuation, Keymap, KeymapError, Resolution, show};
pub use table::{Command, Group, Row, TABLE};
