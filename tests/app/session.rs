//! A session of the reader: a state over a library, with effects carried out at once. It reads
//! files as the program does; what would leave the program is kept for the test to look at.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use newsdesk::app::geometry::{Pane, Size};
use newsdesk::app::{
    DrawerRow, Effect, Event, JumpRequest, Request, Sheet, SignSet, Start, State, Tone, ValueRow,
    update,
};
use newsdesk::command::{Command, Key, Keymap};
use newsdesk::config::MarkRead;
use newsdesk::desk::{DeskEvent, DeskRequest, DeskService};
use newsdesk::library::{ArticleId, Batch, Depth, Scanner, Source, read_shown};
use newsdesk::query::{Cancelled, Clock, FacetField, Index, Query, Search, jump};
use tempfile::TempDir;

/// The sizes that the screen is made for.
pub const WIDE: Size = size(160, 45);
pub const MEDIUM: Size = size(100, 30);
pub const NARROW: Size = size(60, 20);

pub const fn size(columns: u16, rows: u16) -> Size {
    Size { columns, rows }
}

/// What a made-up library is called.
const NAME: &str = "articles";

/// When every session takes place.
pub fn now() -> Timestamp {
    "2021-12-31T20:00:00Z".parse().expect("a timestamp")
}

/// Where the files are.
enum Shelf {
    Sample,
    /// Its first articles.
    Few,
    Made(TempDir),
}

/// Whether answers of the file system come at once.
enum Post {
    Prompt,
    /// They wait to be delivered by the test.
    Held(Vec<Event>),
}

/// A state, its library, and what it has asked of the world outside.
pub struct Session {
    pub state: State,
    shelf: Shelf,
    scanner: Scanner,
    looked: bool,
    post: Post,
    /// Opened when something is asked of it.
    service: Option<DeskService>,
    /// Where the desk lies.
    desk: TempDir,
    /// Everything asked for but files.
    pub outside: Vec<Effect>,
}

impl Session {
    /// Over the sample library, loaded.
    pub fn sample(size: Size) -> Self {
        Self::start(Shelf::Sample, size, SignSet::Unicode).begun()
    }

    /// Over a few articles of the sample library, where many sessions are needed.
    pub fn few(size: Size) -> Self {
        Self::start(Shelf::Few, size, SignSet::Unicode).begun()
    }

    /// Over the sample library, with the signs of a plain terminal.
    pub fn ascii(size: Size) -> Self {
        Self::start(Shelf::Sample, size, SignSet::Ascii).begun()
    }

    /// Over files of a folder made for it: their names below it and their texts.
    pub fn of(files: &[(&str, &str)], size: Size) -> Self {
        Self::waiting(files, size).begun()
    }

    /// The same, before anything of the library has come in.
    pub fn waiting(files: &[(&str, &str)], size: Size) -> Self {
        // Short and always as long, as paths are cut where there is no room for them.
        let folder = tempfile::Builder::new()
            .prefix("newsdesk-")
            .tempdir_in("/tmp");
        let folder = folder.expect("a folder");
        std::fs::create_dir(folder.path().join(NAME)).expect("a folder");
        let session = Self::start(Shelf::Made(folder), size, SignSet::Unicode);
        for (name, text) in files {
            session.write(name, text);
        }
        session
    }

    fn start(shelf: Shelf, size: Size, signs: SignSet) -> Self {
        let source = match &shelf {
            Shelf::Sample | Shelf::Few => Source::Sample,
            Shelf::Made(folder) => Source::Roots(vec![folder.path().join(NAME)]),
        };
        let scanner = Scanner::new(source.clone(), Depth::List);
        let desk = tempfile::tempdir().expect("a folder");
        let state = State::new(Start {
            source,
            size,
            now: now(),
            zone: TimeZone::UTC,
            signs,
            keymap: Keymap::default(),
            history: vec!["topic:AI".to_owned(), "robots".to_owned()],
            mark_read: newsdesk::config::MarkRead::Never,
            views: vec![
                ("Robots".to_owned(), "topic:Robotics sort:title".to_owned()),
                ("Broken".to_owned(), "qualiti>5".to_owned()),
            ],
        });
        Self {
            state,
            shelf,
            scanner,
            looked: false,
            post: Post::Prompt,
            service: None,
            desk,
            outside: Vec::new(),
        }
    }

