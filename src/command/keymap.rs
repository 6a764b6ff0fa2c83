//! Which keys run which command in which context: the defaults from the table with a person's
//! overrides, looked up one key at a time.

use super::takes::Inheritance;
use super::trie::{KeyNode, Trie};
use super::{Bound, BoundError, Command, CommandRow, Context, Key, KeyError, TABLE};
use crate::config::{KeyOverride, Problem};
use crate::format::nearest::meant;

/// A key sequence and what it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyBinding {
    pub keys: Vec<Key>,
    pub bound: Bound,
}

/// What a key does, given the pending ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    Run(Bound),
    /// The sequence is incomplete; these can follow.
    Pending(Vec<Continuation>),
    /// Nothing; pending keys are dropped.
    Unbound,
}

/// One way to complete a pending sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Continuation {
    /// The keys still missing.
    pub rest: Vec<Key>,
    pub bound: Bound,
}

/// Why a person's key overrides cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum KeymapError {
    #[error(
        "[keys.{word}]: there is no context of this name{}; the contexts are {}",
        meant(Context::ALL.map(Context::word), .word), words()
    )]
    Context { word: String },
    #[error("[keys.{}]: {source}", .context.word())]
    Key { context: Context, source: KeyError },
    #[error("[keys.{}] \"{keys}\": {source}", .context.word())]
    Bound {
        context: Context,
        keys: String,
        source: BoundError,
    },
    #[error("[keys.{}]: \"{keys}\" is bound twice; remove one of the lines", .context.word())]
    Twice { context: Context, keys: String },
    #[error(
        "[keys.{}]: \"{short}\" cannot run `{}`, because \"{long}\" ({}) starts with it; give one of \
         them other keys, or unbind it with `none`",
        .context.word(), .runs.text(), .other.text()
    )]
    Clash {
        context: Context,
        short: String,
        runs: Bound,
        long: String,
        other: Bound,
    },
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
    /// The keys of each command in the same order, since every frame names some.
    keys: [Vec<(Command, Vec<Key>)>; Context::ALL.len()],
}

/// A context's own bindings.
#[derive(Clone, Debug, Default)]
struct Layer {
    bindings: Vec<KeyBinding>,
    /// What a person unbound here; it is not inherited either.
    unbound: Vec<Vec<Key>>,
}

impl Default for Keymap {
    #[expect(
        clippy::expect_used,
        reason = "a test reads the keys of the command table"
    )]
    fn default() -> Self {
        Keymap::with_overrides::<KeyOverride>([])
            .expect("the keys of the command table, which a test reads")
    }
}

impl Keymap {
    /// The default keys with a person's overrides, as in the configuration file's `[keys.list]` and
    /// `"g g" = "first"`.
    ///
    /// The order of the overrides does not matter. `none` also unbinds longer sequences that start
    /// with the keys.
    ///
    /// # Errors
    /// On an unknown context or key, on a line that means nothing, on keys given twice, and on keys
    /// that would both run something and start a longer sequence of the same context.
    pub fn with_overrides<T: Into<KeyOverride>>(
        overrides: impl IntoIterator<Item = T>,
    ) -> Result<Keymap, KeymapError> {
        let overrides = overrides
            .into_iter()
            .map(|it| Override::read(&it.into()))
            .collect::<Result<Vec<_>, _>>()?;
        Self::with(&overrides)
    }

