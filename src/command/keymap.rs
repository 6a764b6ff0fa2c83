//! Which keys run which command in which context: the defaults from the table with a person's
//! overrides, looked up one key at a time.

use super::takes::Takes;
use super::trie::{Node, Trie};
use super::{Command, Context, Key, KeyError, TABLE};
use crate::format::nearest::nearest;

/// A key sequence and the command that it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub keys: Vec<Key>,
    pub command: Command,
}

/// What a key does, given the pending ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    Run(Command),
    /// The sequence is incomplete; these can follow.
    Pending(Vec<Continuation>),
    /// Nothing; pending keys are dropped.
    Unbound,
}

/// One way to complete a pending sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The keys still missing.
    pub rest: Vec<Key>,
    pub command: Command,
}

/// Why a person's key overrides cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    #[error(
        "[keys.{word}]: there is no such context; the contexts are {}",
        words()
    )]
    Context { word: String },
    #[error("[keys.{}]: {source}", .context.word())]
    Key { context: Context, source: KeyError },
    #[error(
        "[keys.{}] \"{keys}\": there is no command `{name}`{}; the help lists their names, and \
         `none` unbinds a key", .context.word(), meant(.name)
    )]
    Command {
        context: Context,
        keys: String,
        name: String,
    },
    #[error("[keys.{}]: \"{keys}\" is bound twice; remove one of the lines", .context.word())]
    Twice { context: Context, keys: String },
    #[error(
        "[keys.{}]: \"{short}\" cannot run `{}`, because \"{long}\" ({}) starts with it; give one of \
         them other keys, or unbind it with `none`",
        .context.word(), .runs.row().name, .other.row().name
    )]
    Clash {
        context: Context,
        short: String,
        runs: Command,
        long: String,
        other: Command,
    },
}

fn meant(name: &str) -> String {
    let names = TABLE.iter().map(|row| row.name);
    nearest(names, name).map_or_else(String::new, |it| format!(", did you mean `{it}`?"))
}

fn words() -> String {
    Context::ALL.map(Context::word).join(", ")
}

/// Formats a sequence as in the help and the docs: `g g`.
pub fn show(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    keys.join(" ")
}

/// All bindings, by context.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// In the order of `Context::ALL`.
    layers: [Layer; Context::ALL.len()],
    /// The bindings in force, inherited ones included; in the same order.
    tries: [Trie; Context::ALL.len()],
}

/// A context's own bindings.
#[derive(Clone, Debug, Default)]
struct Layer {
    bindings: Vec<Binding>,
    /// What a person unbound here; it is not inherited either.
    unbound: Vec<Vec<Key>>,
}

impl Default for Keymap {
    #[expect(
        clippy::expect_used,
        reason = "a test reads the keys of the command table"
    )]
    fn default() -> Self {
        Keymap::with_overrides([]).expect("the keys of the command table, which a test reads")
    }
}

impl Keymap {
    /// The default keys with a person's overrides: context, keys, and a command's name or `none`,
    /// as in the configuration file's `[keys.list]` and `"g g" = "first"`.
    ///
    /// The order of the overrides does not matter. `none` also unbinds longer sequences that start
    /// with the keys.
    ///
    /// # Errors
    /// On an unknown context, key or command, on keys given twice, and on keys that would both run a
    /// command and start a longer sequence of the same context.
    pub fn with_overrides<'a>(
        overrides: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> Result<Keymap, KeymapError> {
        let overrides = overrides
            .into_iter()
            .map(Override::read)
            .collect::<Result<Vec<_>, _>>()?;
        let mut layers = Context::ALL.map(|_| Layer::default());
        for row in TABLE {
            for (context, texts) in row.keys {
                for text in *texts {
                    let keys = read_keys(*context, text)?;
                    layers[*context as usize].bind(keys, row.command);
                }
            }
        }
        for context in Context::ALL {
            let own = overrides.iter().filter(|it| it.context == context);
            layers[context as usize].change(context, own)?;
        }
        let tries = Context::ALL.map(|context| effective(context, &layers));
        Ok(Keymap { layers, tries })
    }

    /// The same, without the overrides that cannot be used; these are returned as errors.
    pub fn with_usable<'a>(
        overrides: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> (Keymap, Vec<KeymapError>) {
        let (mut usable, mut errors) = (Vec::new(), Vec::new());
        let mut keymap = Keymap::default();
        for it in overrides {
            usable.push(it);
            match Keymap::with_overrides(usable.iter().copied()) {
                Ok(with) => keymap = with,
                Err(error) => {
                    usable.pop();
                    errors.push(error);
                }
            }
        }
        (keymap, errors)
    }

