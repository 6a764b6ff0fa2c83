//! The only type for text that may go to the screen, and the sanitiser that makes it.
//!
//! Widgets, printed lists, the window title and diagnostics take only [`Clean`]. It is not for text
//! that goes into a file, a browser or a search: those need what was written.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Stands for a character that has no place on a screen.
const HIDDEN: char = '·';

/// More marks than this on one letter climb out of their line; no script needs it.
const MAX_MARKS: usize = 8;

const NON_JOINER: char = '\u{200C}';
const JOINER: char = '\u{200D}';

/// One line of text without anything that controls a terminal, changes the writing direction or is
/// invisible.
///
/// - Tabs and newlines, including Unicode's own, become a space; other C0 controls and DEL become
///   their control pictures (`␛`).
/// - C1 controls, bidirectional controls, invisible characters, tags, private use and noncharacters
///   become `·`.
/// - Joiners and emoji selectors stay only where they have something to join or select.
/// - A grapheme keeps at most eight combining marks; a mark with no base becomes `·`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clean(Cow<'static, str>);

impl Clean {
    /// Sanitises any text. Doing it twice changes nothing more.
    pub fn new(text: &str) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Self(Cow::Owned(text.to_owned()));
        }
        let mut clean = String::with_capacity(text.len());
        let mut graphemes = text.graphemes(true).peekable();
        while let Some(grapheme) = graphemes.next() {
            let next = graphemes.peek().and_then(|next| next.chars().next());
            push_grapheme(&mut clean, grapheme, next);
        }
        Self(Cow::Owned(clean))
    }

    /// Wraps the program's own words, which need no sanitising. Never for text from outside.
    pub const fn label(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its width in terminal columns.
    pub fn width(&self) -> usize {
        columns(&self.0)
    }

    /// The text if it fits into `columns`, otherwise as much of it as fits followed by `…`.
    pub fn cut(&self, columns: usize) -> Self {
        self.cut_with(columns, "…")
    }

    /// Like [`cut`](Self::cut), with another ellipsis, such as `...` where only ASCII can be shown.
    /// The ellipsis is left out if it does not fit itself.
    pub fn cut_with(&self, columns: usize, ellipsis: &'static str) -> Self {
        if self.width() <= columns {
            return self.clone();
        }
        let sign = Some(ellipsis).filter(|sign| self::columns(sign) <= columns);
        let sign = sign.unwrap_or_default();
        let room = columns - self::columns(sign);
        let mut used = 0;
        let kept: usize = self
            .0
            .graphemes(true)
            .take_while(|grapheme| {
                used += grapheme_columns(grapheme);
                used <= room
            })
            .map(str::len)
            .sum();
        // A joiner that has lost what it joined would be an invisible character.
        let kept = self.0[..kept].trim_end_matches([' ', JOINER, NON_JOINER]);
        Self(Cow::Owned(format!("{kept}{sign}")))
    }

    /// A part of it; `range` must be on grapheme boundaries.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        if range == (0..self.0.len()) {
            return self.clone();
        }
        match &self.0 {
            Cow::Borrowed(text) => Self(Cow::Borrowed(&text[range])),
            Cow::Owned(text) => Self(Cow::Owned(text[range].to_owned())),
        }
    }
}

/// A width in a format string (`{title:<40}`) counts terminal columns, not characters.
impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = f.width().unwrap_or(0).saturating_sub(self.width());
        let before = match f.align() {
            Some(fmt::Alignment::Right) => missing,
            Some(fmt::Alignment::Center) => missing / 2,
            Some(fmt::Alignment::Left) | None => 0,
        };
        let after = missing - before;
        write!(f, "{:before$}{}{:after$}", "", self.0, "")
    }
}

/// Width of clean text in terminal columns: the sum over its graphemes, as the screen lays it out.
///
/// Measuring all of it at once gives less for some scripts whose neighbours form a ligature, which
/// a terminal does not draw into fewer cells.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(grapheme_columns).sum()
}

/// The terminal columns that a range of bytes of a clean line takes. Graphemes only partly in the
/// range count as a whole, since their cells belong together.
pub fn cells_of(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let mut cells = 0..0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if at >= bytes.end {
            break;
        }
        cells.end += grapheme_columns(grapheme);
        if at + grapheme.len() <= bytes.start {
            cells.start = cells.end;
        }
    }
    cells
}

/// Width of one grapheme in terminal columns, as ratatui lays it out: it gives the sound marks of
/// halfwidth katakana a cell of their own. Counting less would lose the end of a line.
pub(super) fn grapheme_columns(grapheme: &str) -> usize {
    let sound_marks = grapheme
        .chars()
        .filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}'))
        .count();
    grapheme.width() + sound_marks
}

/// Whether anything in the text is visible: paragraphs of spaces and invisible padding are not.
pub(super) fn has_ink(text: &str) -> bool {
    text.chars()
        .any(|c| !c.is_whitespace() && matches!(Class::from_char(c), Class::Visible))
}

