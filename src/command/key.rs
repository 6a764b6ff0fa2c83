//! `Key`: a single key press, normalised across the ways terminals report it.

use std::fmt;

use crokey::{KeyCombination, OneToThree};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key with its modifiers in normal form: Shift is implied by a capital letter and dropped for
/// every other character, since the character itself shows it.
///
/// Displays as in the docs: `j`, `G`, `?`, `Ctrl-d`, `Space`, `PgDn`, `←`, `Shift-Tab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(KeyCombination);

/// A string that is not the name of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a key; keys are written like `x`, `G`, `ctrl-d`, `space`, `enter` or `pagedown`"
)]
pub struct KeyError(String);

/// Keys whose names differ from those that crokey parses.
const WRITTEN: [(KeyCode, &str); 7] = [
    (KeyCode::Left, "←"),
    (KeyCode::Right, "→"),
    (KeyCode::Up, "↑"),
    (KeyCode::Down, "↓"),
    (KeyCode::PageUp, "PgUp"),
    (KeyCode::PageDown, "PgDn"),
    (KeyCode::Char(' '), "Space"),
];

impl Key {
    /// For input lines.
    pub const BACKSPACE: Key = Key(KeyCombination::one_key(
        KeyCode::Backspace,
        KeyModifiers::NONE,
    ));

    /// Aborts a pending sequence.
    pub const ESCAPE: Key = Key(KeyCombination::one_key(KeyCode::Esc, KeyModifiers::NONE));

    /// The key of a terminal event; `None` for releases and for keys that cannot be bound, such as
    /// Shift alone or media keys.
    pub fn from_event(event: KeyEvent) -> Option<Key> {
        let bindable = !matches!(
            event.code,
            KeyCode::Null
                | KeyCode::CapsLock
                | KeyCode::ScrollLock
                | KeyCode::NumLock
                | KeyCode::Media(_)
                | KeyCode::Modifier(_)
        );
        (bindable && event.kind != KeyEventKind::Release)
            .then(|| Key::new(event.code, event.modifiers))
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    fn new(code: KeyCode, mut modifiers: KeyModifiers) -> Key {
        let code = match code {
            KeyCode::BackTab => {
                modifiers.insert(KeyModifiers::SHIFT);
                KeyCode::Tab
            }
            KeyCode::Char('\r' | '\n') => KeyCode::Enter,
            KeyCode::Char('\t') => KeyCode::Tab,
            KeyCode::Char(it) => {
                let shift = modifiers.contains(KeyModifiers::SHIFT);
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::Char(if shift { it.to_ascii_uppercase() } else { it })
            }
            other => other,
        };
        Key(KeyCombination::one_key(code, modifiers))
    }

    fn code(self) -> KeyCode {
        *self.0.codes.first()
    }

    /// The character that this key types into an input line.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    pub fn character(self) -> Option<char> {
        match self.code() {
            KeyCode::Char(it) if self.0.modifiers.is_empty() => Some(it),
            _ => None,
        }
    }

