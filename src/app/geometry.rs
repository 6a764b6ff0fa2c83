//! The layout of the panes for a screen size. Plain rectangles, so that the state knows how long a
//! page is; `ui` draws into the same ones.

use crate::config::{PaneSizes, ScreenReader};

/// The size of the screen in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

/// A part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub columns: u16,
    pub rows: u16,
}

/// A part of the screen that shows one thing and can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    Facets,
    List,
    Detail,
    Related,
}

/// How much of the screen the text gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// What the other panes leave.
    #[default]
    Panes,
    /// All of it.
    TextAlone,
}

/// How the panes are arranged, by width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Facets | list | detail over related.
    Wide,
    /// List | detail over related; the facets cover the list while they have the focus.
    Medium,
    /// One pane at a time.
    Narrow,
    /// There is no room even for a list.
    TooSmall,
}

/// Least width, in columns, to show all panes side by side.
const WIDE: u16 = 150;
/// Least width, in columns, to show list and detail side by side.
const MEDIUM: u16 = 110;
/// On a smaller screen only a message says that it is too small.
const SMALLEST: Size = Size {
    columns: 20,
    rows: 6,
};
/// Least width of list and text beside each other, in columns.
const LEAST_COLUMNS: u16 = 24;
/// Least height of text and related one above the other, in rows.
const LEAST_ROWS: u16 = 4;
/// How much wider the facets are as a drawer than as a pane.
const DRAWER: u16 = 7;

/// What the layout of the panes depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scene {
    pub size: Size,
    pub focus: Pane,
    pub zoom: Zoom,
    pub sizes: PaneSizes,
    pub screen_reader: ScreenReader,
    pub text: TextRows,
}

/// The rows that the text and its related articles would take, given enough room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextRows {
    pub lines: usize,
    /// The first visible line.
    pub scroll: usize,
    /// Rows of related, including its heading.
    pub related: usize,
}

/// The area of each pane; one that is not on the screen has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panes {
    pub arrangement: Arrangement,
    pub facets: Option<Area>,
    pub list: Option<Area>,
    pub detail: Option<Area>,
    pub related: Option<Area>,
    /// Everything between the top and the bottom line.
    pub middle: Area,
    /// Rows that appear below the text when it is scrolled to its end.
    pub below_text: usize,
    /// The first visible line of the text.
    pub first_line: usize,
}

impl Panes {
    /// Lays out a screen.
    pub fn new(scene: &Scene) -> Self {
        let Scene {
            size, focus, zoom, ..
        } = *scene;
        let middle = Area {
            x: 0,
            y: 1,
            columns: size.columns,
            rows: size.rows.saturating_sub(2),
        };
        let none = Panes {
            arrangement: arrangement(size, scene.screen_reader),
            facets: None,
            list: None,
            detail: None,
            related: None,
            middle,
            below_text: 0,
            first_line: scene.text.scroll,
        };
        match (none.arrangement, zoom, focus) {
            (Arrangement::TooSmall, ..) => none,
            (_, Zoom::TextAlone, _) => Panes {
                detail: Some(middle),
                ..none
            },
            (Arrangement::Narrow, _, Pane::Facets) => Panes {
                facets: Some(middle),
                ..none
            },
            (Arrangement::Narrow, _, Pane::List) => Panes {
                list: Some(middle),
                ..none
            },
            (Arrangement::Narrow, _, Pane::Detail | Pane::Related) => {
                none.one_below_the_other(scene)
            }
            (Arrangement::Medium, ..) => {
                let (left, right) = beside(middle, scene.sizes);
                let (detail, related) = over(right, scene);
                let drawer = left.columns.min(scene.sizes.facets + DRAWER);
                Panes {
                    facets: (focus == Pane::Facets).then_some(left.split_columns(drawer).0),
                    list: Some(left),
                    detail: Some(detail),
                    related: Some(related),
                    ..none
                }
            }
            (Arrangement::Wide, ..) => {
                let (facets, rest) = middle.split_columns(scene.sizes.facets);
                let (list, right) = beside(rest, scene.sizes);
                let (detail, related) = over(right, scene);
                Panes {
                    facets: Some(facets),
                    list: Some(list),
                    detail: Some(detail),
                    related: Some(related),
                    ..none
                }
            }
        }
    }

