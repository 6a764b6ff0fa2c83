//! Other programs that change the file while it is being replaced.

use std::cell::Cell;
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::super::lease::Lease;
use super::super::replace::Exchange;
use super::*;

/// When another program acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// After the last comparison.
    BeforeExchange,
    /// While the new version has the file's name.
    AfterExchange,
}

/// The disk, and another program that acts once.
struct Shared<'a> {
    moment: Moment,
    act: &'a dyn Fn(&Path),
    has_acted: Cell<bool>,
    /// Whether syncing the folder fails, so that the files are exchanged back.
    fails: bool,
}

impl<'a> Shared<'a> {
    fn new(moment: Moment, act: &'a dyn Fn(&Path)) -> Self {
        Self {
            moment,
            act,
            has_acted: Cell::new(false),
            fails: false,
        }
    }

    fn reach(&self, moment: Moment, path: &Path) {
        if moment == self.moment && !self.has_acted.replace(true) {
            (self.act)(path);
        }
    }
}

impl System for Shared<'_> {
    fn write(&self, file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
        Disk.write(file, bytes)
    }

    fn sync(&self, file: &fs::File) -> io::Result<()> {
        Disk.sync(file)
    }

    fn exchange(&self, new: &Path, file: &Path) -> io::Result<Exchange> {
        self.reach(Moment::BeforeExchange, file);
        let exchange = Disk.exchange(new, file)?;
        self.reach(Moment::AfterExchange, file);
        Ok(exchange)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if self.fails {
            Err(rustix::io::Errno::IO.into())
        } else {
            Disk.sync_folder(folder)
        }
    }
}

/// Saves as most editors do.
fn save(path: &Path, text: &str) {
    let beside = path.with_extension("md~");
    fs::write(&beside, text).expect("a file");
    fs::rename(beside, path).expect("our file");
}

#[test]
fn a_version_saved_before_the_exchange_comes_back() {
    let folder = Folder::new();
    let theirs = format!("{NOT}theirs\n");
    let act = |path: &Path| save(path, &theirs);
    let system = Shared::new(Moment::BeforeExchange, &act);
    let result = folder.change().write_on(&system);
    assert!(matches!(result, Err(WriteRefusal::Changed)), "{result:?}");
    assert_eq!(folder.text(), theirs);
    assert_eq!(folder.names(), ["a.md"]);
}

#[test]
fn a_file_deleted_before_the_exchange_stays_deleted() {
    let folder = Folder::new();
    let act = |path: &Path| fs::remove_file(path).expect("our file");
    let system = Shared::new(Moment::BeforeExchange, &act);
    let said = folder.change().write_on(&system).expect_err("refused");
    assert!(
        matches!(
            said,
            WriteRefusal::Io {
                step: FailedStep::Replace,
                ..
            }
        ),
        "{said}"
    );
    assert!(folder.names().is_empty());
}

#[test]
fn a_version_saved_after_the_exchange_stays() {
    for (theirs, is_fine) in [(IS, true), (NOT, false)] {
        let folder = Folder::new();
        let theirs = format!("{theirs}theirs\n");
        let act = |path: &Path| save(path, &theirs);
        let system = Shared::new(Moment::AfterExchange, &act);
        let result = folder.change().write_on(&system);
        match result {
            Ok(_) => assert!(is_fine),
            Err(WriteRefusal::Overwritten) => assert!(!is_fine),
            Err(refusal) => panic!("{refusal}"),
        }
        assert_eq!(folder.text(), theirs);
        assert_eq!(folder.names(), ["a.md"]);
    }
}

