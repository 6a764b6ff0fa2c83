//! What is known of each row of a chunk, as numbers: in an array for each row while the chunk grows or
//! changes, in a table once it is complete.

use std::ops::Range;

use super::Text;
use super::table::Table;
use crate::model::{ListedName, ListedNumber};

/// A number that each row has. Where it can be missing, see [`super::encoded::stored`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field(usize);

impl Field {
    pub const KEY: Self = Self(0);
    pub const STAMP: Self = Self(1);
    /// Seconds since 1970, like all moments.
    pub const PUBLISHED_AT: Self = Self(2);
    pub const UPDATED_AT: Self = Self(3);
    /// Start and end of the period in which it is shown.
    pub const SHOWN_FROM: Self = Self(4);
    pub const SHOWN_UNTIL: Self = Self(5);
    /// Where its texts start: title, excerpt, original, name of the file.
    pub const TEXT_START: Self = Self(6);
    /// Where its topics start, which authors and categories follow.
    pub const TOPICS_START: Self = Self(7);
    /// Where its pages start, which those of entries that retell it follow.
    pub const PAGES_START: Self = Self(8);
    pub const TOPICS: Self = Self(9);
    pub const AUTHORS: Self = Self(10);
    pub const CATEGORIES: Self = Self(11);
    pub const PAGES: Self = Self(12);
    pub const RETOLD: Self = Self(13);
    pub const PROVIDER: Self = Self(14);
    pub const DOMAIN: Self = Self(15);
    pub const KEYS: Self = Self(16);
    pub const FOLDER: Self = Self(17);
    pub const LENGTH: Self = Self(18);
    pub const RATING: Self = Self(19);
    pub const BODY: Self = Self(20);
    pub const HAS: Self = Self(21);
    pub const RELATED: Self = Self(22);
    pub const FLAGS: Self = Self(23);
    pub const DAYS: Self = Self(24);
    const TEXTS: usize = 25;
    const NAMES: usize = Self::TEXTS + Text::ALL.len();
    const NUMBERS: usize = Self::NAMES + ListedName::COUNT;
    /// The number of fields.
    pub const COUNT: usize = Self::NUMBERS + ListedNumber::COUNT;

    /// All fields.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// The length of a text in bytes.
    pub(super) fn bytes_of(text: Text) -> Self {
        Self(Self::TEXTS + text as usize)
    }

    pub fn name(name: ListedName) -> Self {
        Self(Self::NAMES + name as usize)
    }

    pub fn number(number: ListedNumber) -> Self {
        Self(Self::NUMBERS + number as usize)
    }

    /// Whether it says where something is in the chunk, rather than something about the article.
    pub fn is_place(self) -> bool {
        let starts = [Self::TEXT_START, Self::TOPICS_START, Self::PAGES_START];
        starts.contains(&self) || (Self::TEXTS..Self::NAMES).contains(&self.0)
    }
}

/// The numbers of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row([i64; Field::COUNT]);

impl Default for Row {
    fn default() -> Self {
        Self([0; Field::COUNT])
    }
}

impl Row {
    pub fn set(&mut self, field: Field, number: impl Into<i64>) {
        self.0[field.0] = number.into();
    }

    pub fn get(&self, field: Field) -> i64 {
        self.0[field.0]
    }
}

/// The rows of a chunk.
#[derive(Clone, Debug)]
pub enum Rows {
    Open(Vec<Row>),
    Packed(Table),
}

impl Default for Rows {
    fn default() -> Self {
        Self::Open(Vec::new())
    }
}

impl Rows {
    pub fn len(&self) -> usize {
        match self {
            Self::Open(rows) => rows.len(),
            Self::Packed(table) => table.rows(),
        }
    }

    pub fn get(&self, row: usize, field: Field) -> i64 {
        match self {
            Self::Open(rows) => rows[row].get(field),
            Self::Packed(table) => table.get(field.0, row),
        }
    }

    /// A number of each of some rows.
    pub fn numbers(&self, rows: Range<usize>, field: Field) -> Vec<i64> {
        match self {
            Self::Open(all) => all[rows].iter().map(|row| row.get(field)).collect(),
            Self::Packed(table) => match table.same(field.0) {
                Some(number) => vec![number; rows.len()],
                None => table.numbers(field.0, rows).collect(),
            },
        }
    }

    /// A number of a row that counts something or says where it is.
    pub fn place(&self, row: usize, field: Field) -> usize {
        self.get(row, field) as usize
    }

    pub fn row(&self, row: usize) -> Row {
        match self {
            Self::Open(rows) => rows[row],
            Self::Packed(table) => Row(std::array::from_fn(|column| table.get(column, row))),
        }
    }

    pub fn set(&mut self, row: usize, field: Field, number: i64) {
        let fits = match self {
            Self::Open(rows) => {
                rows[row].set(field, number);
                true
            }
            Self::Packed(table) => table.set(field.0, row, number),
        };
        if !fits {
            let mut rows: Vec<Row> = (0..self.len()).map(|row| self.row(row)).collect();
            rows[row].set(field, number);
            *self = Self::Open(rows).packed();
        }
    }

    /// The rows, to add to and to change; `None` if they are packed.
    pub fn open(&mut self) -> Option<&mut Vec<Row>> {
        match self {
            Self::Open(rows) => Some(rows),
            Self::Packed(_) => None,
        }
    }

    /// The same in as little memory as possible.
    #[must_use]
    pub fn packed(self) -> Self {
        match self {
            Self::Open(rows) => {
                Self::Packed(Table::new(Field::COUNT, rows.len(), |column, row| {
                    rows[row].0[column]
                }))
            }
            Self::Packed(_) => self,
        }
    }
}

/// Numbers of names, those of one row after those of another.
#[derive(Clone, Debug)]
pub enum Names {
    Open(Vec<u32>),
    Packed(Table),
}

impl Default for Names {
    fn default() -> Self {
        Self::Open(Vec::new())
    }
}

impl Names {
    pub fn len(&self) -> usize {
        match self {
            Self::Open(names) => names.len(),
            Self::Packed(table) => table.rows(),
        }
    }

    pub fn get(&self, at: usize) -> u32 {
        match self {
            Self::Open(names) => names[at],
            Self::Packed(table) => table.get(0, at) as u32,
        }
    }

    /// Adds names, unless they are packed.
    pub fn extend(&mut self, names: impl IntoIterator<Item = u32>) {
        if let Self::Open(own) = self {
            own.extend(names);
        }
    }

    /// The same in as little memory as possible.
    #[must_use]
    pub fn packed(self) -> Self {
        match self {
            Self::Open(names) => Self::Packed(Table::new(1, names.len(), |_, at| names[at].into())),
            Self::Packed(_) => self,
        }
    }
}
