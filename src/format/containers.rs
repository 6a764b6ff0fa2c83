//! Which lists, quotes and tables are open, and what goes into which. Text is assembled in `build`,
//! which hands over whole blocks.
//!
//! Articles come from anywhere: tags may be missing, crossed or nested ten thousand deep. Nothing
//! here recurses, and the list of open containers has a limited length.

use super::block::{Block, ListItem, MAX_BLOCKS, Marker, TableCell};

/// Deepest nesting of containers; the contents of deeper ones go into the innermost that is kept.
const MAX_DEPTH: usize = 32;

/// A kind of container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContainerKind {
    Quote,
    List,
    Item,
    Table,
    Cell,
}

/// An open container, with its contents so far.
struct Open {
    kind: ContainerKind,
    blocks: Vec<Block>,
    /// For a list, its items.
    items: Vec<ListItem>,
    /// For a numbered list, the number of its next item.
    number: Option<u64>,
    /// For an item, its marker.
    marker: Marker,
    /// For a table, its rows.
    rows: Vec<Vec<OpenCell>>,
    /// For a cell, whether it names its row or column.
    heads: bool,
    /// Whether it was within the limit when it was opened. If not, its contents are not kept
    /// either.
    is_kept: bool,
}

impl Open {
    fn new(kind: ContainerKind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
            items: Vec::new(),
            number: None,
            marker: Marker::Bullet,
            rows: Vec::new(),
            heads: false,
            is_kept: true,
        }
    }
}

struct OpenCell {
    heads: bool,
    blocks: Vec<Block>,
}

/// The containers of a document being built.
#[derive(Default)]
pub(super) struct Containers {
    /// Blocks outside any container.
    blocks: Vec<Block>,
    /// Footnotes, wherever they were written.
    notes: Vec<ListItem>,
    /// Open containers, outermost first.
    open: Vec<Open>,
    /// Number of open containers beyond `MAX_DEPTH`.
    beyond: usize,
    /// Blocks, items, rows and cells found; at most `MAX_BLOCKS` are kept.
    found: usize,
}

impl Containers {
    pub(super) fn open_quote(&mut self) {
        self.open(Open::new(ContainerKind::Quote));
    }

    /// Opens a list, numbered from `number` or with bullets.
    pub(super) fn open_list(&mut self, number: Option<u64>) {
        self.open(Open {
            number,
            ..Open::new(ContainerKind::List)
        });
    }

    /// Opens the next item of the innermost list, or of a new one if none is open.
    pub(super) fn open_item(&mut self) {
        self.close_implied(ContainerKind::Item);
        if self.innermost(ContainerKind::List).is_none() {
            self.open_list(None);
        }
        let list = self.innermost(ContainerKind::List);
        let number = list.and_then(|list| list.number.as_mut());
        let marker = number.map_or(Marker::Bullet, |number| {
            *number = number.saturating_add(1);
            Marker::Number(number.saturating_sub(1))
        });
        self.open(Open {
            marker,
            ..Open::new(ContainerKind::Item)
        });
    }

    /// Gives the item just opened a marker other than its list's.
    pub(super) fn mark_item(&mut self, marker: Marker) {
        if let Some(item) = self.innermost(ContainerKind::Item) {
            item.marker = marker;
        }
    }

    pub(super) fn open_table(&mut self) {
        self.open(Open::new(ContainerKind::Table));
    }

    /// Opens the next row of the innermost table.
    pub(super) fn open_row(&mut self) {
        self.close_implied(ContainerKind::Cell);
        if self.has_room()
            && let Some(table) = self.innermost(ContainerKind::Table)
        {
            table.rows.push(Vec::new());
        }
    }

    /// Opens the next cell of the row; `heads` if it names a row or column.
    pub(super) fn open_cell(&mut self, heads: bool) {
        self.close_implied(ContainerKind::Cell);
        if self.innermost(ContainerKind::Table).is_some() {
            self.open(Open {
                heads,
                ..Open::new(ContainerKind::Cell)
            });
        }
    }

    /// The innermost container, if it is of this kind.
    fn innermost(&mut self, kind: ContainerKind) -> Option<&mut Open> {
        self.open.last_mut().filter(|open| open.kind == kind)
    }

    fn open(&mut self, open: Open) {
        if self.open.len() < MAX_DEPTH {
            let is_kept = self.has_room();
            self.open.push(Open { is_kept, ..open });
        } else {
            self.beyond += 1;
        }
    }