    /// What `key` does in `context`, given the pending keys.
    pub fn resolve(&self, context: Context, pending: &[Key], key: Key) -> Resolution {
        let keys = [pending, &[key]].concat();
        match self.tries[context as usize].find(&keys) {
            Some(Node::Run(command)) => Resolution::Run(*command),
            Some(Node::Prefix(_)) => Resolution::Pending(self.continuations(context, &keys)),
            None => Resolution::Unbound,
        }
    }

    /// What can follow the pending keys, sorted by key; empty if none are pending.
    pub fn continuations(&self, context: Context, pending: &[Key]) -> Vec<Continuation> {
        let Some(Node::Prefix(trie)) = self.tries[context as usize].find(pending) else {
            return Vec::new();
        };
        let mut found: Vec<Continuation> = trie
            .sequences()
            .into_iter()
            .map(|(rest, command)| Continuation { rest, command })
            .collect();
        found.sort_by_cached_key(|it| show(&it.rest));
        found
    }

    /// The keys that run a command in a context, the table's first and in its order.
    pub fn keys_of(&self, command: Command, context: Context) -> Vec<Vec<Key>> {
        self.tries[context as usize]
            .sequences()
            .into_iter()
            .filter(|(_, it)| *it == command)
            .map(|(keys, _)| keys)
            .collect()
    }

    /// A context's own bindings, without inherited ones.
    pub fn bindings(&self, context: Context) -> &[Binding] {
        &self.layers[context as usize].bindings
    }
}

/// One override.
struct Override {
    context: Context,
    keys: Vec<Key>,
    /// `None` unbinds.
    command: Option<Command>,
}

impl Override {
    fn read((word, text, name): (&str, &str, &str)) -> Result<Override, KeymapError> {
        let context = Context::from_word(word).ok_or_else(|| KeymapError::Context {
            word: word.to_owned(),
        })?;
        let keys = read_keys(context, text)?;
        let command = match name {
            "none" => None,
            name => Some(
                Command::from_name(name).ok_or_else(|| KeymapError::Command {
                    context,
                    keys: text.to_owned(),
                    name: name.to_owned(),
                })?,
            ),
        };
        Ok(Override {
            context,
            keys,
            command,
        })
    }
}

fn read_keys(context: Context, text: &str) -> Result<Vec<Key>, KeymapError> {
    Key::parse_sequence(text).map_err(|source| KeymapError::Key { context, source })
}

impl Layer {
    fn bind(&mut self, keys: Vec<Key>, command: Command) {
        self.bindings.push(Binding { keys, command });
    }

    /// Applies a person's overrides. Unbinding goes first, to make room for new bindings.
    fn change<'a>(
        &mut self,
        context: Context,
        own: impl Iterator<Item = &'a Override> + Clone,
    ) -> Result<(), KeymapError> {
        for (at, it) in own.clone().enumerate() {
            if own.clone().take(at).any(|earlier| earlier.keys == it.keys) {
                let keys = show(&it.keys);
                return Err(KeymapError::Twice { context, keys });
            }
        }
        for it in own.clone() {
            match it.command {
                None => {
                    self.bindings.retain(|old| !old.keys.starts_with(&it.keys));
                    self.unbound.push(it.keys.clone());
                }
                Some(_) => self.bindings.retain(|old| old.keys != it.keys),
            }
        }
        for it in own {
            if let Some(command) = it.command {
                self.bind(it.keys.clone(), command);
            }
        }
        self.check(context)
    }

    /// Refuses keys that both run a command and start a longer sequence.
    fn check(&self, context: Context) -> Result<(), KeymapError> {
        for short in &self.bindings {
            let longer = |it: &&Binding| {
                it.keys.len() > short.keys.len() && it.keys.starts_with(&short.keys)
            };
            if let Some(long) = self.bindings.iter().find(longer) {
                return Err(KeymapError::Clash {
                    context,
                    short: show(&short.keys),
                    runs: short.command,
                    long: show(&long.keys),
                    other: long.command,
                });
            }
        }
        Ok(())
    }
}

/// The bindings in force in a context: its own over those that it inherits.
fn effective(context: Context, layers: &[Layer]) -> Trie {
    let mut trie = Trie::default();
    let outer = context.inside_of().iter().rev();
    for (layer, takes) in outer
        .map(|it| (&layers[*it as usize], context.takes()))
        .chain([(&layers[context as usize], Takes::All)])
    {
        for keys in &layer.unbound {
            trie.remove(keys);
        }
        for Binding { keys, command } in &layer.bindings {
            if is_taken(takes, keys, *command) {
                trie.insert(keys, *command);
            }
        }
    }
    trie
}

fn is_taken(takes: Takes, keys: &[Key], command: Command) -> bool {
    let among = |lists: &[&[Command]]| lists.iter().any(|list| list.contains(&command));
    match takes {
        Takes::All => true,
        Takes::Only(lists) => among(lists),
        Takes::WhileTyping(lists) => {
            among(lists) && keys.first().is_some_and(|key| key.character().is_none())
        }
    }
}

#[cfg(test)]
mod tests;
