//! The library restored from the last run, checked, and saved for the next.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use newsdesk::app::geometry::Size;
use newsdesk::app::{
    App, AppRequest, Canvas, Effect, Event, GlyphSet, Indexing, KeyPress, Loading, Reply, Start,
};
use newsdesk::command::{Key, Keymap};
use newsdesk::config::{Config, MarkRead};
use newsdesk::library::snapshot::{keep, restore};
use newsdesk::library::{Batch, Library, ReadDepth, Scanner, Source};
use newsdesk::theme::Terminal;

/// A folder of articles with a cache beside it, and a reader on it.
struct Case {
    home: TempDir,
    scanner: Scanner,
    app: App,
}

impl Case {
    /// Starts with a reader showing what was saved of the articles of these days.
    fn restored(days: &[u32]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let root = home.path().join("news");
        fs::create_dir(&root).expect("a folder");
        for day in days {
            write(&root, *day);
        }
        let source = Source::new(&[root]).expect("a root");
        let cache = home.path().join("cache");
        let library = Library::load(&source, ReadDepth::List);
        keep(&library.picture(), &source, &cache).expect("kept");
        let restored = restore(&source, &cache).expect("restored");
        let file_index = restored.bring_in().expect("whole");
        let mut case = Self {
            home,
            scanner: Scanner::with_index(source.clone(), ReadDepth::List, file_index),
            app: app(source),
        };
        case.tell(Event::Restored(Box::new(restored.library)));
        case
    }

    fn root(&self) -> PathBuf {
        self.home.path().join("news")
    }

    fn tell(&mut self, event: Event) -> Vec<Effect> {
        self.app.update(event)
    }

    fn press(&mut self, key: char) -> Vec<Effect> {
        let key = Key::parse(&key.to_string()).expect("a key");
        self.tell(Event::Key(KeyPress {
            key,
            at: Duration::ZERO,
        }))
    }

    /// Scans the files, and reports what has changed.
    fn check(&mut self) {
        let batches: Mutex<Vec<Batch>> = Mutex::default();
        self.scanner
            .pass(&AtomicBool::new(false), &|batch| {
                batches.lock().expect("no panic").push(batch)
            })
            .expect("the root is there");
        for batch in batches.into_inner().expect("no panic") {
            self.tell(Event::Found(batch));
        }
    }

    /// Groups the articles, if that is among the effects.
    fn group(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Ask {
                id,
                request: AppRequest::Group,
            } = effect
            {
                let articles = self.app.cx().catalog.library().articles().clone();
                let stories = articles.stories(&|| false).expect("nobody gives up");
                let reply = Reply::Grouped(stories.clone());
                self.tell(Event::Reply { id: *id, reply });
            }
        }
    }

    fn titles(&self) -> Vec<String> {
        let rows = self.app.list().rows().iter();
        rows.map(|id| self.app.cx().title(*id).into_owned())
            .collect()
    }

    fn selected(&self) -> String {
        let id = self.app.list().current().expect("an article");
        self.app.cx().title(id).into_owned()
    }
}

fn write(root: &Path, day: u32) {
    write_about(root, day, day);
}

/// Writes the article of a day, about the page of another.
fn write_about(root: &Path, day: u32, page: u32) {
    let text = format!(
        "---\ntitle: Day {day}\ndate: 2021-12-{day:02}\ntopics: [AI]\n\
         originalUrl: https://news.example/{page}\n---\n"
    );
    fs::write(root.join(format!("{day}.md")), text).expect("an article");
}

fn app(source: Source) -> App {
    App::new(Start {
        source,
        size: Size {
            columns: 120,
            rows: 30,
        },
        now: Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        glyphs: GlyphSet::Unicode,
        terminal: Terminal::default(),
        canvas: Canvas::default(),
        keymap: Keymap::default(),
        history: Vec::new(),
        config: Arc::new(Config {
            mark_read: MarkRead::Never,
            ..Config::default()
        }),
    })
}

#[test]
fn what_was_kept_is_shown_before_it_is_checked() {
    let mut case = Case::restored(&[1, 3, 2]);
    assert_eq!(case.titles(), ["Day 3", "Day 2", "Day 1"]);
    assert_eq!(case.app.cx().catalog.loading(), Loading::Restored);
    assert!(case.app.related().entries().is_empty());
    let effects = case.tell(Event::RestoredWhole);
    assert_eq!(case.app.cx().catalog.loading(), Loading::Checking);
    let is_relating = |effect: &Effect| {
        let Effect::Ask { request, .. } = effect else {
            return false;
        };
        matches!(request, AppRequest::Relate { .. })
    };
    assert!(effects.iter().any(is_relating), "{effects:?}");
    case.check();
    let effects = case.tell(Event::Loaded);
    assert_eq!(case.app.cx().catalog.loading(), Loading::Ready);
    assert!(!effects.contains(&Effect::Keep), "nothing is new");
}

