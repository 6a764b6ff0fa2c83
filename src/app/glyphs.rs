//! The symbols on the screen: Unicode, ASCII, those of a Nerd Font, or none for a screen reader. Each
//! sign also has a word: the help lists them all, and a screen reader gets the words.

use crate::format::wrap;

/// Which symbols the terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphSet {
    #[default]
    Unicode,
    Ascii,
    /// Symbols of a font patched by Nerd Fonts (<https://www.nerdfonts.com/cheat-sheet>), each one
    /// cell wide.
    NerdFont,
    /// Words instead of signs, and no lines: for a screen reader.
    Words,
}

/// Something that a symbol says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Unread,
    Starred,
    Later,
    Done,
    Rejected,
    ToPublish,
    ToUnpublish,
    /// Another change of its file is staged.
    Edited,
    /// Selected for a decision on several.
    Selected,
    Published,
    Scheduled,
    Expired,
    Draft,
    /// Removed by the site: `removed` or `deleted`.
    Removed,
    Included,
    Excluded,
    /// Leads out of the library.
    Outside,
    /// Can be unfolded, and folded again.
    Folded,
    Open,
}

impl Sign {
    /// All signs, in the order of the help.
    pub const ALL: [Self; 19] = [
        Self::Unread,
        Self::Starred,
        Self::Later,
        Self::Done,
        Self::Rejected,
        Self::ToPublish,
        Self::ToUnpublish,
        Self::Edited,
        Self::Selected,
        Self::Published,
        Self::Scheduled,
        Self::Expired,
        Self::Draft,
        Self::Removed,
        Self::Included,
        Self::Excluded,
        Self::Outside,
        Self::Folded,
        Self::Open,
    ];

    /// The word for it on a row.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Starred => "starred",
            Self::Later => "later",
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::ToPublish => "to be published",
            Self::ToUnpublish => "to be unpublished",
            Self::Edited => "edited",
            Self::Selected => "selected",
            Self::Published => "published",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
            Self::Draft => "draft",
            Self::Removed => "removed",
            Self::Included => "included",
            Self::Excluded => "excluded",
            Self::Outside => "elsewhere",
            Self::Folded => "folded",
            Self::Open => "open",
        }
    }

    /// What it means, for the help.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Later => "put off until a date",
            Self::ToPublish => "staged to be published",
            Self::ToUnpublish => "staged to be unpublished",
            Self::Edited => "another change to its file is staged",
            Self::Scheduled => "scheduled: published from its date on",
            Self::Expired => "expired: no longer published",
            Self::Draft => "a draft",
            Self::Removed => "removed or deleted by the site",
            Self::Included => "an included value",
            Self::Excluded => "an excluded value",
            Self::Outside => "a related article that is not in this library",
            Self::Unread
            | Self::Starred
            | Self::Done
            | Self::Rejected
            | Self::Selected
            | Self::Published
            | Self::Folded
            | Self::Open => self.word(),
        }
    }

    fn unicode(self) -> &'static str {
        match self {
            Self::Unread => "●",
            Self::Starred => "★",
            Self::Later => "◷",
            Self::Done => "✓",
            Self::Rejected => "✗",
            Self::ToPublish => "◆",
            Self::ToUnpublish => "◇",
            Self::Edited => "±",
            Self::Selected => "▪",
            Self::Published => "▲",
            Self::Scheduled => "△",
            Self::Expired => "▽",
            Self::Draft => "◌",
            Self::Removed => "⊘",
            Self::Included => "+",
            Self::Excluded => "-",
            Self::Outside => "↗",
            Self::Folded => "▸",
            Self::Open => "▾",
        }
    }

    fn ascii(self) -> &'static str {
        match self {
            Self::Unread => "*",
            Self::Starred => "!",
            Self::Later => "@",
            Self::Done => "v",
            Self::Rejected => "x",
            Self::ToPublish => "%",
            Self::ToUnpublish => "o",
            Self::Edited => "m",
            Self::Selected => "&",
            Self::Published | Self::Outside => "^",
            Self::Scheduled => "'",
            Self::Expired => ",",
            Self::Draft => "d",
            Self::Removed => "/",
            Self::Included | Self::Folded => "+",
            Self::Excluded | Self::Open => "-",
        }
    }

    /// The names of the icons are those of Font Awesome, which Nerd Fonts keep at these places.
    fn nerd_font(self) -> &'static str {
        match self {
            // circle, star, clock-o, check, times
            Self::Unread => "\u{f111}",
            Self::Starred => "\u{f005}",
            Self::Later => "\u{f017}",
            Self::Done => "\u{f00c}",
            Self::Rejected => "\u{f00d}",
            // upload, download, pencil, check-square-o
            Self::ToPublish => "\u{f093}",
            Self::ToUnpublish => "\u{f019}",
            Self::Edited => "\u{f040}",
            Self::Selected => "\u{f046}",
            // globe, calendar, hourglass-end, file-o, ban
            Self::Published => "\u{f0ac}",
            Self::Scheduled => "\u{f073}",
            Self::Expired => "\u{f253}",
            Self::Draft => "\u{f016}",
            Self::Removed => "\u{f05e}",
            // plus, minus, external-link, angle-right, angle-down
            Self::Included => "\u{f067}",
            Self::Excluded => "\u{f068}",
            Self::Outside => "\u{f08e}",
            Self::Folded => "\u{f105}",
            Self::Open => "\u{f107}",
        }
    }
}

