//! The library of the tests about deciding: five articles, and what was decided about them.

use newsdesk::config::{Config, MarkRead};
use newsdesk::library::ArticleId;

use crate::session::{Configured, Session, WIDE, article};

/// Five articles, newest first: five, four, three, two, one.
pub fn library() -> Session {
    configured(Configured::default())
}

/// The same, with articles marked as read in this way.
pub fn marking_read(mark_read: MarkRead) -> Session {
    let config = Config {
        mark_read,
        ..Config::default()
    };
    configured(Configured {
        config,
        ..Configured::default()
    })
}

/// The same, with a configuration.
pub fn configured(config: Configured) -> Session {
    let names = ["one", "two", "three", "four", "five"];
    let texts: Vec<(String, String)> = names
        .iter()
        .zip(1..)
        .map(|(name, day)| (format!("{name}.md"), article(name, day, "published: false")))
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Session::configured(&files, WIDE, config)
}

pub fn id(session: &Session, title: &str) -> ArticleId {
    let mut rows = session.app.cx().catalog.library().ids();
    rows.find(|id| session.app.cx().catalog.library().article(*id).title() == title)
        .expect(title)
}

/// The titles of the articles in a set of marks.
pub fn titles(
    session: &Session,
    of: impl Fn(&newsdesk::query::Marks) -> &roaring::RoaringBitmap,
) -> Vec<String> {
    let set = of(session.app.cx().marks.sets());
    let title = |row| {
        let id = ArticleId::from_row(row);
        session.app.cx().title(id).into_owned()
    };
    let mut titles: Vec<String> = set.iter().map(title).collect();
    titles.sort();
    titles
}

pub fn done(session: &Session) -> Vec<String> {
    titles(session, |marks| &marks.done)
}
