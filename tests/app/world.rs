//! The world outside a session: it reads files as the program does and has a desk, and keeps what
//! would leave the program for the test to look at.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;
use newsdesk::app::{
    Event, Indexing, LoadedArticle, OpenFailure, Page, PageLayout, Piped, Printed, Reply,
    RequestId, SearchRequest, WantedPictures, WebPictures, WrittenPage,
};
use newsdesk::command::{HookRun, Invocation};
use newsdesk::config::{PaneSizes, ViewEdit};
use newsdesk::desk::{DeskEvent, DeskRequest, DeskService, MarkedRows};
use newsdesk::feeds::service::{FeedsReply, FeedsRequest};
use newsdesk::feeds::text::TextResults;
use newsdesk::format::link::Link;
use newsdesk::library::snapshot::LibraryPicture;
use newsdesk::library::{ArticleId, Articles, Batch, ReadDepth, Scanner, Source, read_shown};
use newsdesk::query::{Cancelled, Highlights, Index, Query, Search, Sought, jump, similar};
use newsdesk::runtime::effects::{Among, Edition, Outside};
use newsdesk::runtime::reader::compose;
use newsdesk::theme::Base;
use tempfile::TempDir;

use crate::session::now;

/// Where the files are.
pub enum Shelf {
    Sample,
    /// Its first articles.
    Few,
    Made(TempDir),
}

/// What has left the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Open(Link),
    Edit(PathBuf),
    Run(Invocation),
    Hook(HookRun),
    Pipe(Piped),
    WritePage(WrittenPage),
    Feeds(FeedsRequest),
    FetchPictures(WebPictures),
    Copy { text: String, what: &'static str },
    EditViews(ViewEdit),
    KeepPanes(PaneSizes),
    KeepTheme(Base),
    Remember(String),
    GiveUp,
    Suspend,
    Redraw,
    Quit,
}

/// The world outside: it reads files as the program does and has a desk; whatever would leave the
/// program is kept for the test to look at. Replies wait in the order of their requests.
pub struct World {
    pub source: Source,
    pub shelf: Shelf,
    pub scanner: Scanner,
    pub looked: bool,
    /// Opened on the first request.
    pub service: Option<DeskService>,
    pub followed: usize,
    /// Articles that the desk gets when it is opened.
    pub articles: Articles,
    pub now: Timestamp,
    /// Where the desk is.
    pub desk: TempDir,
    pub deeds: Vec<Deed>,
    pub replies: VecDeque<Event>,
    /// The index of the articles of an edition, and how many they are.
    pub index: Option<((u64, usize), Index)>,
    /// What becomes of everything that leaves the program.
    pub opens: Result<(), OpenFailure>,
    pub copies: Result<(), String>,
    pub runs: Result<(), String>,
    pub prints: Result<Printed, String>,
    pub keeps: Result<(), String>,
    /// The results of requests about feeds, in turn; after these there is no network.
    pub feeds: VecDeque<FeedsReply>,
    /// The results of fetching pictures, in turn; after these there is no network.
    pub fetches: VecDeque<Reply>,
}

impl World {
    fn answer(&mut self, id: RequestId, reply: Reply) {
        self.replies.push_back(Event::Reply { id, reply });
    }

    /// Files that have changed.
    pub fn changes(&mut self) -> Vec<Batch> {
        let batches = match &self.shelf {
            // It never changes, and every second test uses it.
            Shelf::Sample | Shelf::Few if self.looked => Vec::new(),
            Shelf::Sample => SAMPLE.clone(),
            Shelf::Few => vec![FEW.clone()],
            Shelf::Made(_) => pass(&mut self.scanner),
        };
        self.looked = true;
        batches
    }

    /// The desk, opened on the first call.
    pub fn desk(&mut self) -> &mut DeskService {
        let path = self.desk.path().join("desk.db");
        self.service.get_or_insert_with(|| {
            let mut service = DeskService::open(&path, self.source.clone(), now()).expect("a desk");
            service.set_articles(self.articles.clone(), now());
            service
        })
    }
}

