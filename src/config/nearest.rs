//! Suggests the word that somebody probably meant.

/// Most letters that may be wrong.
const WRONG: usize = 3;

/// The known word nearest to an unknown one, if any is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |known: &&str| strsim::damerau_levenshtein(word, known);
    let nearest = known.into_iter().min_by_key(distance)?;
    (distance(&nearest) <= WRONG.min(word.chars().count() / 2)).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_near_is_found_and_no_other() {
        let known = ["library", "signs", "mark_read"];
        assert_eq!(nearest("libary", known), Some("library"));
        assert_eq!(nearest("sign", known), Some("signs"));
        assert_eq!(nearest("colours", known), None);
        assert_eq!(nearest("x", known), None);
    }
}