/// What to do with a character.
enum Class {
    Visible,
    /// Combines with the character before it.
    Mark,
    /// Zero-width joiner or non-joiner.
    Joiner,
    /// Selects the text or emoji form of the character before it.
    Selector,
    /// Is shown as this.
    Shown(char),
}

impl Class {
    fn from_char(c: char) -> Self {
        match c {
            ' '..='~' => Self::Visible,
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Self::Shown(' '),
            '\0'..='\u{1F}' => Self::Shown(picture(c)),
            '\u{7F}' => Self::Shown('␡'),
            JOINER | NON_JOINER => Self::Joiner,
            '\u{FE0E}' | '\u{FE0F}' => Self::Selector,
            _ if is_hidden(c) => Self::Shown(HIDDEN),
            // Skin tones: a coloured square alone, but a modifier after the picture they follow.
            '\u{1F3FB}'..='\u{1F3FF}' => Self::Mark,
            _ if c.width() == Some(0) => Self::Mark,
            _ => Self::Visible,
        }
    }
}

/// The control picture of a C0 control; Unicode has them in the same order from U+2400.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(HIDDEN)
}

/// Characters that show nothing themselves, change how others are shown, or only mean something by
/// private agreement: Unicode's Default_Ignorable_Code_Point and Bidi_Control, C1, private use,
/// noncharacters.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}'
        | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0D}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
        | '\u{F0000}'..='\u{10FFFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Appends one grapheme; `next` is the character after it, which a non-joiner may need.
fn push_grapheme(clean: &mut String, grapheme: &str, next: Option<char>) {
    if grapheme == "\r\n" {
        clean.push(' ');
        return;
    }
    let mut marks = 0;
    let mut based = false;
    let mut before = None;
    let mut chars = grapheme.chars().peekable();
    while let Some(c) = chars.next() {
        let shown = match Class::from_char(c) {
            Class::Visible => c,
            Class::Shown(sign) => sign,
            Class::Mark if !based => HIDDEN,
            Class::Mark if marks == MAX_MARKS => continue,
            Class::Mark => {
                marks += 1;
                c
            }
            Class::Joiner if joins(before, chars.peek().copied(), next) => c,
            Class::Selector if before.is_some_and(takes_selector) => c,
            Class::Joiner | Class::Selector => HIDDEN,
        };
        clean.push(shown);
        before = Some(shown);
        based |= matches!(Class::from_char(c), Class::Visible);
    }
}

/// Whether a joiner does anything: inside a grapheme (emoji families, Indic conjuncts), or between
/// letters of a script whose letters change with their neighbours. Between others, as in a name
/// made to look like another, it only hides.
fn joins(before: Option<char>, inside: Option<char>, next: Option<char>) -> bool {
    let visible = |c: char| matches!(Class::from_char(c), Class::Visible);
    match inside {
        // What is shown as a dot joins nothing any more.
        Some(inside) => before.is_some_and(|c| c != HIDDEN) && visible(inside),
        None => {
            before.is_some_and(shapes_letters)
                && next.is_some_and(|next| shapes_letters(next) && visible(next))
        }
    }
}

