//! An edit with the changes that undo it, which are requested, reviewed and written like any other
//! edit.

use super::edited::{EditedFile, ProvedEdit};
use super::file::File;
use super::place::Spot;
use super::there::There;
use super::tree::NodeKind;
use super::{Asking, Edit, EditRefusal, Restoration, Wish};

/// An edit, and what undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversible {
    pub edit: Edit,
    /// Restores the value that the field has now, as it is written.
    pub back: Asking,
}

impl EditedFile {
    /// Carries out a wish, and returns the edit that did it with what undoes it; `None` if the file
    /// says so already.
    ///
    /// # Errors
    /// If the wish is refused, or the field has a value that could not be restored. The file stays as
    /// it was.
    pub fn reversible(&mut self, wish: &Wish) -> Result<Option<Reversible>, EditRefusal> {
        let file = self.now()?;
        let otherwise = match Spot::of(&file, wish)? {
            Spot::There(there) => otherwise(&there, wish)?,
            Spot::Absent(_) => match wish {
                Wish::Flag { .. } | Wish::Set { .. } => Some(Asking::Remove),
                Wish::Add { item, .. } => Some(Asking::Take(item.clone())),
                Wish::Remove { .. } | Wish::Take { .. } | Wish::Restore { .. } => None,
            },
        };
        let Some(proved) = self.proved(wish)? else {
            return Ok(None);
        };
        let back = back(&proved, wish, otherwise)?;
        let edit = self.take(proved);
        Ok(Some(Reversible { edit, back }))
    }
}

/// What undoes an edit: the field as it was written, or else `otherwise`.
fn back(
    proved: &ProvedEdit,
    wish: &Wish,
    otherwise: Option<Asking>,
) -> Result<Asking, EditRefusal> {
    let ProvedEdit {
        edit,
        before,
        after,
    } = proved;
    let name = match top(before, wish)? {
        Some(name) => Some(name),
        None => top(after, wish)?,
    };
    let exact = name
        .and_then(|name| Restoration::of(before, edit, after, &name, otherwise.clone()))
        .map(Asking::Restore);
    exact.or(otherwise).ok_or_else(|| EditRefusal::Unsure {
        key: wish.key().name().to_owned(),
    })
}

/// The name of the field at the top that a wish changes or changes something in, if it is there.
fn top(file: &File, wish: &Wish) -> Result<Option<String>, EditRefusal> {
    if let Wish::Restore { to, .. } = wish {
        return Ok(Some(to.name().to_owned()));
    }
    Ok(match Spot::of(file, wish)? {
        Spot::There(there) => there.path.into_iter().next(),
        Spot::Absent(absent) => absent.within(),
    })
}

