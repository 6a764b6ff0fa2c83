//! Desks in folders that may not be written. Root may write everywhere, so a child running as
//! nobody tries.

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;

use crate::child::{Role, command, decide, opened, rest};

/// The user who owns nothing, on every system that has one.
const NOBODY: u32 = 65_534;

/// What a child says about the desk at `path` when nobody may write its folder.
fn look(path: &Path) -> Vec<String> {
    let folder = path.parent().expect("a folder");
    // A copy, in case nobody may start the binary where it is.
    let place = tempfile::tempdir().expect("a folder");
    let program = place.path().join("program");
    fs::copy(std::env::current_exe().expect("this test binary"), &program).expect("a copy");
    for (path, mode) in [(place.path(), 0o755), (folder, 0o555)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
    }
    if path.exists() {
        fs::set_permissions(path, Permissions::from_mode(0o444)).expect("a mode");
    }
    let mut command = command(&program, Role::Look, path, 0);
    if rustix::process::geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let mut child = started(&mut command);
    let lines = rest(child.stdout.as_mut().expect("its output"));
    assert!(child.wait().expect("an end").success(), "{lines:?}");
    // So that it can be removed.
    fs::set_permissions(folder, Permissions::from_mode(0o755)).expect("a mode");
    lines
}

/// Starts a copy that was just written. Until a child that another test has forked meanwhile runs its own
/// program, it holds the copy open for writing.
fn started(command: &mut Command) -> Child {
    loop {
        match command.spawn() {
            Ok(child) => return child,
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => thread::yield_now(),
            Err(error) => panic!("{error}"),
        }
    }
}

fn has(lines: &[String], start: &str, part: &str) -> bool {
    lines
        .iter()
        .any(|line| line.starts_with(start) && line.contains(part))
}

#[test]
fn a_desk_that_may_not_be_written_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("de%20sk#.db");
    for article in 1..=2 {
        decide(&mut opened(&path), article).expect("kept");
    }
    let lines = look(&path);
    assert!(has(&lines, "read-only", "[1, 2]"), "{lines:?}");
    assert!(has(&lines, "why", "cannot be written"), "{lines:?}");
    let named = format!("({})", path.display());
    assert!(has(&lines, "refused", &named), "{lines:?}");
}

#[test]
fn what_only_the_log_holds_is_read_as_well() {
    let (folder, left) = (tempfile::tempdir(), tempfile::tempdir());
    let (folder, left) = (folder.expect("a folder"), left.expect("a folder"));
    let mut desk = opened(&folder.path().join("desk.db"));
    for article in 1..=2 {
        decide(&mut desk, article).expect("kept");
    }
    // As a program that was killed leaves it.
    for name in ["desk.db", "desk.db-wal"] {
        let copy = left.path().join(name);
        fs::copy(folder.path().join(name), &copy).expect("a copy");
        fs::set_permissions(&copy, Permissions::from_mode(0o444)).expect("a mode");
    }
    let lines = look(&left.path().join("desk.db"));
    assert!(has(&lines, "read-only", "[1, 2]"), "{lines:?}");
    assert!(has(&lines, "refused", "cannot be written"), "{lines:?}");
}

#[test]
fn where_no_desk_can_be_made_it_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = look(&folder.path().join("desk.db"));
    assert!(has(&lines, "unusable", ""), "{lines:?}");
    assert!(has(&lines, "why", "cannot be written"), "{lines:?}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}