/// Arabic to Myanmar, Khmer and Mongolian, the later Indic blocks, Arabic presentation forms.
fn shapes_letters(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{A800}'..='\u{ABFF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Digits, symbols and pictures have a text and an emoji form; letters do not.
fn takes_selector(c: char) -> bool {
    let picture = matches!(c, '\u{2100}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}');
    let plain =
        matches!(Class::from_char(c), Class::Visible) && !c.is_whitespace() && !c.is_alphabetic();
    picture || plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clean(text: &str) -> String {
        Clean::new(text).to_string()
    }

    #[test]
    fn escape_sequences_are_seen_not_obeyed() {
        assert_eq!(clean("a\x1b[2Jb\x07\x7f\u{9b}31m"), "a␛[2Jb␇␡·31m");
    }

    #[test]
    fn one_line_comes_out() {
        assert_eq!(clean("a\tb\nc\r\nd\u{2028}e\u{2029}f"), "a b c d e f");
    }

    #[test]
    fn what_hides_or_turns_text_is_a_dot() {
        for c in "\u{200B}\u{200E}\u{202E}\u{2066}\u{2069}\u{61C}\u{FEFF}\u{AD}\u{2060}\u{180E}\
                  \u{E0041}\u{E007F}\u{E0100}\u{FFF9}\u{3164}\u{115F}\u{E000}\u{FFFF}\u{FDD0}\
                  \u{10FFFD}\u{FE00}"
            .chars()
        {
            assert_eq!(clean(&format!("a{c}b")), "a·b", "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn joiners_stay_where_they_join() {
        for text in ["👨‍👩‍👧", "👩🏽‍🚀", "❤️", "1️⃣", "👁️‍🗨️", "می‌خواهم", "क्‍ष"]
        {
            assert_eq!(clean(text), text);
        }
        assert_eq!(clean("pay\u{200C}pal"), "pay·pal");
        assert_eq!(clean("pay\u{200D}pal"), "pay·pal");
        assert_eq!(clean("م\u{200C}a"), "م·a");
        assert_eq!(clean("a\u{200C}م"), "a·م");
        assert_eq!(clean("a\u{FE0F}"), "a·");
        assert_eq!(clean(" \u{FE0F}"), " ·");
        assert_eq!(clean("\u{200D}"), "·");
    }

    #[test]
    fn a_joiner_after_what_is_hidden_is_hidden_too() {
        for hidden in ["\u{200C}", "\u{FE00}", "\u{E0041}"] {
            let once = clean(&format!("🚌{hidden}\u{200D}🚟"));
            assert_eq!(once, "🚌··🚟");
            assert_eq!(clean(&once), once);
        }
    }

    #[test]
    fn letters_of_all_scripts_stay() {
        for text in [
            "日本語のニュース",
            "العربية",
            "עברית",
            "é e\u{301}",
            "한국어",
            "नमस्ते",
            "Ⓜ️",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn marks_are_counted_and_need_a_letter() {
        let zalgo = format!("a{}b", "\u{301}".repeat(40));
        assert_eq!(clean(&zalgo), format!("a{}b", "\u{301}".repeat(8)));
        assert_eq!(clean("\u{301}a"), "·a");
        assert_eq!(
            clean("\u{1161}"),
            "·",
            "a vowel of Hangul without its consonant"
        );
        assert_eq!(clean("\u{1F3FB}"), "·", "a skin tone without its picture");
    }

    #[test]
    fn a_cut_ends_in_its_sign_and_within_its_columns() {
        let title = Clean::new("Quantum sensors leave the lab");
        assert_eq!(title.cut(29), title);
        assert_eq!(title.cut(16).as_str(), "Quantum sensors…");
        assert_eq!(title.cut(17).as_str(), "Quantum sensors…");
        assert_eq!(title.cut_with(10, "...").as_str(), "Quantum...");
        assert_eq!(title.cut_with(2, "...").as_str(), "Qu");
        assert_eq!(title.cut(1).as_str(), "…");
        assert_eq!(title.cut(0).as_str(), "");
        assert_eq!(Clean::new("日本語").cut(4).as_str(), "日…");
    }

    #[test]
    fn widths_are_those_of_the_cells() {
        assert_eq!(Clean::new("日本a").width(), 5);
        assert_eq!(Clean::new("👨‍👩‍👧").width(), 2);
        assert_eq!(Clean::new("e\u{301}").width(), 1);
        assert_eq!(Clean::new("ﾊﾝｸﾞﾙ").cut(3).as_str(), "ﾊﾝ…");
    }

    #[test]
    fn bytes_of_a_line_are_found_in_its_cells() {
        let cells = |text: &str, found: &str| {
            let at = text.find(found).expect("a part of it");
            cells_of(text, &(at..at + found.len()))
        };
        assert_eq!(cells("a日本", "本"), 3..5);
        assert_eq!(cells("ﾊﾝｸﾞ ab", "ab"), 6..8);
        assert_eq!(cells("لا لا ab", "ab"), 6..8);
        assert_eq!(cells("e\u{301}a", "\u{301}"), 0..1);
        assert_eq!(cells_of("ab", &(1..1)), 1..1);
    }

    #[test]
    fn padding_fills_columns() {
        let title = Clean::new("日本");
        assert_eq!(
            format!("{title:6}|{title:>6}|{title:^6}|{title:1}"),
            "日本  |  日本| 日本 |日本"
        );
    }

    #[test]
    fn blank_padding_leaves_no_ink() {
        assert!(!has_ink(" \u{A0}\u{200B}\u{FEFF}\u{200C}\u{34F}\n"));
        assert!(has_ink(" \u{200B}x"));
    }

    /// Text mixed from dangerous, composed and any other characters.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>(),
            proptest::sample::select(
                "\u{200D}\u{200C}\u{FE0F}\u{301}\u{93F}\u{600}\u{61C}\r\n\u{1b}👨👩🇩🇪کم\u{94D}कa1 가"
                    .chars()
                    .collect::<Vec<_>>()
            ),
        ];
        proptest::collection::vec(piece, 0..40).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn nothing_forbidden_passes(text in hostile()) {
            let clean = Clean::new(&text);
            for c in clean.as_str().chars() {
                prop_assert!(!c.is_control() && !is_hidden(c), "U+{:04X}", u32::from(c));
                let ends_line = matches!(c, '\u{2028}' | '\u{2029}');
                prop_assert!(!ends_line);
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing_more(text in hostile(), columns in 0usize..50) {
            let once = Clean::new(&text);
            prop_assert_eq!(&Clean::new(once.as_str()), &once);
            let cut = once.cut(columns);
            prop_assert_eq!(&Clean::new(cut.as_str()), &cut);
        }

        #[test]
        fn a_cut_never_exceeds_its_columns(text in hostile(), columns in 0usize..50) {
            prop_assert!(Clean::new(&text).cut(columns).width() <= columns);
        }
    }
}
