//! A program that waits for a key takes next to nothing: its threads hardly ever wake up.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::pty::Pty;

/// How long is watched at a time.
const WINDOW: Duration = Duration::from_secs(2);
/// At most four wake-ups a second.
const WAKE_UPS: u64 = 8;
/// Loading, saving and grouping have ended by then, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_idle_program_hardly_ever_wakes_up_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for day in 10..30 {
        let text = format!("---\ntitle: No {day}\ndate: 2024-03-{day}\n---\nText.\n");
        fs::write(folder.path().join(format!("{day}.md")), text).expect("an article");
    }
    let root = folder.path().to_str().expect("a path in UTF-8");
    let mut pty = Pty::start(&[root], 30, 100, &[]);
    pty.wait_for_text("No 29");
    let begun = Instant::now();
    loop {
        let before = (wake_ups(pty.id()), pty.written().len());
        // What is tested is that nothing happens meanwhile.
        thread::sleep(WINDOW);
        let after = (wake_ups(pty.id()), pty.written().len());
        let woken = after.0.saturating_sub(before.0);
        if woken <= WAKE_UPS && after.1 == before.1 {
            break;
        }
        let said = format!("woken {woken} times in {WINDOW:?}");
        assert!(begun.elapsed() < PATIENCE, "{said}");
    }
    pty.press("Q");
    assert!(pty.wait_exit().success());
}

/// How often its threads have waited for something so far.
fn wake_ups(id: i32) -> u64 {
    let threads = fs::read_dir(Path::new("/proc").join(id.to_string()).join("task"));
    let threads = threads.expect("a running program").flatten();
    let status = threads.map(|it| fs::read_to_string(it.path().join("status")));
    // A thread may end meanwhile.
    let switches = status.flatten().map(|text| {
        let lines = text
            .lines()
            .filter(|it| it.starts_with("voluntary_ctxt_switches"));
        let counts = lines.filter_map(|it| it.split_whitespace().nth(1)?.parse::<u64>().ok());
        counts.sum::<u64>()
    });
    switches.sum()
}
