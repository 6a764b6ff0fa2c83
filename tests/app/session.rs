//! A session of the reader: an app on a library, with effects carried out immediately by the
//! program's own executor. It reads files as the program does; whatever would leave the program is
//! kept for the test to look at.

mod seen;
mod starting;

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use newsdesk::app::geometry::{Pane, Size};
use newsdesk::app::{
    App, Canvas, Effect, Event, FacetsRow, Gesture, GlyphSet, KeyPress, OpenFailure, PointerEvent,
    Start, ValueRow,
};
use newsdesk::command::{Command, Key, Keymap};
use newsdesk::config::{Config, ScreenReader};
use newsdesk::desk::{DeskEvent, DeskService};
use newsdesk::library::{ArticleId, Articles, ReadDepth, Scanner, Source};
use newsdesk::model::Mark;
use newsdesk::query::FacetField;
use newsdesk::runtime::effects::{Next, Outside, carry_out};
use newsdesk::theme::{self, Terminal};

use crate::picture::{place_of, targets};
pub use crate::world::Deed;
use crate::world::{Shelf, World};

/// The sizes the screen is designed for.
pub const WIDE: Size = size(160, 45);
pub const MEDIUM: Size = size(120, 30);
pub const NARROW: Size = size(60, 20);

pub const fn size(columns: u16, rows: u16) -> Size {
    Size { columns, rows }
}

/// The name of a made-up library.
const NAME: &str = "articles";

/// When every session takes place.
pub fn now() -> Timestamp {
    "2021-12-31T20:00:00Z".parse().expect("a timestamp")
}

/// The configuration.
#[derive(Default)]
pub struct Configured {
    pub keymap: Keymap,
    pub config: Config,
    pub terminal: Terminal,
    pub canvas: Canvas,
}

/// Whether replies arrive immediately.
enum Post {
    Prompt,
    /// They wait until the test delivers them.
    Held,
}

/// An app, its library, and the world outside.
pub struct Session {
    pub app: App,
    pub world: World,
    /// How long the program has run.
    uptime: Duration,
    post: Post,
}

impl Session {
    fn begun(mut self) -> Self {
        self.begin();
        self
    }

    /// Loads the library, as the program does before its first frame.
    pub fn begin(&mut self) {
        let effects = self.app.begin();
        self.carry_out(effects);
        self.reply();
        self.draw();
    }

