//! Publications that finish, and some that do not.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use super::super::fingerprints::fingerprint;
use super::super::publish::{self, StagedChange as FileChange};
use super::*;
use crate::format::SiteOverrides;
use crate::format::edit::{FieldNames, Wish};

const NOT: &str = "---\ntitle: x\npublished: false\n---\nBody.\n";
const IS: &str = "---\ntitle: x\npublished: true\n---\nBody.\n";

/// A desk, and some files that say they are not published.
struct Case {
    folder: tempfile::TempDir,
    desk: SqliteDesk,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("site")).expect("a folder");
        for number in 1..=3 {
            fs::write(folder.path().join(format!("site/{number}.md")), NOT).expect("a file");
        }
        let desk = opened(&folder.path().join("state/desk.db"));
        Self { folder, desk }
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.path().join(format!("site/{number}.md"))
    }

    fn text(&self, number: u64) -> String {
        fs::read_to_string(self.path(number)).expect("a file")
    }

    fn change(&self, number: u64) -> FileChange {
        let key = FieldNames::new("published");
        let wishes = vec![Wish::Flag { key, to: true }];
        let change = FileChange::new(&self.path(number), self.folder.path(), wishes, None);
        change.expect("not refused").expect("a change")
    }

    fn intents(&self, changes: &[FileChange]) -> Vec<Intent> {
        (1..)
            .zip(changes)
            .map(|(number, change)| Intent {
                subjects: vec![(Subject(number), Staged::default())],
                identity: identity(number),
                path: change.path().to_path_buf(),
                says: Some(true),
                edits: BTreeMap::new(),
                versions: Some(change.versions()),
                state: State::Waits,
            })
            .collect()
    }

    fn staged(&mut self) -> Vec<Option<bool>> {
        (1..=3)
            .map(|number| mark(&mut self.desk, number).publication)
            .collect()
    }

    /// What a writer of this change calls a version beside the file.
    fn beside(&self, change: &FileChange) -> PathBuf {
        let name = format!(".newsdesk-{:032x}-aaaaaa.tmp", change.versions().new);
        self.folder.path().join("site").join(name)
    }

    fn leftovers(&self) -> usize {
        let entries = fs::read_dir(self.folder.path().join("site")).expect("the folder");
        entries.count() - 3
    }
}

#[test]
fn a_publication_is_one_entry_and_one_undo() {
    let mut case = Case::new();
    let changes = [1, 2, 3].map(|number| case.change(number));
    let intents = case.intents(&changes);
    fs::write(case.path(2), "---\ntitle: another\n---\n").expect("a change by another");
    let publication =
        OpenPublication::begin(&mut case.desk, &intents, Arc::default(), now()).expect("noted");
    let files: Vec<_> = intents.iter().zip(&changes).collect();
    let told = publication.write(&mut case.desk, &files).expect("noted");
    let written: Vec<bool> = told.iter().map(Result::is_ok).collect();
    assert_eq!(written, [true, false, true]);
    let transaction = publication.finish(&mut case.desk, now()).expect("noted");
    let label = transaction.expect("something has changed").label;
    assert_eq!(label, "publish: written, 2 articles, 1 still staged");
    assert_eq!(case.staged(), [None, Some(true), None]);
    assert_eq!(settle(&mut case.desk, now()), Ok(None));

    undo(&mut case.desk, UndoTarget::Last).expect("taken back");
    assert_eq!(case.staged(), [Some(false), None, Some(false)]);
    redo(&mut case.desk).expect("taken back");
    assert_eq!(case.staged(), [None, Some(true), None]);
    assert_eq!(case.desk.rebuild(), Ok(0));
}

