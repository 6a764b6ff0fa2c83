//! A list with a cursor and a window: which row is under the cursor, and which are visible. Shared
//! by articles, facet values, related entries, links and diagnostics.

use crate::command::Command;

/// A movement of a cursor or a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Down(usize),
    Up(usize),
    First,
    Last,
}

impl Move {
    /// Returns the target row, starting from `at` among `count` rows.
    pub fn from(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Move::Down(rows) => at.saturating_add(rows).min(last),
            Move::Up(rows) => at.saturating_sub(rows),
            Move::First => 0,
            Move::Last => last,
        }
    }
}

/// The movement of a moving command with `height` visible rows; `None` for other commands.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "commands of other panes and overlays are handled there"
)]
pub fn step(command: Command, height: usize) -> Option<Move> {
    let page = height.saturating_sub(1).max(1);
    let half = (height / 2).max(1);
    match command {
        Command::Down => Some(Move::Down(1)),
        Command::Up => Some(Move::Up(1)),
        Command::First => Some(Move::First),
        Command::Last => Some(Move::Last),
        Command::HalfPageDown => Some(Move::Down(half)),
        Command::HalfPageUp => Some(Move::Up(half)),
        Command::PageDown => Some(Move::Down(page)),
        Command::PageUp => Some(Move::Up(page)),
        _ => None,
    }
}

/// Rows kept visible above and below the cursor, if there is room.
const MARGIN: usize = 2;

/// What the window of a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WindowView {
    /// The cursor is in it.
    #[default]
    AtCursor,
    /// The window stays where it was scrolled to.
    Free,
}

/// A cursor among rows, and the first visible row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub at: usize,
    pub top: usize,
}

impl Cursor {
    /// Moves the cursor among `count` rows.
    pub fn go(&mut self, step: Move, count: usize) {
        self.at = step.from(self.at, count);
    }

    /// Moves the cursor to the new position of its row, and the window with it, so that nothing
    /// moves under the reader's eyes.
    pub fn follow(&mut self, at: usize) {
        self.top = (self.top + at).saturating_sub(self.at);
        self.at = at;
    }

    /// Scrolls by lines, without a cursor: `at` is the first visible line.
    pub fn scroll(&mut self, step: Move, count: usize, height: usize) {
        self.at = step.from(self.at, count.saturating_sub(height) + 1);
        self.top = self.at;
    }

    /// Scrolls the window among `count` rows, and leaves the cursor where it is.
    pub fn scroll_window(&mut self, step: Move, count: usize) {
        self.top = step.from(self.top, count);
    }

    /// Limits cursor and window to what there is: `count` rows, of which `height` are visible. In a
    /// free view the cursor may be out of sight.
    pub fn settle_in(&mut self, view: WindowView, count: usize, height: usize) {
        match view {
            WindowView::AtCursor => self.settle(count, height),
            WindowView::Free => {
                self.at = self.at.min(count.saturating_sub(1));
                self.top = self.top.min(count.saturating_sub(height));
            }
        }
    }

    /// Limits the scroll position to what there is.
    pub fn settle_scroll(&mut self, count: usize, height: usize) {
        self.at = self.at.min(count.saturating_sub(height));
        self.top = self.at;
    }

    /// Limits cursor and window to what there is: `count` rows, of which `height` are visible.
    pub fn settle(&mut self, count: usize, height: usize) {
        self.at = self.at.min(count.saturating_sub(1));
        let margin = MARGIN.min(height.saturating_sub(1) / 2);
        let highest = self.at.saturating_sub(margin);
        let lowest = (self.at + margin + 1).saturating_sub(height);
        self.top = self
            .top
            .clamp(lowest.min(highest), highest)
            .min(count.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_among_the_rows() {
        let mut cursor = Cursor::default();
        cursor.go(Move::Up(1), 5);
        assert_eq!(cursor.at, 0);
        cursor.go(Move::Down(9), 5);
        assert_eq!(cursor.at, 4);
        cursor.go(Move::First, 5);
        cursor.go(Move::Last, 0);
        assert_eq!(cursor.at, 0);
    }

    #[test]
    fn what_is_followed_stays_where_it_is_on_the_screen() {
        let mut cursor = Cursor { at: 12, top: 5 };
        cursor.follow(20);
        assert_eq!(cursor, Cursor { at: 20, top: 13 });
        cursor.follow(3);
        assert_eq!(cursor, Cursor { at: 3, top: 0 });
    }

    proptest::proptest! {
        #[test]
        fn the_cursor_is_always_in_sight(count in 0_usize..60, height in 1_usize..20, steps in proptest::collection::vec(0_usize..6, 0..40)) {
            let mut cursor = Cursor::default();
            for step in steps {
                let step = [Move::Down(1), Move::Up(1), Move::Down(7), Move::Up(7), Move::First, Move::Last][step];
                cursor.go(step, count);
                cursor.settle(count, height);
                assert!(cursor.top <= cursor.at && cursor.at < cursor.top + height);
                assert!(cursor.at < count.max(1));
                assert!(cursor.top == 0 || cursor.top + height <= count, "no empty rows below the last");
            }
        }
    }
}