/// Runs a query on a snapshot of the articles.
fn search<T>(among: &Among, ask: impl FnOnce(&Search<'_>) -> Result<T, Cancelled>) -> T {
    let search = Search {
        articles: &among.articles,
        index: &Index::default(),
        marks: &among.marks,
        clock: &among.clock,
        cancelled: &|| false,
    };
    ask(&search).expect("nobody cancels")
}

impl Outside for World {
    fn look(&mut self) -> anyhow::Result<()> {
        let found = self.changes().into_iter().map(Event::Found);
        self.replies.extend(found.chain([Event::Loaded]));
        Ok(())
    }

    /// Between runs; nothing that a person sees.
    fn keep(&mut self, _picture: LibraryPicture) -> anyhow::Result<()> {
        Ok(())
    }

    /// Changes nothing that a person sees.
    fn index(&mut self, _among: Edition, _indexing: Indexing) -> anyhow::Result<()> {
        Ok(())
    }

    fn follow(&mut self, articles: Articles) -> anyhow::Result<()> {
        self.followed = articles.len();
        self.articles = articles.clone();
        let Some(service) = &mut self.service else {
            let none = MarkedRows {
                articles: self.articles.rows(),
                ..MarkedRows::default()
            };
            self.replies
                .push_back(Event::Desk(DeskEvent::Marks(Box::new(none))));
            return Ok(());
        };
        let mut told = vec![service.set_articles(articles, self.now)];
        while service.is_busy() {
            told.extend(service.poll(self.now));
        }
        self.replies.extend(told.into_iter().map(Event::Desk));
        Ok(())
    }

    fn followed(&self) -> usize {
        self.followed
    }

    fn remember(&mut self, line: String) -> anyhow::Result<()> {
        self.deeds.push(Deed::Remember(line));
        Ok(())
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        self.deeds.push(Deed::Suspend);
        Ok(())
    }

    fn redraw(&mut self) -> anyhow::Result<()> {
        self.deeds.push(Deed::Redraw);
        Ok(())
    }

    fn give_up(&mut self, _id: RequestId) -> anyhow::Result<()> {
        self.deeds.push(Deed::GiveUp);
        Ok(())
    }

    fn search(&mut self, id: RequestId, it: SearchRequest, among: Among) -> anyhow::Result<()> {
        let mut answers = Vec::new();
        search(&among, |search| {
            search.answer(&it.query, it.wanted, &mut |answer| answers.push(answer))
        });
        for answer in answers {
            self.answer(id, Reply::Searched(answer));
        }
        Ok(())
    }

    fn group(&mut self, id: RequestId, articles: Articles) -> anyhow::Result<()> {
        let stories = articles.stories(&|| false).expect("nobody gives up");
        self.answer(id, Reply::Grouped(stories.clone()));
        Ok(())
    }

    fn count(&mut self, id: RequestId, asked: Vec<Query>, among: Among) -> anyhow::Result<()> {
        let count = |query| search(&among, |search| search.count(query));
        let counts = asked.iter().map(count).collect();
        self.answer(id, Reply::Counted(counts));
        Ok(())
    }

    fn jump(
        &mut self,
        id: RequestId,
        sought: Sought,
        typed: String,
        among: Among,
    ) -> anyhow::Result<()> {
        let hits = jump(&among.articles, sought, &typed, 50, &|| false);
        self.answer(id, Reply::Jumped(hits.expect("nobody cancels")));
        Ok(())
    }

    fn relate(
        &mut self,
        id: RequestId,
        article: ArticleId,
        most: usize,
        among: Edition,
    ) -> anyhow::Result<()> {
        let Edition {
            articles, number, ..
        } = among;
        let of = (number, articles.len());
        let made = self.index.take().filter(|(made, _)| *made == of);
        let work = || {
            let index = made.map_or_else(
                || Index::default().extended(&articles, &|| false),
                |(_, index)| Ok(index),
            );
            let index = index.expect("nobody cancels");
            let found = similar(&articles, &index.words(), article, most, &|| false);
            (index, found.expect("nobody cancels"))
        };
        // As in the program, it is not the screen's thread that pays for it.
        let done = thread::scope(|scope| scope.spawn(work).join());
        let (index, found) = done.expect("no panic");
        self.index = Some((of, index));
        self.answer(id, Reply::Related(article, found));
        Ok(())
    }

    fn find_in_text(&mut self, id: RequestId, page: Page, query: Query) -> anyhow::Result<()> {
        let matches = page.matches(&Highlights::new(&query), &|| false);
        self.answer(id, Reply::FoundInText(matches.expect("nobody gives up")));
        Ok(())
    }

    fn select(&mut self, id: RequestId, query: Query, among: Among) -> anyhow::Result<()> {
        let found = search(&among, |search| search.all(&query));
        self.answer(id, Reply::Selected(found));
        Ok(())
    }

    fn read(&mut self, id: RequestId, path: PathBuf, layout: PageLayout) -> anyhow::Result<()> {
        let loaded = read_shown(&path).map(|shown| Arc::new(LoadedArticle::new(*shown, &path)));
        match loaded {
            Ok(loaded) => {
                for read in compose(&loaded, &layout) {
                    self.answer(id, Reply::Read(Ok(read)));
                }
            }
            Err(error) => self.answer(id, Reply::Read(Err(error))),
        }
        Ok(())
    }

    #[cfg(feature = "pictures")]
    fn pictures(&mut self, id: RequestId, wanted: WantedPictures) -> anyhow::Result<()> {
        let mut look = newsdesk::runtime::pictures::Look {
            source: self.source.clone(),
            album: Some(newsdesk::feeds::pictures::Album::new(self.desk.path())),
            numbers: Default::default(),
        };
        let pictures: Vec<_> = look.at(&wanted).collect();
        for (url, fate) in pictures {
            self.answer(id, Reply::Picture(url, fate));
        }
        self.answer(id, Reply::AllPictures);
        Ok(())
    }

    #[cfg(not(feature = "pictures"))]
    fn pictures(&mut self, _: RequestId, wanted: WantedPictures) -> anyhow::Result<()> {
        panic!("a build without pictures has asked for {wanted:?}");
    }

    fn fetch_pictures(&mut self, id: RequestId, wanted: WebPictures) -> anyhow::Result<()> {
        let failed = wanted.links.iter();
        let failed = failed.map(|link| format!("{}: there is no network", link.host()));
        let reply = Reply::FetchedPictures {
            fetched: 0,
            failed: failed.collect(),
        };
        let reply = self.fetches.pop_front().unwrap_or(reply);
        self.deeds.push(Deed::FetchPictures(wanted));
        self.answer(id, reply);
        Ok(())
    }

    fn desk(&mut self, id: RequestId, asked: DeskRequest) -> anyhow::Result<()> {
        let now = self.now;
        let told = World::desk(self).ask(asked, now);
        self.answer(id, Reply::Desk(told));
        Ok(())
    }

    fn feeds(&mut self, id: RequestId, request: FeedsRequest, _: Among) -> anyhow::Result<()> {
        let reply = self.feeds.pop_front();
        let reply = reply.unwrap_or_else(|| without_network(&request));
        self.deeds.push(Deed::Feeds(request));
        self.answer(id, Reply::Feeds(reply));
        Ok(())
    }

    fn edit_views(&mut self, id: RequestId, edit: ViewEdit) -> anyhow::Result<()> {
        self.deeds.push(Deed::EditViews(edit.clone()));
        let edited = self.keeps.clone().map(|()| edit);
        self.answer(id, Reply::EditedViews(edited));
        Ok(())
    }

    fn keep_panes(&mut self, id: RequestId, sizes: PaneSizes) -> anyhow::Result<()> {
        self.deeds.push(Deed::KeepPanes(sizes));
        let kept = self.keeps.clone();
        self.answer(id, Reply::KeptPanes(kept));
        Ok(())
    }

    fn keep_theme(&mut self, id: RequestId, base: Base) -> anyhow::Result<()> {
        self.deeds.push(Deed::KeepTheme(base));
        let kept = self.keeps.clone().map(|()| base.name());
        self.answer(id, Reply::KeptTheme(kept));
        Ok(())
    }

    fn open(&mut self, id: RequestId, link: Link) -> anyhow::Result<()> {
        self.deeds.push(Deed::Open(link));
        self.answer(id, Reply::Opened(self.opens.clone()));
        Ok(())
    }

    fn edit(&mut self, id: RequestId, path: PathBuf) -> anyhow::Result<()> {
        self.deeds.push(Deed::Edit(path));
        self.answer(id, Reply::Edited(Ok(())));
        Ok(())
    }

    fn run(&mut self, id: RequestId, program: Invocation) -> anyhow::Result<()> {
        self.deeds.push(Deed::Run(program));
        self.answer(id, Reply::Ran(self.runs.clone()));
        Ok(())
    }

    fn hook(&mut self, id: RequestId, run: HookRun, _articles: Articles) -> anyhow::Result<()> {
        self.deeds.push(Deed::Hook(run));
        self.answer(id, Reply::Ran(self.runs.clone()));
        Ok(())
    }

    fn pipe(&mut self, id: RequestId, piped: Piped, _articles: Articles) -> anyhow::Result<()> {
        self.deeds.push(Deed::Pipe(piped));
        self.answer(id, Reply::Printed(self.prints.clone()));
        Ok(())
    }

    fn write_page(
        &mut self,
        id: RequestId,
        page: WrittenPage,
        _articles: Articles,
    ) -> anyhow::Result<()> {
        let said = format!("Written to {}.", page.path.display());
        self.deeds.push(Deed::WritePage(page));
        self.answer(id, Reply::WrotePage(Ok(said)));
        Ok(())
    }

    fn copy(&mut self, id: RequestId, text: String, what: &'static str) -> anyhow::Result<()> {
        self.deeds.push(Deed::Copy { text, what });
        self.answer(
            id,
            Reply::Copied(self.copies.clone().map(|()| format!("Sent {what}."))),
        );
        Ok(())
    }
}

/// What is found in the sample library.
static SAMPLE: LazyLock<Vec<Batch>> =
    LazyLock::new(|| pass(&mut Scanner::new(Source::Sample, ReadDepth::List)));

static FEW: LazyLock<Batch> = LazyLock::new(|| {
    let found: Vec<_> = SAMPLE
        .iter()
        .flat_map(|batch| &batch.found)
        .take(9)
        .cloned()
        .collect();
    Batch {
        files: found.len(),
        found,
        ..Batch::default()
    }
});

/// Everything that has changed.
pub fn pass(scanner: &mut Scanner) -> Vec<Batch> {
    let batches = Mutex::new(Vec::new());
    let sink = |batch| {
        let mut batches = batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.push(batch);
    };
    scanner
        .pass(&AtomicBool::new(false), &sink)
        .expect("the folder is there");
    batches.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn without_network(request: &FeedsRequest) -> FeedsReply {
    let failed = || "there is no network".to_owned();
    match request {
        FeedsRequest::Fetch(which) => FeedsReply::Fetched(*which, Err(failed())),
        FeedsRequest::List => FeedsReply::Listed(Err(failed())),
        FeedsRequest::Add(_) => FeedsReply::Added(Err(failed())),
        FeedsRequest::Remove(_) => FeedsReply::Removed(Err(failed())),
        FeedsRequest::Save(_) => FeedsReply::Saved(Err(failed())),
        FeedsRequest::GetTexts(_) | FeedsRequest::WriteTexts(_) => {
            FeedsReply::Texts(TextResults::default())
        }
    }
}
