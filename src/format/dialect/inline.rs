//! Generator markup within a line: templates, shortcodes, attributes, comments; and formulas. Code
//! spans are left alone.

use std::borrow::Cow;

use super::formula;

/// The delimiters of generator markup.
const AROUND: [(&str, &str); 5] = [
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{%", "%}"),
    ("{{", "}}"),
    ("{/*", "*/}"),
];

/// A line of text in plain Markdown.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    if !line.contains(['{', '$', '\\']) && !line.contains("%%") {
        return Cow::Borrowed(line);
    }
    let mut written = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['{', '`', '$', '\\', '<', '%']) {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        let (piece, length) = piece(rest, &written);
        written.push_str(&piece);
        rest = &rest[length..];
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// The replacement for the markup at the start of a text, and the number of bytes replaced.
fn piece<'a>(text: &'a str, before: &str) -> (Cow<'a, str>, usize) {
    let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
    if ticks > 0 {
        let length = span_of_code(text, ticks).unwrap_or(ticks);
        return (Cow::Borrowed(&text[..length]), length);
    }
    if text.starts_with('<') {
        let length = tag(text).unwrap_or(1);
        return (Cow::Borrowed(&text[..length]), length);
    }
    if text.starts_with(['$', '\\']) {
        return match formula::at_start(text) {
            Some(found) => (Cow::Owned(formula::escaped(found)), found.len()),
            None => {
                let length = escape(text);
                (Cow::Borrowed(&text[..length]), length)
            }
        };
    }
    if text.starts_with('%') {
        return match note(text, before) {
            Some(length) => (Cow::Borrowed(""), length),
            None => (Cow::Borrowed("%"), 1),
        };
    }
    if let Some(length) = attributes(text, before) {
        return (Cow::Borrowed(""), length);
    }
    if let Some(inner) = text.strip_prefix("{:")
        && before.ends_with([')', ']', '*', '_', '`'])
        && let Some(end) = inner.find('}')
    {
        return (Cow::Borrowed(""), end + 3);
    }
    for (open, close) in AROUND {
        if let Some(inner) = text.strip_prefix(open)
            && let Some(end) = inner.find(close)
        {
            let length = open.len() + end + close.len();
            let inner = inner[..end].trim_matches(['-', ' ', '\t']);
            if inner == "comment" {
                return (Cow::Borrowed(""), length + comment(&text[length..]));
            }
            let shown = match open {
                "{/*" => String::new(),
                "{{" => variable(inner, before),
                _ => shortcode(inner, before),
            };
            return (Cow::Owned(shown), length);
        }
    }
    (Cow::Borrowed("{"), 1)
}

/// The length of a note to oneself in Obsidian: `%%todo%%`, apart from words.
fn note(text: &str, before: &str) -> Option<usize> {
    let inner = text.strip_prefix("%%")?;
    let end = inner.find("%%").filter(|end| *end > 0)?;
    let is_apart = before.is_empty() || before.ends_with(char::is_whitespace);
    let behind = inner[end + 2..].chars().next();
    let ends = behind.is_none_or(|sign| !sign.is_alphanumeric() && sign != '%');
    (is_apart && ends).then_some(end + 4)
}

/// The length of the attributes behind a link, a picture or code, as Pandoc writes them:
/// `{#fig-1 .wide width=50%}`.
fn attributes(text: &str, before: &str) -> Option<usize> {
    let has_any = before.ends_with([']', '`']) || before.ends_with(')') && before.contains("](");
    let inner = text.strip_prefix('{').filter(|_| has_any)?;
    let (inner, _) = inner.split_once('}')?;
    let is_attribute = |word: &str| word.starts_with(['#', '.']) || is_named(word);
    let is_all = !inner.contains('{') && words(inner).into_iter().all(is_attribute);
    (is_all && !inner.trim().is_empty()).then_some(inner.len() + 2)
}

/// The length of an HTML tag or of a link in angle brackets without generator markup, in which nothing
/// is a formula.
fn tag(text: &str) -> Option<usize> {
    let inner = &text[1..=text.find('>')?];
    let is_tag = inner.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '/');
    (is_tag && !inner.contains(['{', '<'])).then(|| 1 + inner.len())
}

/// The length of dollars, or of a backslash and the punctuation that it escapes.
fn escape(text: &str) -> usize {
    if text.starts_with('$') {
        return text.bytes().take_while(|byte| *byte == b'$').count();
    }
    let next = text[1..].chars().next();
    let is_escape = next.is_some_and(|sign| sign.is_ascii_punctuation());
    1 + usize::from(is_escape)
}

