//! Several programs on one desk.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

use newsdesk::desk::{Desk, Marked};

use crate::child::{Role, acknowledged, decide, decided, opened, rest, start};

#[test]
fn two_programs_keep_500_decisions_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut here = opened(&path);
    let mut children = [0, 500].map(|first| start(Role::Many, &path, first));
    let mut heard = 0;
    for child in &mut children {
        let mut output = child.stdout.take().expect("its output");
        assert_eq!(acknowledged(&rest(&mut output)).len(), 500);
        assert!(child.wait().expect("an end").success());
        heard += here.news().expect("the news").len();
    }
    assert!(heard >= 1_000, "heard of {heard}");
    let all: Vec<u64> = (0..1_000).collect();
    assert_eq!(decided(&mut here), all);
    assert_eq!(here.rebuild(), Ok(0));
    assert_eq!(decided(&mut here), all);
}

#[test]
fn a_decision_is_heard_of_within_a_second() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let (mut here, mut there) = (opened(&path), opened(&path));
    let started = Instant::now();
    decide(&mut there, 1).expect("kept");
    let news = here.news().expect("the news");
    assert_eq!(news.len(), 1);
    // A program that polls twice a second has half a second for this.
    assert!(started.elapsed() < Duration::from_millis(500));
}

/// How many turns each of the programs below has.
const ROUNDS: usize = 4;
const ARTICLES: usize = 8;

fn article(number: usize, published: bool) -> String {
    format!("---\ntitle: Article {number}\npublished: {published}\n---\nText.\n")
}

/// Runs one of several programs: some mark, some publish, some undo whatever was last.
fn program(number: usize, round: usize, site: &Path, desk: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsdesk"));
    match number % 3 {
        0 => command
            .args(["mark", "-q", "", "--acknowledge", "--tag"])
            .arg(format!("+tag-{number}-{round}"))
            .arg(site),
        1 if round.is_multiple_of(2) => command.args(["publish", "-q", "", "--yes"]).arg(site),
        1 => command.args(["unpublish", "-q", "", "--yes"]).arg(site),
        _ => command.arg("undo"),
    };
    let run = command.env("NEWSDESK_DESK", desk).output();
    run.expect("newsdesk")
}

#[test]
fn up_to_six_programs_mark_undo_and_publish_at_once() {
    for programs in [2, 4, 6] {
        let folder = tempfile::tempdir().expect("a folder");
        let (site, path) = (folder.path().join("site"), folder.path().join("desk.db"));
        fs::create_dir(&site).expect("a folder");
        let file = |number: usize| site.join(format!("{number}.md"));
        for number in 0..ARTICLES {
            fs::write(file(number), article(number, false)).expect("a file");
        }
        let mut here = opened(&path);
        let outputs: Vec<(usize, usize, Output)> = thread::scope(|scope| {
            let (site, path) = (&site, &path);
            let started: Vec<_> = (0..programs)
                .map(|number| {
                    let run = move |round| (number, round, program(number, round, site, path));
                    scope.spawn(move || (0..ROUNDS).map(run).collect::<Vec<_>>())
                })
                .collect();
            while started.iter().any(|it| !it.is_finished()) {
                here.news().expect("what the others do");
                thread::yield_now();
            }
            let ended = started.into_iter();
            ended.flat_map(|it| it.join().expect("no panic")).collect()
        });

        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (mut kept, mut undone) = (BTreeSet::new(), String::new());
        for (number, round, output) in &outputs {
            let (said, told) = (text(&output.stdout), text(&output.stderr));
            match (number % 3, output.status.code()) {
                (0, Some(0)) => {
                    let names = said.lines().filter_map(|line| {
                        let path = Path::new(line.strip_prefix("kept ")?);
                        Some(path.file_name()?.to_string_lossy().into_owned())
                    });
                    kept.extend(names.map(|name| (format!("tag-{number}-{round}"), name)));
                }
                // Refused if another program was writing the same file.
                (1, Some(0 | 1)) => {}
                (2, Some(0)) => undone.push_str(&said),
                // There was nothing left to undo, or others have decided since.
                (2, Some(2)) => {}
                (_, code) => panic!("{number} in round {round}: {code:?}, {told}"),
            }
        }
        assert_eq!(here.rebuild(), Ok(0));
        let marks = here.all().expect("the marks");
        for (tag, name) in &kept {
            let is_it = |it: &Marked| it.mark.tags.contains(tag) && it.identity.name() == name;
            let is_kept = marks.iter().any(is_it) || undone.contains(&format!("+{tag},"));
            assert!(is_kept, "{tag} on {name} is lost");
        }
        assert!(!kept.is_empty());
        for number in 0..ARTICLES {
            let there = fs::read_to_string(file(number)).expect("a file");
            let versions = [true, false].map(|it| article(number, it));
            assert!(versions.contains(&there), "{there}");
        }
        let left = fs::read_dir(&site).expect("the site").count();
        assert_eq!(left, ARTICLES, "something is left beside the files");

        // Its file is swapped for another: what was open promises nothing any more.
        let aside = folder.path().join("aside.db");
        fs::rename(&path, &aside).expect("moved");
        fs::copy(&aside, &path).expect("copied");
        decide(&mut here, 1).expect_err("it is another file");
    }
}
