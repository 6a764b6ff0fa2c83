//! What becomes of files and of the desk, over several fetches.

use std::fs;

use jiff::Timestamp;

use super::*;
use crate::feeds::article::drafts;
use crate::feeds::list::Feed;
use crate::feeds::read::{FeedEntry, ParsedFeed, TextMarkup};

const FEED: &str = "https://a.example/feed";

struct World {
    folder: tempfile::TempDir,
    desk: SqliteDesk,
}

fn entry(guid: &str, title: &str, text: &str) -> FeedEntry {
    FeedEntry {
        guid: guid.into(),
        title: Some(TextMarkup::Html(title.into())),
        link: Some(format!("https://a.example/{guid}")),
        content: Some(TextMarkup::Html(text.into())),
        summary: Some(TextMarkup::Html("Short.".into())),
        published: "2026-03-05T10:00:00Z".parse().ok(),
        ..FeedEntry::default()
    }
}

fn drafts_of(feed: &str, entries: Vec<FeedEntry>) -> Vec<ArticleDraft> {
    let feed = Feed {
        url: feed.into(),
        name: "A".into(),
        ..Feed::default()
    };
    let contents = ParsedFeed {
        entries,
        ..ParsedFeed::default()
    };
    drafts(&feed, &contents, Timestamp::UNIX_EPOCH).0
}

impl World {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            desk: SqliteDesk::in_memory().expect("a desk"),
        }
    }

    fn write(&mut self, entries: Vec<FeedEntry>) -> (KeptEntries, Vec<Arrival>) {
        let folder = self.folder.path().to_path_buf();
        self.write_into(&folder, entries)
    }

    fn write_into(
        &mut self,
        folder: &Path,
        entries: Vec<FeedEntry>,
    ) -> (KeptEntries, Vec<Arrival>) {
        let drafts = drafts_of(FEED, entries);
        let mut keeper = Keeper::new(&mut self.desk);
        let kept = keeper.keep(FEED, folder, &drafts).expect("kept");
        (kept, std::mem::take(&mut keeper.arrivals))
    }

    /// Keeps the entries of several feeds together, each in a folder of its own.
    fn fetch_each(&mut self, feeds: &[(&str, Vec<FeedEntry>)]) -> Vec<KeptEntries> {
        let mut keeper = Keeper::new(&mut self.desk);
        let kept = feeds.iter().map(|(feed, entries)| {
            let folder = self.folder.path().join(feed);
            let drafts = drafts_of(feed, entries.clone());
            keeper.keep(feed, &folder, &drafts).expect("kept")
        });
        let kept = kept.collect();
        keeper.settle().expect("kept");
        kept
    }

    fn fetch(&mut self, entries: Vec<FeedEntry>) -> KeptEntries {
        let (kept, arrivals) = self.write(entries);
        self.desk.note_arrivals(&arrivals).expect("noted");
        kept
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<_> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).expect(name)
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{text}");
        fs::write(self.folder.path().join(name), text.replace(from, to)).expect(name);
    }
}

const ONE: &str = "2026-03-05-one.md";

#[test]
fn the_same_again_changes_no_byte() {
    let mut world = World::new();
    let entries = || vec![entry("1", "One", "<p>a"), entry("2", "One", "<p>b")];
    let kept = world.fetch(entries());
    assert_eq!((kept.new.len(), kept.updated.len()), (2, 0));
    assert_eq!(world.files(), ["2026-03-05-one-2.md", ONE]);
    let before: Vec<String> = world.files().iter().map(|name| world.text(name)).collect();
    assert_eq!(world.fetch(entries()), KeptEntries::default());
    let after: Vec<String> = world.files().iter().map(|name| world.text(name)).collect();
    assert_eq!(before, after);
}

#[test]
fn a_run_that_was_killed_before_its_note_costs_nothing() {
    let mut world = World::new();
    let entries = || vec![entry("1", "One", "<p>a"), entry("2", "Two", "<p>b")];
    let (kept, _) = world.write(entries());
    assert_eq!(kept.new.len(), 2);
    let files = world.files();
    fs::write(world.folder.path().join(".newsdesk-fetch.tmp"), "---").expect("a file");
    world.fetch(entries());
    assert_eq!(world.files(), files);
}

