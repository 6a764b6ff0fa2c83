//! What an article tells, in the form used for comparison: the significant words of its title and
//! excerpt, and the words that distinguish one issue, year or result from the next.

use super::super::ArticleRef;
use super::vocabulary::{LABELS, Meaning, meaning};
use crate::format::fold::fold;
use crate::format::script::is_unspaced;
use xxhash_rust::xxh3::xxh3_64;

/// Most words taken from a text: no real excerpt is longer.
const MAX_WORDS: usize = 80;

/// Most bytes of a text that are looked at.
const MAX_BYTES: usize = 2_048;

/// A word in a comparison, as a hash.
pub(super) type Word = u64;

/// The words of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct ArticleWords {
    /// The significant words of the title, in order, each once.
    pub title: Vec<Word>,
    /// Those of the excerpt.
    pub excerpt: Vec<Word>,
    /// Numbers, ordinals, days, months and seasons in the title.
    pub marks: Vec<Word>,
    /// Those in the excerpt.
    pub excerpt_marks: Vec<Word>,
    /// Names in the title, as far as capital letters reveal them.
    pub names: Vec<Word>,
}

impl ArticleWords {
    /// Removes `provider` from the title where feeds add it.
    pub(super) fn new(title: &str, excerpt: &str, provider: &str) -> Self {
        let title = own_title(title, provider);
        let (words, marks) = significant(title);
        let (excerpt, excerpt_marks) = significant(excerpt);
        Self {
            title: words,
            excerpt,
            marks,
            excerpt_marks,
            names: names(title),
        }
    }

    pub(super) fn from_article(article: ArticleRef<'_>) -> Self {
        Self::new(&article.title(), &article.excerpt(), article.provider())
    }

    /// Whether title or excerpt contains a word.
    pub(super) fn says(&self, word: Word) -> bool {
        [&self.title, &self.excerpt, &self.marks, &self.excerpt_marks]
            .iter()
            .any(|words| words.contains(&word))
    }
}

/// The title without mere labels: `UPDATE 2-` before it, the provider after it.
fn own_title<'a>(title: &'a str, provider: &str) -> &'a str {
    let title = without_label(title.trim());
    let cut = [" - ", " | ", " – ", " — ", " :: ", " · "]
        .iter()
        .filter_map(|sign| Some((title.rfind(sign)?, sign.len())))
        .max();
    match cut {
        Some((at, length)) if is_provider(&title[at + length..], provider) => &title[..at],
        _ => title,
    }
}

fn without_label(title: &str) -> &str {
    let start = title.floor_char_boundary(20);
    let Some(at) = title[..start].find([':', '-', '|', '–', '—']) else {
        return title;
    };
    let label = fold(&title[..at]);
    let mut words = label.split_whitespace();
    let is_label = words.next().is_some_and(|word| LABELS.contains(&word))
        && words.all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    if is_label {
        title[at..].trim_start_matches([':', '-', '|', '–', '—', ' '])
    } else {
        title
    }
}

fn is_provider(tail: &str, provider: &str) -> bool {
    let (tail, provider) = (fold(tail.trim()), fold(provider.trim()));
    let is_host = tail.contains('.') && !tail.contains(' ');
    let is_it = |a: &str, b: &str| !b.is_empty() && a.contains(b);
    is_host || is_it(&tail, &provider) || is_it(&provider, &tail)
}

/// The significant words and the marks of a text, in order, each once.
fn significant(text: &str) -> (Vec<Word>, Vec<Word>) {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let folded = fold(text);
    let (mut words, mut marks) = (Vec::new(), Vec::new());
    let mut tokens = tokens(&folded).peekable();
    let mut before = "";
    while let Some(token) = tokens.next() {
        if words.len() >= MAX_WORDS {
            break;
        }
        let number = number(token, tokens.peek().copied()).filter(|_| before != "covid");
        before = token;
        if let Some(number) = number {
            if number.takes_next {
                tokens.next();
            }
            add(&number.text, &mut marks);
            add(&number.text, &mut words);
            continue;
        }
        let meaning = meaning(token);
        if let Some(Meaning::Mark(mark)) = meaning {
            add(mark, &mut marks);
            add(mark, &mut words);
        } else if token.chars().next().is_some_and(is_unspaced) {
            // Pairs of characters count as words here.
            let signs: Vec<char> = token.chars().collect();
            for pair in signs.windows(2).take(MAX_WORDS) {
                add(&String::from_iter(pair), &mut words);
            }
        } else if token.len() > 1 {
            match meaning {
                Some(Meaning::Same(word)) => add(word, &mut words),
                Some(Meaning::Nothing | Meaning::Mark(_)) => {}
                None => add(&plain(token), &mut words),
            }
        }
    }
    (words, marks)
}

fn add(word: &str, words: &mut Vec<Word>) {
    let word = xxh3_64(word.as_bytes());
    if !words.contains(&word) {
        words.push(word);
    }
}

