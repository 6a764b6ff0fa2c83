//! The word most likely meant by a mistyped one.

/// Returns the word that was most likely meant by `typed`, if any is near enough.
pub fn nearest<'a>(words: impl IntoIterator<Item = &'a str>, typed: &str) -> Option<&'a str> {
    // A long text is not a mistyped word, and measuring it would take long.
    if typed.len() > 24 {
        return None;
    }
    let typed = typed.to_ascii_lowercase();
    words
        .into_iter()
        .map(|word| (strsim::osa_distance(word, &typed), word))
        .filter(|(distance, word)| {
            let starts = typed.len() >= 2 && word.starts_with(&typed);
            starts || *distance <= word.len().div_ceil(3)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// `, did you mean …?` for a mistyped word, to follow a sentence; empty if no word is near.
pub fn meant<'a>(words: impl IntoIterator<Item = &'a str>, typed: &str) -> String {
    let near = nearest(words, typed);
    near.map_or_else(String::new, |it| format!(", did you mean `{it}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_near_is_found_and_no_other() {
        let known = ["library", "signs", "mark_read"];
        assert_eq!(nearest(known, "libary"), Some("library"));
        assert_eq!(nearest(known, "sings"), Some("signs"));
        assert_eq!(nearest(known, "colours"), None);
        assert_eq!(nearest(known, "x"), None);
    }
}