#[test]
fn a_file_that_a_power_cut_has_torn_is_written_whole() {
    let mut world = World::new();
    world.write(vec![entry("1", "One", "<p>a")]);
    let whole = world.text(ONE);
    for length in [0, 10, whole.len() - 1] {
        fs::write(world.folder.path().join(ONE), &whole[..length]).expect("a file");
        world.write(vec![entry("1", "One", "<p>a")]);
        assert_eq!(world.text(ONE), whole);
        assert_eq!(world.files(), [ONE]);
    }
}

#[test]
fn a_file_of_somebody_else_is_never_replaced() {
    let mut world = World::new();
    fs::write(world.folder.path().join(ONE), "---\ntitle: Mine\n---\n").expect("a file");
    world.fetch(vec![entry("1", "One", "<p>a")]);
    assert_eq!(world.text(ONE), "---\ntitle: Mine\n---\n");
    assert_eq!(world.files(), ["2026-03-05-one-2.md", ONE]);
}

#[test]
fn what_the_source_has_changed_is_updated_and_nothing_else() {
    let mut world = World::new();
    world.fetch(vec![entry("1", "One", "<p>a")]);
    world.edit(
        ONE,
        "type: article\n",
        "type: article\nquality: 90 # mine\n",
    );
    let mut changed = entry("1", "One!", "<p>b");
    changed.updated = "2026-03-06T10:00:00Z".parse().ok();
    let kept = world.fetch(vec![changed.clone()]);
    assert_eq!((kept.updated.len(), kept.notes.len()), (1, 0));
    let text = world.text(ONE);
    assert!(
        text.contains("title: \"One!\"\n") && text.ends_with("---\n\nb\n"),
        "{text}"
    );
    assert!(text.contains("quality: 90 # mine\n"), "{text}");
    assert!(
        text.contains("updatedDateTime: \"2026-03-06T10:00:00Z\"\n"),
        "{text}"
    );
    assert_eq!(world.fetch(vec![changed]), KeptEntries::default());
}

#[test]
fn a_change_on_both_sides_keeps_the_file_and_is_told_once() {
    let mut world = World::new();
    world.fetch(vec![entry("1", "One", "<p>a")]);
    world.edit(ONE, "\"One\"", "\"Mine\"");
    world.edit(ONE, "\na\n", "\nmy text\n");
    let kept = world.fetch(vec![entry("1", "Theirs", "<p>b")]);
    assert_eq!(kept.notes.len(), 1);
    assert!(kept.notes[0].contains("title, the text"), "{kept:?}");
    assert!(
        world.text(ONE).contains("title: \"Mine\"") && world.text(ONE).ends_with("\nmy text\n")
    );
    assert_eq!(
        world.fetch(vec![entry("1", "Theirs", "<p>b")]),
        KeptEntries::default()
    );
    // The source may still change another field.
    let mut changed = entry("1", "Theirs again", "<p>b");
    changed.summary = Some(TextMarkup::Text("Other.".into()));
    world.fetch(vec![changed]);
    let text = world.text(ONE);
    assert!(
        text.contains("title: \"Mine\"") && text.contains("excerpt: \"Other.\""),
        "{text}"
    );
}

#[test]
fn what_was_deleted_or_moved_stays_so() {
    let mut world = World::new();
    world.fetch(vec![entry("1", "One", "<p>a"), entry("2", "Two", "<p>b")]);
    fs::remove_file(world.folder.path().join(ONE)).expect("a file");
    let two = world.folder.path().join("2026-03-05-two.md");
    fs::create_dir(world.folder.path().join("done")).expect("a folder");
    fs::rename(two, world.folder.path().join("done/two.md")).expect("moved");
    world.fetch(vec![entry("1", "One!", "<p>c"), entry("2", "Two!", "<p>d")]);
    world.fetch(vec![entry("1", "One", "<p>a"), entry("2", "Two", "<p>b")]);
    assert_eq!(world.files(), ["done"]);
}

