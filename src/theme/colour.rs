//! Colours, and the contrast between them.

use std::fmt;

/// A colour of a style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colour {
    /// The text's, or the terminal's own.
    #[default]
    Default,
    /// One of the sixteen that the terminal has names for, by number.
    Terminal(u8),
    /// One of the 256 of xterm's palette.
    Indexed(u8),
    Rgb(Rgb),
}

/// The terminal's sixteen colours, by number.
pub const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl Colour {
    /// Parses `default`, one of the sixteen names, or `#rrggbb`.
    pub fn parse(word: &str) -> Option<Self> {
        if word == "default" {
            return Some(Self::Default);
        }
        let named = NAMES.iter().position(|name| *name == word);
        match named {
            Some(number) => Some(Self::Terminal(number as u8)),
            None => Rgb::parse(word).map(Self::Rgb),
        }
    }
}

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    pub const BLACK: Rgb = Rgb(0, 0, 0);
    pub const WHITE: Rgb = Rgb(255, 255, 255);

    /// Parses `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
        let is_hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// The relative luminance, from 0 to 1 (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let Rgb(red, green, blue) = self;
        let [red, green, blue] = [red, green, blue].map(|channel| {
            let share = f64::from(channel) / 255.0;
            match share <= 0.04045 {
                true => share / 12.92,
                false => ((share + 0.055) / 1.055).powf(2.4),
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Whether dark text is easier to read on it than light text.
    pub fn is_light(self) -> bool {
        self.contrast(Self::BLACK) > self.contrast(Self::WHITE)
    }

    /// The contrast with another colour, from 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Rgb) -> f64 {
        let (one, other) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    /// The colour mixed with another: all of itself at 100 percent, nothing of it at 0.
    pub fn over(self, other: Rgb, percent: u32) -> Rgb {
        let mix = |own: u8, other: u8| {
            let sum = u32::from(own) * percent + u32::from(other) * (100 - percent);
            ((sum + 50) / 100) as u8
        };
        Rgb(
            mix(self.0, other.0),
            mix(self.1, other.1),
            mix(self.2, other.2),
        )
    }

    /// The colour, or the nearest one towards black or white that has at least this contrast with a
    /// background. If none has, the one with the most contrast.
    pub fn legible_on(self, background: Rgb, least: f64) -> Rgb {
        let strongest = match background.is_light() {
            true => Self::BLACK,
            false => Self::WHITE,
        };
        let stronger = (0..=100).map(|percent| strongest.over(self, percent));
        let mut enough = stronger.filter(|it| it.contrast(background) >= least);
        enough.next().unwrap_or(strongest)
    }

    /// The nearest of xterm's palette of 256 colours, of those that do not depend on the terminal: a
    /// cube of 6 by 6 by 6, and 24 greys.
    pub fn indexed(self) -> u8 {
        const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        let cube = (0..216_u8).map(|at| {
            let level = |step: u8| LEVELS[usize::from(step % 6)];
            (16 + at, Rgb(level(at / 36), level(at / 6), level(at)))
        });
        let greys = (0..24_u8).map(|at| (232 + at, Rgb(8 + 10 * at, 8 + 10 * at, 8 + 10 * at)));
        let all = cube.chain(greys);
        let nearest = all.min_by_key(|(_, colour)| self.distance(*colour));
        nearest.map_or(16, |(at, _)| at)
    }

    fn distance(self, other: Rgb) -> u32 {
        let square = |own: u8, other: u8| u32::from(own.abs_diff(other)).pow(2);
        square(self.0, other.0) + square(self.1, other.1) + square(self.2, other.2)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_name_or_six_digits() {
        assert_eq!(Colour::parse("default"), Some(Colour::Default));
        assert_eq!(Colour::parse("bright-black"), Some(Colour::Terminal(8)));
        let orange = Rgb(0xfe, 0x80, 0x19);
        assert_eq!(Colour::parse("#fe8019"), Some(Colour::Rgb(orange)));
        assert_eq!(orange.to_string(), "#fe8019");
        for wrong in ["", "#fe801", "#+e8019", "fe8019", "grey"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let contrast = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|it| Rgb::parse(it).expect(it));
            (one.contrast(other) * 100.0).round() / 100.0
        };
        assert_eq!(contrast("#000000", "#ffffff"), 21.0);
        assert_eq!(contrast("#777777", "#ffffff"), 4.48);
        assert_eq!(contrast("#657b83", "#fdf6e3"), 4.13);
    }

    #[test]
    fn a_colour_is_strengthened_no_further_than_needed() {
        let paper = Rgb(0xfd, 0xf6, 0xe3);
        let yellow = Rgb(0xb5, 0x89, 0x00);
        let legible = yellow.legible_on(paper, 4.5);
        assert!((4.5..4.8).contains(&legible.contrast(paper)), "{legible}");
        assert_eq!(Rgb::BLACK.legible_on(paper, 4.5), Rgb::BLACK);
        let grey = Rgb(0x80, 0x80, 0x80);
        assert_eq!(grey.legible_on(grey, 21.0), Rgb::BLACK, "the most there is");
    }

    #[test]
    fn the_nearest_of_256_is_found() {
        assert_eq!(Rgb(255, 255, 255).indexed(), 231);
        assert_eq!(Rgb(0, 0, 0).indexed(), 16);
        assert_eq!(Rgb(94, 0, 1).indexed(), 52);
        assert_eq!(Rgb(120, 121, 120).indexed(), 243);
    }
}
