//! Editing one scalar: only its bytes change, everything else parses the same, and doing it twice,
//! or there and back, changes nothing more.

use std::path::Path;

use newsdesk::format::edit::{Edit, EditRefusal, FieldNames, Wish, edit, fields};
use newsdesk::format::{Container, Conventions, Reading, read};
use newsdesk::model::ListedFlag;

/// Publishes and unpublishes the bytes as a Markdown file and as a YAML file.
///
/// # Panics
/// If more than that changes, or not that.
pub fn check(bytes: &[u8]) {
    for name in ["a.md", "a.yaml"] {
        for to in [true, false] {
            check_one(name, bytes, to);
        }
    }
}

/// The edit that makes `published` say `to`.
fn publish(bytes: &[u8], container: Container, to: bool) -> Result<Option<Edit>, EditRefusal> {
    let key = FieldNames::new("published");
    edit(bytes, container, &Wish::Flag { key, to })
}

/// Whether a field is the one that is edited, however it is spelt.
fn is_it(name: &str) -> bool {
    name.to_lowercase().replace(['-', '_'], "") == "published"
}

fn check_one(name: &str, bytes: &[u8], to: bool) {
    let path = Path::new(name);
    let container = Container::from_name(name).expect("a file that can hold an article");
    let edit = match publish(bytes, container, to) {
        Ok(Some(edit)) => edit,
        Ok(None) => return,
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            return;
        }
    };
    let after = edit.apply(bytes);
    only_the_scalar_changed(bytes, &after, to);
    assert_eq!(
        publish(&after, container, to),
        Ok(None),
        "twice is not once"
    );
    let was_there = fields(bytes, container).is_ok_and(|it| it.iter().any(|(name, _)| is_it(name)));
    if was_there {
        let back = publish(&after, container, !to).expect("what was written can be changed");
        let back = back.expect("a change").apply(&after);
        assert!(back == bytes, "there and back is not where it began");
    }
    let (Reading::Article(was), Reading::Article(mut is)) = (
        read(path, bytes, &Conventions::default()),
        read(path, &after, &Conventions::default()),
    ) else {
        return;
    };
    assert_eq!(is.article.listed[ListedFlag::Published], Some(to));
    let published = ListedFlag::Published;
    is.article.listed[published] = was.article.listed[published];
    is.article.signals = was.article.signals;
    assert_eq!(is.article, was.article);
    assert_eq!(is.body, was.body);
}

/// By lines, without any parser: one is changed or added, and says `to`.
fn only_the_scalar_changed(before: &[u8], after: &[u8], to: bool) {
    let lines = |bytes: &[u8]| -> Vec<String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
        lines.map(|line| super::text(line).into_owned()).collect()
    };
    let (before, after) = (lines(before), lines(after));
    let start = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let (was, is) = (&before[start..], &after[start..]);
    let end = was
        .iter()
        .rev()
        .zip(is.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (was, is) = (&was[..was.len() - end], &is[..is.len() - end]);
    // A Windows line end is followed by an empty line here.
    let is: Vec<&String> = is
        .iter()
        .filter(|line| was.len() == 1 || !line.is_empty())
        .collect();
    // In braces, one more field on a line of its own leaves a comma on the line before.
    let (was, is) = match (was, &is[..]) {
        ([was], [before, ends @ .., added])
            if ends.iter().all(|it| it.is_empty())
                && was.starts_with(before.trim_end().trim_end_matches(',')) =>
        {
            assert!(
                was.contains('}') && before.contains(','),
                "{was:?} became {is:?}"
            );
            (&[][..], vec![*added])
        }
        _ => (was, is),
    };
    assert!(was.len() <= 1 && is.len() == 1, "{was:?} became {is:?}");
    let says = is[0].to_lowercase();
    assert!(
        says.contains(if to { "true" } else { "false" }),
        "{says:?} does not say {to}"
    );
    match was.first() {
        // One more field in braces, unless the value has a line of its own.
        Some(was)
            if !was.to_lowercase().contains("published")
                && !was
                    .to_lowercase()
                    .contains(if to { "false" } else { "true" }) =>
        {
            assert!(says.contains("published"), "{was:?} became {says:?}");
        }
        Some(was) => assert!(
            was.len().abs_diff(says.len()) <= 1,
            "{was:?} became {says:?}"
        ),
        None => assert!(says.contains("published"), "{says:?} was added"),
    }
}
