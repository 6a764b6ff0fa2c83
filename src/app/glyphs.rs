//! The symbols on the screen, in Unicode and in ASCII. Each also has a word: the help lists them
//! all.

/// Which symbols the terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphSet {
    #[default]
    Unicode,
    Ascii,
}

/// The symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub unread: &'static str,
    pub starred: &'static str,
    /// Put off until a date.
    pub later: &'static str,
    pub done: &'static str,
    /// Staged for publishing.
    pub to_publish: &'static str,
    /// Staged for unpublishing.
    pub to_unpublish: &'static str,
    /// Another change of its file is staged.
    pub edited: &'static str,
    pub rejected: &'static str,
    /// Selected for a decision on several.
    pub selected: &'static str,
    pub published: &'static str,
    /// Will be published by itself on its date.
    pub scheduled: &'static str,
    /// Was published until its expiry date.
    pub expired: &'static str,
    pub draft: &'static str,
    /// Removed by the site: `removed` or `deleted`.
    pub removed: &'static str,
    /// The cursor's row.
    pub cursor: &'static str,
    pub included: &'static str,
    pub excluded: &'static str,
    /// Between the parts of a line.
    pub dot: &'static str,
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// The line between panes.
    pub vertical: &'static str,
    pub horizontal: &'static str,
    pub tee: &'static str,
    /// Corners of a box: upper left, upper right, lower left, lower right.
    pub corners: [&'static str; 4],
    /// The part of a scroll bar for what is visible.
    pub thumb: &'static str,
    /// The moving part of a gauge.
    pub gauge: &'static str,
    /// Leads out of the library.
    pub outside: &'static str,
    /// Can be unfolded, and folded again.
    pub folded: &'static str,
    pub open: &'static str,
    /// Before how many articles tell a story.
    pub times: &'static str,
    /// The symbols of an article's body, such as list bullets.
    pub body: crate::format::wrap::Signs,
}

impl GlyphSet {
    pub fn glyphs(self) -> &'static Glyphs {
        match self {
            GlyphSet::Unicode => &UNICODE,
            GlyphSet::Ascii => &ASCII,
        }
    }
}

static UNICODE: Glyphs = Glyphs {
    unread: "●",
    starred: "★",
    later: "◷",
    done: "✓",
    to_publish: "◆",
    to_unpublish: "◇",
    edited: "±",
    rejected: "✗",
    selected: "▪",
    published: "▲",
    scheduled: "△",
    expired: "▽",
    draft: "◌",
    removed: "⊘",
    cursor: "▌",
    included: "+",
    excluded: "-",
    dot: " · ",
    ellipsis: "…",
    vertical: "│",
    horizontal: "─",
    tee: "├",
    corners: ["┌", "┐", "└", "┘"],
    thumb: "┃",
    gauge: "━",
    outside: "↗",
    folded: "▸",
    open: "▾",
    times: "×",
    body: crate::format::wrap::Signs::UNICODE,
};

static ASCII: Glyphs = Glyphs {
    unread: "*",
    starred: "!",
    later: "@",
    done: "v",
    to_publish: "%",
    to_unpublish: "o",
    edited: "m",
    rejected: "x",
    selected: "&",
    published: "^",
    scheduled: "'",
    expired: ",",
    draft: "d",
    removed: "/",
    cursor: ">",
    included: "+",
    excluded: "-",
    dot: " | ",
    ellipsis: "~",
    vertical: "|",
    horizontal: "-",
    tee: "+",
    corners: ["+", "+", "+", "+"],
    thumb: "#",
    gauge: "=",
    outside: "^",
    folded: "+",
    open: "-",
    times: "x",
    body: crate::format::wrap::Signs::ASCII,
};

impl Glyphs {
    /// Each symbol with its meaning, for the help.
    pub fn words(&self) -> [(&'static str, &'static str); 19] {
        [
            (self.unread, "unread"),
            (self.starred, "starred"),
            (self.later, "put off until a day"),
            (self.done, "done"),
            (self.rejected, "rejected"),
            (self.to_publish, "staged to be published"),
            (self.to_unpublish, "staged to be unpublished"),
            (self.edited, "another change of its file is staged"),
            (self.selected, "selected"),
            (self.published, "published"),
            (self.scheduled, "scheduled: published from its date on"),
            (self.expired, "expired: no longer published"),
            (self.draft, "a draft"),
            (self.removed, "removed or deleted by the site"),
            (self.included, "an included value"),
            (self.excluded, "an excluded value"),
            (
                self.outside,
                "a related article that is not in this library",
            ),
            (self.folded, "folded"),
            (self.open, "open"),
        ]
    }
}
