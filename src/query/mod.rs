//! Searching: the query language, its evaluation, and the index that makes it fast. It knows no
//! screen.
//!
//! A text becomes a [`Query`] with [`parse`]; a [`Search`] over a library's articles finds what it
//! selects, sorts it and counts its facets; [`edit`] changes a query as values are picked.

mod answer;
mod ask;
mod bits;
pub mod complete;
mod counts;
pub mod dates;
pub mod docs;
pub mod edit;
mod error;
mod eval;
mod expr;
mod facet_field;
mod facets;
pub mod fields;
mod found;
mod highlight;
mod index;
mod jump;
mod lexer;
mod look;
mod marks;
mod meta;
mod names;
mod parser;
mod print;
mod raw;
mod required;
mod search;
mod seen;
mod segment;
mod similar;
mod sort;
mod text;
mod texts;
pub mod views;
mod way;
mod word_runs;
mod words;

#[cfg(test)]
mod reference_tests;

pub use answer::{AnswerExtent, AnswerKind, PartialAnswer};
pub use dates::Clock;
pub use edit::{Pick, Require};
pub use error::{Cancelled, QueryError};
pub use expr::{
    Compare, DateTest, Direction, Expr, NumberTest, Pattern, Period, Query, Regex, SortKey, Term,
    Unit, ValueTest,
};
pub use facet_field::{FacetField, FacetKind};
pub use facets::{Facets, ValueCount, ValueCounts};
pub use found::{Found, Undecided};
pub use highlight::Highlights;
pub use index::{Index, kept};
pub use jump::{Goal, Hit, Sought, by_letters, jump};
pub use marks::Marks;
pub use parser::{MAX_BYTES, parse};
pub use search::Search;
pub use seen::SeenValues;
pub use similar::{Similar, similar};
pub use way::ValuePath;
pub use word_runs::WordRuns;