    /// The text with related at its end: the part that scrolling brings into view.
    fn one_below_the_other(self, scene: &Scene) -> Self {
        let body = usize::from(self.middle.body().rows);
        let TextRows {
            lines,
            scroll,
            related,
        } = scene.text;
        let has_focus = scene.focus == Pane::Related;
        let wanted = match (related, has_focus) {
            (0, false) => 0,
            _ => related.max(2),
        };
        // One line of the text stays visible, and one between the two.
        let wanted = wanted.min(body.saturating_sub(2));
        let below_text = if wanted == 0 { 0 } else { wanted + 1 };
        let furthest = (lines + below_text).saturating_sub(body);
        let scroll = if has_focus {
            furthest
        } else {
            scroll.min(furthest)
        };
        let seen = (lines - scroll.min(lines)).min(body);
        let left = body.saturating_sub(seen + 1);
        let rows = if wanted == 0 || left < 2 { 0 } else { left };
        if has_focus && rows == 0 {
            // There is room for only one of the two.
            return Self {
                related: Some(self.middle),
                below_text,
                first_line: scroll,
                ..self
            };
        }
        let (detail, below) = self.middle.split_rows(rows as u16);
        Self {
            detail: Some(detail),
            related: (rows > 0).then_some(below),
            below_text,
            first_line: scroll,
            ..self
        }
    }

    pub fn area(&self, pane: Pane) -> Option<Area> {
        match pane {
            Pane::Facets => self.facets,
            Pane::List => self.list,
            Pane::Detail => self.detail,
            Pane::Related => self.related,
        }
    }
}

fn arrangement(size: Size, reader: ScreenReader) -> Arrangement {
    if size.columns < SMALLEST.columns || size.rows < SMALLEST.rows {
        Arrangement::TooSmall
    } else if reader == ScreenReader::Present {
        // A screen reader reads a line from edge to edge: two panes would be one sentence.
        Arrangement::Narrow
    } else if size.columns >= WIDE {
        Arrangement::Wide
    } else if size.columns >= MEDIUM {
        Arrangement::Medium
    } else {
        Arrangement::Narrow
    }
}

/// The area of a panel on a screen of this size.
pub fn panel_area(size: Size) -> Area {
    let columns = size
        .columns
        .saturating_sub(if size.columns < 80 { 0 } else { 8 })
        .min(104);
    let rows = size.rows.saturating_sub(if size.rows < 24 { 2 } else { 6 });
    Area {
        x: (size.columns - columns) / 2,
        y: (size.rows - rows) / 2,
        columns,
        rows,
    }
}

/// The area for a panel's rows: inside its border, below its heading lines.
pub fn panel_body(size: Size) -> Area {
    let area = panel_area(size);
    let side = 2.min(area.columns / 2);
    Area {
        x: area.x + side,
        y: area.y + 3.min(area.rows),
        columns: area.columns - 2 * side,
        rows: area.rows.saturating_sub(4),
    }
}

/// The list, and what is to its right.
fn beside(area: Area, sizes: PaneSizes) -> (Area, Area) {
    let list = percent(area.columns, sizes.list);
    let most = area.columns.saturating_sub(LEAST_COLUMNS);
    area.split_columns(list.max(LEAST_COLUMNS).min(most))
}

/// The text, and related below it, which gets the room that a short text leaves.
fn over(area: Area, scene: &Scene) -> (Area, Area) {
    let related = percent(area.rows, scene.sizes.related);
    let most = area.rows.saturating_sub(LEAST_ROWS).max(area.rows / 2);
    let related = related.max(LEAST_ROWS).min(most);
    // Its heading, and a blank line below it.
    let text = u16::try_from(scene.text.lines + 2).unwrap_or(u16::MAX);
    let left = area.rows.saturating_sub(text.max(LEAST_ROWS));
    area.split_rows(related.max(left))
}

fn percent(of: u16, share: u16) -> u16 {
    (u32::from(of) * u32::from(share) / 100) as u16
}

impl Area {
    /// Splits off the left `columns`; the rest starts after one column for the line between.
    fn split_columns(self, columns: u16) -> (Area, Area) {
        let left = columns.min(self.columns);
        let right_x = (left + 1).min(self.columns);
        (
            Area {
                columns: left,
                ..self
            },
            Area {
                x: self.x + right_x,
                columns: self.columns - right_x,
                ..self
            },
        )
    }

    /// Splits off the lowest `rows`.
    fn split_rows(self, rows: u16) -> (Area, Area) {
        let lower = rows.min(self.rows);
        let upper = self.rows - lower;
        (
            Area {
                rows: upper,
                ..self
            },
            Area {
                y: self.y + upper,
                rows: lower,
                ..self
            },
        )
    }

    /// Whether a cell is in it.
    pub fn contains(self, x: u16, y: u16) -> bool {
        (self.x..self.x + self.columns).contains(&x) && (self.y..self.y + self.rows).contains(&y)
    }

    /// The area below a pane's header line.
    pub fn body(self) -> Area {
        let header = self.rows.min(1);
        Area {
            y: self.y + header,
            rows: self.rows - header,
            ..self
        }
    }

    /// The area without a column at either side.
    pub fn inset(self) -> Area {
        let side = u16::from(self.columns > 2);
        Area {
            x: self.x + side,
            columns: self.columns - 2 * side,
            ..self
        }
    }
}

#[cfg(test)]
mod tests;
