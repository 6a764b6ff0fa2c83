//! What events mean, and what real folders tell.

use super::*;
use notify::Event;
use std::fs;
use std::os::unix::fs::symlink;
use std::sync::mpsc::{Receiver, channel};

use notify::event::{AccessKind, AccessMode, Flag, RenameMode};

fn places() -> WatchedFolders {
    WatchedFolders {
        roots: vec![("news".into(), "/srv/site/news".into())],
        folders: ["/srv/site/news", "/srv/site/news/of.md"]
            .map(PathBuf::from)
            .into(),
        above: HashSet::from([PathBuf::from("/srv/site")]),
        links: HashSet::new(),
        overrides: Arc::default(),
    }
}

fn changes(events: Vec<Event>) -> Option<WhereChanged> {
    let mut hints = Hints::default();
    for event in events {
        hints.note(WatchEvent(Ok(event)), &places());
    }
    hints.into_changes()
}

fn event(kind: EventKind, path: &str) -> Event {
    Event::new(kind).add_path(path.into())
}

#[test]
fn files_are_named_as_their_root_was() {
    let created = event(EventKind::Create(CreateKind::File), "/srv/site/news/a.md");
    let elsewhere = event(EventKind::Create(CreateKind::File), "/tmp/b.md");
    let expected = WhereChanged::Files(BTreeSet::from([PathBuf::from("news/a.md")]));
    assert_eq!(changes(vec![created, elsewhere]), Some(expected));
}

#[test]
fn reading_is_no_change() {
    let opened = event(
        EventKind::Access(AccessKind::Open(AccessMode::Any)),
        "/srv/site/news/a.md",
    );
    assert_eq!(changes(vec![opened]), None);
}

#[test]
fn folders_and_a_lost_count_mean_everything() {
    let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
    assert_eq!(changes(vec![lost]), Some(WhereChanged::Everything));
    let folder = event(EventKind::Create(CreateKind::Folder), "/srv/site/news/sub");
    assert_eq!(changes(vec![folder]), Some(WhereChanged::Everything));
    let renamed = |name| {
        event(
            EventKind::Modify(ModifyKind::Name(RenameMode::From)),
            &format!("/srv/site/news/{name}"),
        )
    };
    assert_eq!(
        changes(vec![renamed("of.md")]),
        Some(WhereChanged::Everything)
    );
    assert!(matches!(
        changes(vec![renamed("a.md")]),
        Some(WhereChanged::Files(_))
    ));
}

#[test]
fn folders_that_are_not_walked_say_nothing() {
    for elsewhere in ["/srv/site/news/.git", "/srv/site/other"] {
        let folder = event(EventKind::Create(CreateKind::Folder), elsewhere);
        assert!(
            !matches!(changes(vec![folder]), Some(WhereChanged::Everything)),
            "{elsewhere}"
        );
    }
}

#[test]
fn of_what_lies_above_only_a_configuration_counts() {
    let written = |path: &str| {
        let kind = EventKind::Modify(ModifyKind::Any);
        changes(vec![event(kind, path)])
    };
    assert_eq!(
        written("/srv/site/hugo.toml"),
        Some(WhereChanged::Everything)
    );
    assert_eq!(
        written("/srv/site/_index.md"),
        Some(WhereChanged::Everything)
    );
    assert_eq!(written("/srv/site/notes.md"), None);
    assert_eq!(written("/srv/hugo.toml"), None);
}

#[test]
fn a_configuration_above_the_root_is_watched() {
    let site = tempfile::tempdir().expect("a folder");
    let root = site.path().join("content/post");
    fs::create_dir_all(&root).expect("a folder");
    let configuration = site.path().join("hugo.toml");
    fs::write(&configuration, "baseURL = 'https://a.example'\n").expect("a file");
    let mut listening = Listening::to(&root);
    fs::write(site.path().join("notes.md"), "x").expect("a file");
    fs::write(&configuration, "buildDrafts = true\n").expect("a file");
    assert_eq!(listening.next(), WhereChanged::Everything);
}

#[test]
fn very_many_files_mean_everything() {
    let created = |number| {
        event(
            EventKind::Create(CreateKind::File),
            &format!("/srv/site/news/{number}.md"),
        )
    };
    assert_eq!(
        changes((0..=MANY).map(created).collect()),
        Some(WhereChanged::Everything)
    );
}

