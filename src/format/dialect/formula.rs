//! Formulas within a line: `$x_1$`. They stay as they are written; in Markdown their signs would be
//! taken for emphasis. Not `\(x_1\)`, which are parentheses in Markdown.

/// Anything longer is not a formula but two prices far apart.
const LONGEST: usize = 200;
/// How many marks to try as its end: a line can consist of nothing but marks.
const TRIES: usize = 2;

/// A formula at the start of a text, with its marks; `None` if it is something else, such as a price.
pub(super) fn at_start(text: &str) -> Option<&str> {
    if text.starts_with("$$$") {
        return None;
    }
    let mark = if text.starts_with("$$") { "$$" } else { "$" };
    let inner = text.strip_prefix(mark)?;
    let end = ends(inner, mark).find(|end| is_formula(inner, *end, mark))?;
    Some(&text[..mark.len() + end + mark.len()])
}

/// Whether a dollar at the start of a text could begin a formula, whatever follows the text.
pub(in crate::format) fn may_begin(text: &str) -> bool {
    // A text can consist of nothing but dollars, and is asked about at each of them.
    let near = &text[..text.floor_char_boundary(LONGEST)];
    let inner = near.trim_start_matches('$');
    let is_price = |sign: char| sign.is_whitespace() || sign.is_ascii_digit();
    !inner.starts_with(is_price) || at_start(text).is_some()
}

/// Where a mark may end a formula.
fn ends<'a>(inner: &'a str, mark: &'a str) -> impl Iterator<Item = usize> + 'a {
    let within = &inner[..inner.floor_char_boundary(LONGEST)];
    within.match_indices(mark).map(|(at, _)| at).take(TRIES)
}

/// By Pandoc's rule for dollars: no blank inside of either mark, and no digit after the last. Prose
/// between two prices is not a formula either.
fn is_formula(inner: &str, end: usize, mark: &str) -> bool {
    let (content, behind) = (&inner[..end], &inner[end + mark.len()..]);
    let is_tight = !content.starts_with(char::is_whitespace)
        && !content.ends_with(char::is_whitespace)
        && !behind.starts_with(|sign: char| sign.is_ascii_digit());
    let is_prose = |word: &str| word.len() > 2 && word.chars().all(char::is_alphabetic);
    !content.is_empty()
        && !content.contains('`')
        && is_tight
        && !content.split_whitespace().any(is_prose)
}

/// The formula with a backslash before each sign that could be markup.
pub(super) fn escaped(formula: &str) -> String {
    let mut escaped = String::with_capacity(formula.len() * 2);
    for sign in formula.chars() {
        if sign.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_prices() {
        for (text, formula) in [
            ("$x_1$ and", Some("$x_1$")),
            ("$a * b$, $c$", Some("$a * b$")),
            ("$\\text{if } x < 1$.", Some("$\\text{if } x < 1$")),
            ("$$a_1$$", Some("$$a_1$$")),
            ("$1 to **$2**", None),
            ("$5 or *less* for 10$ more", None),
            ("$ x$", None),
            ("$x $", None),
            ("$x", None),
        ] {
            assert_eq!(at_start(text), formula, "{text}");
        }
    }
}
