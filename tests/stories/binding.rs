//! Splitting and joining stories at a desk: what holds after each, that undoing them goes all the way
//! back, and that it outlives a renamed file and reaches another desk.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use newsdesk::desk::{
    DeskEvent, DeskRequest, DeskService, OnDamage, Opening, SqliteDesk, StoryChange, UndoTarget,
    export, import, open,
};
use newsdesk::library::{ArticleId, Library, ReadDepth, Source};
use proptest::prelude::*;
use tempfile::TempDir;

/// Two stories of three and two articles, and one that nobody else tells.
const TITLES: [&str; 6] = [
    "Harbour bridge closes for repairs after cracks found",
    "Harbour bridge closes for repairs after cracks found",
    "Harbour bridge closes for repairs after cracks found",
    "Ferry operator Bluewave files for insolvency",
    "Ferry operator Bluewave files for insolvency",
    "A seed bank puts its catalogue online",
];

/// Files, the library of them, and a desk.
struct Case {
    folder: TempDir,
    source: Source,
    library: Library,
    desk: DeskService,
}

fn now() -> Timestamp {
    "2021-12-31T20:00:00Z".parse().expect("a time")
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        fs::create_dir(&site).expect("a folder");
        for (at, title) in TITLES.iter().enumerate() {
            let day = 10 + at;
            let text = format!(
                "---\ntitle: {title}\npublishedDateTime: 2021-12-{day}\nprovider:\n  name: P{at}\n---\nText {at}.\n"
            );
            fs::write(site.join(format!("{at}.md")), text).expect("a file");
        }
        Self::open(folder, "desk.db")
    }

    fn open(folder: TempDir, desk: &str) -> Self {
        let source = Source::new(&[folder.path().join("site")]).expect("a source");
        let desk = DeskService::open(&folder.path().join(desk), source.clone(), now());
        let mut case = Self {
            library: Library::load(&source, ReadDepth::List),
            desk: desk.expect("a desk"),
            folder,
            source,
        };
        case.look();
        case
    }

    /// Reads the files as they are now.
    fn look(&mut self) {
        self.library = Library::load(&self.source, ReadDepth::List);
        let articles = self.library.articles().clone();
        let told = self.desk.set_articles(articles, now());
        self.take(vec![told]);
        while self.desk.is_busy() {
            let told = self.desk.poll(now());
            self.take(told);
        }
    }

    fn ask(&mut self, request: DeskRequest) {
        let told = self.desk.ask(request, now());
        self.take(told);
    }

    fn take(&mut self, told: Vec<DeskEvent>) {
        for event in told {
            match event {
                DeskEvent::Marks(marked) => {
                    self.library.heed(marked.wishes);
                }
                DeskEvent::Refused(why) => panic!("{why}"),
                _ => {}
            }
        }
    }

    fn id(&self, at: usize) -> ArticleId {
        let title = |id: &ArticleId| self.library.article(*id).provider() == format!("P{at}");
        self.library.ids().find(title).expect("an article")
    }

    /// The numbers of the articles that tell the same story as one, itself included.
    fn story(&self, at: usize) -> BTreeSet<usize> {
        let stories = self.library.articles().stories(&|| false);
        let story = stories.expect("nobody gives up").of(self.id(at));
        let members = story.into_iter().flat_map(|it| &it.members);
        let number = |id: ArticleId| {
            let provider = self.library.article(id).provider();
            provider[1..].parse().expect("a number")
        };
        let members = members.map(|it| number(it.article));
        members.chain([at]).collect()
    }

    fn stories(&self) -> BTreeSet<BTreeSet<usize>> {
        (0..TITLES.len()).map(|at| self.story(at)).collect()
    }

    fn ids(&self, numbers: &BTreeSet<usize>) -> Vec<ArticleId> {
        numbers.iter().map(|at| self.id(*at)).collect()
    }

    /// Splits an article off its story; returns whether there was anything to split.
    fn split(&mut self, at: usize) -> bool {
        let story = self.story(at);
        let request = StoryChange::Split(vec![self.id(at)], self.ids(&story));
        self.ask(DeskRequest::Bind(request));
        story.len() > 1
    }

    /// Joins the stories of two articles.
    fn join(&mut self, one: usize, other: usize) {
        let all = &self.story(one) | &self.story(other);
        let request = StoryChange::Join(self.ids(&all));
        self.ask(DeskRequest::Bind(request));
    }
}

#[derive(Clone, Debug)]
enum Deed {
    Split(usize),
    Join(usize, usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let any = 0..TITLES.len();
    prop_oneof![
        any.clone().prop_map(Deed::Split),
        (any.clone(), any).prop_map(|(one, other)| Deed::Join(one, other)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_split_and_joined_is_so_and_is_undone(deeds in prop::collection::vec(deed(), 1..8)) {
        let mut case = Case::new();
        let mut before = Vec::new();
        for deed in deeds {
            let stories = case.stories();
            match deed {
                Deed::Split(at) => {
                    let rest = &case.story(at) - &BTreeSet::from([at]);
                    if case.split(at) {
                        before.push(stories);
                    }
                    prop_assert_eq!(case.story(at).intersection(&rest).count(), 0);
                    for one in &rest {
                        prop_assert!(rest.is_subset(&case.story(*one)), "the others stay together");
                    }
                }
                Deed::Join(one, other) => {
                    let all = &case.story(one) | &case.story(other);
                    case.join(one, other);
                    prop_assert_eq!(case.story(one), all);
                    before.push(stories);
                }
            }
        }
        // Joining what is already one story changes nothing, and leaves nothing to undo.
        let last = before.first().cloned().unwrap_or_else(|| case.stories());
        for _ in &before {
            let told = case.desk.ask(DeskRequest::Undo(UndoTarget::Last), now());
            for event in told {
                if let DeskEvent::Marks(marked) = event {
                    case.library.heed(marked.wishes);
                }
            }
        }
        prop_assert_eq!(case.stories(), last);
    }
}

#[test]
fn a_split_outlives_a_new_name_and_reaches_another_desk() {
    let mut case = Case::new();
    case.split(1);
    assert_eq!(case.story(0), BTreeSet::from([0, 2]));
    let site = case.folder.path().join("site");
    fs::rename(site.join("1.md"), site.join("renamed.md")).expect("another name");
    case.look();
    assert_eq!(case.story(0), BTreeSet::from([0, 2]));
    let Case { folder, desk, .. } = case;
    drop(desk);
    let case = Case::open(folder, "desk.db");
    assert_eq!(
        case.story(0),
        BTreeSet::from([0, 2]),
        "the next run knows it"
    );

    let folder = case.folder;
    let mut text = Vec::new();
    export(&mut opened(&folder.path().join("desk.db")), &mut text).expect("an export");
    let mut case = Case::open(folder, "other.db");
    assert_eq!(case.story(0), BTreeSet::from([0, 1, 2]));
    // The other desk joined something meanwhile, and both decisions hold.
    case.join(4, 5);
    let mut other = opened(&case.folder.path().join("other.db"));
    import(&mut other, &mut text.as_slice()).expect("an import");
    drop(other);
    let case = Case::open(case.folder, "other.db");
    assert_eq!(case.story(0), BTreeSet::from([0, 2]));
    assert_eq!(case.story(5), BTreeSet::from([3, 4, 5]));
}

fn opened(path: &Path) -> SqliteDesk {
    let patience = std::time::Duration::from_secs(5);
    match open(&PathBuf::from(path), patience, OnDamage::Leave) {
        Opening::Opened { desk, .. } => desk,
        other => panic!("the desk cannot be used: {other:?}"),
    }
}
