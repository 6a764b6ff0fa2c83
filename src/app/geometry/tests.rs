//! Layouts at every size.

use super::*;

const PANES: [Pane; 4] = [Pane::Facets, Pane::List, Pane::Detail, Pane::Related];

/// A screen with each focus, short and long texts, and sizes of all kinds.
fn scenes(size: Size) -> impl Iterator<Item = Scene> {
    let texts = [(0, 0, 0), (3, 0, 5), (9, 2, 30), (500, 0, 9), (500, 495, 9)];
    let sizes = [
        PaneSizes::default(),
        PaneSizes {
            facets: 60,
            list: 90,
            related: 90,
        },
        PaneSizes {
            facets: 16,
            list: 10,
            related: 10,
        },
    ];
    PANES.into_iter().flat_map(move |focus| {
        texts.into_iter().flat_map(move |(lines, scroll, related)| {
            sizes.into_iter().map(move |sizes| Scene {
                size,
                focus,
                zoom: Zoom::Panes,
                sizes,
                screen_reader: ScreenReader::Absent,
                text: TextRows {
                    lines,
                    scroll,
                    related,
                },
            })
        })
    })
}

fn scene(columns: u16, rows: u16, focus: Pane, lines: usize, scroll: usize) -> Scene {
    Scene {
        size: Size { columns, rows },
        focus,
        zoom: Zoom::Panes,
        sizes: PaneSizes::default(),
        screen_reader: ScreenReader::Absent,
        text: TextRows {
            lines,
            scroll,
            related: 9,
        },
    }
}

#[test]
fn related_takes_the_room_that_a_short_text_leaves() {
    let rows = |lines| {
        let panes = Panes::new(&scene(160, 42, Pane::List, lines, 0));
        (
            panes.detail.map(|it| it.rows),
            panes.related.map(|it| it.rows),
        )
    };
    assert_eq!(rows(100), (Some(28), Some(12)));
    assert_eq!(rows(26), (Some(28), Some(12)));
    assert_eq!(rows(10), (Some(12), Some(28)));
    assert_eq!(rows(0), (Some(4), Some(36)));
}

#[test]
fn below_110_columns_related_stands_at_the_end_of_the_text() {
    let rows = |focus, lines, scroll| {
        let panes = Panes::new(&scene(80, 24, focus, lines, scroll));
        (
            panes.detail.map(|it| it.rows),
            panes.related.map(|it| it.rows),
        )
    };
    assert_eq!(rows(Pane::Detail, 100, 0), (Some(22), None));
    assert_eq!(rows(Pane::Detail, 100, 83), (Some(19), Some(3)));
    assert_eq!(rows(Pane::Detail, 100, 89), (Some(13), Some(9)));
    assert_eq!(rows(Pane::Related, 100, 0), (Some(13), Some(9)));
    assert_eq!(rows(Pane::Detail, 5, 0), (Some(7), Some(15)));
    assert_eq!(rows(Pane::List, 5, 0), (None, None));
}

#[test]
fn panes_never_overlap_nor_leave_the_screen() {
    for columns in (20..220).step_by(3) {
        for rows in (6..70).step_by(2) {
            let size = Size { columns, rows };
            for scene in scenes(size) {
                let focus = scene.focus;
                let panes = Panes::new(&scene);
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
    let at = |columns, rows| arrangement(Size { columns, rows }, ScreenReader::Absent);
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
    let panes = Panes::new(&Scene {
        zoom: Zoom::TextAlone,
        ..scene(160, 45, Pane::List, 9, 0)
    });
    assert_eq!(panes.detail, Some(panes.middle));
    assert_eq!(
        (panes.facets, panes.list, panes.related),
        (None, None, None)
    );
}
