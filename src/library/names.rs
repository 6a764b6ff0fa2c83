//! Interned names: each topic, provider, kind and folder is stored once and referred to by number.

use std::sync::Arc;

use super::hashed::TextMap;

/// Names by number, and numbers by name. Numbers never change during the library's lifetime. Clones
/// share the names until one is added.
#[derive(Clone, Debug, Default)]
pub struct NameTable {
    names: Arc<Vec<Arc<str>>>,
    numbers: Arc<TextMap<Arc<str>, u32>>,
}

impl NameTable {
    /// The number of a name; a new one if it has not been seen.
    pub fn intern(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        let shared: Arc<str> = name.into();
        Arc::make_mut(&mut self.names).push(Arc::clone(&shared));
        Arc::make_mut(&mut self.numbers).insert(shared, number);
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
    }
}
