//! The values of front matter fields without a role that queries have met in files. They are in no
//! column, so only these can be offered while a query is typed.

use std::collections::BTreeMap;

/// Maximum number of values remembered per field.
const VALUES: usize = 1_000;
/// Longest value worth offering, in bytes.
const BYTES: usize = 100;

/// Values by the path of their field (`meta.layout`), each with the number of files that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenValues(BTreeMap<String, BTreeMap<String, u64>>);

impl SeenValues {
    /// Counts a value of a field.
    pub fn add(&mut self, field: &str, value: &str) {
        self.add_many(field, value, 1);
    }

    /// Counts what was seen in another file.
    pub fn count(&mut self, other: Self) {
        for (field, values) in &other.0 {
            for (value, count) in values {
                self.add_many(field, value, *count);
            }
        }
    }

    fn add_many(&mut self, field: &str, value: &str, more: u64) {
        let is_offered = !value.is_empty() && value.len() <= BYTES && !value.contains('\n');
        if !is_offered {
            return;
        }
        let values = match self.0.get_mut(field) {
            Some(values) => values,
            None => self.0.entry(field.to_owned()).or_default(),
        };
        if let Some(count) = values.get_mut(value) {
            *count += more;
        } else if values.len() < VALUES {
            values.insert(value.to_owned(), more);
        }
    }

    /// Takes over what another search has seen. If both know a field, the one that has read more of
    /// it counts.
    pub fn update(&mut self, newer: Self) {
        for (field, values) in newer.0 {
            let files = |values: &BTreeMap<String, u64>| values.values().sum::<u64>();
            let known = self.0.entry(field).or_default();
            if files(&values) >= files(known) {
                *known = values;
            }
        }
    }

    /// The values of a field, ignoring the case of its path.
    pub fn of(&self, field: &str) -> impl Iterator<Item = (&str, u64)> {
        let of_field = self
            .0
            .iter()
            .filter(move |(name, _)| name.eq_ignore_ascii_case(field));
        of_field
            .flat_map(|(_, values)| values.iter().map(|(value, count)| (value.as_str(), *count)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_up_to_a_limit() {
        let mut seen = SeenValues::default();
        for value in [
            "post",
            "page",
            "post",
            "",
            "two\nlines",
            &"long ".repeat(50),
        ] {
            seen.add("meta.layout", value);
        }
        let of = |seen: &SeenValues| {
            seen.of("META.layout")
                .map(|it| (it.0.to_owned(), it.1))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&seen), [("page".to_owned(), 1), ("post".to_owned(), 2)]);
        assert_eq!(seen.of("meta.other").count(), 0);
        for number in 0..2 * VALUES {
            seen.add("meta.id", &number.to_string());
        }
        assert_eq!(seen.of("meta.id").count(), VALUES);

        let mut fewer = SeenValues::default();
        fewer.add("meta.layout", "post");
        fewer.add("meta.toc", "true");
        seen.update(fewer);
        assert_eq!(of(&seen).len(), 2, "less was read");
        assert_eq!(seen.of("meta.toc").count(), 1);
    }
}