/// What restores an existing field in other words, if its spelling cannot be: somebody may have
/// changed it since. `None` if there are no such words.
fn otherwise(there: &There<'_>, wish: &Wish) -> Result<Option<Asking>, EditRefusal> {
    let kind = &there.entry.value.kind;
    Ok(match (wish, kind) {
        (Wish::Add { item, .. }, _) => Some(Asking::Take(item.clone())),
        (Wish::Take { item, .. }, _) => Some(Asking::Add(item.clone())),
        (_, NodeKind::Scalar(text, _)) => Some(Asking::Set(text.clone())),
        (Wish::Remove { .. }, NodeKind::List(..)) | (Wish::Restore { .. }, _) => None,
        (Wish::Flag { .. } | Wish::Set { .. } | Wish::Remove { .. }, _) => {
            return Err(EditRefusal::NotSingle {
                line: there.line(),
                key: there.entry.name.clone(),
                found: there.described(),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Container;
    use crate::format::edit::{RequestedEdit, edit};
    use crate::model::Generator;

    fn reversible(text: &str, wish: &Wish) -> Result<Option<Reversible>, EditRefusal> {
        EditedFile::new(text.as_bytes().to_vec(), Container::Markdown).reversible(wish)
    }

    /// Carries out a change and then its reverse.
    fn there_and_back(text: &str, field: &str, change: Asking) -> String {
        let wish = |change| {
            let field = field.to_owned();
            RequestedEdit { field, change }.wish(Generator::Unknown)
        };
        let mut bytes = text.as_bytes().to_vec();
        let first = wish(change);
        let back = reversible(text, &first).expect("a way back");
        let mut apply = |wish: &Wish| {
            if let Some(edit) = edit(&bytes, Container::Markdown, wish).expect("an edit") {
                bytes = edit.apply(&bytes);
            }
        };
        apply(&first);
        back.into_iter().for_each(|it| apply(&wish(it.back)));
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn every_edit_is_taken_back_to_the_byte() {
        let set = |text: &str| Asking::Set(text.to_owned());
        let take = |text: &str| Asking::Take(text.to_owned());
        let add = |text: &str| Asking::Add(text.to_owned());
        let yaml = "---\ntitle: One\ncomments: no\ntoc: False # for now\nexpires: ~\nends:\n\
                    # how good\nQuality:   4.0\n# the mask\nmask: 0x1F\ncode: \"010\"\n\
                    categories: [news, europe, trade]\ntags:\n- a # first\n-\n- b # last\n\
                    nested:\n  x: 1.50\n  list: [b, b]\nlong: |\n  Text\n\n---\nText.\n";
        let toml = "+++\nday = 2024-05-02\nmask = 0x1F\ntags = ['b', \"b\"]\n\n[extra]\n\
                    # how good\nrating = 4.0\n+++\nText.\n";
        let json = "{\"title\": \"One\",\n  \"none\": null, \"rating\": 4.0,\n  \
                    \"tags\": [\"b\", \"b\"]}\nText.\n";
        let flow = "---\n{title: One, none: ~, rating: 4.0}\n---\n";
        let headers = "Title: One\nStatus: hidden\nTags: b; b\n\nText.\n";
        let commented =
            "---\ntopics:\n    # first\n    - a\n\n    # second\n    - b\n\nquality: 3\n---\n";
        let last = "---\ntopics:\n- a\n# second\n- b\n---\n";
        let twice = "---\nquality: 5\nquality: 6\nempty: \"\"\n---\n";
        let names = "---\ntopics: [a]\ntags: [b, c]\n---\n";
        let fields = |text: &'static str, names: &'static [&'static str]| {
            names.iter().map(move |name| (text, *name))
        };
        let single = fields(
            yaml,
            &["title", "comments", "toc", "expires", "ends", "quality"],
        )
        .chain(fields(
            yaml,
            &["mask", "code", "nested.x", "absent", "nested.absent"],
        ))
        .chain(fields(toml, &["day", "mask", "extra.rating", "absent"]))
        .chain(fields(json, &["title", "none", "rating", "absent"]))
        .chain(fields(flow, &["title", "none", "rating", "absent"]))
        .chain(fields(headers, &["status", "absent"]))
        .flat_map(|(text, name)| {
            [set("new: value"), set("7"), Asking::Remove].map(|it| (text, name, it))
        });
        let lists = [
            (yaml, "categories", take("news")),
            (yaml, "categories", take("trade")),
            (yaml, "categories", add("news")),
            (yaml, "categories", Asking::Remove),
            (yaml, "tags", take("a")),
            (yaml, "tags", take("b")),
            (yaml, "tags", add("c")),
            (yaml, "tags", Asking::Remove),
            (yaml, "nested.list", take("b")),
            (yaml, "absent", add("c")),
            (yaml, "long", Asking::Remove),
            (toml, "tags", take("b")),
            (toml, "tags", Asking::Remove),
            (toml, "absent", add("c")),
            (json, "tags", take("b")),
            (json, "tags", Asking::Remove),
            (headers, "tags", take("b")),
            (commented, "topics", take("a")),
            (commented, "topics", take("b")),
            (commented, "topics", add("c")),
            (last, "topics", take("b")),
            (twice, "topics", add("a")),
            (twice, "empty", add("a")),
            (names, "topics", take("b")),
            (names, "topics", add("d")),
            (headers, "tags", Asking::Remove),
        ];
        for (text, field, change) in single.chain(lists) {
            for end in ["\n", "\r\n"] {
                let text = text.replace('\n', end);
                let back = there_and_back(&text, field, change.clone());
                assert_eq!(back, text, "{field} {change:?}");
            }
        }
    }

    /// What the way back of a change gives, after `since` has become of the file.
    fn back_after(text: &str, field: &str, change: Asking, since: &str) -> String {
        let wish = |change| {
            let field = field.to_owned();
            RequestedEdit { field, change }.wish(Generator::Unknown)
        };
        let back = reversible(text, &wish(change));
        let back = back.expect("a way back").expect("an edit").back;
        match edit(since.as_bytes(), Container::Markdown, &wish(back)) {
            Ok(Some(edit)) => String::from_utf8(edit.apply(since.as_bytes())).expect("UTF-8"),
            Ok(None) => "unchanged".to_owned(),
            Err(refusal) => refusal.to_string(),
        }
    }

    #[test]
    fn what_else_has_changed_since_stays() {
        let text = "---\ntitle: One\nQuality: 4.0\ntopics: [b, b, c]\n---\n";
        let take = || Asking::Take("b".to_owned());
        let set = || Asking::Set("5".to_owned());
        for (field, change, since, back) in [
            // Another field.
            (
                "quality",
                set(),
                "---\nnew: 1\nQuality: 5\ntitle: Two\n---\nText.\n",
                "---\nnew: 1\nQuality: 4.0\ntitle: Two\n---\nText.\n",
            ),
            (
                "quality",
                Asking::Remove,
                "---\ntitle: Two\n# none\n---\n",
                "---\ntitle: Two\nQuality: 4.0\n# none\n---\n",
            ),
            (
                "quality",
                Asking::Remove,
                "---\nname: Two\n---\n",
                "---\nname: Two\nQuality: 4.0\n---\n",
            ),
            // The same field.
            (
                "quality",
                set(),
                "---\nQuality: 6 # good\n---\n",
                "---\nQuality: 4.0 # good\n---\n",
            ),
            (
                "topics",
                take(),
                "---\ntopics: [c, d]\n---\n",
                "---\ntopics: [c, d, b]\n---\n",
            ),
            (
                "topics",
                Asking::Remove,
                "---\ntopics: [d]\n---\n",
                "topics has changed since it was edited; change it back by hand",
            ),
            ("quality", set(), "---\nQuality: 4.0\n---\n", "unchanged"),
        ] {
            assert_eq!(
                back_after(text, field, change.clone(), since),
                back,
                "{change:?}"
            );
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
        let refused = reversible(text, &wish);
        assert!(matches!(refused, Err(EditRefusal::NotSingle { .. })));
    }
}
