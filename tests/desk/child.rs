//! Child processes at a desk: this test binary becomes one when started again with a role.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, io};

use jiff::Timestamp;
use newsdesk::desk::{Desk, DeskError, NewDecision, OnDamage, Opening, SqliteDesk, draw, open};
use newsdesk::model::{Identity, Mark, MarkChange, MarkField, MarkValue, Subject};
use rustix::process::{Resource, Rlimit, setrlimit};
use signal_hook::consts::SIGXFSZ;

/// Set to the role of a child.
const ROLE: &str = "NEWSDESK_DESK_ROLE";
/// The number of the first article that a child decides on.
const FIRST: &str = "NEWSDESK_DESK_FIRST";
/// The variable that people set too.
const DESK: &str = "NEWSDESK_DESK";

const PATIENCE: Duration = Duration::from_secs(30);

/// What a child does.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// Decides on 500 articles.
    Many,
    /// Decides until it is killed.
    Endless,
    /// Decides until its files may not grow any more, and once again when they may.
    Limited,
    /// Opens the desk and reports the result.
    Look,
}

impl Role {
    const ALL: [Role; 4] = [Role::Many, Role::Endless, Role::Limited, Role::Look];
}

/// Starts a child of this binary, whose output can be read.
pub fn start(role: Role, desk: &Path, first: u64) -> Child {
    let program = env::current_exe().expect("this test binary");
    command(&program, role, desk, first)
        .spawn()
        .expect("a child")
}

pub fn command(program: &Path, role: Role, desk: &Path, first: u64) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--exact", "child::child", "--nocapture"])
        .env(ROLE, format!("{role:?}"))
        .env(DESK, desk)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Everything a child still says; it may have been killed in the middle of a line.
pub fn rest(from: &mut impl Read) -> Vec<String> {
    let mut text = String::new();
    from.read_to_string(&mut text).expect("its output");
    let whole = text.rfind('\n').map_or(0, |end| end + 1);
    text[..whole].lines().map(str::to_owned).collect()
}

/// The articles whose decisions these lines acknowledge.
pub fn acknowledged(lines: &[String]) -> Vec<u64> {
    lines
        .iter()
        .filter_map(|line| line.strip_prefix("kept "))
        .map(|number| number.parse().expect("a number"))
        .collect()
}

/// A usable desk.
pub fn opened(path: &Path) -> SqliteDesk {
    match open(path, PATIENCE, OnDamage::Leave) {
        Opening::Opened { desk, .. } => desk,
        other => panic!("the desk cannot be used: {other:?}"),
    }
}

/// Decides on three fields of an article at once, so that a torn decision would show.
pub fn decide(desk: &mut SqliteDesk, article: u64) -> Result<(), DeskError> {
    let subject = Subject(article);
    let wanted = [
        (MarkField::Done, MarkValue::Flag(true)),
        (MarkField::Starred, MarkValue::Flag(true)),
        (
            MarkField::Note,
            MarkValue::Text(format!("article {article}")),
        ),
    ];
    let identity = Identity {
        path: format!("_news/{article}.md"),
        page: Some(article),
        ..Identity::default()
    };
    let decision = NewDecision {
        label: "done".to_owned(),
        changes: wanted
            .into_iter()
            .filter_map(|(field, value)| MarkChange::new(subject, &Mark::default(), field, value))
            .collect(),
        articles: vec![(subject, identity)],
    };
    desk.commit(&decision, draw()?, Timestamp::now())?;
    Ok(())
}

/// The articles that were decided on.
///
/// # Panics
/// If a decision is torn.
pub fn decided(desk: &mut SqliteDesk) -> Vec<u64> {
    let mut decided = Vec::new();
    for marked in desk.all().expect("the marks") {
        let (article, mark) = (marked.subject.0, marked.mark);
        let is_whole = mark.done && mark.starred && mark.note == format!("article {article}");
        assert!(is_whole, "the decision on {article} is torn: {mark:?}");
        decided.push(article);
    }
    decided.sort_unstable();
    decided
}

/// The entry point of the children; tests nothing otherwise.
#[test]
fn child() {
    let Ok(name) = env::var(ROLE) else {
        return;
    };
    let path = PathBuf::from(env::var_os(DESK).expect("a desk"));
    let first = env::var(FIRST).expect("a number");
    let first: u64 = first.parse().expect("a number");
    let role = Role::ALL
        .into_iter()
        .find(|role| format!("{role:?}") == name);
    match role.expect("a role") {
        Role::Many => keep(&mut opened(&path), first..first + 500).expect("all are kept"),
        Role::Endless => keep(&mut opened(&path), first..).expect("killed before"),
        Role::Limited => limited(&mut opened(&path), first),
        Role::Look => look(&path),
    }
}

/// Decides on one article after another, and reports each.
fn keep(desk: &mut SqliteDesk, articles: impl Iterator<Item = u64>) -> Result<(), DeskError> {
    for article in articles {
        decide(desk, article)?;
        say(&format!("kept {article}"));
    }
    Ok(())
}

fn limited(desk: &mut SqliteDesk, first: u64) {
    // Otherwise writing past the limit would end the process.
    let noticed = std::sync::Arc::default();
    signal_hook::flag::register(SIGXFSZ, noticed).expect("a handler");
    let limit = |bytes| {
        let current = Rlimit {
            current: bytes,
            maximum: None,
        };
        setrlimit(Resource::Fsize, current).expect("a limit");
    };
    limit(Some(300_000));
    let error = keep(desk, first..).expect_err("there is a limit");
    limit(None);
    say(&format!("failed {error}"));
    let again = decide(desk, first + 1_000_000).expect_err("the desk was given up");
    say(&format!("failed {again}"));
}

fn look(path: &Path) {
    let said = match open(path, PATIENCE, OnDamage::Leave) {
        Opening::Opened { .. } => "opened".to_owned(),
        Opening::ReadOnly { mut desk, why } => {
            let marks = decided(&mut desk);
            let refused = decide(&mut desk, 1_000).expect_err("it is read-only");
            format!("read-only {marks:?}\nwhy {why}\nrefused {refused}")
        }
        Opening::Unusable { why } => format!("unusable\nwhy {why}"),
    };
    say(&said);
}

/// A single write, so that a line is either complete or absent.
fn say(text: &str) {
    let mut out = io::stdout().lock();
    out.write_all(format!("{text}\n").as_bytes())
        .expect("a reader");
    out.flush().expect("a reader");
}