    /// The default keys of all builds together, for the docs.
    #[expect(
        clippy::expect_used,
        reason = "a test reads the keys of the command table"
    )]
    pub(super) fn of_all_builds() -> Keymap {
        Self::of(TABLE.iter(), &[]).expect("the keys of the command table, which a test reads")
    }

    fn with(overrides: &[Override]) -> Result<Keymap, KeymapError> {
        Self::of(TABLE.iter().filter(|row| row.is_built()), overrides)
    }

    fn of<'a>(
        rows: impl Iterator<Item = &'a CommandRow>,
        overrides: &[Override],
    ) -> Result<Keymap, KeymapError> {
        let mut layers = Context::ALL.map(|_| Layer::default());
        for row in rows {
            for (context, texts) in row.keys {
                for text in *texts {
                    let keys = read_keys(*context, text)?;
                    layers[*context as usize].bind(keys, row.command.into());
                }
            }
        }
        for context in Context::ALL {
            let own = overrides.iter().filter(|it| it.context == context);
            layers[context as usize].change(context, own)?;
        }
        let tries = Context::ALL.map(|context| effective(context, &layers));
        let keys = tries.each_ref().map(|trie| {
            let all = trie.sequences().into_iter();
            all.filter_map(|(keys, bound)| Some((bound.command()?, keys)))
                .collect()
        });
        Ok(Keymap {
            layers,
            tries,
            keys,
        })
    }

    /// The same, without the overrides that cannot be used; these are returned with the reason.
    fn with_usable(overrides: &[KeyOverride]) -> (Keymap, Vec<(&KeyOverride, KeymapError)>) {
        let (mut usable, mut errors) = (Vec::new(), Vec::new());
        for it in overrides {
            match Override::read(it) {
                Ok(read) => usable.push((it, read)),
                Err(error) => errors.push((it, error)),
            }
        }
        // Unbinding makes room for the others.
        usable.sort_by_key(|(_, read)| read.bound.is_some());
        let (mut keymap, mut taken) = (Keymap::default(), Vec::new());
        for (it, read) in usable {
            taken.push(read);
            match Keymap::with(&taken) {
                Ok(with) => keymap = with,
                Err(error) => {
                    taken.pop();
                    errors.push((it, error));
                }
            }
        }
        (keymap, errors)
    }

    /// The same, with the place of each error in the text of the configuration file.
    pub fn configured(overrides: &[KeyOverride], text: &str) -> (Keymap, Vec<Problem>) {
        let (keymap, errors) = Self::with_usable(overrides);
        let place = |(it, error): (&KeyOverride, KeymapError)| {
            let way = ["keys", &it.context, &it.keys];
            Problem::with(text, &way, &error.to_string())
        };
        let mut problems: Vec<Problem> = errors.into_iter().map(place).collect();
        problems.sort_by_key(|it| (it.line, it.column));
        (keymap, problems)
    }

    /// What `key` does in `context`, given the pending keys.
    pub fn resolve(&self, context: Context, pending: &[Key], key: Key) -> Resolution {
        let keys = [pending, &[key]].concat();
        match self.tries[context as usize].find(&keys) {
            Some(KeyNode::Run(bound)) => Resolution::Run(bound.clone()),
            Some(KeyNode::Prefix(_)) => Resolution::Pending(self.continuations(context, &keys)),
            None => Resolution::Unbound,
        }
    }

    /// What can follow the pending keys, sorted by key; empty if none are pending.
    pub fn continuations(&self, context: Context, pending: &[Key]) -> Vec<Continuation> {
        let Some(KeyNode::Prefix(trie)) = self.tries[context as usize].find(pending) else {
            return Vec::new();
        };
        let mut found: Vec<Continuation> = trie
            .sequences()
            .into_iter()
            .map(|(rest, bound)| Continuation { rest, bound })
            .collect();
        found.sort_by_cached_key(|it| show(&it.rest));
        found
    }

    /// The keys that run a command in a context, the table's first and in its order.
    pub fn keys_of(&self, command: Command, context: Context) -> impl Iterator<Item = &[Key]> {
        let all = self.keys[context as usize].iter();
        let of_it = all.filter(move |(it, _)| *it == command);
        of_it.map(|(_, keys)| keys.as_slice())
    }

    /// A context's own bindings, without inherited ones.
    pub fn bindings(&self, context: Context) -> &[KeyBinding] {
        &self.layers[context as usize].bindings
    }
}

/// One override.
struct Override {
    context: Context,
    keys: Vec<Key>,
    /// `None` unbinds.
    bound: Option<Bound>,
}

impl Override {
    fn read(written: &KeyOverride) -> Result<Override, KeymapError> {
        let word = &written.context;
        let context =
            Context::from_word(word).ok_or_else(|| KeymapError::Context { word: word.clone() })?;
        let keys = read_keys(context, &written.keys)?;
        let bound = Bound::new(&written.bound).map_err(|source| KeymapError::Bound {
            context,
            keys: written.keys.clone(),
            source,
        })?;
        Ok(Override {
            context,
            keys,
            bound,
        })
    }
}

fn read_keys(context: Context, text: &str) -> Result<Vec<Key>, KeymapError> {
    Key::parse_sequence(text).map_err(|source| KeymapError::Key { context, source })
}

impl Layer {
    fn bind(&mut self, keys: Vec<Key>, bound: Bound) {
        self.bindings.push(KeyBinding { keys, bound });
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
            match it.bound {
                None => {
                    self.bindings.retain(|old| !old.keys.starts_with(&it.keys));
                    self.unbound.push(it.keys.clone());
                }
                Some(_) => self.bindings.retain(|old| old.keys != it.keys),
            }
        }
        for it in own {
            if let Some(bound) = &it.bound {
                self.bind(it.keys.clone(), bound.clone());
            }
        }
        self.check(context)
    }

    /// Refuses keys that both run something and start a longer sequence.
    fn check(&self, context: Context) -> Result<(), KeymapError> {
        for short in &self.bindings {
            let longer = |it: &&KeyBinding| {
                it.keys.len() > short.keys.len() && it.keys.starts_with(&short.keys)
            };
            if let Some(long) = self.bindings.iter().find(longer) {
                return Err(KeymapError::Clash {
                    context,
                    short: show(&short.keys),
                    runs: short.bound.clone(),
                    long: show(&long.keys),
                    other: long.bound.clone(),
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
        .chain([(&layers[context as usize], Inheritance::All)])
    {
        for keys in &layer.unbound {
            trie.remove(keys);
        }
        for KeyBinding { keys, bound } in &layer.bindings {
            if is_taken(takes, keys, bound.command()) {
                trie.insert(keys, bound.clone());
            }
        }
    }
    trie
}

/// Whether a context takes a binding. What is more than a command is only for panes.
fn is_taken(takes: Inheritance, keys: &[Key], command: Option<Command>) -> bool {
    let among = |lists: &[&[Command]]| {
        command.is_some_and(|command| lists.iter().any(|list| list.contains(&command)))
    };
    match takes {
        Inheritance::All => true,
        Inheritance::Only(lists) => among(lists),
        Inheritance::WhileTyping(lists) => {
            among(lists) && keys.first().is_some_and(|key| key.character().is_none())
        }
    }
}

#[cfg(test)]
mod tests;
