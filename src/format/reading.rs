//! How long a text takes to read: from its word count if known, else estimated from the size of a
//! body.

use super::body::Markup;

/// How many words a person reads in a minute: between the 238 usual in English (Brysbaert, 2019)
/// and the lower figures for other languages.
const WORDS_A_MINUTE: usize = 230;

/// Bytes of a body per word, with the blank after it and a share of markup and addresses. Six fits
/// prose in Latin letters, and also two characters of Chinese or Japanese, which count as a word.
const BYTES_A_WORD: u32 = 6;
/// The same for HTML, which has more markup.
const BYTES_A_WORD_IN_HTML: u32 = 10;

/// Minutes to read this many words; 0 for none.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE)
}

/// The approximate number of words in a body of this many bytes.
pub fn words_about(bytes: u32, markup: Markup) -> u32 {
    match markup {
        Markup::Html => bytes / BYTES_A_WORD_IN_HTML,
        Markup::Markdown | Markup::Mdx => bytes / BYTES_A_WORD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::body::body;

    #[test]
    fn about_as_many_words_as_there_are() {
        let latin = "Some plain words of a text that somebody has written, with *stress* and a \
                     [link](https://a.example/).\n\n";
        for text in [
            latin,
            "東京で新しい図書館が開いた。人々は長い列を作った。\n\n",
        ] {
            let text = text.repeat(50);
            let counted = body(Markup::Markdown, &text).words() as f64;
            let about = f64::from(words_about(text.len() as u32, Markup::Markdown));
            assert!(
                (0.6..1.6).contains(&(about / counted)),
                "{about} of {counted}"
            );
        }
    }

    #[test]
    fn a_begun_minute_counts() {
        let minutes: Vec<usize> = [0, 1, 230, 231].into_iter().map(minutes).collect();
        assert_eq!(minutes, [0, 1, 1, 2]);
    }
}
