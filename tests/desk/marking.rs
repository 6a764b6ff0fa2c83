//! `newsdesk mark` killed at any moment: every article it has acknowledged has its mark afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use newsdesk::desk::Desk;

use crate::child::opened;

const ROUNDS: u64 = 200;
const ARTICLES: usize = 40;

fn start(library: &Path, desk: &Path, star: bool) -> Child {
    Command::new(env!("CARGO_BIN_EXE_newsdesk"))
        .args(["mark", "-q", "", "--acknowledge"])
        .arg(if star { "--star" } else { "--unstar" })
        .arg("--desk")
        .arg(desk)
        .arg(library)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("newsdesk")
}

/// The file names that complete lines acknowledge: kept, or unchanged.
fn acknowledged(text: &str) -> Vec<String> {
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let lines = whole.lines().filter_map(|line| {
        let path = line
            .strip_prefix("kept ")
            .or_else(|| line.strip_prefix("unchanged "))?;
        Path::new(path).file_name()?.to_str().map(str::to_owned)
    });
    lines.collect()
}

#[test]
fn what_newsdesk_mark_has_acknowledged_survives_being_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (library, desk) = (folder.path().join("news"), folder.path().join("desk.db"));
    fs::create_dir(&library).expect("a folder");
    for number in 0..ARTICLES {
        let text = format!("---\ntitle: Article {number}\nexcerpt: Of its own.\n---\n");
        fs::write(library.join(format!("{number}.md")), text).expect("an article");
    }
    let mut said: BTreeMap<String, bool> = BTreeMap::new();
    let mut kept = 0;
    for round in 0..ROUNDS {
        let star = round % 2 == 0;
        let mut child = start(&library, &desk, star);
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut text = String::new();
        // Some are killed before they have decided anything, most in the middle of their work.
        if round % 8 != 0 {
            output.read_line(&mut text).expect("its output");
        }
        let moment = getrandom::u64().expect("a number") % 15_000;
        // Any moment will do: that it is a different one each time is what is tested.
        std::thread::sleep(Duration::from_micros(moment));
        child.kill().expect("killed");
        child.wait().expect("dead");
        output.read_to_string(&mut text).expect("its output");
        let names = acknowledged(&text);
        kept += names.len();
        said.extend(names.into_iter().map(|name| (name, star)));
        if round % 10 == 9 {
            let marks = opened(&desk).all().expect("the marks");
            let starred: BTreeMap<&str, bool> = marks
                .iter()
                .map(|it| (it.identity.name(), it.mark.starred))
                .collect();
            for (name, star) in &said {
                let there = starred.get(name.as_str()).copied().unwrap_or_default();
                // One more than the last acknowledged may be there, in the other direction.
                let torn = there != *star;
                assert!(
                    !torn || was_next(&text, name),
                    "round {round}: {name} is {there}"
                );
            }
        }
    }
    assert!(kept as u64 > ROUNDS, "only {kept}");
    assert_eq!(opened(&desk).rebuild(), Ok(0));
}

/// Whether an article comes after all acknowledged ones: kept, but not reported any more.
fn was_next(text: &str, name: &str) -> bool {
    !acknowledged(text).iter().any(|it| it == name)
}
