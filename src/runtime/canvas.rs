//! Decides how the screen can show pictures, from the configuration, the environment, and the terminal's
//! own answers. Nothing is asked or drawn here.

use super::terminal_query::{TerminalAnswer, can_be_asked};
use crate::app::{Canvas, CellSize, GlyphSet, PictureProtocol};
use crate::config::{Config, PictureChoice};
use crate::theme::ColourDepth;

/// Whether this build can show pictures.
const BUILT: bool = cfg!(feature = "pictures");

/// Terminals that show inline images as iTerm2 does, by the start of their names.
const LIKE_ITERM2: [&str; 3] = ["iTerm2", "WezTerm", "mintty"];
/// Terminals that take pictures by kitty's protocol but do not know its placeholders.
const WITHOUT_PLACEHOLDERS: [&str; 3] = ["iTerm2", "WezTerm", "Konsole"];

/// What a terminal has said about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalAnswers {
    name: String,
    graphics: Graphics,
}

/// Whether it takes pictures by kitty's protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Graphics {
    #[default]
    Unknown,
    Kitty,
}

impl TerminalAnswers {
    /// Notes an answer. Colours do not matter for pictures.
    pub fn note(&mut self, told: TerminalAnswer) {
        match told {
            TerminalAnswer::Name(name) => self.name = name,
            TerminalAnswer::ShowsPictures => self.graphics = Graphics::Kitty,
            TerminalAnswer::Colour(..) => {}
        }
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.starts_with(name))
    }
}

/// Whether to ask the terminal what it supports. Not inside tmux: it takes the query for a window title,
/// and would not pass a picture on.
pub fn asks(config: &Config, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_in_tmux = variable("TMUX").is_some_and(|it| !it.is_empty());
    BUILT && config.pictures == PictureChoice::Auto && !is_in_tmux && can_be_asked(variable)
}

/// How to show pictures with these signs and colours, given the size of a cell if known.
pub fn canvas(
    config: &Config,
    glyphs: GlyphSet,
    depth: ColourDepth,
    known: &TerminalAnswers,
    cell: Option<CellSize>,
) -> Canvas {
    let has_signs = match glyphs {
        GlyphSet::Unicode | GlyphSet::NerdFont => true,
        GlyphSet::Ascii | GlyphSet::Words => false,
    };
    if !BUILT || !has_signs || depth == ColourDepth::None {
        return Canvas::default();
    }
    let way = match config.pictures {
        PictureChoice::Off => return Canvas::default(),
        PictureChoice::Kitty => PictureProtocol::Kitty,
        PictureChoice::Iterm2 => PictureProtocol::Iterm2,
        PictureChoice::HalfBlocks => PictureProtocol::HalfBlocks,
        // A picture of the wrong size would lie over the text.
        PictureChoice::Auto if cell.is_none() => PictureProtocol::HalfBlocks,
        PictureChoice::Auto if known.is_one_of(&LIKE_ITERM2) => PictureProtocol::Iterm2,
        PictureChoice::Auto if known.is_one_of(&WITHOUT_PLACEHOLDERS) => {
            PictureProtocol::HalfBlocks
        }
        PictureChoice::Auto => match known.graphics {
            Graphics::Kitty => PictureProtocol::Kitty,
            Graphics::Unknown => PictureProtocol::HalfBlocks,
        },
    };
    Canvas {
        way,
        cell: cell.unwrap_or_default(),
        depth,
        ..Canvas::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Option<CellSize> = Some(CellSize {
        width: 8,
        height: 17,
    });

    fn with(pictures: PictureChoice) -> Config {
        Config {
            pictures,
            ..Config::default()
        }
    }

    #[test]
    fn captions_are_all_without_the_feature_colours_or_signs_and_where_pictures_are_off() {
        let known = TerminalAnswers::default();
        let captions = Canvas::default();
        assert_eq!(captions.way, PictureProtocol::Captions);
        let on = with(PictureChoice::HalfBlocks);
        let of = |config: &Config, glyphs, depth| canvas(config, glyphs, depth, &known, CELL);
        assert_eq!(of(&on, GlyphSet::Ascii, ColourDepth::Full), captions);
        assert_eq!(of(&on, GlyphSet::Words, ColourDepth::Full), captions);
        assert_eq!(of(&on, GlyphSet::Unicode, ColourDepth::None), captions);
        let off = with(PictureChoice::Off);
        assert_eq!(of(&off, GlyphSet::Unicode, ColourDepth::Full), captions);
        let shown = of(&on, GlyphSet::NerdFont, ColourDepth::Indexed) != captions;
        assert_eq!(shown, BUILT);
    }

    #[cfg(feature = "pictures")]
    #[test]
    fn a_terminal_is_believed_what_it_says_of_itself() {
        let way = |pictures, said: &[TerminalAnswer], cell| {
            let mut known = TerminalAnswers::default();
            for told in said {
                known.note(told.clone());
            }
            canvas(
                &with(pictures),
                GlyphSet::Unicode,
                ColourDepth::Full,
                &known,
                cell,
            )
            .way
        };
        let name = |name: &str| TerminalAnswer::Name(name.to_owned());
        let shows = TerminalAnswer::ShowsPictures;
        for (said, expected) in [
            (vec![], PictureProtocol::HalfBlocks),
            (vec![name("XTerm(390)")], PictureProtocol::HalfBlocks),
            (
                vec![name("kitty(0.42.1)"), shows.clone()],
                PictureProtocol::Kitty,
            ),
            (vec![shows.clone()], PictureProtocol::Kitty),
            (
                vec![name("iTerm2 3.6.1"), shows.clone()],
                PictureProtocol::Iterm2,
            ),
            (
                vec![name("WezTerm 20240203"), shows.clone()],
                PictureProtocol::Iterm2,
            ),
            (
                vec![name("Konsole 24.08"), shows.clone()],
                PictureProtocol::HalfBlocks,
            ),
        ] {
            assert_eq!(way(PictureChoice::Auto, &said, CELL), expected, "{said:?}");
            assert_eq!(
                way(PictureChoice::Auto, &said, None),
                PictureProtocol::HalfBlocks
            );
        }
        assert_eq!(way(PictureChoice::Kitty, &[], None), PictureProtocol::Kitty);
        assert_eq!(
            way(PictureChoice::Iterm2, &[shows], CELL),
            PictureProtocol::Iterm2
        );
    }

    #[test]
    fn only_who_may_have_a_use_for_the_answer_asks() {
        let asked = |pictures, set: &[(&str, &str)]| {
            asks(&with(pictures), |name| {
                let found = set.iter().find(|(set, _)| *set == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        let xterm = ("TERM", "xterm-256color");
        assert_eq!(asked(PictureChoice::Auto, &[xterm]), BUILT);
        assert!(
            !asked(PictureChoice::Off, &[xterm]) && !asked(PictureChoice::HalfBlocks, &[xterm])
        );
        assert!(!asked(PictureChoice::Auto, &[xterm, ("TMUX", "/tmp/tmux")]));
        assert!(!asked(PictureChoice::Auto, &[("TERM", "linux")]));
    }
}
