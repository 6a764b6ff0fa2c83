//! What a person can do: the command table, the keys that do it, and everything generated from
//! the two. It knows nothing of the state that commands change.

mod key;

pub use key::{Key, KeyError};
