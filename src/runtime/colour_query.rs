//! Asking the terminal for its colours, and recognising the answers among what is typed. What follows
//! from them is decided elsewhere.
//!
//! The answers come over the same line as the keys, after any time or never, and crossterm takes
//! them for keys: Alt-], digits, letters. So they are put together again here, from the events. This
//! way nothing has to be waited for, keys typed meanwhile keep their place, and an answer over a slow
//! connection never runs a command.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyModifiers};

use crate::theme::{Rgb, Slot};

/// Asks for the colours of text and background, and for the six hues that themes use (xterm, Control
/// Sequences: OSC 10, 11 and 4). Terminals ignore what they do not know.
pub const QUESTION: &[u8] = b"\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b]4;1;?\x1b\\\x1b]4;2;?\x1b\\\
      \x1b]4;3;?\x1b\\\x1b]4;4;?\x1b\\\x1b]4;5;?\x1b\\\x1b]4;6;?\x1b\\";

/// How soon the rest of an answer follows its beginning, even if it comes in several packets.
pub const REST: Duration = Duration::from_millis(100);
/// How soon `]` follows the Escape before it. Short, since most Escapes are keys.
pub const AFTER_ESCAPE: Duration = Duration::from_millis(15);

/// Longer than any answer.
const MOST: usize = 48;

/// Whether a terminal can be asked: some would print the question or the answer (GNU Screen, Eterm,
/// the Linux console).
pub fn can_be_asked(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name| variable(name).is_some_and(|it| !it.is_empty());
    let is_screen = is_set("STY") && !is_set("TMUX");
    match variable("TERM").as_deref() {
        None | Some("" | "dumb" | "linux" | "Eterm") => false,
        Some(term) => !(is_screen || term.starts_with("screen") && !is_set("TMUX")),
    }
}

/// Puts answers together from events.
#[derive(Debug, Default)]
pub struct Answers {
    /// The events so far of what may be an answer.
    held: Vec<Event>,
    /// Their text after `]`.
    text: String,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Nothing,
    /// An Escape, which may begin an answer.
    Escape,
    /// What may still be keys.
    Beginning,
    /// What can only be an answer, since no person types that fast: from `]11;` on.
    Answer,
    /// The Escape at the end of an answer, of which `\` is still to come.
    End,
}

/// What an event has brought.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// Events that are no answer, in order; none while an answer is coming.
    Events(Vec<Event>),
    Colour(Slot, Rgb),
}

impl Answers {
    /// How long to wait for the next event before [`give_up`](Self::give_up); `None` if nothing is
    /// held back.
    pub fn patience(&self) -> Option<Duration> {
        match self.stage {
            Stage::Nothing => None,
            Stage::Escape => Some(AFTER_ESCAPE),
            Stage::Beginning | Stage::Answer | Stage::End => Some(REST),
        }
    }

    /// The rest has not come in time: whatever may have been keys was keys.
    pub fn give_up(&mut self) -> Vec<Event> {
        let stage = std::mem::take(&mut self.stage);
        let held = std::mem::take(&mut self.held);
        self.text.clear();
        match stage {
            Stage::Nothing | Stage::Escape | Stage::Beginning => held,
            Stage::Answer | Stage::End => Vec::new(),
        }
    }

    /// Takes an event.
    pub fn hear(&mut self, event: Event) -> Heard {
        let Event::Key(key) = event else {
            // A new size may come at any time, also amid an answer.
            return Heard::Events(vec![event]);
        };
        let alt = key.modifiers == KeyModifiers::ALT;
        let plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        match (self.stage, key.code) {
            (Stage::Nothing | Stage::Escape, KeyCode::Char(']'))
                if alt || (self.stage == Stage::Escape && plain) =>
            {
                self.hold(event, Stage::Beginning)
            }
            (Stage::Nothing, KeyCode::Esc) if plain => self.hold(event, Stage::Escape),
            (Stage::Nothing, _) => Heard::Events(vec![event]),
            (Stage::Beginning | Stage::Answer, KeyCode::Char(letter)) if plain => {
                self.letter(letter, event)
            }
            (Stage::Answer, KeyCode::Char('\\')) if alt => self.finish(),
            (Stage::Answer, KeyCode::Char('g')) if key.modifiers == KeyModifiers::CONTROL => {
                self.finish()
            }
            (Stage::Answer, KeyCode::Esc) => {
                self.stage = Stage::End;
                Heard::Events(Vec::new())
            }
            (Stage::End, KeyCode::Char('\\')) if plain => self.finish(),
            (Stage::End, _) => self.interrupted(event),
            (Stage::Escape | Stage::Beginning | Stage::Answer, _) => self.interrupted(event),
        }
    }