/// Theirs arrives between the exchange and the exchange back: both versions must be there.
#[test]
fn of_two_versions_that_cross_both_are_kept() {
    let folder = Folder::new();
    let theirs = format!("{IS}theirs\n");
    let act = |path: &Path| save(path, &theirs);
    let mut system = Shared::new(Moment::AfterExchange, &act);
    system.fails = true;
    let result = folder.change().write_on(&system);
    let Err(WriteRefusal::Kept(kept)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(folder.text(), NOT);
    assert_eq!(fs::read_to_string(kept).expect("theirs"), theirs);
}

/// Nor is the new version deleted while somebody may still write into it.
#[test]
fn a_new_version_that_somebody_has_opened_is_kept() {
    let folder = Folder::new();
    if !can_lease(&folder) {
        return;
    }
    let opened = Cell::new(None);
    let act = |path: &Path| opened.set(fs::File::options().append(true).open(path).ok());
    let mut system = Shared::new(Moment::AfterExchange, &act);
    system.fails = true;
    let result = folder.change().write_on(&system);
    let Err(WriteRefusal::Kept(kept)) = result else {
        panic!("{result:?}");
    };
    let mut opened = opened.take().expect("an open file");
    opened.write_all(b"late\n").expect("our file");
    assert_eq!(folder.text(), NOT);
    assert_eq!(
        fs::read_to_string(kept).expect("ours"),
        format!("{IS}late\n")
    );
}

/// Whether files on this file system can be leased.
fn can_lease(folder: &Folder) -> bool {
    let file = fs::File::open(folder.file()).expect("the file");
    Lease::take(&file).is_ok_and(|lease| lease.file.is_some())
}

#[test]
fn a_file_that_is_kept_open_for_writing_is_refused() {
    let folder = Folder::new();
    if !can_lease(&folder) {
        return;
    }
    let change = folder.change();
    let mut log = fs::File::options()
        .append(true)
        .open(folder.file())
        .expect("our file");
    let result = change.write();
    assert!(matches!(result, Err(WriteRefusal::InUse)), "{result:?}");
    log.write_all(b"later\n").expect("our file");
    drop(log);
    assert_eq!(folder.text(), format!("{NOT}later\n"));
    assert_eq!(folder.names(), ["a.md"]);
    folder.change().write().expect("written when it is closed");
    assert_eq!(folder.text(), format!("{IS}later\n"));
}

/// A program that has found the old version and is about to open it would write into a file that
/// loses its name.
#[test]
fn a_file_that_somebody_waits_to_write_is_given_back() {
    for moment in [Moment::BeforeExchange, Moment::AfterExchange] {
        let folder = Folder::new();
        if !can_lease(&folder) {
            return;
        }
        let old = fs::File::open(folder.file()).expect("the file");
        let old = format!("/proc/self/fd/{}", old.as_raw_fd());
        // Non-blocking: opening reports that it would have to wait, and counts as waiting.
        let open = || {
            fs::File::options()
                .append(true)
                .custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
                .open(&old)
        };
        let act = |_: &Path| {
            let kind = open().map(drop).map_err(|error| error.kind());
            assert_eq!(kind, Err(io::ErrorKind::WouldBlock));
        };
        let result = folder.change().write_on(&Shared::new(moment, &act));
        assert!(matches!(result, Err(WriteRefusal::InUse)), "{result:?}");
        assert_eq!(folder.text(), NOT, "{moment:?}");
        assert_eq!(folder.names(), ["a.md"], "{moment:?}");
    }
}

/// Lines that an editor adds while the flag is toggled.
const LINES: usize = 1_000;

/// Toggles the flag as fast as possible while `append`, which can see how often that was tried,
/// adds the lines. Returns how often it was written.
fn turn_while(append: impl FnOnce(&Path, &AtomicUsize) + Send) -> usize {
    let folder = Folder::new();
    let (path, root) = (folder.file(), folder.root());
    let tried = AtomicUsize::new(0);
    let mut written = 0;
    thread::scope(|scope| {
        let editor = scope.spawn(|| append(&path, &tried));
        let mut to = true;
        while !editor.is_finished() {
            let change = StagedChange::new(&path, root, published(to), None);
            match change.and_then(|change| change.map(|it| it.write()).transpose()) {
                Ok(Some(_)) => written += 1,
                Ok(None) => to = !to,
                Err(WriteRefusal::Changed | WriteRefusal::InUse) => {}
                Err(refusal) => panic!("{refusal}"),
            }
            tried.fetch_add(1, Ordering::Relaxed);
        }
    });
    let text = folder.text();
    let body = text.strip_prefix(NOT).or(text.strip_prefix(IS));
    let expected: String = (0..LINES).map(line).collect();
    assert!(body == Some(&expected), "{written} written: {text}");
    assert_eq!(folder.names(), ["a.md"]);
    written
}

fn line(number: usize) -> String {
    format!("line {number}\n")
}

/// In bursts that start at varying moments, with room for a change between them: an editor that
/// never rests lets no change through at all.
#[test]
fn no_line_is_lost_of_an_editor_that_opens_the_file_for_each() {
    const BURST: usize = 10;
    let written = turn_while(|path, tried| {
        for number in 0..LINES {
            if number % BURST == 0 {
                let enough = tried.load(Ordering::Relaxed) + 3;
                while tried.load(Ordering::Relaxed) < enough {
                    thread::yield_now();
                }
                for _ in 0..number * 7_919 % 100_000 {
                    std::hint::spin_loop();
                }
            }
            let file = fs::File::options().append(true).open(path);
            file.and_then(|mut file| file.write_all(line(number).as_bytes()))
                .expect("the file");
        }
    });
    assert!(
        written >= LINES / BURST,
        "only {written} changes came through"
    );
}

#[test]
fn no_line_is_lost_of_an_editor_that_keeps_the_file_open() {
    if !can_lease(&Folder::new()) {
        return;
    }
    turn_while(|path, _| {
        let file = fs::File::options().append(true).open(path);
        let mut file = file.expect("the file");
        for number in 0..LINES {
            file.write_all(line(number).as_bytes()).expect("the file");
        }
    });
}
