//! Asks the terminal for its colours and capabilities, and recognises the answers among typed keys. What
//! follows from them is decided elsewhere.
//!
//! The answers come over the same line as the keys, after any time or never, and crossterm takes them for
//! keys: Alt-] (Alt-P, Alt-_), digits, letters. They are therefore reassembled here from the events. This
//! way nothing has to wait, keys typed in the meantime keep their place, and an answer over a slow
//! connection never runs a command.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyModifiers};

use crate::theme::{Rgb, Slot};

/// Asks for the colours of text and background, and for the six hues that themes use (xterm, Control
/// Sequences: OSC 10, 11 and 4). Terminals ignore what they do not know.
pub const COLOURS: &[u8] = b"\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b]4;1;?\x1b\\\x1b]4;2;?\x1b\\\
      \x1b]4;3;?\x1b\\\x1b]4;4;?\x1b\\\x1b]4;5;?\x1b\\\x1b]4;6;?\x1b\\";

/// Asks for the terminal's name and version (xterm, Control Sequences: XTVERSION), and whether it shows
/// pictures (kitty, Terminal graphics protocol: Querying support). In this order, so that the name is known
/// by then in case a terminal only claims to.
pub const PICTURES: &[u8] = b"\x1b[>q\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";

/// How soon the rest of an answer follows its beginning, even in several packets.
pub const REST: Duration = Duration::from_millis(100);
/// How soon `]` follows the Escape before it. Short, since most Escapes are keys.
pub const AFTER_ESCAPE: Duration = Duration::from_millis(15);

/// Longer than any answer.
const MOST: usize = 80;

/// Whether a terminal can be asked: some would print the query or the answer (GNU Screen, Eterm, the Linux
/// console).
pub fn can_be_asked(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name| variable(name).is_some_and(|it| !it.is_empty());
    let is_screen = is_set("STY") && !is_set("TMUX");
    match variable("TERM").as_deref() {
        None | Some("" | "dumb" | "linux" | "Eterm") => false,
        Some(term) => !(is_screen || term.starts_with("screen") && !is_set("TMUX")),
    }
}

/// Reassembles answers from events.
#[derive(Debug, Default)]
pub struct Answers {
    /// The events so far of a possible answer.
    held: Vec<Event>,
    string: ControlString,
    /// Their text after the letter that identifies the string.
    text: String,
    stage: Stage,
}

/// The kinds of strings that answers come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ControlString {
    /// A colour.
    #[default]
    Osc,
    /// The terminal's name.
    Dcs,
    /// Whether it shows pictures.
    Apc,
}

impl ControlString {
    /// The kind of string that a letter after Escape begins.
    fn of(letter: char) -> Option<Self> {
        match letter {
            ']' => Some(Self::Osc),
            'P' => Some(Self::Dcs),
            '_' => Some(Self::Apc),
            _ => None,
        }
    }

    /// How answers begin; no person types this.
    fn beginnings(self) -> &'static [&'static str] {
        match self {
            Self::Osc => &["10;", "11;", "4;"],
            Self::Dcs => &[">|"],
            Self::Apc => &["Gi=31;"],
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Nothing,
    /// An Escape, which may begin an answer.
    Escape,
    /// Input that may still be keys.
    Beginning,
    /// Input that can only be an answer, since no person types that fast: from `]11;` on.
    Answer,
    /// The Escape at the end of an answer, with `\` still to come.
    End,
}

/// The result of an event.
#[derive(Debug, PartialEq, Eq)]
pub enum QueryOutcome {
    /// Events that are not part of an answer, in order; none while an answer is coming.
    Events(Vec<Event>),
    Told(TerminalAnswer),
}

/// What the terminal says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalAnswer {
    Colour(Slot, Rgb),
    /// Its name and version, as it writes them.
    Name(String),
    /// It shows pictures sent by kitty's graphics protocol.
    ShowsPictures,
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

    /// The rest has not come in time: anything that may have been keys was keys.
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
    pub fn hear(&mut self, event: Event) -> QueryOutcome {
        let Event::Key(key) = event else {
            // A new size may arrive at any time, even in the middle of an answer.
            return QueryOutcome::Events(vec![event]);
        };
        // A capital comes with Shift.
        let modifiers = key.modifiers.difference(KeyModifiers::SHIFT);
        let alt = modifiers == KeyModifiers::ALT;
        let plain = modifiers.is_empty();
        match (self.stage, key.code) {
            (Stage::Nothing | Stage::Escape, KeyCode::Char(letter))
                if alt || (self.stage == Stage::Escape && plain) =>
            {
                match ControlString::of(letter) {
                    Some(string) => {
                        self.string = string;
                        self.hold(event, Stage::Beginning)
                    }
                    None if self.stage == Stage::Nothing => QueryOutcome::Events(vec![event]),
                    None => self.interrupted(event),
                }
            }
            (Stage::Nothing, KeyCode::Esc) if plain => self.hold(event, Stage::Escape),
            (Stage::Nothing, _) => QueryOutcome::Events(vec![event]),
            (Stage::Beginning | Stage::Answer, KeyCode::Char(letter)) if plain => {
                self.letter(letter, event)
            }
            (Stage::Answer, KeyCode::Char('\\')) if alt => self.finish(),
            (Stage::Answer, KeyCode::Char('g')) if key.modifiers == KeyModifiers::CONTROL => {
                self.finish()
            }
            (Stage::Answer, KeyCode::Esc) => {
                self.stage = Stage::End;
                QueryOutcome::Events(Vec::new())
            }
            (Stage::End, KeyCode::Char('\\')) if plain => self.finish(),
            (Stage::End, _) => self.interrupted(event),
            (Stage::Escape | Stage::Beginning | Stage::Answer, _) => self.interrupted(event),
        }
    }

    fn hold(&mut self, event: Event, stage: Stage) -> QueryOutcome {
        self.held.push(event);
        self.stage = stage;
        QueryOutcome::Events(Vec::new())
    }

    /// Takes a letter of a possible answer.
    fn letter(&mut self, letter: char, event: Event) -> QueryOutcome {
        self.text.push(letter);
        let beginnings = self.string.beginnings();
        let may_be_one = || beginnings.iter().any(|it| it.starts_with(&self.text));
        match self.stage {
            Stage::Beginning if beginnings.contains(&self.text.as_str()) => {
                self.hold(event, Stage::Answer)
            }
            Stage::Beginning if !may_be_one() => {
                self.text.pop();
                self.interrupted(event)
            }
            Stage::Answer if self.text.len() > MOST => {
                self.give_up();
                QueryOutcome::Events(Vec::new())
            }
            stage @ (Stage::Nothing
            | Stage::Escape
            | Stage::Beginning
            | Stage::Answer
            | Stage::End) => self.hold(event, stage),
        }
    }

    /// Something else arrives in between.
    fn interrupted(&mut self, event: Event) -> QueryOutcome {
        let mut events = self.give_up();
        match self.hear(event) {
            QueryOutcome::Events(more) => events.extend(more),
            QueryOutcome::Told(_) => {}
        }
        QueryOutcome::Events(events)
    }

    fn finish(&mut self) -> QueryOutcome {
        let told = match self.string {
            ControlString::Osc => {
                colour(&self.text).map(|(slot, it)| TerminalAnswer::Colour(slot, it))
            }
            ControlString::Dcs => name(&self.text),
            ControlString::Apc => {
                (self.text == "Gi=31;OK").then_some(TerminalAnswer::ShowsPictures)
            }
        };
        self.give_up();
        told.map_or_else(|| QueryOutcome::Events(Vec::new()), QueryOutcome::Told)
    }
}