    fn hold(&mut self, event: Event, stage: Stage) -> Heard {
        self.held.push(event);
        self.stage = stage;
        Heard::Events(Vec::new())
    }

    /// Takes a letter of what may be an answer.
    fn letter(&mut self, letter: char, event: Event) -> Heard {
        self.text.push(letter);
        let begins = |answer: &str| answer.starts_with(&self.text) || self.text.starts_with(answer);
        match self.stage {
            Stage::Beginning if !["10;", "11;", "4;"].into_iter().any(begins) => {
                self.text.pop();
                self.interrupted(event)
            }
            Stage::Beginning if self.text.ends_with(';') => self.hold(event, Stage::Answer),
            Stage::Answer if self.text.len() > MOST => {
                self.give_up();
                Heard::Events(Vec::new())
            }
            stage @ (Stage::Nothing
            | Stage::Escape
            | Stage::Beginning
            | Stage::Answer
            | Stage::End) => self.hold(event, stage),
        }
    }

    /// Something else comes in between.
    fn interrupted(&mut self, event: Event) -> Heard {
        let mut events = self.give_up();
        match self.hear(event) {
            Heard::Events(more) => events.extend(more),
            Heard::Colour(..) => {}
        }
        Heard::Events(events)
    }

    fn finish(&mut self) -> Heard {
        let told = parsed(&self.text);
        self.give_up();
        match told {
            Some((slot, colour)) => Heard::Colour(slot, colour),
            None => Heard::Events(Vec::new()),
        }
    }
}

/// Parses `11;rgb:ffff/ffff/eeee`.
fn parsed(text: &str) -> Option<(Slot, Rgb)> {
    let (slot, colour) = match text.split_once(';')? {
        ("10", colour) => (Slot::Text, colour),
        ("11", colour) => (Slot::Background, colour),
        ("4", rest) => {
            let (number, colour) = rest.split_once(';')?;
            (Slot::Named(number.parse().ok()?), colour)
        }
        _ => return None,
    };
    Some((slot, x_colour(colour)?))
}

/// Parses a colour as X11 writes it: `rgb:` and three numbers of one to four hexadecimal digits,
/// `rgba:` and one more, or `#` and six digits (XParseColor).
fn x_colour(text: &str) -> Option<Rgb> {
    let Some((_, channels)) = text
        .split_once(':')
        .filter(|(it, _)| ["rgb", "rgba"].contains(it))
    else {
        return Rgb::parse(text);
    };
    let mut channels = channels.split('/').map(channel);
    Some(Rgb(channels.next()??, channels.next()??, channels.next()??))
}

