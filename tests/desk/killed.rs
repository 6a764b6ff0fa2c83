//! `kill -9` at any moment loses no acknowledged decision.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use crate::child::{Role, acknowledged, decided, opened, rest, start};

const ROUNDS: u64 = 200;

/// More than a child gets done in a round.
const ARTICLES_A_ROUND: u64 = 100_000;

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut kept = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut child = start(Role::Endless, &path, round * ARTICLES_A_ROUND);
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        // Some are killed before they have a desk, most in the middle of their work.
        if round % 8 != 0 {
            while !line.starts_with("kept") {
                line.clear();
                output.read_line(&mut line).expect("its output");
            }
        }
        // Any moment will do: that it is a different one each time is what is tested.
        std::thread::sleep(Duration::from_micros(random() % 20_000));
        child.kill().expect("killed");
        child.wait().expect("dead");

        let mut lines = vec![line.trim_end().to_owned()];
        lines.extend(rest(&mut output));
        kept.extend(acknowledged(&lines));
        // A moment later the next one has it open anyway: checking each time would test nothing
        // more.
        if round % 10 == 9 {
            let there: BTreeSet<u64> = decided(&mut opened(&path)).into_iter().collect();
            let lost: Vec<_> = kept.difference(&there).collect();
            assert!(lost.is_empty(), "round {round}: {lost:?}");
            // At most the one that was not acknowledged yet.
            assert!(there.len() as u64 <= kept.len() as u64 + round + 1);
        }
    }
    assert!(kept.len() as u64 > ROUNDS, "only {} decisions", kept.len());
}

fn random() -> u64 {
    getrandom::u64().expect("a number")
}