    /// Parses a key as written in the configuration file or the docs: `g`, `G`, `?`, `ctrl-d`,
    /// `Ctrl-d`, `space`, `pagedown`, `PgDn`, `shift-tab`. Case matters only for single
    /// characters.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    pub fn parse(text: &str) -> Result<Key, KeyError> {
        let error = || KeyError(text.to_owned());
        let (modifiers, name) = split_modifiers(text);
        if let Some((code, _)) = WRITTEN
            .iter()
            .find(|(_, written)| written.eq_ignore_ascii_case(name))
        {
            return Ok(Key::new(*code, modifiers));
        }
        let mut letters = name.chars();
        if let (Some(it), None) = (letters.next(), letters.next()) {
            let fit = !it.is_control() && !it.is_whitespace();
            return fit
                .then(|| Key::new(KeyCode::Char(it), modifiers))
                .ok_or_else(error);
        }
        let named = crokey::parse(name).map_err(|_| error())?;
        match named.codes {
            OneToThree::One(code) => Ok(Key::new(code, modifiers | named.modifiers)),
            _ => Err(error()),
        }
    }

    /// Parses a key sequence, separated by spaces: `g g`.
    pub fn parse_sequence(text: &str) -> Result<Vec<Key>, KeyError> {
        let keys: Vec<Key> = text
            .split_whitespace()
            .map(Key::parse)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(KeyError(text.to_owned()));
        }
        Ok(keys)
    }

    /// Parses typed input: each character is a key, named keys are in angle brackets:
    /// `jj<Enter>/two words<Esc>`. `<lt>` is the bracket itself.
    pub fn parse_typed(text: &str) -> Result<Vec<Key>, KeyError> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first != '<' {
                keys.push(Key::new(KeyCode::Char(first), KeyModifiers::NONE));
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let (name, after) = rest[1..]
                .split_once('>')
                .ok_or_else(|| KeyError(rest.to_owned()))?;
            keys.push(Key::parse(if name == "lt" { "<" } else { name })?);
            rest = after;
        }
        Ok(keys)
    }
}

/// The modifiers at the start of `text`, ignoring case, and the rest.
fn split_modifiers(text: &str) -> (KeyModifiers, &str) {
    const NAMES: [(&str, KeyModifiers); 4] = [
        ("ctrl-", KeyModifiers::CONTROL),
        ("alt-", KeyModifiers::ALT),
        ("shift-", KeyModifiers::SHIFT),
        ("cmd-", KeyModifiers::SUPER),
    ];
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = text;
    while let Some((after, modifier)) = NAMES.iter().find_map(|(name, modifier)| {
        let (start, after) = rest.split_at_checked(name.len())?;
        start
            .eq_ignore_ascii_case(name)
            .then_some((after, *modifier))
    }) {
        modifiers |= modifier;
        rest = after;
    }
    (modifiers, rest)
}

