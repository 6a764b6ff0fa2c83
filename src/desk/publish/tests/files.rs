//! Whole libraries written and written back: the sample library, and one more if `NEWSDESK_CORPUS`
//! names its folder.

use super::*;

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = entry.path();
        if entry.file_type().expect("a kind").is_dir() {
            found.extend(below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The file with its flag toggled, worked out from its lines: the only line of the front matter
/// that starts with the key, or a new one above the second fence. `None` if that is too simple to
/// tell.
fn turned(bytes: &[u8], to: bool) -> Option<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|it| *it == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    if lines.first()?.trim_ascii_end() != b"---" {
        return None;
    }
    let close = 1 + lines[1..]
        .iter()
        .position(|line| line.trim_ascii_end() == b"---")?;
    let of_key = |line: &&mut Vec<u8>| line.starts_with(b"published:");
    let end: &[u8] = if lines[0].ends_with(b"\r\n") {
        b"\r\n"
    } else {
        b"\n"
    };
    let (was, is) = (format!(" {}", !to), format!(" {to}"));
    match lines[..close].iter_mut().find(of_key) {
        Some(line) => {
            let text = String::from_utf8(line.clone()).ok()?;
            *line = text.replacen(&was, &is, 1).into_bytes();
        }
        None => lines.insert(close, [format!("published:{is}").as_bytes(), end].concat()),
    }
    Some(lines.concat())
}

/// Publishes or unpublishes, and returns whether it was written.
fn write(path: &Path, root: &Path, to: bool) -> Result<bool, WriteRefusal> {
    match StagedChange::new(path, root, published(to), None)? {
        Some(change) => change.write().map(|_| true),
        None => Ok(false),
    }
}

/// Toggles the flag of a copy of every article there and back; returns how many were written.
fn turn_all(library: &Path) -> usize {
    let copies = tempfile::tempdir().expect("a folder");
    let mut written = 0;
    for path in below(library) {
        let name = path.file_name().expect("a file has a name");
        let (copy, root) = (copies.path().join(name), copies.path());
        let original = fs::read(&path).expect("a readable file");
        let Some(is_published) = turned(&original, true) else {
            continue;
        };
        fs::write(&copy, &original).expect("a copy");
        let to = is_published != original;
        let expected = turned(&original, to).expect("it has fences");
        match write(&copy, root, to) {
            Ok(true) => written += 1,
            Ok(false) => panic!("{}: unchanged", path.display()),
            Err(WriteRefusal::Edit(_)) => {
                assert_eq!(fs::read(&copy).expect("the copy"), original);
                continue;
            }
            Err(refusal) => panic!("{}: {refusal}", path.display()),
        }
        let shown = path.display();
        assert_eq!(fs::read(&copy).expect("the copy"), expected, "{shown}");
        write(&copy, root, !to).expect("not refused");
        let back = turned(&expected, !to).expect("it has fences");
        assert_eq!(fs::read(&copy).expect("the copy"), back, "{shown}");
        if expected.len().abs_diff(original.len()) == 1 {
            assert_eq!(back, original, "{shown}: there and back");
        }
    }
    written
}

#[test]
fn every_file_of_the_sample_library_is_turned_and_turned_back() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let files = below(&seeds).len();
    let written = turn_all(&seeds);
    // The others are meant to be refused: broken, or with a quoted flag.
    assert!(written * 10 >= files * 8, "{written} of {files}");
}

#[test]
fn every_file_of_another_library_is_turned_and_turned_back() {
    let Some(corpus) = std::env::var_os("NEWSDESK_CORPUS") else {
        return;
    };
    let files = below(Path::new(&corpus)).len();
    let written = turn_all(Path::new(&corpus));
    assert!(written * 10 >= files * 8, "{written} of {files}");
}
