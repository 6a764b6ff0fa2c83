//! Fetches that are killed midway: no file is torn, none comes twice, none is lost.

use std::collections::BTreeMap;
use std::process::Stdio;

use crate::samples::rss;
use crate::server::{Server, Serves};
use crate::world::World;

const FEEDS: usize = 12;
const ENTRIES: usize = 8;

/// How many fetches are killed: `NEWSDESK_KILLS`, or else a few.
fn kills() -> usize {
    let asked = std::env::var("NEWSDESK_KILLS").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(6)
}

#[test]
fn a_killed_fetch_costs_a_fetch_and_nothing_else() {
    let server = Server::new([]);
    let names: Vec<String> = (0..FEEDS).map(|at| format!("F{at}")).collect();
    for name in &names {
        server.put(&format!("/{name}"), Serves::Tagged(rss(name, ENTRIES)));
    }
    let list: Vec<(&str, String)> = names
        .iter()
        .map(|name| (name.as_str(), server.url(&format!("/{name}"))))
        .collect();
    let whole = World::new();
    whole.feeds(&list);
    whole.run(&["fetch"]).done();
    let texts = |world: &World| -> BTreeMap<String, String> {
        let files = world.files().into_iter();
        files
            .map(|file| (file.clone(), world.text(&file)))
            .collect()
    };
    let expected = texts(&whole);
    assert_eq!(expected.len(), FEEDS * ENTRIES);
    for kill in 0..kills() {
        let world = World::new();
        world.feeds(&list);
        let mut fetch = world
            .command(&["fetch"])
            .stdout(Stdio::null())
            .spawn()
            .expect("a run");
        // At a different moment each time: when this many files exist, or when it has ended.
        let moment = kill * 17 % (FEEDS * ENTRIES);
        while world.files().len() <= moment && fetch.try_wait().expect("a state").is_none() {
            std::thread::yield_now();
        }
        // It may have ended by itself.
        let _ = fetch.kill();
        fetch.wait().expect("its end");
        world.run(&["fetch"]).done();
        assert_eq!(texts(&world), expected, "killed at {moment}");
    }
}