/// Parses `>|WezTerm 20240203`.
fn name(text: &str) -> Option<TerminalAnswer> {
    text.strip_prefix(">|")
        .map(|it| TerminalAnswer::Name(it.to_owned()))
}

/// Parses `11;rgb:ffff/ffff/eeee`.
fn colour(text: &str) -> Option<(Slot, Rgb)> {
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

    /// The events that crossterm makes from these bytes.
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

    /// What is recognised in events followed by silence.
    fn told(events: Vec<Event>) -> (Vec<TerminalAnswer>, Vec<Event>) {
        let mut answers = Answers::default();
        let (mut told, mut passed) = (Vec::new(), Vec::new());
        for event in events {
            match answers.hear(event) {
                QueryOutcome::Events(events) => passed.extend(events),
                QueryOutcome::Told(it) => told.push(it),
            }
        }
        passed.extend(answers.give_up());
        assert_eq!(answers.patience(), None);
        (told, passed)
    }

    /// The same, for colours alone.
    fn heard(events: Vec<Event>) -> (Vec<(Slot, Rgb)>, Vec<Event>) {
        let (told, passed) = told(events);
        let colours = told.into_iter().filter_map(|it| match it {
            TerminalAnswer::Colour(slot, colour) => Some((slot, colour)),
            TerminalAnswer::Name(_) | TerminalAnswer::ShowsPictures => None,
        });
        (colours.collect(), passed)
    }

    #[test]
    fn the_name_and_what_it_can_are_taken_out_of_what_is_typed() {
        let typed = "j\x1bP>|WezTerm 20240203-110809-5046fc22\x1b\\k\x1b_Gi=31;OK\x1b\\P_l";
        let name = "WezTerm 20240203-110809-5046fc22".to_owned();
        let (heard, passed) = told(events(typed));
        assert_eq!(
            heard,
            [TerminalAnswer::Name(name), TerminalAnswer::ShowsPictures]
        );
        assert_eq!(passed, events("jkP_l"));
        // A terminal that knows the query but shows no pictures.
        let (heard, passed) = told(events("\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\d"));
        assert_eq!((heard, passed), (Vec::new(), events("d")));
    }

    #[test]
    fn what_it_can_torn_apart_by_the_line_is_still_none_of_the_keys() {
        // Escapes at the end of a packet arrive on their own.
        let mut torn = vec![Event::Key(ESCAPE)];
        torn.extend(events("P>|kitty(0.32.2)"));
        torn.push(Event::Key(ESCAPE));
        torn.extend(events("\\"));
        torn.push(Event::Key(ESCAPE));
        torn.extend(events("_Gi=31"));
        torn.push(Event::Resize(80, 24));
        torn.extend(events(";OK\x1b\\d"));
        let (heard, passed) = told(torn);
        assert_eq!(
            heard,
            [
                TerminalAnswer::Name("kitty(0.32.2)".to_owned()),
                TerminalAnswer::ShowsPictures
            ]
        );
        let mut rest = vec![Event::Resize(80, 24)];
        rest.extend(events("d"));
        assert_eq!(passed, rest);
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
            "\x1bP",
            "\x1b_",
            "\x1bP>",
            "\x1bPq",
            "\x1b_Gi=3",
            "\x1b_G|",
            "\x1b]>|",
            "P>|",
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
