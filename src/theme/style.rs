//! The style of a role, and how it is written: `bold cyan`, `underlined #268bd2 on #fdf6e3`.

use super::colour::{Colour, NAMES};
use crate::format::nearest::nearest;

/// Colours and attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    pub colour: Colour,
    pub background: Colour,
    pub attributes: Attributes,
}

/// An attribute of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    Bold,
    Dim,
    Italic,
    Underlined,
    Reversed,
    CrossedOut,
}

impl Attribute {
    /// All attributes.
    pub const ALL: [Attribute; 6] = [
        Attribute::Bold,
        Attribute::Dim,
        Attribute::Italic,
        Attribute::Underlined,
        Attribute::Reversed,
        Attribute::CrossedOut,
    ];

    /// Its name in a theme.
    pub fn word(self) -> &'static str {
        match self {
            Attribute::Bold => "bold",
            Attribute::Dim => "dim",
            Attribute::Italic => "italic",
            Attribute::Underlined => "underlined",
            Attribute::Reversed => "reversed",
            Attribute::CrossedOut => "crossed-out",
        }
    }

    /// Its parameter in a control sequence (ECMA-48, SGR).
    fn parameter(self) -> u8 {
        match self {
            Attribute::Bold => 1,
            Attribute::Dim => 2,
            Attribute::Italic => 3,
            Attribute::Underlined => 4,
            Attribute::Reversed => 7,
            Attribute::CrossedOut => 9,
        }
    }
}

/// A set of attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attributes(u8);

impl Attributes {
    /// The set with one more attribute.
    pub fn with(self, attribute: Attribute) -> Self {
        Self(self.0 | 1 << attribute as u8)
    }

    /// The set without an attribute.
    pub fn without(self, attribute: Attribute) -> Self {
        Self(self.0 & !(1 << attribute as u8))
    }

    pub fn has(self, attribute: Attribute) -> bool {
        self.0 & 1 << attribute as u8 != 0
    }

    /// Those that it has.
    pub fn iter(self) -> impl Iterator<Item = Attribute> {
        Attribute::ALL.into_iter().filter(move |it| self.has(*it))
    }
}

impl Style {
    /// Parses a style: attributes and a colour in any order, and a background after `on`. Further
    /// names of colours are looked up in `palette`.
    ///
    /// # Errors
    /// What is wrong with it, for people.
    pub fn parse(text: &str, palette: impl Fn(&str) -> Option<Colour>) -> Result<Self, String> {
        let mut style = Self::default();
        let (mut has_colour, mut has_background) = (false, false);
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            let colour = |word: &str| palette(word).or_else(|| Colour::parse(word));
            let attribute = Attribute::ALL.into_iter().find(|it| it.word() == word);
            if word == "on" {
                let named = words.next().ok_or("a background is missing after “on”")?;
                style.background = colour(named).ok_or_else(|| unknown(named))?;
                if std::mem::replace(&mut has_background, true) {
                    return Err("it has two backgrounds".to_owned());
                }
            } else if let Some(attribute) = attribute {
                style.attributes = style.attributes.with(attribute);
            } else {
                style.colour = colour(word).ok_or_else(|| unknown(word))?;
                if std::mem::replace(&mut has_colour, true) {
                    return Err("it has two colours; a background comes after “on”".to_owned());
                }
            }
        }
        Ok(style)
    }

    /// The style on top of another, whose colours hold where this one has none.
    pub fn upon(self, below: Style) -> Style {
        let or = |own, below| match own {
            Colour::Default => below,
            Colour::Terminal(_) | Colour::Indexed(_) | Colour::Rgb(_) => own,
        };
        Style {
            colour: or(self.colour, below.colour),
            background: or(self.background, below.background),
            attributes: self.attributes,
        }
    }

    /// The control sequence that switches it on (ECMA-48, SGR; ITU-T T.416 for RGB).
    pub fn sequence(self) -> String {
        let mut parameters: Vec<String> = vec!["0".to_owned()];
        let attributes = self.attributes.iter();
        parameters.extend(attributes.map(|it| it.parameter().to_string()));
        for (colour, base) in [(self.colour, 30), (self.background, 40)] {
            match colour {
                Colour::Default => {}
                Colour::Terminal(number @ 0..8) => parameters.push((base + number).to_string()),
                Colour::Terminal(number) => parameters.push((base + 52 + number).to_string()),
                Colour::Indexed(number) => parameters.push(format!("{};5;{number}", base + 8)),
                Colour::Rgb(it) => {
                    parameters.push(format!("{};2;{};{};{}", base + 8, it.0, it.1, it.2));
                }
            }
        }
        format!("\x1b[{}m", parameters.join(";"))
    }
}

fn unknown(word: &str) -> String {
    let attributes = Attribute::ALL.map(Attribute::word);
    let words = attributes.into_iter().chain(NAMES).chain(["default"]);
    match nearest(words, word) {
        Some(near) => format!("there is no colour or attribute “{word}”; did you mean “{near}”?"),
        None => format!(
            "there is no colour or attribute “{word}”; expected a colour such as #268bd2, default, \
             {} or bright-…, or {}",
            NAMES[..8].join(", "),
            attributes.join(", "),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Rgb;

    fn parse(text: &str) -> Result<Style, String> {
        Style::parse(text, |name| {
            (name == "ink").then_some(Colour::Rgb(Rgb(1, 2, 3)))
        })
    }

    #[test]
    fn a_style_is_attributes_a_colour_and_a_background() {
        let style = parse("bold ink on bright-black underlined").expect("a style");
        assert_eq!(style.colour, Colour::Rgb(Rgb(1, 2, 3)));
        assert_eq!(style.background, Colour::Terminal(8));
        let words: Vec<&str> = style.attributes.iter().map(Attribute::word).collect();
        assert_eq!(words, ["bold", "underlined"]);
        assert_eq!(parse(""), Ok(Style::default()));
    }

    #[test]
    fn what_is_no_style_is_told_with_the_nearest() {
        for (text, said) in [
            ("blod", "“blod”; did you mean “bold”?"),
            ("red on blu", "“blu”; did you mean “blue”?"),
            ("red green", "two colours"),
            ("on red on green", "two backgrounds"),
            ("red on", "a background is missing"),
            ("#12345", "expected a colour such as #268bd2"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_style_becomes_one_control_sequence() {
        for (text, sequence) in [
            ("", "\x1b[0m"),
            ("bold red", "\x1b[0;1;31m"),
            ("bright-red on bright-black", "\x1b[0;91;100m"),
            ("ink on ink", "\x1b[0;38;2;1;2;3;48;2;1;2;3m"),
        ] {
            assert_eq!(parse(text).expect(text).sequence(), sequence);
        }
    }
}
