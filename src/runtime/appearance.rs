//! What the environment says about appearance: whether the locale can show more than ASCII, and
//! whether colours are wanted.

use super::canvas;
use super::terminal::Usage;
use super::terminal_query::{COLOURS, PICTURES, can_be_asked};
use crate::app::GlyphSet;
use crate::config::{Background, Config, Hyperlinking, ScreenReader, SymbolSet};
use crate::theme::{ColourDepth, Shade, Terminal};

/// The configured glyphs, or else the best that the locale can show.
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set decides, as POSIX specifies (Base
/// Definitions, 8.2).
pub fn glyphs(config: &Config, variable: impl Fn(&str) -> Option<String>) -> GlyphSet {
    if config.screen_reader == ScreenReader::Present {
        return GlyphSet::Words;
    }
    match config.signs {
        SymbolSet::Unicode => GlyphSet::Unicode,
        SymbolSet::Nerd => GlyphSet::NerdFont,
        SymbolSet::Ascii => GlyphSet::Ascii,
        SymbolSet::Auto => {
            let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
                .into_iter()
                .find_map(|name| variable(name).filter(|value| !value.is_empty()))
                .unwrap_or_default()
                .to_ascii_lowercase();
            if locale.contains("utf-8") || locale.contains("utf8") {
                GlyphSet::Unicode
            } else {
                GlyphSet::Ascii
            }
        }
    }
}

/// How the screen uses the terminal.
pub fn usage(config: &Config, variable: impl Fn(&str) -> Option<String>) -> Usage {
    let mut question = Vec::new();
    if config.background == Background::Ask && can_be_asked(&variable) {
        question.extend(COLOURS);
    }
    if canvas::asks(config, &variable) {
        question.extend(PICTURES);
    }
    let hyperlinks = match can_link(variable) {
        true => config.hyperlinks,
        false => Hyperlinking::Off,
    };
    Usage {
        cursor: config.cursor,
        screen_reader: config.screen_reader,
        mouse: config.mouse,
        hyperlinks,
        question,
    }
}

/// Whether the terminal accepts links. Terminals that can be asked drop sequences that they do not
/// understand; VTE before 0.50 got it wrong.
fn can_link(variable: impl Fn(&str) -> Option<String>) -> bool {
    let vte: Option<u32> = variable("VTE_VERSION").and_then(|it| it.parse().ok());
    can_be_asked(variable) && vte.is_none_or(|version| version >= 5000)
}

/// What is known about the terminal's colours before asking it.
pub fn terminal(background: Background, variable: impl Fn(&str) -> Option<String>) -> Terminal {
    let (shade, colour) = match background {
        Background::Light => (Some(Shade::Light), None),
        Background::Dark => (Some(Shade::Dark), None),
        Background::Colour(colour) => (None, Some(colour)),
        Background::Ask | Background::Unknown => (None, None),
    };
    Terminal {
        depth: depth(variable),
        shade,
        background: colour,
        ..Terminal::default()
    }
}

/// The number of colours that is wanted and can be shown: none if `NO_COLOR` is set and not empty
/// (<https://no-color.org>); all if the terminal says so in `COLORTERM`, as most do, or by its name
/// (S-Lang, terminfo).
fn depth(variable: impl Fn(&str) -> Option<String>) -> ColourDepth {
    const FULL: [&str; 2] = ["truecolor", "24bit"];
    let value = |name| variable(name).unwrap_or_default();
    if !value("NO_COLOR").is_empty() {
        ColourDepth::None
    } else if FULL.contains(&value("COLORTERM").as_str()) || value("TERM").ends_with("-direct") {
        ColourDepth::Full
    } else {
        ColourDepth::Indexed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)], signs: SymbolSet) -> GlyphSet {
        let config = Config {
            signs,
            ..Config::default()
        };
        glyphs(&config, |name| {
            set.iter()
                .find(|(set, _)| *set == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        let with = |set: &[(&str, &str)]| {
            depth(|name| {
                let found = set.iter().find(|(set, _)| *set == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(with(&[("COLORTERM", "truecolor")]), ColourDepth::Full);
        assert_eq!(with(&[("TERM", "xterm-direct")]), ColourDepth::Full);
        assert_eq!(with(&[("TERM", "xterm-256color")]), ColourDepth::Indexed);
        let both = [("COLORTERM", "truecolor"), ("NO_COLOR", "1")];
        assert_eq!(with(&both), ColourDepth::None);
        assert_eq!(
            with(&[("COLORTERM", "24bit"), ("NO_COLOR", "")]),
            ColourDepth::Full
        );
    }

    #[test]
    fn the_locale_decides_unless_somebody_has() {
        assert_eq!(
            with(&[("LANG", "en_GB.UTF-8")], SymbolSet::Auto),
            GlyphSet::Unicode
        );
        assert_eq!(
            with(&[("LANG", "C.utf8")], SymbolSet::Auto),
            GlyphSet::Unicode
        );
        assert_eq!(with(&[], SymbolSet::Auto), GlyphSet::Ascii);
        assert_eq!(
            with(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")], SymbolSet::Auto),
            GlyphSet::Ascii
        );
        assert_eq!(
            with(&[("LC_ALL", ""), ("LANG", "en_GB.UTF-8")], SymbolSet::Auto),
            GlyphSet::Unicode
        );
        assert_eq!(
            with(&[("LC_ALL", "C")], SymbolSet::Unicode),
            GlyphSet::Unicode
        );
        assert_eq!(
            with(&[("LANG", "en_GB.UTF-8")], SymbolSet::Ascii),
            GlyphSet::Ascii
        );
        assert_eq!(
            with(&[("LC_ALL", "C")], SymbolSet::Nerd),
            GlyphSet::NerdFont
        );
    }

    #[test]
    fn links_are_for_terminals_that_are_not_known_to_fail() {
        let with = |set: &[(&str, &str)]| {
            let usage = usage(&Config::default(), |name| {
                let found = set.iter().find(|(set, _)| *set == name);
                found.map(|(_, value)| (*value).to_owned())
            });
            usage.hyperlinks == Hyperlinking::On
        };
        assert!(with(&[("TERM", "xterm-256color")]));
        assert!(with(&[("TERM", "screen-256color"), ("TMUX", "x")]));
        assert!(with(&[("TERM", "xterm"), ("VTE_VERSION", "7600")]));
        for other in ["linux", "dumb", "screen.xterm"] {
            assert!(!with(&[("TERM", other)]), "{other}");
        }
        assert!(!with(&[("TERM", "xterm"), ("VTE_VERSION", "4205")]) && !with(&[]));
        let config = Config {
            hyperlinks: Hyperlinking::Off,
            ..Config::default()
        };
        let off = usage(&config, |_| Some("xterm".to_owned()));
        assert_eq!(off.hyperlinks, Hyperlinking::Off);
    }

    #[test]
    fn a_screen_reader_gets_words_whatever_the_locale() {
        let config = Config {
            screen_reader: ScreenReader::Present,
            signs: SymbolSet::Unicode,
            ..Config::default()
        };
        assert_eq!(glyphs(&config, |_| None), GlyphSet::Words);
    }
}