/// Runs of letters and digits; `1,000`, `2.5` and `5%` stay whole. A run also begins or ends where a
/// script without spaces does.
fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        let mut end = rest.len();
        let mut before = ' ';
        for (at, sign) in rest.char_indices() {
            let after = rest[at + sign.len_utf8()..].chars().next();
            let in_number = before.is_ascii_digit()
                && (matches!(sign, '.' | ',') && after.is_some_and(|it| it.is_ascii_digit())
                    || sign == '%');
            let is_another = before != ' ' && is_unspaced(before) != is_unspaced(sign);
            if !sign.is_alphanumeric() && !in_number || is_another {
                end = at;
                break;
            }
            before = sign;
        }
        let (token, left) = rest.split_at(end);
        rest = left;
        (!token.is_empty()).then_some(token)
    })
}

/// A number in a normalised spelling.
struct Number {
    text: String,
    /// Whether the next word is its unit.
    takes_next: bool,
}

/// The number that a word stands for: `1,000`, `2nd`, `five`, `$3bn` and `3 billion` alike.
fn number(token: &str, next: Option<&str>) -> Option<Number> {
    if !token.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let digits = token
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || b".,".contains(byte));
    let (figure, unit) = token.split_at(digits.count());
    let figure = figure.replace(',', "");
    let figure = match figure.split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|byte| byte == b'0') => whole,
        _ => figure.as_str(),
    };
    let named = |unit: &str| match unit {
        "k" | "thousand" => Some("k"),
        "m" | "mn" | "mln" | "million" | "millions" => Some("m"),
        "b" | "bn" | "bln" | "billion" | "billions" => Some("bn"),
        "tn" | "trillion" => Some("tn"),
        "%" | "percent" | "pct" => Some("%"),
        _ => None,
    };
    let (unit, takes_next) = match (unit, next.and_then(named)) {
        ("", Some(next)) => (next, true),
        ("st" | "nd" | "rd" | "th", _) => ("", false),
        (unit, _) => (named(unit).unwrap_or(unit), false),
    };
    Some(Number {
        text: format!("{figure}{unit}"),
        takes_next,
    })
}

/// A word without its plural ending.
fn plain(token: &str) -> String {
    let stem = match token.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => return format!("{stem}y"),
        _ => token.strip_suffix('s'),
    };
    match stem {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => token.to_owned(),
    }
}

/// The capitalised words of a title written like a sentence. If a title capitalises most words, they
/// mean nothing.
fn names(title: &str) -> Vec<Word> {
    let words: Vec<&str> = title
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .collect();
    let is_name = |word: &&&str| word.starts_with(char::is_uppercase);
    let rest = words.get(1..).unwrap_or_default();
    if rest.iter().filter(is_name).count() * 2 > rest.len() {
        return Vec::new();
    }
    let names = rest.iter().filter(is_name);
    names.flat_map(|name| significant(name).0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Vec<Word> {
        ArticleWords::new(text, "", "The Daily").title
    }

    #[test]
    fn what_is_said_alike_is_the_same() {
        for (a, b) in [
            (
                "Acme buys Beta for $3bn",
                "ACME to acquire Beta for 3 billion dollars",
            ),
            ("UPDATE 2-Sea levels rise 5%", "Sea level rises 5 percent"),
            ("Cities plant trees | The Daily", "City plants a tree"),
            ("Exclusive: The 2nd bridge", "Second bridge - daily.example"),
            ("Résumé of 1,000 days", "Resume of 1000 days"),
        ] {
            assert_eq!(title(a), title(b), "{a} / {b}");
        }
    }

    #[test]
    fn numbers_and_days_are_marks() {
        let told = |text: &str| ArticleWords::new(text, "", "").marks.len();
        assert_eq!(told("Issue 12: spring in March, part II"), 4);
        assert_eq!(told("Monday’s COVID-19 figures"), 1);
        assert_eq!(told("The bridge opens"), 0);
    }

    #[test]
    fn names_are_known_only_where_other_words_are_small() {
        assert_eq!(names("Leeds wins against York in the rain").len(), 1);
        assert_eq!(names("Leeds Wins Against York").len(), 0);
    }

    #[test]
    fn text_without_spaces_has_pairs_for_words() {
        assert_eq!(title("東京で新法").len(), 4);
        assert_eq!(title("ราคา").len(), 3);
        // A number and a Latin word inside it are separate words.
        assert_eq!(title("東京で2人死亡").len(), 2 + 1 + 2);
        assert_eq!(title("AIで新薬").len(), 1 + 2);
        assert_eq!(ArticleWords::new("東京で2人死亡", "", "").marks.len(), 1);
        let long: String = (0x4e00..0x9000).filter_map(char::from_u32).collect();
        assert_eq!(title(&long).len(), MAX_WORDS);
    }
}