impl fmt::Display for Key {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in [
            (KeyModifiers::CONTROL, "Ctrl-"),
            (KeyModifiers::ALT, "Alt-"),
            (KeyModifiers::SHIFT, "Shift-"),
            (KeyModifiers::SUPER, "Cmd-"),
        ] {
            if self.0.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        let code = self.code();
        match WRITTEN.iter().find(|(it, _)| *it == code) {
            Some((_, written)) => f.write_str(written),
            // crossterm names these keys differently on each operating system: Enter or Return.
            None => match code {
                KeyCode::Enter => f.write_str("Enter"),
                KeyCode::Backspace => f.write_str("Backspace"),
                KeyCode::Delete => f.write_str("Delete"),
                other => write!(f, "{other}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        Key::from_event(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn a_key_is_the_same_however_a_terminal_reports_it() {
        let parse = |text| Key::parse(text).ok();
        let (none, shift) = (KeyModifiers::NONE, KeyModifiers::SHIFT);
        for (code, modifiers, text) in [
            (KeyCode::Char('g'), none, "g"),
            (KeyCode::Char('g'), shift, "G"),
            (KeyCode::Char('G'), shift, "G"),
            (KeyCode::Char('G'), none, "G"),
            (KeyCode::Char('G'), none, "shift-g"),
            (KeyCode::Char('?'), shift, "?"),
            (KeyCode::Char('?'), none, "?"),
            (KeyCode::Char('$'), shift, "$"),
            (KeyCode::Char('|'), none, "|"),
            (KeyCode::Char(' '), none, "space"),
            (KeyCode::BackTab, shift, "shift-tab"),
            (KeyCode::BackTab, none, "shift-tab"),
            (KeyCode::BackTab, none, "backtab"),
            (KeyCode::Tab, shift, "Shift-Tab"),
            (KeyCode::Char('d'), KeyModifiers::CONTROL, "ctrl-d"),
            (KeyCode::Char('h'), KeyModifiers::CONTROL, "Ctrl-h"),
            (KeyCode::Backspace, none, "backspace"),
            (KeyCode::PageDown, none, "pagedown"),
            (KeyCode::PageDown, none, "PgDn"),
            (KeyCode::Left, none, "left"),
            (KeyCode::Left, none, "←"),
            (KeyCode::F(5), none, "f5"),
        ] {
            assert_eq!(event(code, modifiers), parse(text), "{code:?} {text}");
        }
        assert_ne!(parse("ctrl-h"), parse("backspace"));
        assert_ne!(parse("tab"), parse("shift-tab"));
    }

    #[test]
    fn what_cannot_be_bound_is_no_key() {
        let letting_go = KeyEvent::new_with_kind(
            KeyCode::Char('j'),
            KeyModifiers::NONE,
            KeyEventKind::Release,
        );
        assert_eq!(Key::from_event(letting_go), None);
        assert_eq!(event(KeyCode::CapsLock, KeyModifiers::NONE), None);
        assert_eq!(event(KeyCode::Null, KeyModifiers::NONE), None);
    }

    #[test]
    fn only_what_types_a_character_is_a_character() {
        let character = |text| Key::parse(text).expect(text).character();
        assert_eq!(character("j"), Some('j'));
        assert_eq!(character("G"), Some('G'));
        assert_eq!(character("space"), Some(' '));
        assert_eq!(character("é"), Some('é'));
        assert_eq!(character("ctrl-j"), None);
        assert_eq!(character("alt-j"), None);
        assert_eq!(character("enter"), None);
        assert_eq!(character("up"), None);
    }

    #[test]
    fn keys_are_written_as_in_the_docs() {
        for (text, written) in [
            ("g", "g"),
            ("G", "G"),
            ("ctrl-d", "Ctrl-d"),
            ("space", "Space"),
            ("enter", "Enter"),
            ("esc", "Esc"),
            ("backspace", "Backspace"),
            ("delete", "Delete"),
            ("tab", "Tab"),
            ("shift-tab", "Shift-Tab"),
            ("home", "Home"),
            ("end", "End"),
            ("pageup", "PgUp"),
            ("pagedown", "PgDn"),
            ("left", "←"),
            ("down", "↓"),
            ("hyphen", "-"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("#", "#"),
            ("alt-f5", "Alt-F5"),
        ] {
            assert_eq!(Key::parse(text).expect(text).to_string(), written);
        }
    }

    #[test]
    fn what_names_no_key_is_refused_in_a_sentence() {
        for text in ["", "ctrl-", "entre", "a-b", "\u{7}", "\u{a0}", "ctrl-x-y"] {
            let error = Key::parse(text).expect_err(text).to_string();
            assert!(
                error.starts_with(&format!("`{text}` is not a key")),
                "{error}"
            );
        }
        assert!(Key::parse_sequence(" ").is_err());
        assert!(Key::parse_typed("<Enter").is_err());
    }

    #[test]
    fn sequences_and_typed_text_are_read_key_by_key() {
        let keys = |names: &[&str]| -> Vec<Key> {
            let parse = |name: &&str| Key::parse(name).expect("a key");
            names.iter().map(parse).collect()
        };
        assert_eq!(Key::parse_sequence("g  G"), Ok(keys(&["g", "G"])));
        assert_eq!(
            Key::parse_typed("jG<Enter>/a b<lt><ctrl-d>"),
            Ok(keys(&[
                "j", "G", "enter", "/", "a", "space", "b", "<", "ctrl-d"
            ]))
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same_key(text in "(ctrl-|alt-|shift-)?([!-~é←]|space|f[1-9]|home|pgup|insert|esc)") {
            let key = Key::parse(&text).expect("a key");
            prop_assert_eq!(Key::parse(&key.to_string()), Ok(key));
        }

        #[test]
        fn reading_a_key_never_panics(text in "\\PC{0,12}") {
            if let Ok(key) = Key::parse(&text) {
                prop_assert!(!key.to_string().is_empty());
            }
        }
    }
}
