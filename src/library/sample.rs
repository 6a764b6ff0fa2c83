//! The sample library built into the program: the files of `seeds/`.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

static SEEDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds");

/// The prefix of paths in the sample library, which are not file system paths: the colon
/// distinguishes it from a folder of that name.
pub const SAMPLE_ROOT: &str = "sample:";

/// All files of the sample library: path below the root, and bytes.
pub fn files() -> Vec<(&'static Path, &'static [u8])> {
    let mut files = Vec::new();
    collect(&SEEDS, &mut files);
    files
}

/// The bytes of a file of the sample library, by a path that starts with [`SAMPLE_ROOT`].
pub fn bytes(path: &Path) -> Option<&'static [u8]> {
    let below: PathBuf = path.strip_prefix(SAMPLE_ROOT).ok()?.to_path_buf();
    SEEDS.get_file(below).map(|file| file.contents())
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(&'static Path, &'static [u8])>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, files),
            DirEntry::File(file) => files.push((file.path(), file.contents())),
        }
    }
}