    fn begun(mut self) -> Self {
        self.begin();
        self
    }

    /// Asks for the library, as the program does before its first frame.
    pub fn begin(&mut self) {
        let effects = self.state.begin();
        self.carry_out(effects);
    }

    /// Presses keys, written as in `jj<Enter>`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in Key::parse_typed(keys).expect("keys") {
            self.tell(Event::Key(key));
        }
        self
    }

    /// Presses the keys that the table has for a command here; whether it has any.
    pub fn run(&mut self, command: Command) -> bool {
        let context = self.state.context();
        let keys = self.state.keymap.keys_of(command, context);
        let Some(keys) = keys.into_iter().next() else {
            return false;
        };
        for key in keys {
            self.tell(Event::Key(key));
        }
        true
    }

    /// Tells the state what has happened.
    pub fn tell(&mut self, event: Event) {
        let effects = update(&mut self.state, event);
        self.carry_out(effects);
    }

    pub fn resize(&mut self, size: Size) -> &mut Self {
        self.tell(Event::Resize(size));
        self
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: i64) {
        let later = self.state.now + SignedDuration::from_secs(seconds);
        self.tell(Event::Tick(later));
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let answers = match effect {
                Effect::Look => self.look(),
                // Between runs; nothing that a person sees.
                Effect::Keep => Vec::new(),
                Effect::Search(request) => self.answer(request),
                Effect::Count(queries) => vec![self.count(&queries)],
                Effect::Jump(request) => vec![self.jump(request)],
                Effect::Select(query) => {
                    vec![Event::Selected(self.search(|search| search.all(&query)))]
                }
                Effect::Follow => self.follow(),
                Effect::Desk(request) => self.at_desk(request),
                Effect::Show { generation, path } => vec![self.read(generation, &path)],
                other => {
                    self.outside.push(other);
                    Vec::new()
                }
            };
            match &mut self.post {
                Post::Held(waiting) => waiting.extend(answers),
                Post::Prompt => answers.into_iter().for_each(|answer| self.tell(answer)),
            }
        }
    }

    fn search<T>(&self, ask: impl FnOnce(&Search<'_>) -> Result<T, Cancelled>) -> T {
        let search = Search {
            articles: self.state.library.articles(),
            index: &Index::default(),
            marks: &self.state.marks,
            clock: &Clock {
                now: self.state.now,
                zone: self.state.zone.clone(),
            },
            cancelled: &|| false,
        };
        ask(&search).expect("nobody cancels")
    }

    fn answer(&self, request: Request) -> Vec<Event> {
        let generation = request.generation;
        let mut events = Vec::new();
        self.search(|search| {
            search.answer(&request.query, request.wanted, &mut |answer| {
                events.push(Event::Searched { generation, answer });
            })
        });
        events
    }

    fn follow(&mut self) -> Vec<Event> {
        let Some(service) = &mut self.service else {
            return vec![Event::Desk(DeskEvent::Marks(Box::default()))];
        };
        let articles = self.state.library.articles().clone();
        let mut told = vec![service.set_articles(articles, self.state.now)];
        while service.is_busy() {
            told.extend(service.poll(self.state.now));
        }
        told.into_iter().map(Event::Desk).collect()
    }

    fn at_desk(&mut self, request: DeskRequest) -> Vec<Event> {
        let path = self.desk.path().join("desk.db");
        let (source, articles) = (&self.state.source, self.state.library.articles());
        let service = self.service.get_or_insert_with(|| {
            let mut service = DeskService::open(&path, source.clone(), now()).expect("a desk");
            service.set_articles(articles.clone(), now());
            service
        });
        let told = service.ask(request, self.state.now);
        told.into_iter().map(Event::Desk).collect()
    }

    /// Marks articles as read by itself from now on.
    pub fn marking(mut self, mark_read: MarkRead) -> Self {
        self.state.mark_read = mark_read;
        self
    }

    /// Makes the desk one that cannot be written any more.
    pub fn damage_desk(&mut self) {
        let path = self.desk.path().join("newer.db");
        std::fs::write(&path, "no database at all").expect("a file");
        let service = DeskService::open(&path, self.state.source.clone(), now());
        let service = self.service.insert(service.expect("memory"));
        for told in service.begin() {
            self.tell(Event::Desk(told));
        }
        for event in self.follow() {
            self.tell(event);
        }
    }

    /// A file that can be written, and is not there yet.
    pub fn elsewhere(&self) -> String {
        let path = self.desk.path().join("elsewhere.jsonl");
        path.to_string_lossy().into_owned()
    }

    /// Has the desk look whether anything has happened, as it does twice a second.
    pub fn poll(&mut self) {
        let service = self.service.as_mut().expect("a desk that was asked");
        for told in service.poll(self.state.now) {
            self.tell(Event::Desk(told));
        }
    }

    fn count(&self, queries: &[Query]) -> Event {
        let count = |query| self.search(|search| search.find(query)).certain.len();
        Event::Counted(queries.iter().map(count).collect())
    }

    fn jump(&self, request: JumpRequest) -> Event {
        let articles = self.state.library.articles();
        let hits = jump(articles, request.sought, &request.typed, 50, &|| false);
        Event::Jumped {
            generation: request.generation,
            hits: hits.expect("nobody cancels"),
        }
    }

    fn look(&mut self) -> Vec<Event> {
        let batches = match &self.shelf {
            // It never changes, and every second test looks at it.
            Shelf::Sample | Shelf::Few if self.looked => Vec::new(),
            Shelf::Sample => SAMPLE.clone(),
            Shelf::Few => vec![FEW.clone()],
            Shelf::Made(_) => pass(&mut self.scanner),
        };
        self.looked = true;
        let found = batches.into_iter().map(Event::Found);
        found.chain([Event::Loaded]).collect()
    }

    /// Has the files looked at without anybody having asked, as a watch does.
    pub fn notice_changes(&mut self) {
        for event in self.look() {
            if let Event::Found(batch) = event {
                self.tell(Event::Found(batch));
            }
        }
    }

    fn read(&self, generation: u64, path: &Path) -> Event {
        let outcome = read_shown(path).map(|shown| Arc::new(Sheet::of(*shown, path)));
        Event::Shown {
            generation,
            outcome,
        }
    }

    /// The path of a file of a made-up library.
    pub fn path(&self, name: &str) -> PathBuf {
        match &self.shelf {
            Shelf::Made(folder) => folder.path().join(NAME).join(name),
            Shelf::Sample | Shelf::Few => PathBuf::from(name),
        }
    }

    /// Writes a file of a made-up library.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        let folder = path.parent().expect("a folder around a file");
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// Removes a file of a made-up library.
    pub fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).expect("a file");
    }

    /// The screen, with paths that are the same in every run.
    pub fn picture(&self) -> String {
        let picture = crate::picture::text(&self.state);
        match &self.shelf {
            Shelf::Sample | Shelf::Few => picture,
            Shelf::Made(folder) => {
                let path = folder.path().to_string_lossy();
                picture.replace(&*path, &"/tmp/newsdesk-123456"[..path.len()])
            }
        }
    }

    /// From now on answers of the file system wait.
    pub fn hold(&mut self) -> &mut Self {
        self.post = Post::Held(Vec::new());
        self
    }

    /// Delivers the answers that wait, the oldest first, and any that these bring about.
    pub fn deliver(&mut self) {
        for event in self.take_held() {
            self.tell(event);
        }
    }

    /// The answers that wait; later ones come at once again.
    pub fn take_held(&mut self) -> Vec<Event> {
        match std::mem::replace(&mut self.post, Post::Prompt) {
            Post::Held(waiting) => waiting,
            Post::Prompt => Vec::new(),
        }
    }

    // What a person sees.

    /// The title of the article that is shown.
    pub fn shown(&self) -> &str {
        self.state
            .detail
            .article
            .map_or("", |id| self.state.library.article(id).title())
    }

    /// The title of the article under the cursor of the list.
    pub fn selected(&self) -> &str {
        self.state
            .list
            .current()
            .map_or("", |id| self.state.library.article(id).title())
    }

    /// The titles of the list.
    pub fn titles(&self) -> Vec<String> {
        let title = |id: &ArticleId| self.state.library.article(*id).title().to_owned();
        self.state.list.rows.iter().map(title).collect()
    }

    /// Rows between the upper edge of the list and its cursor.
    pub fn cursor_on_screen(&self) -> usize {
        self.state.list.cursor.at - self.state.list.cursor.top
    }

    /// The text of the page that is shown, a line a line.
    pub fn page(&self) -> Vec<String> {
        let line = |line: &newsdesk::format::line::Line| {
            line.runs.iter().map(|run| run.text.as_str()).collect()
        };
        self.state.detail.page.lines.iter().map(line).collect()
    }

    /// The first line of the page that is seen.
    pub fn first_line(&self) -> String {
        self.page()
            .into_iter()
            .nth(self.state.detail.scroll)
            .unwrap_or_default()
    }

    /// What the bottom line says, if it says anything.
    pub fn said(&self) -> &str {
        self.state
            .message
            .as_ref()
            .map_or("", |message| message.text.as_str())
    }

    /// The error in the bottom line.
    pub fn error(&self) -> &str {
        match &self.state.message {
            Some(message) if message.tone == Tone::Error => message.text.as_str(),
            _ => "",
        }
    }

    pub fn focus(&self) -> Pane {
        self.state.focus
    }

    /// What has been opened, copied and asked for since last looked at.
    pub fn take_outside(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.outside)
    }

    /// The URLs that were handed to the browser since last looked at.
    pub fn opened(&mut self) -> Vec<String> {
        self.take_outside()
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Open(link) => Some(link.as_str().to_owned()),
                _ => None,
            })
            .collect()
    }

    /// The texts that were copied since last looked at.
    pub fn copied(&mut self) -> Vec<String> {
        self.take_outside()
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Copy { text, .. } => Some(text),
                _ => None,
            })
            .collect()
    }

    /// Moves the cursor of the list to the article with this title.
    pub fn select(&mut self, title: &str) -> &mut Self {
        let at = self.titles().iter().position(|it| it == title);
        let at = at.unwrap_or_else(|| panic!("{title:?} is not listed"));
        self.press("gg").press(&"j".repeat(at));
        assert_eq!(self.selected(), title);
        self
    }

    /// Goes to the topics, to the one with this name.
    pub fn topic(&mut self, name: &str) -> &mut Self {
        if self.focus() != Pane::Facets {
            self.press("t");
        }
        self.value(FacetField::Topic, name)
    }

    /// Goes to a value of the facets.
    pub fn value(&mut self, field: FacetField, value: &str) -> &mut Self {
        if self.focus() != Pane::Facets {
            self.press("t");
        }
        self.press("gg");
        let is_it = |row: &ValueRow| row.field == field && row.value == value;
        for _ in 0..self.state.drawer.rows.len() {
            if self.state.drawer.current().is_some_and(is_it) {
                return self;
            }
            self.press("j");
        }
        panic!("there is no {} {value:?}", field.name());
    }

    /// The number beside a topic; `None` where it is not listed.
    pub fn count_of(&self, topic: &str) -> Option<u64> {
        self.values(FacetField::Topic)
            .into_iter()
            .find(|row| row.value == topic)
            .map(|row| row.count)
    }

    /// The values of a facet that are shown.
    pub fn values(&self, field: FacetField) -> Vec<ValueRow> {
        let rows = self.state.drawer.rows.iter();
        rows.filter_map(|row| match row {
            DrawerRow::Value(row) if row.field == field => Some(row.clone()),
            _ => None,
        })
        .collect()
    }
}

/// What is found in the sample library.
static SAMPLE: LazyLock<Vec<Batch>> =
    LazyLock::new(|| pass(&mut Scanner::new(Source::Sample, Depth::List)));

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

/// All that is not as it was.
fn pass(scanner: &mut Scanner) -> Vec<Batch> {
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

/// An article with a title, a day of December 2021 and more lines of front matter.
pub fn article(title: &str, day: u8, more: &str) -> String {
    let more = more.trim();
    format!(
        "---\ntitle: \"{title}\"\npublishedDateTime: 2021-12-{day:02}T08:00:00Z\n\
         originalUrl: https://news.example/{day}\n{more}\n---\n\nThe body of {title}.\n"
    )
}
