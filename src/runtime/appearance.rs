//! What the environment says about appearance: whether the locale can show more than ASCII, and
//! whether colours are wanted.

use jiff::tz::TimeZone;

use crate::app::GlyphSet;
use crate::config::Signs;
use crate::ui::Theme;

/// The configured glyphs, or else those that the locale can show.
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set decides, as POSIX specifies (Base
/// Definitions, 8.2).
pub fn glyphs(configured: Signs, variable: impl Fn(&str) -> Option<String>) -> GlyphSet {
    match configured {
        Signs::Unicode => GlyphSet::Unicode,
        Signs::Ascii => GlyphSet::Ascii,
        Signs::Auto => {
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

/// The configured time zone, or else the system's.
pub fn zone(configured: &str) -> TimeZone {
    match configured {
        "" => TimeZone::system(),
        // Its name was checked when it was read.
        name => TimeZone::get(name).unwrap_or_else(|_| TimeZone::system()),
    }
}

/// The theme, without colours if `NO_COLOR` is set and not empty (<https://no-color.org>).
pub fn theme(variable: impl Fn(&str) -> Option<String>) -> Theme {
    match variable("NO_COLOR").filter(|value| !value.is_empty()) {
        Some(_) => Theme::plain(),
        None => Theme::colours(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)], configured: Signs) -> GlyphSet {
        glyphs(configured, |name| {
            set.iter()
                .find(|(set, _)| *set == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_locale_decides_unless_somebody_has() {
        assert_eq!(
            with(&[("LANG", "en_GB.UTF-8")], Signs::Auto),
            GlyphSet::Unicode
        );
        assert_eq!(with(&[("LANG", "C.utf8")], Signs::Auto), GlyphSet::Unicode);
        assert_eq!(with(&[], Signs::Auto), GlyphSet::Ascii);
        assert_eq!(
            with(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")], Signs::Auto),
            GlyphSet::Ascii
        );
        assert_eq!(
            with(&[("LC_ALL", ""), ("LANG", "en_GB.UTF-8")], Signs::Auto),
            GlyphSet::Unicode
        );
        assert_eq!(with(&[("LC_ALL", "C")], Signs::Unicode), GlyphSet::Unicode);
        assert_eq!(
            with(&[("LANG", "en_GB.UTF-8")], Signs::Ascii),
            GlyphSet::Ascii
        );
    }
}
