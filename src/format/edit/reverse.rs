//! The changes that undo an edit. They are requested, reviewed and written like any other edit.

use super::file::File;
use super::lists::is_same;
use super::place::Spot;
use super::tree::{NodeKind, SourceNode};
use super::{Asking, EditRefusal, Wish};
use crate::format::fence::Container;

/// What restores the current value of a field after `wish` has been carried out; empty if that
/// changes nothing.
///
/// # Errors
/// If the field cannot be found, or has a value that could not be restored.
pub fn reverse(
    bytes: &[u8],
    container: Container,
    wish: &Wish,
) -> Result<Vec<Asking>, EditRefusal> {
    let file = File::read(bytes, container)?;
    let root = file.tree();
    let there = match Spot::find(&file, root.as_ref(), wish.key())? {
        Spot::There(there) => there,
        Spot::Absent(_) => {
            return Ok(match wish {
                Wish::Flag { .. } | Wish::Set { .. } | Wish::Add { .. } => vec![Asking::Remove],
                Wish::Remove { .. } | Wish::Take { .. } => Vec::new(),
            });
        }
    };
    let value = &there.entry.value;
    let not_single = || EditRefusal::NotSingle {
        line: there.line(),
        key: there.entry.name.clone(),
        found: there.described(),
    };
    match wish {
        Wish::Flag { .. } | Wish::Set { .. } => match &value.kind {
            NodeKind::Scalar(text, _) => Ok(vec![Asking::Set(text.clone())]),
            NodeKind::List(..) | NodeKind::Map(..) | NodeKind::Strange(_) => Err(not_single()),
        },
        Wish::Remove { .. } => match &value.kind {
            NodeKind::Scalar(text, _) => Ok(vec![Asking::Set(text.clone())]),
            NodeKind::List(_, items) => {
                let text = |item: &SourceNode| single(item).map(|it| Asking::Add(it.to_owned()));
                items
                    .iter()
                    .map(text)
                    .collect::<Option<_>>()
                    .ok_or_else(not_single)
            }
            NodeKind::Map(..) | NodeKind::Strange(_) => Err(not_single()),
        },
        Wish::Add { item, .. } if has(value, item) => Ok(Vec::new()),
        Wish::Add { item, .. } => Ok(vec![Asking::Take(item.clone())]),
        Wish::Take { item, .. } if has(value, item) => Ok(vec![Asking::Add(item.clone())]),
        Wish::Take { .. } => Ok(Vec::new()),
    }
}

fn single(item: &SourceNode) -> Option<&str> {
    match &item.kind {
        NodeKind::Scalar(text, _) => Some(text),
        NodeKind::List(..) | NodeKind::Map(..) | NodeKind::Strange(_) => None,
    }
}

/// Whether an entry is among those of a list, or of a text that is a list on one line.
fn has(value: &SourceNode, item: &str) -> bool {
    match &value.kind {
        NodeKind::List(_, items) => items
            .iter()
            .filter_map(single)
            .any(|text| is_same(text, item)),
        NodeKind::Scalar(text, _) => text.split([',', ';']).any(|text| is_same(text, item)),
        NodeKind::Map(..) | NodeKind::Strange(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::edit::{RequestedEdit, edit, fields};
    use crate::model::Generator;

    /// Carries out a change and then its reverse.
    fn there_and_back(text: &str, field: &str, change: Asking) -> String {
        let wish = |change| {
            let field = field.to_owned();
            RequestedEdit { field, change }.wish(Generator::Unknown)
        };
        let mut bytes = text.as_bytes().to_vec();
        let first = wish(change);
        let back = reverse(&bytes, Container::Markdown, &first).expect("a way back");
        let mut apply = |wish: &Wish| {
            if let Some(edit) = edit(&bytes, Container::Markdown, wish).expect("an edit") {
                bytes = edit.apply(&bytes);
            }
        };
        apply(&first);
        back.into_iter().map(wish).for_each(|it| apply(&it));
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn every_edit_is_taken_back() {
        // A value that needed quotes keeps them, and a field that comes back is the last.
        let said = |text: &str| {
            let mut said = fields(text.as_bytes(), Container::Markdown).expect("fields");
            said.sort_by(|a, b| a.0.cmp(&b.0));
            said
        };
        let text = "---\ntitle: One\nquality: 60\ntopics: [ai, ml]\nmood: calm\n---\nText.\n";
        for (field, change) in [
            ("quality", Asking::Set("70".to_owned())),
            ("title", Asking::Set("Two: more".to_owned())),
            ("weight", Asking::Set("3".to_owned())),
            ("topics", Asking::Add("robots".to_owned())),
            ("topics", Asking::Add("ai".to_owned())),
            ("topics", Asking::Take("ml".to_owned())),
            ("topics", Asking::Take("none".to_owned())),
            ("mood", Asking::Remove),
            ("absent", Asking::Remove),
        ] {
            let back = there_and_back(text, field, change.clone());
            assert_eq!(said(&back), said(text), "{field} {change:?}");
        }
    }

    #[test]
    fn what_could_not_be_brought_back_is_refused() {
        let text = "---\ntitle: One\nprovider:\n  name: A\n---\n";
        let wish = RequestedEdit {
            field: "provider".to_owned(),
            change: Asking::Remove,
        };
        let wish = wish.wish(Generator::Unknown);
        let refused = reverse(text.as_bytes(), Container::Markdown, &wish);
        assert!(matches!(refused, Err(EditRefusal::NotSingle { .. })));
    }
}
