//! Staged changes of fields in a file, as parts of its mark: how they are stored and combined.
//! `format::edit` and `publish` change the files.

use std::collections::BTreeMap;

use super::intent::EditIntent;
use crate::format::edit::{Asking, RequestedEdit};
use crate::model::{MarkField, MarkValue};

/// The wish that stages this for a field; an empty list unstages it.
pub fn wish(field: &str, asked: &[Asking]) -> (MarkField, MarkValue) {
    (
        MarkField::Edit(field.to_owned()),
        MarkValue::Text(text(asked)),
    )
}

/// What a mark has staged for a field. Anything that cannot be read was not written by this
/// program, and is left out.
pub fn asked(text: &str) -> Vec<Asking> {
    serde_json::from_str(text).unwrap_or_default()
}

/// All changes to a file's fields that a mark has staged.
pub fn asked_of(staged: &BTreeMap<String, String>) -> Vec<RequestedEdit> {
    let each = |(field, text): (&String, &String)| {
        let field = field.clone();
        asked(text).into_iter().map(move |change| RequestedEdit {
            field: field.clone(),
            change,
        })
    };
    staged.iter().flat_map(each).collect()
}

/// What will become of the fields, recorded before their file is written. `back` holds what undoes
/// each field afterwards.
pub fn intents<'a>(
    staged: &BTreeMap<String, String>,
    back: impl Fn(&str) -> &'a [Asking],
) -> BTreeMap<String, EditIntent> {
    let intent = |(field, asked): (&String, &String)| {
        let intent = EditIntent {
            asked: asked.clone(),
            back: text(back(field)),
        };
        (field.clone(), intent)
    };
    staged.iter().map(intent).collect()
}

/// The text for a mark; empty for nothing.
pub fn text(asked: &[Asking]) -> String {
    match asked {
        [] => String::new(),
        asked => serde_json::to_string(asked).unwrap_or_default(),
    }
}

/// Combines staged changes of a field with more: list entries are merged and cancel each other,
/// anything else replaces what was there.
pub(super) fn joined(before: &str, more: &str) -> String {
    let (mut all, more) = (asked(before), asked(more));
    let is_entry = |it: &Asking| matches!(it, Asking::Add(_) | Asking::Take(_));
    if more.is_empty() || !all.iter().chain(&more).all(is_entry) {
        return text(&more);
    }
    for asking in more {
        let contrary = match &asking {
            Asking::Add(item) => Asking::Take(item.clone()),
            Asking::Take(item) => Asking::Add(item.clone()),
            Asking::Set(_) | Asking::Remove => continue,
        };
        all.retain(|it| *it != asking && *it != contrary);
        all.push(asking);
    }
    text(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(item: &str) -> Asking {
        Asking::Add(item.to_owned())
    }

    fn take(item: &str) -> Asking {
        Asking::Take(item.to_owned())
    }

    fn after(before: &[Asking], more: &[Asking]) -> Vec<Asking> {
        asked(&joined(&text(before), &text(more)))
    }

    #[test]
    fn entries_come_together_and_the_later_one_holds() {
        assert_eq!(after(&[add("a")], &[take("b")]), [add("a"), take("b")]);
        assert_eq!(after(&[add("a")], &[add("a")]), [add("a")]);
        assert_eq!(
            after(&[add("a"), add("b")], &[take("a")]),
            [add("b"), take("a")]
        );
    }

    #[test]
    fn a_value_takes_the_place_of_another_and_nothing_unstages() {
        let set = |text: &str| Asking::Set(text.to_owned());
        assert_eq!(after(&[set("1")], &[set("2")]), [set("2")]);
        assert_eq!(after(&[set("1")], &[Asking::Remove]), [Asking::Remove]);
        assert_eq!(after(&[set("1")], &[]), []);
        assert_eq!(after(&[add("a")], &[]), []);
    }

    #[test]
    fn what_is_staged_is_asked_of_the_file_and_recorded_with_its_way_back() {
        let title = vec![Asking::Set("new".to_owned())];
        let topics = vec![add("a"), take("b")];
        let all = [("title", &title), ("topics", &topics)];
        let staged = all.map(|(field, asked)| (field.to_owned(), text(asked)));
        let staged = BTreeMap::from(staged);

        let asked = asked_of(&staged).into_iter();
        let asked: Vec<_> = asked.map(|it| (it.field, it.change)).collect();
        let wanted = all.iter().flat_map(|(field, asked)| {
            let each = asked.iter().cloned();
            each.map(move |asking| ((*field).to_owned(), asking))
        });
        assert_eq!(asked, wanted.collect::<Vec<_>>());

        let old = [Asking::Set("old".to_owned())];
        let back = |field: &str| if field == "title" { &old[..] } else { &[] };
        let intents = intents(&staged, back);
        assert_eq!(intents.len(), 2);
        assert_eq!(intents["title"].asked, text(&title));
        assert_eq!(intents["title"].back, text(&old));
        assert_eq!(intents["topics"].asked, text(&topics));
        assert_eq!(intents["topics"].back, "");
    }

    #[test]
    fn what_is_no_edit_is_left_out() {
        assert_eq!(asked("nonsense"), []);
        assert_eq!(asked(""), []);
    }
}