/// The length of the rest of a comment, if it ends on the line.
fn comment(text: &str) -> usize {
    let end = text.find("endcomment").unwrap_or_default();
    text[end..].find("%}").map_or(0, |close| end + close + 2)
}

/// The length of a code span that starts with this many backquotes, if it ends on the line.
pub(super) fn span_of_code(text: &str, ticks: usize) -> Option<usize> {
    let mut at = ticks;
    while let Some(next) = text[at..].find('`') {
        at += next;
        let run = text[at..].bytes().take_while(|byte| *byte == b'`').count();
        at += run;
        if run == ticks {
            return Some(at);
        }
    }
    None
}

/// `{{ page.title }}`: dim, since only the site knows the value.
fn variable(inner: &str, before: &str) -> String {
    if before.ends_with('(') || before.ends_with("=\"") {
        return String::new();
    }
    format!(
        "<x-template>{{{{ {} }}}}</x-template>",
        inner.replace(['<', '>', '*', '_', '`'], "")
    )
}

/// What a template tag or a shortcode shows on its own. What it wraps is kept as it is.
fn shortcode(inner: &str, before: &str) -> String {
    let arguments = Arguments::new(inner);
    let first = arguments.first();
    let in_link = before.ends_with('(');
    match arguments.name {
        "link" | "post_url" | "ref" | "relref" | "post_link" | "asset_path" => match first {
            path if in_link => path.to_owned(),
            "" => String::new(),
            path => format!("[{}](<{path}>)", arguments.rest_or(path)),
        },
        "youtube" | "youtubeLite" => {
            linked("video", &format!("https://www.youtube.com/watch?v={first}"))
        }
        "vimeo" => linked("video", &format!("https://vimeo.com/{first}")),
        "video" | "audio" | "iframe" | "gist" | "tweet" | "x" => {
            match arguments.named("src").unwrap_or(first) {
                "" => String::new(),
                address => linked(arguments.name, address),
            }
        }
        "figure" | "img" | "image" | "asset_img" | "picture" => {
            let address = arguments.named("src").unwrap_or(first);
            let words = ["caption", "title", "alt"]
                .iter()
                .find_map(|name| arguments.named(name));
            format!("![{}](<{address}>)", words.unwrap_or_default())
        }
        name if name.starts_with(['/']) || name.starts_with("end") => String::new(),
        _ => match arguments.named("title") {
            Some(title) => format!("**{title}**"),
            None => String::new(),
        },
    }
}

fn linked(name: &str, address: &str) -> String {
    let shown = address.split("//").last().unwrap_or(address);
    format!(
        "[[{name}: {}]](<{address}>)",
        shown.split(['?']).next().unwrap_or(shown)
    )
}

/// The words of a tag: its name, and named or unnamed arguments.
struct Arguments<'a> {
    name: &'a str,
    words: Vec<&'a str>,
}

impl<'a> Arguments<'a> {
    fn new(inner: &'a str) -> Self {
        let mut words = words(inner);
        let name = if words.is_empty() {
            ""
        } else {
            words.remove(0)
        };
        Self { name, words }
    }

    /// The first unnamed argument, without quotes.
    fn first(&self) -> &'a str {
        let first = self.words.iter().find(|word| !is_named(word));
        first.map_or("", |word| word.trim_matches(['"', '\'']))
    }

    fn named(&self, name: &str) -> Option<&'a str> {
        self.words.iter().find_map(|word| {
            let value = word.strip_prefix(name)?.strip_prefix('=')?;
            Some(value.trim_matches(['"', '\'']))
        })
    }

    /// The words after the first; `path` if there are none.
    fn rest_or(&self, path: &str) -> String {
        match self.words.get(1..) {
            Some(rest) if !rest.is_empty() => rest.join(" ").replace(['"', '\''], ""),
            _ => path.to_owned(),
        }
    }
}

fn is_named(word: &str) -> bool {
    word.find('=').is_some_and(|at| {
        word[..at]
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

/// Words separated by blanks; quotes hold them together.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut start = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c.is_whitespace() => {
                words.extend(start.take().map(|start: usize| &text[start..at]));
                continue;
            }
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
        start.get_or_insert(at);
    }
    words.extend(start.map(|start| &text[start..]));
    words
}
