//! The sample library that is built into the program: the files of `seeds/`.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

static SEEDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds");

/// What the paths of the sample library start with, which are no paths of the file system: the
/// colon keeps them apart from a folder that is called so.
pub const SAMPLE_ROOT: &str = "sample:";

/// Every file of the sample library: its path below the root, and its bytes.
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
