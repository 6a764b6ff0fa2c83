//! What MDX adds to Markdown, as far as it is not text: imports and exports, and expressions as the
//! values of attributes.

use super::inline::span_of_code;

/// Longer blocks and tags are text.
const MOST_LINES: usize = 200;
const LONGEST_TAG: usize = 16 << 10;

/// Whether a Markdown file is MDX, as in Docusaurus: it imports something, and has components or
/// attributes to use it in.
pub(super) fn is_used(markdown: &str) -> bool {
    let has_component = || {
        let mut tags = markdown.match_indices('<');
        tags.any(|(at, _)| markdown[at + 1..].starts_with(|sign: char| sign.is_ascii_uppercase()))
    };
    markdown
        .lines()
        .any(|line| line.starts_with("import") && starts_module_code(line))
        && (markdown.contains("={") || has_component())
}

/// The number of lines of the block of imports and exports at the start of a text.
pub(super) fn module_code(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (number, line) in text.lines().enumerate().take(MOST_LINES) {
        let goes_on = number > 0 && (depth > 0 || continues(line));
        if !goes_on && !starts_module_code(line) {
            return (number > 0).then_some(number);
        }
        depth += brackets(line);
    }
    (depth <= 0).then(|| text.lines().count().min(MOST_LINES))
}

/// Whether a line that is not within brackets goes on with the statement before it.
fn continues(line: &str) -> bool {
    line.starts_with([' ', '\t', '}', ')', ']', '.']) && !line.trim().is_empty()
        || line.starts_with("from ")
        || line.starts_with("//")
}

fn starts_module_code(line: &str) -> bool {
    if let Some(behind) = line.strip_prefix("import") {
        return behind.starts_with([' ', '{', '\'', '"', '*']) && is_import(behind.trim());
    }
    const EXPORTED: [&str; 11] = [
        "const",
        "let",
        "var",
        "function",
        "class",
        "async",
        "default",
        "type",
        "interface",
        "{",
        "*",
    ];
    let behind = line.strip_prefix("export ").map(str::trim_start);
    behind.is_some_and(|behind| {
        EXPORTED.iter().any(|word| {
            let after = behind.strip_prefix(word);
            after.is_some_and(|after| !after.starts_with(|sign: char| sign.is_alphanumeric()))
        })
    })
}

/// Whether this stands behind `import`: names, and a module in quotes; or the start of a list of
/// names over several lines.
fn is_import(behind: &str) -> bool {
    let (names, module) = match behind.split_once("from ") {
        Some((names, module)) => (names.trim(), module),
        None if behind.starts_with(['{', '*']) => return !behind.contains('}'),
        None => ("", behind),
    };
    let is_name = |sign: char| sign.is_alphanumeric() || "_$,{}* ".contains(sign);
    names.chars().all(is_name) && is_quoted(module)
}

/// A module in quotes, perhaps with a semicolon or comment behind it.
fn is_quoted(module: &str) -> bool {
    let mut signs = module.trim_start().chars();
    let Some(quote @ ('\'' | '"')) = signs.next() else {
        return false;
    };
    let inner = signs.as_str();
    inner.split_once(quote).is_some_and(|(name, behind)| {
        let behind = behind.trim_start_matches(';').trim();
        !name.is_empty()
            && !name.contains(char::is_whitespace)
            && (behind.is_empty() || behind.starts_with("//"))
    })
}

/// How many more brackets a line opens than it closes, texts in quotes aside.
fn brackets(line: &str) -> i32 {
    let mut depth = 0;
    let mut rest = line;
    while let Some(at) = rest.find(['{', '[', '(', '}', ']', ')', '\'', '"', '`']) {
        let sign = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match sign {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth -= 1,
            quote => {
                let end = rest.find(char::from(quote));
                rest = end.map_or(rest, |end| &rest[end + 1..]);
            }
        }
    }
    depth
}

