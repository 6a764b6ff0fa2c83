//! Whatever is pressed and whatever comes back, in any order: nothing breaks, nothing is lost, and
//! Esc leads home. Replies wait in a queue that the test shuffles; only the desk's events keep
//! their order, since it has one thread.

use std::collections::HashMap;

use newsdesk::app::geometry::{Pane, Size, Zoom};
use newsdesk::app::{Event, Reply, RequestId};
use newsdesk::command::{Command, Context, Key, TABLE};
use newsdesk::desk::DeskEvent;
use newsdesk::library::ArticleId;
use newsdesk::model::Mark;
use proptest::prelude::*;

use crate::session::{Deed, NARROW, Session, WIDE, article, size};
use crate::sizes::check;

/// Something that happens.
#[derive(Clone, Debug)]
enum Happening {
    Command(Command),
    /// Keys in one packet.
    Packet(Vec<Key>),
    Paste(String),
    Resize(Size),
    Wait(i64),
    /// A file is new, changed or gone.
    File(u8, FileChange),
    /// One of the waiting replies arrives, by index modulo their number.
    Reply(usize),
    /// A second reply arrives for a request that has been replied to.
    Twice(Again),
    /// A reply never arrives.
    Never(usize),
    /// The desk checks whether anything has happened.
    Poll,
}

#[derive(Clone, Copy, Debug)]
enum FileChange {
    New,
    Other,
    Gone,
}

#[derive(Clone, Copy, Debug)]
enum Again {
    Selected,
    Review,
    Journal,
    Counted,
    Jumped,
}

fn happening() -> impl Strategy<Value = Happening> {
    let commands: Vec<Command> = TABLE.iter().map(|row| row.command).collect();
    let keys: Vec<Key> = "abdefijkmnqrstuxyzAFGHJKLNOPRSUX$#.:/12 <Enter><Esc><Tab>"
        .split_inclusive('>')
        .flat_map(|part| Key::parse_typed(part).expect("keys"))
        .collect();
    let change = prop_oneof![
        Just(FileChange::New),
        Just(FileChange::Other),
        Just(FileChange::Gone)
    ];
    let again = prop_oneof![
        Just(Again::Selected),
        Just(Again::Review),
        Just(Again::Journal),
        Just(Again::Counted),
        Just(Again::Jumped)
    ];
    prop_oneof![
        16 => proptest::sample::select(commands).prop_map(Happening::Command),
        8 => proptest::collection::vec(proptest::sample::select(keys), 1..6)
            .prop_map(Happening::Packet),
        1 => ":[a-z]{0,4} ?[a-z]{0,4}".prop_map(Happening::Paste),
        1 => (0_u16..140, 0_u16..30).prop_map(|(columns, rows)| Happening::Resize(size(columns, rows))),
        2 => (0_i64..10_000).prop_map(Happening::Wait),
        2 => (0_u8..6, change).prop_map(|(at, change)| Happening::File(at, change)),
        16 => any::<usize>().prop_map(Happening::Reply),
        1 => again.prop_map(Happening::Twice),
        1 => any::<usize>().prop_map(Happening::Never),
        1 => Just(Happening::Poll),
    ]
}

/// Whether the event comes from the desk.
fn is_of_desk(event: &Event) -> bool {
    matches!(
        event,
        Event::Desk(_)
            | Event::Reply {
                reply: Reply::Desk(_),
                ..
            }
    )
}

/// A session with shuffled replies.
struct Monkey {
    session: Session,
    /// Everything that the desk has said about each article.
    said: HashMap<ArticleId, Vec<Mark>>,
    /// Requests that have been replied to.
    replied: RequestId,
    /// Replies that never arrive.
    lost: usize,
}

impl Monkey {
    fn new() -> Self {
        let texts: Vec<(String, String)> = (0..6)
            .map(|at| (format!("{at}.md"), text(at, "published: false")))
            .collect();
        let files: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let mut session = Session::of(&files, NARROW);
        session.hold();
        Self {
            session,
            said: HashMap::new(),
            replied: RequestId(1),
            lost: 0,
        }
    }