/// A number of one to four hexadecimal digits, scaled to a byte.
fn channel(digits: &str) -> Option<u8> {
    let is_hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    let most = match digits.len() {
        length @ 1..=4 => (1 << (4 * length)) - 1,
        _ => return None,
    };
    u8::try_from((number * 255 + most / 2) / most).ok()
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEvent;

    use super::*;

    /// The events that crossterm makes of these bytes.
    fn events(bytes: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut alt = KeyModifiers::NONE;
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        for letter in bytes.chars() {
            match letter {
                '\x1b' => {
                    alt = KeyModifiers::ALT;
                    continue;
                }
                '\x07' => events.push(key(KeyCode::Char('g'), KeyModifiers::CONTROL)),
                _ if letter.is_uppercase() => {
                    events.push(key(KeyCode::Char(letter), alt | KeyModifiers::SHIFT));
                }
                _ => events.push(key(KeyCode::Char(letter), alt)),
            }
            alt = KeyModifiers::NONE;
        }
        events
    }

    const ESCAPE: KeyEvent = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);

    /// What is heard of events, and then of silence.
    fn heard(events: Vec<Event>) -> (Vec<(Slot, Rgb)>, Vec<Event>) {
        let mut answers = Answers::default();
        let (mut told, mut passed) = (Vec::new(), Vec::new());
        for event in events {
            match answers.hear(event) {
                Heard::Events(events) => passed.extend(events),
                Heard::Colour(slot, colour) => told.push((slot, colour)),
            }
        }
        passed.extend(answers.give_up());
        assert_eq!(answers.patience(), None);
        (told, passed)
    }

    #[test]
    fn answers_are_taken_out_of_what_is_typed() {
        let typed = "j\x1b]10;rgb:6565/7b7b/8383\x1b\\k\x1b]11;rgb:fd/F6/e3\x07\
                     \x1b]4;2;rgb:8/9/0\x1b\\\x1b]11;#0a0B0c\x07\x1b]11;rgba:0/0/f/f\x07l";
        let (told, passed) = heard(events(typed));
        assert_eq!(
            told,
            [
                (Slot::Text, Rgb(0x65, 0x7b, 0x83)),
                (Slot::Background, Rgb(0xfd, 0xf6, 0xe3)),
                (Slot::Named(2), Rgb(0x88, 0x99, 0x00)),
                (Slot::Background, Rgb(0x0a, 0x0b, 0x0c)),
                (Slot::Background, Rgb(0, 0, 255)),
            ]
        );
        assert_eq!(passed, events("jkl"));
    }

    #[test]
    fn an_answer_torn_apart_by_the_line_is_still_none_of_the_keys() {
        // Escapes at the end of a packet arrive on their own.
        let mut torn = vec![Event::Key(ESCAPE)];
        torn.extend(events("]11;rgb:ff/ff"));
        torn.push(Event::Resize(80, 24));
        torn.extend(events("/ff"));
        torn.push(Event::Key(ESCAPE));
        torn.extend(events("\\d"));
        let (told, passed) = heard(torn);
        assert_eq!(told, [(Slot::Background, Rgb::WHITE)]);
        let mut rest = vec![Event::Resize(80, 24)];
        rest.extend(events("d"));
        assert_eq!(passed, rest);
    }

    #[test]
    fn what_comes_of_half_an_answer_is_dropped_and_what_follows_is_not() {
        let (told, passed) = heard(events("\x1b]11;rgb:ff"));
        assert_eq!((told, passed), (Vec::new(), Vec::new()));
        let (told, passed) = heard(events("\x1b]11;nonsense\x07q"));
        assert_eq!((told, passed), (Vec::new(), events("q")));
        let flood = format!("\x1b]11;{}", "f".repeat(MOST));
        let mut answers = Answers::default();
        for event in events(&flood) {
            answers.hear(event);
        }
        assert_eq!(answers.patience(), None, "the line is not held up for ever");
    }

    #[test]
    fn keys_that_only_begin_like_an_answer_are_keys() {
        for typed in [
            "\x1b]",
            "\x1b]1",
            "\x1b]12",
            "\x1b]x",
            "\x1b]\x1b]q",
            "]11;",
        ] {
            let (told, passed) = heard(events(typed));
            assert_eq!((told, passed), (Vec::new(), events(typed)), "{typed:?}");
        }
        let mut keys = vec![Event::Key(ESCAPE), Event::Key(ESCAPE)];
        keys.extend(events("j"));
        assert_eq!(heard(keys.clone()), (Vec::new(), keys));
    }

    #[test]
    fn terminals_that_would_print_the_question_are_not_asked() {
        let asked = |set: &[(&str, &str)]| {
            can_be_asked(|name| {
                let found = set.iter().find(|(set, _)| *set == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(asked(&[("TERM", "xterm-256color")]));
        assert!(asked(&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux")]));
        assert!(!asked(&[("TERM", "screen-256color")]));
        assert!(!asked(&[("TERM", "xterm"), ("STY", "1.tty")]));
        assert!(!asked(&[("TERM", "linux")]) && !asked(&[("TERM", "dumb")]) && !asked(&[]));
    }
}
