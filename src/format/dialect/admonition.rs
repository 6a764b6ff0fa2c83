//! Admonitions and other divisions of a text: how they begin, and the label that they are shown with.

/// What a line that starts with `:::` begins or ends.
pub(super) enum Division<'a> {
    Admonition {
        kind: &'a str,
        title: &'a str,
    },
    /// Columns, tabs and the like, of which only the contents are seen.
    Layout,
    End,
}

/// Divisions that are layout even without braces.
const LAYOUTS: [&str; 9] = [
    "columns",
    "column",
    "column-margin",
    "grid",
    "row",
    "div",
    "tabs",
    "code-group",
    "panel-tabset",
];

/// Classes of Pandoc's divisions that are admonitions.
const ADMONITIONS: [&str; 18] = [
    "note",
    "info",
    "tip",
    "hint",
    "important",
    "warning",
    "caution",
    "danger",
    "attention",
    "error",
    "success",
    "question",
    "example",
    "quote",
    "abstract",
    "bug",
    "seealso",
    "callout",
];

/// `:::note[Title]`, `:::note Title`, `::: {.callout-note title="Title"}`, `::: {.columns}`, `:::`.
pub(super) fn division(line: &str) -> Option<Division<'_>> {
    let inner = line.strip_prefix(":::")?.trim_start_matches(':').trim();
    if inner.is_empty() {
        return Some(Division::End);
    }
    if let Some(attributes) = inner.strip_prefix('{') {
        return Some(with_class(attributes));
    }
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let (kind, title) = inner.split_at(length.unwrap_or(inner.len()));
    if kind.is_empty() {
        return None;
    }
    if LAYOUTS.iter().any(|name| name.eq_ignore_ascii_case(kind)) {
        return Some(Division::Layout);
    }
    let title = named_title(inner)
        .unwrap_or_else(|| title.trim().trim_start_matches('[').trim_end_matches(']'));
    Some(Division::Admonition { kind, title })
}

/// A division of Pandoc's, by its attributes: `#id .callout-note title="Title"}`.
fn with_class(attributes: &str) -> Division<'_> {
    let words = attributes.trim_end_matches('}').split_whitespace();
    let mut classes = words.filter_map(|word| word.strip_prefix('.'));
    let kind = classes.find_map(|class| {
        let is_known = ADMONITIONS
            .iter()
            .any(|name| name.eq_ignore_ascii_case(class));
        class.strip_prefix("callout-").or(is_known.then_some(class))
    });
    match kind {
        Some(kind) => Division::Admonition {
            kind,
            title: named_title(attributes).unwrap_or_default(),
        },
        None => Division::Layout,
    }
}

fn named_title(attributes: &str) -> Option<&str> {
    let (_, behind) = attributes.split_once("title=\"")?;
    behind.split('"').next()
}

/// `!!! note "Title"` and `??? note`.
pub(super) fn indented_admonition(line: &str) -> Option<(String, &str)> {
    let inner = line
        .strip_prefix("!!! ")
        .or_else(|| line.strip_prefix("??? "))
        .or_else(|| line.strip_prefix("???+ "))?
        .trim();
    let (kind, title) = inner.split_once(' ').unwrap_or((inner, ""));
    let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_title = title.is_empty() || title.contains('"');
    (is_kind && is_title).then(|| (kind.to_owned(), title.trim().trim_matches('"')))
}

/// `> [!NOTE]` and `> [!note]- Title`, with the `>` before it.
pub(super) fn callout(line: &str) -> Option<(&str, String, &str)> {
    let inner = line.trim_start_matches([' ', '>']);
    let before = line[..line.len() - inner.len()].trim_end();
    let (kind, title) = inner.strip_prefix("[!")?.split_once(']')?;
    let kind = kind.split('|').next()?.trim();
    let is_kind = !kind.is_empty()
        && kind
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    (before.contains('>') && is_kind).then(|| {
        (
            before,
            kind.to_owned(),
            title.trim_start_matches(['+', '-']).trim(),
        )
    })
}

/// The label of an admonition, shown above its text.
pub(super) fn label(kind: &str, title: &str) -> String {
    let mut letters = kind.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let named = format!("**{first}{}**", letters.as_str().replace(['-', '_'], " "));
    if title.is_empty() {
        named
    } else {
        format!("{named} {title}")
    }
}