/// A watch and its hints.
struct Listening(Watch, Receiver<WatchEvent>);

impl Listening {
    fn to(root: &Path) -> Self {
        let (sender, hints) = channel();
        let watch = Watch::start(&[root.to_path_buf()], &Arc::default(), move |hint| {
            let _ = sender.send(hint);
        });
        Self(watch.expect("a watch"), hints)
    }

    fn next(&mut self) -> WhereChanged {
        loop {
            let first = self
                .1
                .recv_timeout(Duration::from_secs(10))
                .expect("a hint");
            let more = |patience| self.1.recv_timeout(patience).ok();
            if let Some(changes) = self.0.gather(first, more) {
                return changes;
            }
        }
    }
}

#[test]
fn a_real_folder_is_watched() {
    let root = tempfile::tempdir().expect("a folder");
    let mut listening = Listening::to(root.path());
    let file = root.path().join("a.md");
    fs::write(&file, "x").expect("a file");
    assert_eq!(
        listening.next(),
        WhereChanged::Files(BTreeSet::from([file]))
    );
}

#[test]
fn a_folder_that_comes_is_watched_from_then_on() {
    let root = tempfile::tempdir().expect("a folder");
    let mut listening = Listening::to(root.path());
    let folder = root.path().join("of 2021.md");
    fs::create_dir(&folder).expect("a folder");
    assert_eq!(listening.next(), WhereChanged::Everything);
    let file = folder.join("a.md");
    fs::write(&file, "x").expect("a file");
    assert_eq!(
        listening.next(),
        WhereChanged::Files(BTreeSet::from([file]))
    );
    fs::rename(&folder, root.path().join("elsewhere")).expect("moved");
    assert_eq!(listening.next(), WhereChanged::Everything);
}

#[test]
fn a_file_that_is_a_root_is_followed_through_replacements() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, beside) = (folder.path().join("a.md"), folder.path().join("b"));
    fs::write(&root, "x").expect("a file");
    let mut listening = Listening::to(&root);
    for text in ["y", "z"] {
        fs::write(&beside, text).expect("a file");
        fs::rename(&beside, &root).expect("replaced");
        let expected = BTreeSet::from([root.clone()]);
        assert_eq!(listening.next(), WhereChanged::Files(expected), "{text}");
    }
}

#[test]
fn a_root_behind_a_link_is_watched_where_the_link_leads_now() {
    let site = tempfile::tempdir().expect("a folder");
    let at = |name: &str| site.path().join(name);
    for folder in ["one/news", "two/news"] {
        fs::create_dir_all(at(folder)).expect("a folder");
    }
    symlink("one", at("next")).expect("a link");
    symlink(at("next"), at("current")).expect("a link");
    let mut listening = Listening::to(&at("current/news"));
    for link in ["next", "current"] {
        symlink("two", at("new")).expect("a link");
        fs::rename(at("new"), at(link)).expect("replaced");
        assert_eq!(listening.next(), WhereChanged::Everything, "{link}");
        fs::write(at("two/news/a.md"), link).expect("a file");
        let expected = BTreeSet::from([at("current/news/a.md")]);
        assert_eq!(listening.next(), WhereChanged::Files(expected), "{link}");
    }
}

#[test]
fn only_what_is_walked_is_watched_and_only_once() {
    let site = tempfile::tempdir().expect("a folder");
    let at = |name: &str| site.path().join(name);
    for folder in [
        "news/2021/12",
        "news/.git/objects",
        "news/of.md",
        "outside/a/b",
    ] {
        fs::create_dir_all(at(folder)).expect("a folder");
    }
    symlink(at("outside"), at("news/link")).expect("a link");
    symlink(at("outside"), at("news/2021/link.md")).expect("a link");
    symlink(at("news/2021"), at("news/latest")).expect("a link");
    symlink("..", at("news/2021/up")).expect("a link");
    let places = WatchedFolders::new(&[at("news")], &Arc::default()).expect("it is there");
    let real = |name: &str| at(name).canonicalize().expect("it is there");
    let expected = ["news", "news/2021", "news/2021/12", "news/of.md"].map(real);
    assert_eq!(places.folders, HashSet::from(expected));
}
