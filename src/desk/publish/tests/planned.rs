//! What is planned for an article of a library.

use jiff::Timestamp;

use super::*;
use crate::format::edit::RequestedEdit;
use crate::library::{Depth, Library, Source};

/// The plan for the file `a.md` among others.
fn plan(
    files: &[(&str, &str)],
    to: Option<bool>,
    asked: &[RequestedEdit],
) -> Result<Planned, WriteRefusal> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
    let library = Library::load(&source, Depth::List);
    let mut articles = library.ids().map(|id| library.article(id));
    let article = articles.find(|it| *it.file_name() == *"a.md");
    let planner = Planner::new(library.articles(), Timestamp::UNIX_EPOCH);
    planner.plan(article.expect("an article"), to, asked)
}

#[test]
fn what_is_asked_of_a_file_has_its_way_back() {
    let add = |item: &str| Asking::Add(item.to_owned());
    let take = |item: &str| Asking::Take(item.to_owned());
    let set = |text: &str| Asking::Set(text.to_owned());
    let asked = [
        ("title", set("new")),
        ("topics", add("b")),
        ("topics", take("a")),
    ];
    let asked = asked.map(|(field, change)| RequestedEdit {
        field: field.to_owned(),
        change,
    });
    let file = ("a.md", "---\ntitle: old\ntopics: [a]\n---\nBody.\n");
    let Ok(Planned::Change(change)) = plan(&[file], None, &asked) else {
        panic!("no change");
    };
    assert_eq!(change.back("title"), [set("old")]);
    assert_eq!(change.back("topics"), [add("a"), take("b")]);
    assert_eq!(change.back("excerpt"), []);
}

/// A library without a rule goes by what its other articles say.
#[test]
fn a_field_is_added_if_others_use_it() {
    let article = ("a.md", "---\ntitle: A\n---\nBody.\n");
    for (site, says, to) in [
        ("notes.txt", "published: true", true),
        ("eleventy.config.js", "draft: true", false),
    ] {
        let site = (site, "");
        let other = format!("---\ntitle: B\n{says}\n---\nBody.\n");
        match plan(&[site, article, ("b.md", &other)], Some(to), &[]) {
            Ok(Planned::Change(change)) => {
                let lines: Vec<_> = change.diffs().map(|it| it.new.to_vec()).collect();
                assert_eq!(lines, [[says]]);
            }
            other => panic!("{says}: {other:?}"),
        }
        let alone = plan(&[site, article], Some(to), &[]);
        assert!(matches!(alone, Err(WriteRefusal::Rule(_))), "{alone:?}");
    }
}
