//! The layout of the panes for a screen size. Plain rectangles, so that the state knows how long a
//! page is; `ui` draws into the same ones.

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
/// Width of the facets on a wide screen.
const FACETS_COLUMNS: u16 = 27;

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
}

impl Panes {
    /// Lays out a screen of this size with the focus on `focus`.
    pub fn new(size: Size, focus: Pane, zoom: Zoom) -> Self {
        let middle = Area {
            x: 0,
            y: 1,
            columns: size.columns,
            rows: size.rows.saturating_sub(2),
        };
        let none = Panes {
            arrangement: arrangement(size),
            facets: None,
            list: None,
            detail: None,
            related: None,
            middle,
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
            (Arrangement::Narrow, _, Pane::Detail) => Panes {
                detail: Some(middle),
                ..none
            },
            (Arrangement::Narrow, _, Pane::Related) => Panes {
                related: Some(middle),
                ..none
            },
            (Arrangement::Medium, ..) => {
                let (left, right) = middle.split_columns(middle.columns * 54 / 100);
                let (detail, related) = right.split_rows(related_rows(right.rows));
                let drawer = left.split_columns(left.columns.min(34)).0;
                Panes {
                    facets: (focus == Pane::Facets).then_some(drawer),
                    list: Some(left),
                    detail: Some(detail),
                    related: Some(related),
                    ..none
                }
            }
            (Arrangement::Wide, ..) => {
                let (facets, rest) = middle.split_columns(FACETS_COLUMNS);
                let (list, right) = rest.split_columns(rest.columns * 54 / 100);
                let (detail, related) = right.split_rows(related_rows(right.rows));
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

    pub fn area(&self, pane: Pane) -> Option<Area> {
        match pane {
            Pane::Facets => self.facets,
            Pane::List => self.list,
            Pane::Detail => self.detail,
            Pane::Related => self.related,
        }
    }
}

fn arrangement(size: Size) -> Arrangement {
    if size.columns < SMALLEST.columns || size.rows < SMALLEST.rows {
        Arrangement::TooSmall
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

/// The related pane's share of a screen column.
fn related_rows(rows: u16) -> u16 {
    (rows * 3 / 10).clamp(4, 14).min(rows / 2)
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
mod tests {
    use super::*;

    const PANES: [Pane; 4] = [Pane::Facets, Pane::List, Pane::Detail, Pane::Related];

    #[test]
    fn panes_never_overlap_nor_leave_the_screen() {
        for columns in 20..220 {
            for rows in 6..70 {
                let size = Size { columns, rows };
                for focus in PANES {
                    let panes = Panes::new(size, focus, Zoom::Panes);
                    let shown: Vec<Area> = PANES
                        .into_iter()
                        .filter(|pane| {
                            *pane != Pane::Facets || panes.arrangement != Arrangement::Medium
                        })
                        .filter_map(|pane| panes.area(pane))
                        .collect();
                    for (at, area) in shown.iter().enumerate() {
                        assert!(area.x + area.columns <= columns && area.y + area.rows < rows);
                        assert!(
                            area.y >= 1 && area.columns >= 10 && area.rows >= 2,
                            "{size:?} {area:?}"
                        );
                        for other in &shown[at + 1..] {
                            let apart = area.x + area.columns <= other.x
                                || other.x + other.columns <= area.x
                                || area.y + area.rows <= other.y
                                || other.y + other.rows <= area.y;
                            assert!(apart, "{size:?}: {area:?} and {other:?}");
                        }
                    }
                    assert!(
                        panes.area(focus).is_some(),
                        "{size:?}: {focus:?} has the focus and no room"
                    );
                }
            }
        }
    }

    #[test]
    fn the_widths_at_which_the_arrangement_changes() {
        let at = |columns, rows| arrangement(Size { columns, rows });
        assert_eq!(at(150, 40), Arrangement::Wide);
        assert_eq!(at(149, 40), Arrangement::Medium);
        assert_eq!(at(110, 40), Arrangement::Medium);
        assert_eq!(at(109, 40), Arrangement::Narrow);
        assert_eq!(at(20, 6), Arrangement::Narrow);
        assert_eq!(at(19, 6), Arrangement::TooSmall);
        assert_eq!(at(20, 5), Arrangement::TooSmall);
    }

    #[test]
    fn text_alone_takes_everything() {
        let panes = Panes::new(
            Size {
                columns: 160,
                rows: 45,
            },
            Pane::List,
            Zoom::TextAlone,
        );
        assert_eq!(panes.detail, Some(panes.middle));
        assert_eq!(
            (panes.facets, panes.list, panes.related),
            (None, None, None)
        );
    }
}