/// The first line of a text, with the rest of any tag that begins on it, without the values of
/// attributes that are expressions; and the number of lines that this takes.
pub(super) fn plain_tags(text: &str) -> (String, usize) {
    let mut written = String::new();
    let mut rest = text;
    let mut lines = 1;
    while let Some(at) = rest.find(['<', '`', '\n']) {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('\n') {
            return (written, lines);
        }
        let line = rest.split('\n').next().unwrap_or_default();
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        let length = if ticks > 0 {
            let length = span_of_code(line, ticks).unwrap_or(ticks);
            written.push_str(&rest[..length]);
            length
        } else if let Some(length) = tag(rest) {
            written.push_str(&without_expressions(&rest[..length]));
            length
        } else {
            written.push('<');
            1
        };
        lines += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    written.push_str(rest);
    (written, lines)
}

/// The length of a start tag, in which expressions may have any signs.
fn tag(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(LONGEST_TAG)];
    if !text[1..].starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        return None;
    }
    let mut depth = 0;
    let mut quote = None;
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (_, '\n') if depth == 0 && text[at + 1..].starts_with('\n') => return None,
            (Some(open), _) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(sign),
            (None, '{') => depth += 1,
            (None, '}') => depth -= 1,
            (None, '>') if depth == 0 => return Some(at + 1),
            (None, '<') if at > 0 && depth == 0 => return None,
            (None, _) => {}
        }
    }
    None
}

/// A tag on one line, without `{expressions}` and the names that they are the values of.
fn without_expressions(tag: &str) -> String {
    if !tag.contains('{') {
        return tag.to_owned();
    }
    let mut written = String::with_capacity(tag.len());
    let mut depth = 0;
    let mut quote = None;
    for sign in tag.chars() {
        let was_inside = depth > 0;
        match (quote, sign) {
            (Some(open), _) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(sign),
            (None, '{') => depth += 1,
            (None, '}') => depth -= 1,
            (None, _) => {}
        }
        if depth > 0 && !was_inside && written.ends_with('=') {
            let kept = written.trim_end_matches(|sign: char| !sign.is_whitespace());
            written.truncate(kept.len());
        }
        if depth == 0 && !was_inside {
            written.push(if sign == '\n' { ' ' } else { sign });
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_and_exports_are_told_from_prose() {
        for (text, lines) in [
            ("import a from 'b'\n\nc", Some(1)),
            ("import {\n  A,\n  B,\n} from \"@c/d\";\n\ne", Some(4)),
            ("import './a.css';\nimport * as b from \"c\"\n", Some(2)),
            ("import a, { type B } from 'c'; // d\nText", Some(1)),
            ("export const a = {\n  b: '}',\n\n  c: 1,\n};\n\nd", Some(5)),
            ("export const a =\n  1;\n\nb", Some(2)),
            ("export default ({ children }) => children\n\nd", Some(1)),
            ("export * from 'a'", Some(1)),
            ("import grain from \"the south\"", None),
            ("import duties rose from 'low' to high", None),
            ("import duties", None),
            ("imports from 'a'", None),
            ("export controls were eased", None),
            ("export defaults", None),
            ("export const a = {\n\nnever ended", None),
        ] {
            assert_eq!(module_code(text), lines, "{text}");
        }
    }

    #[test]
    fn expressions_in_tags_are_not_seen() {
        for (text, plain, lines) in [
            ("<Foo bar={x > 1} />\n\na", "<Foo  />", 1),
            (
                "a <B c=\"d\" {...e} f={{g: 1}}>h</B>",
                "a <B c=\"d\"  >h</B>",
                1,
            ),
            ("<A\n  b={() => {\n    c > 1;\n  }}\n>\nd", "<A    >", 5),
            ("`<A b={c}>` a < b", "`<A b={c}>` a < b", 1),
            ("a <b and {c}", "a <b and {c}", 1),
        ] {
            let found = plain_tags(text);
            assert_eq!((found.0.as_str(), found.1), (plain, lines), "{text}");
        }
    }
}