#[test]
fn a_search_before_the_check_is_over_takes_up_the_index_that_was_kept() {
    let search = |case: &mut Case| {
        let prepares = |effect: &Effect| match effect {
            Effect::Index { indexing, .. } => Some(*indexing),
            _ => None,
        };
        let searches = |effect: &Effect| match effect {
            Effect::Ask {
                request: AppRequest::Search(asked),
                ..
            } => Some(asked.indexing),
            _ => None,
        };
        let prepared = case.press('/').iter().find_map(prepares);
        (prepared, case.press('d').iter().find_map(searches))
    };
    let both = |indexing| (Some(indexing), Some(indexing));
    let mut case = Case::restored(&[1, 2]);
    assert_eq!(search(&mut case), both(Indexing::Kept));
    let mut case = Case::restored(&[1, 2]);
    case.tell(Event::RestoredWhole);
    assert_eq!(search(&mut case), both(Indexing::Kept));
    let mut case = Case::restored(&[1, 2]);
    case.tell(Event::RestoredWhole);
    case.tell(Event::Loaded);
    assert_eq!(search(&mut case), both(Indexing::Wanted));
}

#[test]
fn what_has_come_since_the_last_run_is_listed_with_its_story() {
    let mut case = Case::restored(&[1, 2]);
    let effects = case.tell(Event::RestoredWhole);
    case.group(&effects);
    // Another file about the page of the second day.
    write_about(&case.root(), 9, 2);
    case.check();
    let effects = case.tell(Event::Loaded);
    case.group(&effects);
    assert_eq!(case.titles().len(), 2, "{:?}", case.titles());
}

#[test]
fn the_check_shows_what_is_new_while_nobody_has_moved() {
    let mut case = Case::restored(&[1, 2]);
    case.tell(Event::RestoredWhole);
    write(&case.root(), 9);
    fs::remove_file(case.root().join("1.md")).expect("removed");
    case.check();
    assert_eq!(case.titles(), ["Day 9", "Day 2"]);
    assert_eq!(case.selected(), "Day 9");
    assert!(case.tell(Event::Loaded).contains(&Effect::Keep));
}

#[test]
fn the_check_only_announces_what_is_new_once_somebody_has_moved() {
    let mut case = Case::restored(&[1, 2, 3]);
    case.tell(Event::RestoredWhole);
    case.press('j');
    write(&case.root(), 9);
    case.check();
    assert_eq!(case.titles(), ["Day 3", "Day 2", "Day 1"]);
    assert_eq!(case.app.arrived(), 1);
    assert_eq!(case.selected(), "Day 2");
    case.tell(Event::Loaded);
    case.press('R');
    assert_eq!(case.titles(), ["Day 9", "Day 3", "Day 2", "Day 1"]);
    assert_eq!(case.selected(), "Day 2");
}

#[test]
fn what_is_damaged_is_forgotten() {
    let mut case = Case::restored(&[1, 2]);
    case.press('j');
    case.tell(Event::RestoredDamaged);
    assert_eq!(case.titles(), [""; 0]);
    assert_eq!(case.app.cx().catalog.loading(), Loading::Growing);
    let source = case.app.cx().catalog.source().clone();
    case.scanner = Scanner::new(source, ReadDepth::List);
    case.check();
    assert_eq!(case.titles(), ["Day 2", "Day 1"]);
    assert!(case.tell(Event::Loaded).contains(&Effect::Keep));
}

#[test]
fn while_files_change_the_library_is_kept_now_and_then() {
    let mut case = Case::restored(&[1]);
    case.tell(Event::RestoredWhole);
    case.tell(Event::Loaded);
    let mut minute = 0;
    let mut pass = |case: &mut Case, minutes: u64| {
        minute += minutes;
        let tick = Event::Tick {
            now: Timestamp::UNIX_EPOCH,
            uptime: Duration::from_secs(60 * minute),
        };
        case.tell(tick).contains(&Effect::Keep)
    };
    assert!(!pass(&mut case, 60), "nothing has changed");
    write(&case.root(), 2);
    case.check();
    assert!(pass(&mut case, 1));
    write(&case.root(), 3);
    case.check();
    assert!(!pass(&mut case, 4), "it was kept only just now");
    assert!(pass(&mut case, 1));
}

#[test]
fn the_sample_library_is_never_kept() {
    let mut app = app(Source::Sample);
    let batch = Batch {
        files: 0,
        ..Batch::default()
    };
    app.update(Event::Found(batch));
    assert!(!app.update(Event::Loaded).contains(&Effect::Keep));
}
