//! The panes, each with its content and its cursor. None knows of the others: they talk by
//! messages.

mod detail;
mod facets;
mod found;
mod list;
mod related;
mod selection;

pub use detail::{DetailPane, Window};
pub use facets::{FacetsPane, FacetsRow, Fold, ValueRow};
pub use found::text_of;
pub use list::ListPane;
pub use related::{EXCERPT_ROWS, Origin, RelatedEntry, RelatedPane};
