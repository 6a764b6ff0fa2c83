//! Editing a line of text: which keys do what. What the line is for is decided elsewhere.

use std::sync::LazyLock;

use tui_input::{Input, InputRequest};

use crate::command::Key;

/// The editing keys, as in shells.
static EDITING: LazyLock<Vec<(Key, InputRequest)>> = LazyLock::new(|| {
    let keys = [
        ("backspace", InputRequest::DeletePrevChar),
        ("ctrl-h", InputRequest::DeletePrevChar),
        ("delete", InputRequest::DeleteNextChar),
        ("ctrl-d", InputRequest::DeleteNextChar),
        ("left", InputRequest::GoToPrevChar),
        ("ctrl-b", InputRequest::GoToPrevChar),
        ("right", InputRequest::GoToNextChar),
        ("ctrl-f", InputRequest::GoToNextChar),
        ("ctrl-left", InputRequest::GoToPrevWord),
        ("alt-b", InputRequest::GoToPrevWord),
        ("ctrl-right", InputRequest::GoToNextWord),
        ("alt-f", InputRequest::GoToNextWord),
        ("home", InputRequest::GoToStart),
        ("ctrl-a", InputRequest::GoToStart),
        ("end", InputRequest::GoToEnd),
        ("ctrl-e", InputRequest::GoToEnd),
        ("ctrl-w", InputRequest::DeletePrevWord),
        ("alt-d", InputRequest::DeleteNextWord),
        ("ctrl-u", InputRequest::DeleteLine),
        ("ctrl-k", InputRequest::DeleteTillEnd),
    ];
    keys.into_iter()
        .filter_map(|(key, request)| Some((Key::parse(key).ok()?, request)))
        .collect()
});

/// What a key has changed in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEdit {
    /// The text.
    Text,
    /// Only the cursor.
    Cursor,
    Nothing,
}

/// Types a key into a line.
pub fn type_key(input: &mut Input, key: Key) -> LineEdit {
    let request = match key.character() {
        Some(character) => Some(InputRequest::InsertChar(character)),
        None => EDITING
            .iter()
            .find(|(editing, _)| *editing == key)
            .map(|(_, request)| *request),
    };
    match request.and_then(|request| input.handle(request)) {
        Some(changed) if changed.value => LineEdit::Text,
        Some(_) => LineEdit::Cursor,
        None => LineEdit::Nothing,
    }
}

/// Inserts a text at the cursor, in one go however long it is. A line end becomes a blank,
/// however the terminal writes it, and other control characters are dropped.
pub fn paste(input: &mut Input, text: &str) {
    let pasted: String = text
        .trim_end_matches(['\n', '\r'])
        .replace("\r\n", "\n")
        .chars()
        .map(|it| {
            if matches!(it, '\n' | '\r' | '\t') {
                ' '
            } else {
                it
            }
        })
        .filter(|it| !it.is_control())
        .collect();
    let at = cursor_byte(input);
    let mut value = input.value().to_owned();
    value.insert_str(at, &pasted);
    put(input, value, at + pasted.len());
}

/// The byte offset of the cursor.
pub fn cursor_byte(input: &Input) -> usize {
    let value = input.value();
    let after = value.char_indices().nth(input.cursor());
    after.map_or(value.len(), |(at, _)| at)
}

/// Replaces the text of a line, and puts the cursor at a byte offset.
pub fn put(input: &mut Input, value: String, cursor: usize) {
    let characters = value[..value.floor_char_boundary(cursor)].chars().count();
    *input = Input::new(value).with_cursor(characters);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Input {
        let mut input = Input::default();
        for key in Key::parse_typed(keys).expect("keys") {
            type_key(&mut input, key);
        }
        input
    }

    #[test]
    fn every_editing_key_is_one() {
        assert_eq!(EDITING.len(), 20);
    }

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        for (keys, expected) in [
            ("two words<Ctrl-w>", "two "),
            ("two words<Ctrl-u>x", "x"),
            ("words<Home>two <End>!", "two words!"),
            ("abc<Left><Left><Ctrl-k>", "a"),
            ("abc<Ctrl-a><Delete>", "bc"),
            ("é<Backspace>e", "e"),
        ] {
            assert_eq!(typed(keys).value(), expected, "{keys}");
        }
    }

    #[test]
    fn moving_is_not_typing() {
        let mut input = typed("ab");
        let key = |text| Key::parse(text).expect("a key");
        assert_eq!(type_key(&mut input, key("left")), LineEdit::Cursor);
        assert_eq!(type_key(&mut input, key("ctrl-x")), LineEdit::Nothing);
        assert_eq!(type_key(&mut input, key("x")), LineEdit::Text);
        assert_eq!((input.value(), cursor_byte(&input)), ("axb", 2));
    }

    #[test]
    fn what_is_pasted_is_one_line_at_the_cursor() {
        let mut input = typed("é!<Left>");
        paste(&mut input, "a\nb\u{1b}\r\n");
        assert_eq!((input.value(), cursor_byte(&input)), ("éa b!", 5));
        for line_end in ["\n", "\r", "\r\n"] {
            let mut input = Input::default();
            paste(&mut input, &format!("a{line_end}b{line_end}"));
            assert_eq!(input.value(), "a b", "{line_end:?}");
        }
    }
}
