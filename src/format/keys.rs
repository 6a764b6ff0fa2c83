//! Finds what looks like a key in a front matter, without parsing: to tell where a field is, and
//! whether a text that does not parse was meant as front matter at all.

/// A line that looks like a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyLine<'a> {
    pub name: &'a str,
    /// Counted from 1.
    pub line: u32,
    /// Where the key starts, counted from 1: 1 for a top-level key.
    pub column: u32,
}

/// What looks like a key in `front`, whether it is YAML or not. A key is a single word here, so
/// that prose is not taken for front matter.
pub fn keys(front: &str) -> impl Iterator<Item = KeyLine<'_>> {
    front.lines().zip(1..).filter_map(|(text, line)| {
        let (column, name) = key_of(text)?;
        Some(KeyLine { name, line, column })
    })
}

fn key_of(line: &str) -> Option<(u32, &str)> {
    let blanks = [' ', '\t'];
    let mut rest = line.trim_start_matches(blanks);
    while let Some(inner) = ["- ", "? ", "{"]
        .iter()
        .find_map(|it| rest.strip_prefix(it))
    {
        rest = inner.trim_start_matches(blanks);
    }
    let column = (line.len() - rest.len()) as u32 + 1;
    let quotes = ['"', '\''];
    let word = rest.trim_start_matches(quotes);
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let end = word.find(|c| !in_word(c))?;
    let behind = word[end..].trim_start_matches(quotes).trim_start();
    let is_key = end > 0 && behind.starts_with(':') && !behind.starts_with("://");
    is_key.then(|| (column, &word[..end]))
}

/// The key and the value of a header line.
pub fn header(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_' | '.');
    let is_key = key.len() <= 40
        && key.starts_with(|sign: char| sign.is_alphabetic())
        && key.chars().all(is_word);
    let is_header = is_key && (value.is_empty() || value.starts_with([' ', '\t']));
    is_header.then(|| (key.trim_end(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_words_before_a_colon() {
        let found = |front| {
            keys(front)
                .map(|key| (key.line, key.column, key.name))
                .collect()
        };
        let expected: Vec<(u32, u32, &str)> = vec![
            (1, 1, "title"),
            (2, 1, "provider"),
            (3, 3, "name"),
            (4, 1, "quality"),
            (6, 5, "url"),
            (7, 2, "a-b"),
        ];
        let front =
            "title: x: y\nprovider:\n  name:y\n\"quality\" : 3\ntopics\n- - url: z\n{a-b: c}\n";
        let keys: Vec<(u32, u32, &str)> = found(front);
        assert_eq!(keys, expected);
        let none: Vec<(u32, u32, &str)> =
            found("Dear all, as said: no.\nhttps://a.example\n- x\n: y\n");
        assert_eq!(none, []);
    }

    #[test]
    fn prose_is_no_header() {
        for line in ["https://a.example", "No colon", ": x", "a:b", "- a: b"] {
            assert_eq!(header(line), None, "{line}");
        }
    }
}
