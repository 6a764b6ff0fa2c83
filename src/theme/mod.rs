//! Themes: the colours and attributes of everything on the screen, as data. What they look like on
//! a terminal is computed here; painting is left to `ui`, and where a theme is read from to
//! `config`.

mod base;
mod bundled;
mod choice;
mod colour;
mod file;
#[cfg(test)]
mod palettes;
mod role;
mod seen;
mod style;
mod styles;
mod terminal;

pub use base::{Base, Shade, base, bases};
pub use bundled::about;
pub use choice::{ThemeBase, ThemeChoice};
pub use colour::{Colour, Rgb};
pub use file::{ThemeFile, Wrong};
pub use role::{NAMES, Role, TABLE, ThemeRow};
pub use seen::SeenColours;
pub use style::{Attribute, Attributes, Style};
pub use styles::Theme;
pub use terminal::{ColourDepth, Slot, Terminal};
