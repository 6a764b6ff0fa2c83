//! The app without a screen: its state, what happens to it, and what it asks for. Pure: no I/O, no
//! clock, no terminal.

mod articles;
mod detail;
mod event;
pub mod geometry;
mod links;
mod list;
mod loading;
mod message;
mod moves;
mod overlay;
mod page;
mod related;
mod signs;
mod state;
mod topics;
mod update;

pub use event::{Effect, Event, OpenFailure};
pub use links::PageLink;
pub use list::Cursor;
pub use message::{Message, Tone};
pub use overlay::{
    Diagnostics, Help, HelpColumns, HelpLine, Links, Overlay, links_body, overlay_area,
    overlay_body,
};
pub use page::{Page, Sheet};
pub use related::{Entry, Origin};
pub use signs::{SignSet, Signs};
pub use state::{Loading, Start, State};
pub use topics::TopicRow;
pub use update::update;
