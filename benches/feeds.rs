//! Measures `newsdesk fetch` for 300 feeds of 30 entries, as a whole process against a server on the
//! loopback interface: from nothing, and again with nothing new. The library may hold other articles:
//!
//!     cargo bench --bench feeds
//!     cargo bench --bench feeds -- 1000000    # with a million other articles

mod figures;
#[expect(dead_code, reason = "the tests serve more than feeds")]
#[path = "../tests/feeds/server.rs"]
mod server;
#[expect(dead_code, reason = "the tests look at more of a home")]
#[path = "../tests/feeds/world.rs"]
mod world;

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use figures::{heading, number_or, print};
use server::{Server, Serves};
use world::World;

const FEEDS: usize = 300;
const ENTRIES: usize = 30;
const ROUNDS: usize = 3;

fn main() {
    figures::run("feeds", bench);
}

fn bench() {
    let others = number_or(0);
    println!("{FEEDS} feeds of {ENTRIES} entries, {others} other articles");
    heading("fetched");
    let (mut new, mut tagged, mut untagged) = (Vec::new(), Vec::new(), Vec::new());
    let mut most = 0;
    // Kept to the end: where many files have just been deleted, ext4 takes ten times as long to create some.
    let mut cases = Vec::new();
    for _ in 0..ROUNDS {
        for is_tagged in [true, false] {
            let case = Case::new(others, is_tagged);
            let (time, memory) = case.fetch();
            new.push(time);
            most = most.max(memory);
            let (time, memory) = case.fetch();
            if is_tagged {
                &mut tagged
            } else {
                &mut untagged
            }
            .push(time);
            most = most.max(memory);
            cases.push(case);
        }
    }
    print("all new", &mut new);
    print("nothing new, 304", &mut tagged);
    print("nothing new, without ETag", &mut untagged);
    println!("{:.1} MB of memory at most", most as f64 / 1e6);
}

struct Case {
    world: World,
    /// Answers until it is dropped.
    _server: Server,
}

impl Case {
    fn new(others: usize, is_tagged: bool) -> Self {
        let server = Server::new([]);
        let world = World::new();
        for number in 0..others {
            let folder = world.library().join(format!("old/{}", number / 1_000));
            if number % 1_000 == 0 {
                fs::create_dir_all(&folder).expect("a folder");
            }
            let text = format!("---\ntitle: Number {number}\ndate: 2021-03-04\n---\n");
            fs::write(folder.join(format!("{number}.md")), text).expect("a file");
        }
        let feeds: Vec<(String, String)> = (0..FEEDS)
            .map(|feed| {
                let path = format!("/{feed}.xml");
                let url = server.url(&path);
                let text = document(feed).into_bytes();
                let serves = match is_tagged {
                    true => Serves::Tagged(text),
                    false => Serves::Document("application/rss+xml", text),
                };
                server.put(&path, serves);
                (format!("Feed {feed}"), url)
            })
            .collect();
        let feeds: Vec<(&str, String)> = feeds
            .iter()
            .map(|(name, url)| (name.as_str(), url.clone()))
            .collect();
        world.feeds(&feeds);
        Self {
            world,
            _server: server,
        }
    }

    /// Fetches all feeds. Returns the time and the peak memory in bytes.
    fn fetch(&self) -> (Duration, u64) {
        let start = Instant::now();
        let mut program = self
            .world
            .command(&["fetch", "--all"])
            .stdout(Stdio::null())
            .spawn()
            .expect("the program");
        let status = format!("/proc/{}/status", program.id());
        let mut most = 0;
        loop {
            most = most.max(peak(&status).unwrap_or_default());
            if let Some(end) = program.try_wait().expect("its end") {
                assert!(end.success(), "{end}");
                return (start.elapsed(), most);
            }
            // Nothing says when memory grows: it is looked at often, and costs the time 2 ms at most.
            thread::sleep(Duration::from_millis(2));
        }
    }
}

/// The peak memory of a process, in bytes; `None` once it has ended.
fn peak(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1_024)
}

fn document(feed: usize) -> String {
    let mut text = format!("<rss version=\"2.0\"><channel><title>Feed {feed}</title>");
    for entry in 0..ENTRIES {
        let _ = write!(
            text,
            "<item><title>Entry {entry} of feed {feed}</title><guid>{feed}-{entry}</guid>\
             <link>https://news.example/{feed}/{entry}</link>\
             <pubDate>Sun, 02 Jan 2022 10:{entry:02}:00 GMT</pubDate>\
             <description>What entry {entry} says in a sentence or two, as most do.</description></item>"
        );
    }
    text + "</channel></rss>"
}