    /// Closes the innermost container of this kind and everything inside it. Does nothing if there
    /// is none, or if it is outside the current list or cell: a stray tag closes nothing else.
    pub(super) fn close(&mut self, kind: ContainerKind) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else {
            self.close_kept(kind);
        }
    }

    /// Closes what the start of the next item, row or cell closes implicitly.
    fn close_implied(&mut self, kind: ContainerKind) {
        if self.beyond == 0 {
            self.close_kept(kind);
        }
    }

    fn close_kept(&mut self, kind: ContainerKind) {
        let found = self
            .open
            .iter()
            .rposition(|open| open.kind == kind || holds_in(open.kind, kind))
            .filter(|at| self.open[*at].kind == kind);
        while found.is_some_and(|at| self.open.len() > at) {
            self.close_innermost();
        }
    }

    fn close_innermost(&mut self) {
        let Some(open) = self.open.pop().filter(|open| open.is_kept) else {
            return;
        };
        match open.kind {
            ContainerKind::Quote if open.blocks.is_empty() => {}
            ContainerKind::Quote => self.place(Block::Quote(open.blocks)),
            ContainerKind::List if open.items.is_empty() => {}
            ContainerKind::List => self.place(Block::List(open.items)),
            ContainerKind::Item => self.push_item(ListItem {
                marker: open.marker,
                blocks: open.blocks,
            }),
            ContainerKind::Table => table(open.rows)
                .into_iter()
                .for_each(|block| self.place(block)),
            ContainerKind::Cell => self.push_cell(OpenCell {
                heads: open.heads,
                blocks: open.blocks,
            }),
        }
    }

    fn push_item(&mut self, item: ListItem) {
        if matches!(item.marker, Marker::Note { .. }) {
            self.notes.push(item);
        } else if let Some(list) = self.open.last_mut()
            && !item.blocks.is_empty()
        {
            list.items.push(item);
        }
    }

    fn push_cell(&mut self, cell: OpenCell) {
        if let Some(table) = self.open.last_mut() {
            match table.rows.last_mut() {
                Some(row) => row.push(cell),
                None => table.rows.push(vec![cell]),
            }
        }
    }

    /// Counts one more block, and returns whether it is kept.
    fn has_room(&mut self) -> bool {
        self.found += 1;
        self.found <= MAX_BLOCKS
    }

    /// Puts a block where it belongs, adding an item or cell if it is directly in a list or table.
    pub(super) fn push(&mut self, block: Block) {
        if self.has_room() {
            self.place(block);
        }
    }

    fn place(&mut self, block: Block) {
        let Some(open) = self.open.last_mut() else {
            self.blocks.push(block);
            return;
        };
        match open.kind {
            ContainerKind::Quote | ContainerKind::Item | ContainerKind::Cell => {
                open.blocks.push(block)
            }
            ContainerKind::List => match open.items.last_mut() {
                Some(item) => item.blocks.push(block),
                None => open.items.push(ListItem {
                    marker: Marker::Bullet,
                    blocks: vec![block],
                }),
            },
            ContainerKind::Table => self.push_cell(OpenCell {
                heads: false,
                blocks: vec![block],
            }),
        }
    }

    /// Closes everything that is still open, and returns the blocks and how many there would be
    /// without the limit.
    pub(super) fn finish(mut self) -> (Vec<Block>, usize) {
        while !self.open.is_empty() {
            self.close_innermost();
        }
        if !self.notes.is_empty() {
            self.blocks.push(Block::List(self.notes));
        }
        (self.blocks, self.found)
    }
}

/// Whether a closing tag of `kind` has no effect beyond a container of kind `around`.
fn holds_in(around: ContainerKind, kind: ContainerKind) -> bool {
    match kind {
        ContainerKind::Table => false,
        ContainerKind::Cell => around == ContainerKind::Table,
        ContainerKind::Item => matches!(
            around,
            ContainerKind::List | ContainerKind::Cell | ContainerKind::Table
        ),
        ContainerKind::Quote | ContainerKind::List => {
            matches!(around, ContainerKind::Cell | ContainerKind::Table)
        }
    }
}

/// A table whose cells name their rows or columns and contain only text is kept as a table. Any
/// other is mere layout, and is read cell by cell.
fn table(rows: Vec<Vec<OpenCell>>) -> Vec<Block> {
    let cells = || rows.iter().flatten();
    let is_text = |cell: &OpenCell| matches!(cell.blocks[..], [] | [Block::Paragraph(_)]);
    if !cells().any(|cell| cell.heads) || !cells().all(is_text) {
        return rows
            .into_iter()
            .flatten()
            .flat_map(|cell| cell.blocks)
            .collect();
    }
    let mut rows: Vec<_> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    let header = match rows.first() {
        Some(row) if row.iter().all(|cell| cell.heads) => rows.remove(0),
        _ => Vec::new(),
    };
    vec![Block::Table {
        header: cells_of(header),
        rows: rows.into_iter().map(cells_of).collect(),
    }]
}

fn cells_of(row: Vec<OpenCell>) -> Vec<TableCell> {
    row.into_iter()
        .map(|cell| match cell.blocks.into_iter().next() {
            Some(Block::Paragraph(text)) => text,
            _ => TableCell::new(),
        })
        .collect()
}