#[test]
fn an_entry_whose_guid_changes_is_known_by_its_page() {
    let mut world = World::new();
    world.fetch(vec![entry("1", "One", "<p>a")]);
    let mut renamed = entry("1", "One", "<p>a");
    for guid in ["x", "y", "1"] {
        renamed.guid = guid.into();
        assert_eq!(
            world.fetch(vec![renamed.clone()]),
            KeptEntries::default(),
            "{guid}"
        );
    }
    assert_eq!(world.files(), [ONE]);
}

#[test]
fn another_entry_of_the_same_page_is_another_article() {
    let mut world = World::new();
    let at_front = |guid: &str, title: &str| FeedEntry {
        link: Some("https://a.example/".into()),
        ..entry(guid, title, "<p>a")
    };
    world.fetch(vec![at_front("1", "One")]);
    let kept = world.fetch(vec![at_front("2", "Two")]);
    assert_eq!((kept.new.len(), kept.updated.len()), (1, 0));
    assert_eq!(world.files(), [ONE, "2026-03-05-two.md"]);
    assert_eq!(
        world.fetch(vec![at_front("2", "Two")]),
        KeptEntries::default()
    );
    // A guid that is just the link says no more than the page.
    let kept = world.fetch(vec![at_front("https://a.example", "Three")]);
    assert_eq!((kept.new.len(), kept.updated.len()), (0, 1));
}

#[test]
fn an_entry_that_is_there_under_its_guid_is_no_other_one() {
    let mut world = World::new();
    world.fetch(vec![entry("1", "One", "<p>a")]);
    let moved = FeedEntry {
        link: Some("https://a.example/elsewhere".into()),
        ..entry("1", "One", "<p>a")
    };
    let in_its_place = FeedEntry {
        link: Some("https://a.example/1".into()),
        ..entry("2", "One", "<p>b")
    };
    let kept = world.fetch(vec![moved, in_its_place]);
    assert_eq!((kept.new.len(), kept.updated.len()), (1, 0));
    assert!(world.text(ONE).ends_with("\na\n"), "{}", world.text(ONE));
}

#[test]
fn a_file_in_the_folder_of_before_is_updated_there() {
    let mut world = World::new();
    world.fetch(vec![entry("1", "One", "<p>a")]);
    let other = tempfile::tempdir().expect("a folder");
    let (kept, _) = world.write_into(other.path(), vec![entry("1", "One", "<p>b")]);
    assert_eq!((kept.updated.len(), kept.notes.len()), (1, 0), "{kept:?}");
    assert!(world.text(ONE).ends_with("\nb\n"), "{}", world.text(ONE));
}

#[test]
fn what_cannot_be_updated_is_tried_again() {
    let mut world = World::new();
    let path = world.folder.path().join(ONE);
    let aside = world.folder.path().join("aside");
    world.fetch(vec![entry("1", "One", "<p>a")]);
    // Not gone: it cannot be read.
    fs::rename(&path, &aside).expect("moved");
    std::os::unix::fs::symlink(&path, &path).expect("a link");
    let changed = || vec![entry("1", "One", "<p>b")];
    let kept = world.fetch(changed());
    assert_eq!((kept.failed, kept.notes.len()), (1, 1), "{kept:?}");
    // It can be read but not written.
    fs::remove_file(&path).expect("a link");
    fs::hard_link(&aside, &path).expect("a file");
    assert_eq!(world.fetch(changed()).failed, 1);
    fs::remove_file(&aside).expect("a file");
    let kept = world.fetch(changed());
    assert_eq!((kept.failed, kept.updated.len()), (0, 1), "{kept:?}");
    assert!(world.text(ONE).ends_with("\nb\n"), "{}", world.text(ONE));
}

#[test]
fn what_only_the_source_has_changed_is_written_beside_what_both_have() {
    let mut world = World::new();
    world.fetch(vec![entry("1", "One", "<p>a")]);
    world.edit(ONE, "\"One\"", "\"Mine\"");
    let kept = world.fetch(vec![entry("1", "Theirs", "<p>b")]);
    assert_eq!((kept.updated.len(), kept.notes.len()), (1, 1), "{kept:?}");
    let text = world.text(ONE);
    assert!(
        text.contains("\"Mine\"") && text.ends_with("\nb\n"),
        "{text}"
    );
}

