//! The app without a screen: its state, what happens to it, and what it asks for. Pure: no I/O, no
//! clock, no terminal.

mod articles;
mod at_desk;
mod bulk;
mod completing;
mod confirm;
mod deciding;
mod detail;
mod drawer;
mod event;
pub mod geometry;
mod journal;
mod jumping;
mod line;
mod links;
mod list;
mod loading;
mod message;
mod moves;
mod overlay;
mod page;
mod prompt;
mod related;
mod search;
mod selection;
mod signs;
mod sorting;
mod state;
mod text_search;
mod update;
mod views;

pub use at_desk::AtDesk;
pub use bulk::COMMANDS;
pub use completing::Completing;
pub use confirm::Confirm;
pub use drawer::{Drawer, DrawerRow, ValueRow};
pub use event::{Effect, Event, OpenFailure};
pub use journal::Journal;
pub use jumping::{Jump, JumpRequest};
pub use links::PageLink;
pub use list::Cursor;
pub use message::{Message, Tone};
pub use overlay::{
    Diagnostics, Help, HelpColumns, HelpLine, Links, Overlay, links_body, overlay_area,
    overlay_body,
};
pub use page::{Page, Sheet};
pub use prompt::{Complaint, Prompt, Purpose};
pub use related::{Entry, Origin};
pub use search::{Indexing, Request, Search};
pub use selection::Selection;
pub use signs::{SignSet, Signs};
pub use sorting::Orders;
pub use state::{Loading, Start, State};
pub use text_search::text_of;
pub use update::update;
pub use views::{NamedView, View, ViewList, views};
