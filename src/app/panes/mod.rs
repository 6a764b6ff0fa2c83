//! The panes, each with its content and its cursor. None knows of the others: they talk by
//! messages.

mod detail;
mod facets;
mod folded;
mod list;
mod related;
mod selection;

pub use detail::{DetailPane, SeenPicture, Window, text_of};
pub use facets::{FacetsPane, FacetsRow, ValueRow};
pub use folded::StoryRow;
pub use list::ListPane;
pub use related::{EntryOrigin, RelatedEntry, RelatedPane, RelatedRow};
