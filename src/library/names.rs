//! Interned names: each topic, provider, kind and folder is stored once and referred to by number.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::hashed::TextMap;
use crate::format::fold::fold;

/// Names by number, and numbers by name. Numbers never change during the library's lifetime. Clones
/// share the names until one is added.
#[derive(Clone, Debug, Default)]
pub struct NameTable {
    names: Arc<Vec<Arc<str>>>,
    numbers: Arc<TextMap<Arc<str>, u32>>,
    /// The spellings, once requested.
    spellings: Arc<OnceLock<Vec<Vec<u32>>>>,
    /// The number of the last name that was asked for: most names of a field are the same many times.
    last: u32,
}

impl NameTable {
    /// The number of a name; a new one if it has not been seen.
    pub fn intern(&mut self, name: &str) -> u32 {
        let last = self.names.get(self.last as usize);
        if last.is_some_and(|last| **last == *name) {
            return self.last;
        }
        if let Some(number) = self.numbers.get(name) {
            self.last = *number;
            return *number;
        }
        let number = self.names.len() as u32;
        let shared: Arc<str> = name.into();
        Arc::make_mut(&mut self.names).push(Arc::clone(&shared));
        Arc::make_mut(&mut self.numbers).insert(shared, number);
        self.spellings = Arc::default();
        number
    }

    /// The name with this number.
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }

    /// The number of a name that has been seen.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// All names, by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// The names that are the same to a query, because they differ only in case, accents and the like: at
    /// least two in each group, by number.
    pub fn spellings(&self) -> &[Vec<u32>] {
        self.spellings.get_or_init(|| {
            let mut groups: HashMap<String, Vec<u32>> = HashMap::new();
            for (name, number) in self.iter().zip(0..) {
                groups.entry(fold(name)).or_default().push(number);
            }
            let mut groups: Vec<_> = groups.into_values().filter(|it| it.len() > 1).collect();
            groups.sort_unstable();
            groups
        })
    }

    /// Whether this starts with the names of `others`, in the same order.
    pub(super) fn continues(&self, others: &Self) -> bool {
        Arc::ptr_eq(&self.names, &others.names) || self.names.starts_with(&others.names)
    }

    /// Number of names; all numbers are below it.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = NameTable::default();
        let ai = names.intern("AI");
        let robotics = names.intern("Robotics");
        assert_eq!(names.intern("AI"), ai);
        assert_ne!(ai, robotics);
        assert_eq!(names.name(robotics), "Robotics");
        assert_eq!(names.number("AI"), Some(ai));
        assert_eq!(names.number("ai"), None);
        assert_eq!(names.len(), 2);
        assert!(names.spellings().is_empty());
        let lower = names.intern("ai");
        assert_eq!(names.spellings(), [[ai, lower]]);
    }
}