/// How the rows of the list show their signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignStyle {
    /// Each in a cell of its own, so that columns line up.
    Cells,
    /// As words before the title.
    Words,
}

/// The symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    set: GlyphSet,
    /// The cursor's row.
    pub cursor: &'static str,
    /// Between the parts of a line.
    pub dot: &'static str,
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// Before a number that is not exact.
    pub about: &'static str,
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
    /// Before how many articles tell a story.
    pub times: &'static str,
    /// The symbols of an article's body, such as list bullets.
    pub body: wrap::WrapSymbols,
}

impl GlyphSet {
    pub fn glyphs(self) -> &'static Glyphs {
        match self {
            GlyphSet::Unicode => &UNICODE,
            GlyphSet::Ascii => &ASCII,
            GlyphSet::NerdFont => &NERD_FONT,
            GlyphSet::Words => &WORDS,
        }
    }
}

static UNICODE: Glyphs = Glyphs {
    set: GlyphSet::Unicode,
    cursor: "▌",
    dot: " · ",
    ellipsis: "…",
    about: "≈",
    vertical: "│",
    horizontal: "─",
    tee: "├",
    corners: ["┌", "┐", "└", "┘"],
    thumb: "┃",
    gauge: "━",
    times: "×",
    body: wrap::WrapSymbols::UNICODE,
};

static NERD_FONT: Glyphs = Glyphs {
    set: GlyphSet::NerdFont,
    ..UNICODE
};

static ASCII: Glyphs = Glyphs {
    set: GlyphSet::Ascii,
    cursor: ">",
    dot: " | ",
    ellipsis: "~",
    about: "~",
    vertical: "|",
    horizontal: "-",
    tee: "+",
    corners: ["+", "+", "+", "+"],
    thumb: "#",
    gauge: "=",
    times: "x",
    body: wrap::WrapSymbols::ASCII,
};

static WORDS: Glyphs = Glyphs {
    set: GlyphSet::Words,
    cursor: " ",
    dot: ", ",
    ellipsis: "...",
    about: "about ",
    vertical: " ",
    horizontal: " ",
    tee: " ",
    corners: [" ", " ", " ", " "],
    thumb: " ",
    gauge: " ",
    times: "x",
    body: wrap::WrapSymbols::PLAIN,
};

impl Glyphs {
    /// The symbol for a sign; empty if there is only a word for it.
    pub fn sign(&self, sign: Sign) -> &'static str {
        match self.set {
            GlyphSet::Unicode => sign.unicode(),
            GlyphSet::Ascii => sign.ascii(),
            GlyphSet::NerdFont => sign.nerd_font(),
            GlyphSet::Words => "",
        }
    }

    /// Whether the terminal shows ASCII only.
    pub fn is_ascii(&self) -> bool {
        self.set == GlyphSet::Ascii
    }

    /// A sentence after the symbol for it, if there is one.
    pub fn before(&self, sign: Sign, said: &str) -> String {
        match self.sign(sign) {
            "" => said.to_owned(),
            glyph => format!("{glyph} {said}"),
        }
    }

    pub fn sign_style(&self) -> SignStyle {
        match self.set {
            GlyphSet::Words => SignStyle::Words,
            GlyphSet::Unicode | GlyphSet::Ascii | GlyphSet::NerdFont => SignStyle::Cells,
        }
    }

    /// Each symbol with its meaning, for the help.
    pub fn meanings(&self) -> Vec<(&'static str, &'static str)> {
        match self.sign_style() {
            SignStyle::Cells => {
                let each = Sign::ALL.iter();
                each.map(|it| (self.sign(*it), it.meaning())).collect()
            }
            SignStyle::Words => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn each_symbol_takes_one_cell() {
        for set in [GlyphSet::Unicode, GlyphSet::Ascii, GlyphSet::NerdFont] {
            for sign in Sign::ALL {
                let glyph = set.glyphs().sign(sign);
                assert_eq!(glyph.width(), 1, "{set:?} {sign:?}");
            }
        }
    }

    /// In ASCII a few are the same, but never two that stand in the same place.
    #[test]
    fn no_two_signs_of_a_row_look_alike() {
        let in_rows = &Sign::ALL[..14];
        for set in [GlyphSet::Unicode, GlyphSet::Ascii, GlyphSet::NerdFont] {
            let different: BTreeSet<_> = in_rows.iter().map(|it| set.glyphs().sign(*it)).collect();
            assert_eq!(different.len(), in_rows.len(), "{set:?}");
        }
    }
}