    /// Presses keys, written as in `jj<Enter>`, one after another as a person does.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in Key::parse_typed(keys).expect("keys") {
            self.press_key(key);
        }
        self
    }

    pub fn press_key(&mut self, key: Key) {
        let pressed = self.pressed(key);
        self.tell(pressed);
        self.draw();
    }

    /// The event that the app gets for a key.
    pub fn pressed(&mut self, key: Key) -> Event {
        self.uptime += Duration::from_millis(200);
        let at = self.uptime;
        Event::Key(KeyPress { key, at })
    }

    /// Presses keys that arrive in one packet: replies and frames come after all of them.
    pub fn press_at_once(&mut self, keys: &str) -> &mut Self {
        self.press_keys_at_once(&Key::parse_typed(keys).expect("keys"));
        self
    }

    pub fn press_keys_at_once(&mut self, keys: &[Key]) {
        self.uptime += Duration::from_millis(200);
        let at = self.uptime;
        for key in keys {
            self.happen(Event::Key(KeyPress { key: *key, at }));
        }
        self.draw();
        self.reply();
        self.draw();
    }

    /// What the pointer does at a cell, after the frame that a person has before their eyes.
    pub fn point(&mut self, gesture: Gesture, x: u16, y: u16) -> &mut Self {
        self.uptime += Duration::from_millis(200);
        let event = PointerEvent {
            gesture,
            x,
            y,
            target: targets(&self.app).at(x, y),
            at: self.uptime,
        };
        self.tell(Event::Pointer(event));
        self.draw();
        self
    }

    /// Clicks twice on a cell, quickly.
    pub fn double_click(&mut self, x: u16, y: u16) -> &mut Self {
        self.point(Gesture::Press, x, y).point(Gesture::Press, x, y)
    }

    /// Clicks on the first cell of a text on the screen.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let (x, y) = place_of(&self.app, text);
        self.point(Gesture::Press, x, y)
            .point(Gesture::Release, x, y)
    }

    /// Presses the keys that the table has for a command here; returns whether there are any.
    pub fn run(&mut self, command: Command) -> bool {
        let context = self.app.context();
        let keymap = &self.app.cx().env.keymap;
        let keys = keymap.keys_of(command, context).next();
        let Some(keys) = keys.map(<[Key]>::to_vec) else {
            return false;
        };
        for key in keys {
            self.press_key(key);
        }
        true
    }

    /// Sends an event, and handles what follows from it if replies arrive immediately.
    pub fn tell(&mut self, event: Event) {
        self.happen(event);
        self.reply();
    }

    /// Sends an event.
    pub fn happen(&mut self, event: Event) {
        self.world.now = self.app.cx().env.now;
        let effects = self.app.update(event);
        self.carry_out(effects);
    }

    /// Draws what has happened so far.
    pub fn draw(&mut self) {
        self.happen(Event::Drawn(self.uptime));
    }

    fn reply(&mut self) {
        while let Post::Prompt = self.post
            && let Some(event) = self.world.replies.pop_front()
        {
            self.happen(event);
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let next = carry_out(&self.app, effects, &mut self.world).expect("a world in memory");
        if next == Next::Quit {
            self.world.deeds.push(Deed::Quit);
        }
    }

    pub fn resize(&mut self, size: Size) -> &mut Self {
        self.tell(Event::Resize(size));
        self
    }

    /// Time has passed.
    pub fn later(&mut self, seconds: i64) -> Event {
        let now = self.app.cx().env.now + SignedDuration::from_secs(seconds);
        self.uptime += Duration::from_secs(seconds.unsigned_abs());
        Event::Tick {
            now,
            uptime: self.uptime,
        }
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: i64) {
        let later = self.later(seconds);
        self.tell(later);
        self.draw();
        self.reply();
    }

    /// Sets what opening a link does from now on.
    pub fn opening(&mut self, outcome: Result<(), OpenFailure>) -> &mut Self {
        self.world.opens = outcome;
        self
    }

    /// Sets what copying a text does from now on.
    pub fn copying(&mut self, outcome: Result<(), String>) -> &mut Self {
        self.world.copies = outcome;
        self
    }

    /// Sets what saving a view does from now on.
    pub fn keeping(&mut self, outcome: Result<(), String>) -> &mut Self {
        self.world.keeps = outcome;
        self
    }

    /// Makes the desk unwritable.
    pub fn damage_desk(&mut self) {
        let path = self.world.desk.path().join("newer.db");
        std::fs::write(&path, "no database at all").expect("a file");
        let service = DeskService::open(&path, self.world.source.clone(), now());
        let service = self.world.service.insert(service.expect("memory"));
        for told in service.begin() {
            self.tell(Event::Desk(told));
        }
        let articles = self.app.cx().catalog.library().articles().clone();
        self.world.follow(articles).expect("a desk in memory");
        self.reply();
    }

    /// A file that can be written, and does not exist yet.
    pub fn elsewhere(&self) -> String {
        let path = self.world.desk.path().join("elsewhere.jsonl");
        path.to_string_lossy().into_owned()
    }

    /// Lets the desk check whether anything has happened, as it does twice a second.
    pub fn poll(&mut self) {
        let now = self.app.cx().env.now;
        let service = self.world.service.as_mut().expect("a desk that was asked");
        for told in service.poll(now) {
            self.tell(Event::Desk(told));
        }
    }

    /// The same if the desk may not have had a request yet; its events wait their turn.
    pub fn poll_desk(&mut self) {
        let now = self.app.cx().env.now;
        if let Some(service) = &mut self.world.service {
            let told = service.poll(now).into_iter().map(Event::Desk);
            self.world.replies.extend(told);
        }
        self.reply();
    }

    /// The mark that the desk has for each marked article.
    pub fn marks_on_desk(&mut self) -> HashMap<ArticleId, Mark> {
        let articles = self.app.cx().catalog.library().articles().clone();
        let now = self.app.cx().env.now;
        let Some(service) = &mut self.world.service else {
            return HashMap::new();
        };
        match service.set_articles(articles, now) {
            DeskEvent::Marks(marked) => {
                let decided = marked.decided.iter();
                decided.map(|(id, mark)| (id, mark.clone())).collect()
            }
            other => panic!("the marks: {other:?}"),
        }
    }

    /// Scans the files without a request, as a watch would.
    pub fn notice_changes(&mut self) {
        for batch in self.world.changes() {
            self.tell(Event::Found(batch));
        }
    }

    /// The path of a file in a made-up library.
    pub fn path(&self, name: &str) -> PathBuf {
        match &self.world.shelf {
            Shelf::Made(folder) => folder.path().join(NAME).join(name),
            Shelf::Sample | Shelf::Few => PathBuf::from(name),
        }
    }

    /// Writes a file in a made-up library.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        let folder = path.parent().expect("a folder around a file");
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// Removes a file in a made-up library.
    pub fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).expect("a file");
    }

    /// The first line of the screen.
    pub fn top_line(&self) -> String {
        let picture = self.picture();
        picture.lines().next().unwrap_or_default().to_owned()
    }

    /// The screen, with paths that are the same in every run.
    pub fn picture(&self) -> String {
        let picture = crate::picture::text(&self.app);
        match &self.world.shelf {
            Shelf::Sample | Shelf::Few => picture,
            Shelf::Made(folder) => {
                let path = folder.path().to_string_lossy();
                picture.replace(&*path, &"/tmp/newsdesk-123456"[..path.len()])
            }
        }
    }

    /// From now on replies wait.
    pub fn hold(&mut self) -> &mut Self {
        self.post = Post::Held;
        self
    }

    /// Delivers the waiting replies, oldest first, and any that follow from them.
    pub fn deliver(&mut self) {
        self.post = Post::Prompt;
        self.reply();
        self.draw();
    }

    /// Returns the waiting replies; later ones arrive immediately again.
    pub fn take_held(&mut self) -> Vec<Event> {
        self.post = Post::Prompt;
        self.world.replies.drain(..).collect()
    }

    /// Moves the list's cursor to the article with this title.
    pub fn select(&mut self, title: &str) -> &mut Self {
        let at = self.titles().iter().position(|it| it == title);
        let at = at.unwrap_or_else(|| panic!("{title:?} is not listed"));
        self.press("gg").press(&"j".repeat(at));
        assert_eq!(self.selected(), title);
        self
    }

    /// Goes to the topic with this name.
    pub fn topic(&mut self, name: &str) -> &mut Self {
        if self.focus() != Pane::Facets {
            self.press("t");
        }
        self.value(FacetField::Topic, name)
    }

    /// Goes to a facet value.
    pub fn value(&mut self, field: FacetField, value: &str) -> &mut Self {
        if self.focus() != Pane::Facets {
            self.press("t");
        }
        self.press("gg");
        let is_it = |row: &ValueRow| row.field == field && row.value == value;
        for _ in 0..self.app.facets().rows().len() {
            if self.app.facets().current().is_some_and(is_it) {
                return self;
            }
            let facets = self.app.facets();
            let folds = |it: &&FacetsRow| matches!(it, FacetsRow::More(of, _) if *of == field);
            match facets.rows().get(facets.cursor().at).filter(folds) {
                Some(_) => self.press("<Enter>"),
                None => self.press("j"),
            };
        }
        panic!("there is no {} {value:?}", field.row().name);
    }
}

/// The same article, about a page that no other is about.
pub fn on_its_own(text: &str, number: usize) -> String {
    let page = format!("https://news.example/number/{number}/");
    text.replacen("https://news.example/", &page, 1)
}

/// An article with a title, a day of December 2021 and more lines of front matter.
pub fn article(title: &str, day: u8, more: &str) -> String {
    let more = more.trim();
    format!(
        "---\ntitle: \"{title}\"\npublishedDateTime: 2021-12-{day:02}T08:00:00Z\n\
         originalUrl: https://news.example/{day}\n{more}\n---\n\nThe body of {title}.\n"
    )
}