    fn happen(&mut self, happening: Happening) {
        let session = &mut self.session;
        match happening {
            Happening::Command(command) => {
                session.run(command);
            }
            Happening::Packet(keys) => session.press_keys_at_once(&keys),
            Happening::Paste(text) => session.tell(Event::Paste(text)),
            Happening::Resize(size) => session.tell(Event::Resize(size)),
            Happening::Wait(milliseconds) => session.wait(milliseconds / 1000),
            Happening::File(at, change) => {
                let name = format!("{at}.md");
                match change {
                    FileChange::New => session.write(&format!("new/{name}"), &text(at, "")),
                    FileChange::Other => session.write(&name, &text(at, "excerpt: other")),
                    FileChange::Gone if session.path(&name).exists() => session.remove(&name),
                    FileChange::Gone => {}
                }
                session.notice_changes();
            }
            Happening::Reply(at) => self.reply(at),
            Happening::Twice(again) => {
                let ids: Vec<ArticleId> = session.app.list().rows().to_vec();
                let reply = match again {
                    Again::Selected => Reply::Selected(ids),
                    Again::Review => Reply::Desk(vec![DeskEvent::Review(Vec::new())]),
                    Again::Journal => Reply::Desk(vec![DeskEvent::Journal(Vec::new())]),
                    Again::Counted => Reply::Counted(vec![1, 2, 3]),
                    Again::Jumped => Reply::Jumped(Vec::new()),
                };
                let id = self.replied;
                session.tell(Event::Reply { id, reply });
            }
            Happening::Never(at) => {
                let replies = &mut session.world.replies;
                let at = at.checked_rem(replies.len()).unwrap_or_default();
                if replies.get(at).is_some_and(|it| !is_of_desk(it)) {
                    replies.remove(at);
                    self.lost += 1;
                }
            }
            Happening::Poll => session.poll_desk(),
        }
    }

    /// One of the waiting replies arrives; of the desk's, always the first.
    fn reply(&mut self, at: usize) {
        let replies = &mut self.session.world.replies;
        let Some(mut at) = at.checked_rem(replies.len()) else {
            return;
        };
        if is_of_desk(&replies[at]) {
            at = replies.iter().position(is_of_desk).unwrap_or(at);
        }
        let Some(event) = replies.remove(at) else {
            return;
        };
        let told = match &event {
            Event::Desk(told) => std::slice::from_ref(told),
            Event::Reply {
                id,
                reply: Reply::Desk(told),
            } => {
                self.replied = *id;
                told.as_slice()
            }
            Event::Reply { id, .. } => {
                self.replied = *id;
                &[]
            }
            _ => &[],
        };
        for told in told {
            if let DeskEvent::Marks(marked) = told {
                for (id, mark) in marked.decided.iter() {
                    self.said.entry(id).or_default().push(mark.clone());
                }
            }
        }
        self.session.tell(event);
    }

    /// What must hold after any event.
    fn check(&self) {
        check(&self.session);
        for id in self.session.app.list().rows() {
            let shown = self.session.app.cx().marks.get(*id);
            let said = self.said.get(id);
            assert!(
                shown == Mark::default() || said.is_some_and(|said| said.contains(&shown)),
                "shown as kept and not on the desk: {shown:?}"
            );
        }
    }

    /// Takes everything that still arrives, and goes home.
    fn go_home(mut self) {
        while !self.session.world.replies.is_empty() {
            self.reply(0);
        }
        let session = &mut self.session;
        // A screen that is too small takes no keys but those that leave.
        session.resize(WIDE);
        let kept = session.marks_on_desk();
        for _ in 0..40 {
            session.press("<Esc>");
            session.deliver();
            session.hold();
        }
        let app = &session.app;
        assert_eq!(app.context(), Context::List, "{}", session.picture());
        assert_eq!((app.focus(), app.zoom()), (Pane::List, Zoom::Panes));
        assert!(app.cx().in_force.is_whole_view() && app.list().selection().is_empty());
        assert!(app.under_way().count() <= self.lost, "all was replied to");
        // The desk looks for a mark's article among those that exist.
        let is_there = |id: &&ArticleId| !app.cx().catalog.library().is_gone(**id);
        for id in app.list().rows().iter().filter(is_there) {
            let mark = app.cx().marks.get(*id);
            assert_eq!(kept.get(id).cloned().unwrap_or_default(), mark);
        }
        assert_eq!(session.marks_on_desk(), kept, "Esc decides nothing");
    }
}

fn text(at: u8, more: &str) -> String {
    article(&format!("No {at}"), at + 1, more)
}

/// Whether this may move the list's cursor to another article.
fn moves(happening: &Happening) -> bool {
    match happening {
        Happening::Command(_) | Happening::Packet(_) | Happening::Paste(_) => true,
        // A query that was asked for, an undo that was.
        Happening::Reply(_) => true,
        Happening::Resize(_)
        | Happening::Wait(_)
        | Happening::File(..)
        | Happening::Twice(_)
        | Happening::Never(_)
        | Happening::Poll => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_and_comes_back(happenings in proptest::collection::vec(happening(), 0..80)) {
        let mut monkey = Monkey::new();
        for happening in happenings {
            let selected = monkey.session.app.list().current();
            let may_move = moves(&happening) || monkey.session.app.list().is_at_top();
            monkey.happen(happening);
            monkey.check();
            let list = monkey.session.app.list();
            if let Some(selected) = selected && !may_move && list.contains(selected) {
                assert_eq!(list.current(), Some(selected), "it stays selected");
            }
            let left = monkey.session.take_outside();
            if left.contains(&Deed::Quit) {
                return Ok(());
            }
        }
        monkey.go_home();
    }
}
