//! The app without a screen: its state, what happens to it, and what it wants done. Pure: no I/O,
//! no clock, no terminal.
//!
//! `docs/architecture.md` describes its parts. Each file uses only those listed before it there.

pub mod geometry;

mod cursor;
mod glyphs;
mod line;
mod looks;
mod message;
mod page;
mod pictures;
mod views;

mod before;
mod effect;
mod event;
mod panel;
mod pointer;

mod moved;

mod catalog;
mod env;
mod grouping;
mod in_force;
mod marks;

mod context;

mod completing;
mod labels;
mod letters;
mod mark_edit;
mod overlay;
mod prompt;

mod panes;
mod requests;
mod search;
mod told_twice;
mod triage;

mod overlays;

#[expect(clippy::module_inception, reason = "it is what the others make up")]
mod app;

pub use app::{App, Start, TimeShown};
pub use catalog::{Catalog, Loading};
pub use context::Cx;
pub use cursor::Cursor;
pub use effect::{
    AppRequest, Effect, Indexing, Piped, RequestId, RequestKind, SearchRequest, WrittenPage,
};
pub use event::{
    Configured, Event, KeyPress, OpenFailure, PageExtent, Printed, ReadArticle, Reply,
};
pub use glyphs::{GlyphSet, Glyphs, Sign, SignStyle};
pub use grouping::Grouping;
pub use labels::{Label, Labels, Lead, LinkPlace, SeenLink};
pub use looks::Looks;
pub use message::{Message, Tone};
pub use page::{LoadedArticle, Match, More, Page, PageLayout, PageLink, Section};
pub use panel::{Align, Panel, PanelCell, PanelInput, PanelRow, Placement, position};
pub use panes::{
    DetailPane, EntryOrigin, FacetsPane, FacetsRow, ListPane, RelatedEntry, RelatedPane,
    RelatedRow, SeenPicture, StoryRow, ValueRow, text_of,
};
pub use pictures::{
    Canvas, CellSize, Fate, Half, HalfBlock, Held, PictureProtocol, Rendered, Room, Tiles,
    WantedPictures, WebPictures,
};
pub use pointer::{Border, Gesture, PointerEvent, PointerTarget};
pub use requests::AskedWork;
pub use search::TextProgress;
pub use views::View;
