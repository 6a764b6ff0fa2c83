//! File names: `YYYY-MM-DD-title.md`, which every file system accepts.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name, in bytes.
const LONGEST: usize = 120;
/// Room for the number of a taken name, and the extension.
const AFTER: usize = "-9999.md".len();

/// The name of an article's file, without number and extension. `otherwise` replaces a title
/// without letters.
pub fn stem(at: Timestamp, title: &str, otherwise: &str) -> String {
    let date = at.to_zoned(TimeZone::UTC).date();
    let mut words = slug(title);
    if words.is_empty() {
        words = slug(otherwise);
    }
    let mut stem = format!("{date}-{words}");
    if stem.len() > LONGEST - AFTER {
        stem.truncate(stem.floor_char_boundary(LONGEST - AFTER));
        // End at a whole word, unless it is a very long one.
        if let Some(end) = stem.rfind('-').filter(|end| *end > LONGEST / 2) {
            stem.truncate(end);
        }
    }
    stem.trim_end_matches('-').to_owned()
}

/// The name of the `number`th file with this stem.
pub fn name(stem: &str, number: usize) -> String {
    match number {
        1 => format!("{stem}.md"),
        number => format!("{stem}-{number}.md"),
    }
}

/// Letters and digits in lower case, without accents, and `-` for everything between.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for sign in text.nfkd().filter(|sign| !is_combining_mark(*sign)) {
        // Apostrophes are part of words.
        if matches!(sign, '\'' | '’') {
            continue;
        }
        if sign.is_alphanumeric() {
            slug.extend(sign.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug: String = slug.nfc().collect();
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at() -> Timestamp {
        "2026-03-05T23:59:59Z".parse().expect("a time")
    }

    #[test]
    fn a_name_is_the_date_and_the_words() {
        for (title, expected) in [
            ("It’s “new”: Café & Bar!", "2026-03-05-its-new-cafe-bar"),
            ("../../etc/passwd", "2026-03-05-etc-passwd"),
            ("日本語 テスト", "2026-03-05-日本語-テスト"),
            ("…", "2026-03-05-guid-1"),
            ("CON", "2026-03-05-con"),
        ] {
            assert_eq!(stem(at(), title, "guid:1"), expected, "{title}");
        }
        assert_eq!(name("a", 1), "a.md");
        assert_eq!(name("a", 2), "a-2.md");
        let long = stem(at(), &"word ".repeat(60), "");
        assert!(long.len() > 100 && long.ends_with("-word"), "{long}");
    }

    proptest! {
        #[test]
        fn every_title_makes_a_safe_name(title in any::<String>(), otherwise in any::<String>()) {
            let name = name(&stem(at(), &title, &otherwise), 9_999);
            prop_assert!(name.len() <= LONGEST, "{}", name);
            let is_safe = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '.');
            prop_assert!(name.chars().all(is_safe), "{}", name);
            prop_assert!(name.ends_with(".md") && !name.contains(".."), "{}", name);
        }
    }
}
