//! The values of the table `[theme]`, checked one by one.

use serde::Deserialize;

use crate::theme::{self, Rgb, Style};

/// What is known about the terminal's background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Background {
    /// The terminal is asked.
    #[default]
    Ask,
    Light,
    Dark,
    Colour(Rgb),
    /// Nothing, and the terminal is not asked.
    Unknown,
}

impl TryFrom<String> for Background {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "ask" => Ok(Self::Ask),
            "light" => Ok(Self::Light),
            "dark" => Ok(Self::Dark),
            "unknown" => Ok(Self::Unknown),
            _ => Rgb::parse(&text).map(Self::Colour).ok_or_else(|| {
                format!("“{text}”: expected ask, light, dark, unknown or a colour such as #fdf6e3")
            }),
        }
    }
}

/// Whether a base is the path of a file.
pub(super) fn is_path(base: &str) -> bool {
    base.contains('/') || base.ends_with(".toml")
}

/// Checks the value of `theme.base`.
pub(super) fn check_base(text: &str) -> Result<(), String> {
    match is_path(text) {
        true => Ok(()),
        false => theme::base(text).map(drop),
    }
}

/// Checks the value of `theme.background`.
pub(super) fn check_background(text: &str) -> Result<(), String> {
    Background::try_from(text.to_owned()).map(drop)
}

/// Checks the style of a role.
pub(super) fn check_style(text: &str) -> Result<(), String> {
    Style::parse(text, |_| None).map(drop)
}