#[test]
fn what_was_edited_is_staged_as_it_was_when_that_is_taken_back() {
    let mut case = Case::new();
    let changes = [case.change(1)];
    let mut intents = case.intents(&changes);
    let edit = EditIntent {
        asked: "new".to_owned(),
        back: "x".to_owned(),
    };
    intents[0].edits.insert("title".to_owned(), edit);
    let publication =
        OpenPublication::begin(&mut case.desk, &intents, Arc::default(), now()).expect("noted");
    let told = publication.write(&mut case.desk, &[(&intents[0], &changes[0])]);
    assert!(told.expect("noted")[0].is_ok());
    let of_title = MarkField::Edit("title".to_owned());
    let transaction = publication.finish(&mut case.desk, now()).expect("noted");
    let changed = transaction.expect("something has changed").changes;
    let edited = changed.iter().find(|it| it.field == of_title);
    let edited = edited.expect("the edit is in the journal");
    assert_eq!((&edited.before, &edited.after), (&note("x"), &note("")));
    // It was done here, so the article has not changed since it was decided on.
    let marks = case.desk.all().expect("marks");
    let published = fingerprint(&case.path(1), &SiteOverrides::default());
    assert!(published.is_some());
    assert_eq!(marks[0].identity.fingerprint, published);

    undo(&mut case.desk, UndoTarget::Last).expect("taken back");
    assert_eq!(mark(&mut case.desk, 1).edits["title"], "x");
}

#[test]
fn a_publication_of_nothing_leaves_no_entry() {
    let mut case = Case::new();
    let publication =
        OpenPublication::begin(&mut case.desk, &[], Arc::default(), now()).expect("noted");
    assert_eq!(publication.finish(&mut case.desk, now()), Ok(None));
    assert_eq!(case.desk.journal(None, 1), Ok(Vec::new()));
}

/// Stages the publication of an article, as a person does.
fn stage(case: &mut Case, intent: &mut Intent) {
    let to = Some(true);
    let (subject, staged) = &mut intent.subjects[0];
    let wanted = [(subject.0, MarkField::Publication, MarkValue::Staged(to))];
    decide(&mut case.desk, &wanted, now()).expect("kept");
    staged.publication = to;
}

#[test]
fn what_waits_as_before_leaves_no_entry() {
    let mut case = Case::new();
    let mut intents = case.intents(&[case.change(1)]);
    stage(&mut case, &mut intents[0]);
    let publication =
        OpenPublication::begin(&mut case.desk, &intents, Arc::default(), now()).expect("noted");
    assert_eq!(publication.finish(&mut case.desk, now()), Ok(None));
    assert_eq!(case.staged(), [Some(true), None, None]);
}

#[test]
fn what_the_file_says_already_is_not_staged_any_more() {
    let mut case = Case::new();
    let mut intents = case.intents(&[case.change(1), case.change(2)]);
    stage(&mut case, &mut intents[0]);
    for intent in &mut intents {
        (intent.versions, intent.state) = (None, State::SaysSo);
    }
    let publication =
        OpenPublication::begin(&mut case.desk, &intents, Arc::default(), now()).expect("noted");
    let transaction = publication.finish(&mut case.desk, now()).expect("noted");
    let transaction = transaction.expect("something has changed");
    assert_eq!(transaction.label, "publish: not staged, 1 article");
    assert_eq!(transaction.changes.len(), 1);
    assert_eq!(case.staged(), [None, None, None]);
}

