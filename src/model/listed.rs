//! The plain fields of front matter that lists keep. Each is one variant here, from which the readers
//! of files, the library's columns and its snapshot follow. The names of fields in files are in
//! `format`'s table of roles.

use std::ops::{Index, IndexMut};

/// Makes an enum of fields, and their values part of [`ListedFields`].
macro_rules! fields {
    (
        $(#[$about:meta])*
        $name:ident in $column:ident: $kind:ty {
            $($(#[$meaning:meta])* $field:ident),+ $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$meaning])* $field),+
        }

        impl $name {
            /// All fields of this kind, in the order of their columns.
            pub const ALL: [Self; Self::COUNT] = [$(Self::$field),+];
            /// The number of these fields.
            pub const COUNT: usize = [$(stringify!($field)),+].len();
        }

        impl Index<$name> for ListedFields {
            type Output = Option<$kind>;

            fn index(&self, field: $name) -> &Self::Output {
                &self.$column[field as usize]
            }
        }

        impl IndexMut<$name> for ListedFields {
            fn index_mut(&mut self, field: $name) -> &mut Self::Output {
                &mut self.$column[field as usize]
            }
        }
    };
}

fields! {
    /// A field with a whole number.
    ListedNumber in numbers: i64 {
        Quality,
        /// `-1`: another article leads this story.
        Heat,
    }
}

fields! {
    /// A field with a name that many articles share. The library keeps each name once, with the set
    /// of its articles.
    ListedName in names: String {
        /// The front matter's `type`: article, video, course, or any other word.
        Kind,
        /// The series it belongs to.
        Series,
        /// The name of the feed it came from.
        Feed,
        Language,
    }
}

fields! {
    /// A field that is true or false.
    ListedFlag in flags: bool {
        Published,
        Removed,
        Deleted,
    }
}

/// A plain field that lists keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListedField {
    Name(ListedName),
    Number(ListedNumber),
    Flag(ListedFlag),
}

/// The values of all plain listed fields of an article; `None` for fields its file lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedFields {
    numbers: [Option<i64>; ListedNumber::COUNT],
    names: [Option<String>; ListedName::COUNT],
    flags: [Option<bool>; ListedFlag::COUNT],
}

impl ListedFields {
    /// The same with one field set.
    #[must_use]
    pub fn with<F, V>(mut self, field: F, value: impl Into<Option<V>>) -> Self
    where
        Self: IndexMut<F, Output = Option<V>>,
    {
        self[field] = value.into();
        self
    }

    /// The value of a field as text.
    pub fn text(&self, field: ListedField) -> Option<String> {
        match field {
            ListedField::Name(name) => self[name].clone(),
            ListedField::Number(number) => self[number].map(|number| number.to_string()),
            ListedField::Flag(flag) => self[flag].map(|flag| flag.to_string()),
        }
    }

    /// A name, or nothing.
    pub fn name(&self, field: ListedName) -> &str {
        self[field].as_deref().unwrap_or_default()
    }

    /// Whether the file says that the article was removed or deleted.
    pub fn is_removed(&self) -> bool {
        [ListedFlag::Removed, ListedFlag::Deleted]
            .iter()
            .any(|flag| self[*flag] == Some(true))
    }
}