#[test]
fn a_time_of_change_that_a_source_drops_stays_its_own() {
    let mut world = World::new();
    let at = |time: Option<&str>| FeedEntry {
        updated: time.map(|it| it.parse().expect(it)),
        ..entry("1", "One", "<p>a")
    };
    world.fetch(vec![at(Some("2026-03-06T10:00:00Z"))]);
    assert_eq!(world.fetch(vec![at(None)]), KeptEntries::default());
    let kept = world.fetch(vec![at(Some("2026-03-07T10:00:00Z"))]);
    assert_eq!((kept.updated.len(), kept.notes.len()), (1, 0), "{kept:?}");
    assert!(
        world.text(ONE).contains("2026-03-07"),
        "{}",
        world.text(ONE)
    );
}

#[test]
fn every_file_is_read_without_a_warning() {
    let mut world = World::new();
    let texts = [
        "<p>a",
        "",
        "---",
        "{{ x }}",
        "<pre>---\ntitle: x\n---</pre>",
        "<h1>One</h1>",
    ];
    let entries = texts
        .iter()
        .enumerate()
        .map(|(at, text)| entry(&at.to_string(), "One", text));
    world.fetch(entries.collect());
    assert_eq!(world.files().len(), texts.len());
    for name in world.files() {
        let shown = read_shown(&world.folder.path().join(&name)).expect(&name);
        assert!(shown.warnings.is_empty(), "{:?}", shown.warnings);
        assert_eq!(shown.article.title, "One");
    }
}

#[test]
fn an_entry_that_several_feeds_have_is_one_file() {
    let mut world = World::new();
    let entry = |guid: &str, text: &str| FeedEntry {
        link: Some("https://a.example/1".into()),
        ..entry(guid, "One", text)
    };
    let new =
        |kept: &[KeptEntries]| -> Vec<usize> { kept.iter().map(|kept| kept.new.len()).collect() };
    // What another feed says of the page is an article of its own.
    let together = [
        ("a", vec![entry("1", "<p>a")]),
        ("b", vec![entry("x", "<p>a")]),
        ("c", vec![entry("1", "<p>Comments")]),
    ];
    let kept = world.fetch_each(&together);
    assert_eq!(new(&kept), [1, 0, 1]);
    assert_eq!(
        kept[1].notes,
        ["1 entry is already an article of another feed"]
    );
    assert_eq!(
        world.fetch_each(&together),
        [
            KeptEntries::default(),
            KeptEntries::default(),
            KeptEntries::default()
        ]
    );
    let later = [("d", vec![entry("2", "<p>a")])];
    assert_eq!(new(&world.fetch_each(&later)), [0]);
    // Whichever feed has news first, the file gets them once.
    let changed = [
        ("d", vec![entry("2", "<p>b")]),
        ("a", vec![entry("1", "<p>b")]),
    ];
    let kept = world.fetch_each(&changed);
    let news: Vec<_> = kept
        .iter()
        .map(|it| (it.updated.len(), it.notes.len()))
        .collect();
    assert_eq!(news, [(1, 0), (0, 0)]);
    let file = format!("a/{ONE}");
    assert!(
        world.text(&file).ends_with("\nb\n"),
        "{}",
        world.text(&file)
    );
    // A title and a page are not enough to tell.
    let untold = FeedEntry {
        summary: None,
        ..entry("1", "")
    };
    let untold = [("f", vec![untold.clone()]), ("g", vec![untold])];
    assert_eq!(new(&world.fetch_each(&untold)), [1, 1]);
    // It is gone for all of them, but not for one that comes later.
    fs::remove_file(world.folder.path().join(&file)).expect("a file");
    let again = [
        ("a", vec![entry("1", "<p>b")]),
        ("d", vec![entry("2", "<p>b")]),
    ];
    assert_eq!(new(&world.fetch_each(&again)), [0, 0]);
    assert_eq!(
        new(&world.fetch_each(&[("e", vec![entry("3", "<p>b")])])),
        [1]
    );
}
