//! Several programs on one desk.

use std::time::{Duration, Instant};

use newsdesk::desk::Desk;

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
    // Whoever polls twice a second has half a second for this.
    assert!(started.elapsed() < Duration::from_millis(500));
}