#[test]
fn after_an_interrupted_publication_the_next_start_knows_what_was_written() {
    let mut case = Case::new();
    let changes = [1, 2, 3].map(|number| case.change(number));
    let intents = case.intents(&changes);
    let publication =
        OpenPublication::begin(&mut case.desk, &intents, Arc::default(), now()).expect("noted");
    let told = publication.write(&mut case.desk, &[(&intents[0], &changes[0])]);
    assert!(told.expect("noted")[0].is_ok());
    // Killed before this one is recorded, with the old version beside it.
    changes[1].write().expect("written");
    fs::write(case.beside(&changes[1]), NOT).expect("a leftover");
    // As long as it is under way, nobody interferes.
    assert_eq!(settle(&mut case.desk, now()), Ok(None));
    drop(publication);

    let settled = settle(&mut case.desk, now()).expect("settled");
    let said = settled.as_ref().map(ToString::to_string);
    let said = said.unwrap_or_default();
    assert!(
        said.contains("of 3 files, 2 were written") && said.contains("and 1 wait"),
        "{said}"
    );
    let Some(Notice::Settled {
        written,
        waiting,
        kept,
    }) = settled
    else {
        panic!("{settled:?}");
    };
    assert_eq!((written, waiting, kept.len()), (2, 1, 0));
    assert_eq!(case.leftovers(), 0);
    assert_eq!([1, 2, 3].map(|it| case.text(it)), [IS, IS, NOT]);
    assert_eq!(case.staged(), [None, None, Some(true)]);
    assert_eq!(settle(&mut case.desk, now()), Ok(None));

    undo(&mut case.desk, UndoTarget::Last).expect("taken back");
    assert_eq!(case.staged(), [Some(false), Some(false), None]);
    assert_eq!(
        undo(&mut case.desk, UndoTarget::Last),
        Err(DeskError::NothingToUndo)
    );
}

#[test]
fn files_that_were_written_at_once_are_all_found_if_none_was_recorded() {
    let mut case = Case::new();
    let changes = [1, 2, 3].map(|number| case.change(number));
    let intents = case.intents(&changes);
    let publication =
        OpenPublication::begin(&mut case.desk, &intents, Arc::default(), now()).expect("noted");
    // Killed with two of them written, and the old version still beside the second.
    changes[0].write().expect("written");
    changes[1].write().expect("written");
    fs::write(case.beside(&changes[1]), NOT).expect("a leftover");
    drop(publication);

    let settled = settle(&mut case.desk, now()).expect("settled");
    let expected = Notice::Settled {
        written: 2,
        waiting: 1,
        kept: Vec::new(),
    };
    assert_eq!(settled, Some(expected));
    assert_eq!(case.leftovers(), 0);
    undo(&mut case.desk, UndoTarget::Last).expect("taken back");
    assert_eq!(case.staged(), [Some(false), Some(false), None]);
}

#[test]
fn what_lies_beside_a_file_is_removed_only_if_it_is_ours() {
    let case = Case::new();
    let change = case.change(1);
    let (path, versions) = (case.path(1), change.versions());
    let beside = case.beside(&change);
    let remove = || {
        let is = publish::version_at(&path, versions);
        publish::remove_leftovers(&[(path.clone(), versions, is)])
    };
    // Before the exchange: whatever it is, it is the beginning of ours.
    fs::write(&beside, &IS[..10]).expect("a leftover");
    assert!(remove().is_empty());
    assert!(!beside.exists());
    // Nor is it ours if it only begins like that, or is a folder.
    let named = |name: String| path.with_file_name(name);
    let alike = named(format!(".newsdesk-{:032x}.md", versions.new));
    let folder = named(format!(".newsdesk-{:032x}-folder.tmp", versions.new));
    fs::write(&alike, IS).expect("a file");
    fs::create_dir(&folder).expect("a folder");
    assert!(remove().is_empty());
    assert!(alike.exists() && folder.exists());
    // What was made for another file says nothing about itself.
    let others = case.folder.path().join("site/.newsdesk-0-aaaaaa.tmp");
    fs::write(&others, "another version, kept for a person").expect("a leftover");
    assert!(remove().is_empty());
    assert!(others.exists());
    // After it: the old version, or another program's.
    change.write().expect("written");
    for (text, is_kept) in [(NOT, false), (IS, false), ("another program's", true)] {
        fs::write(&beside, text).expect("a leftover");
        assert_eq!(remove().len(), usize::from(is_kept), "{text}");
        assert_eq!(beside.exists(), is_kept, "{text}");
    }
}
