//! What `doctor` needs to know of the disk: whether something exists, how large it is, and whether
//! it can be written.

use std::fmt;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// How many folders the programs of one person may watch in total.
const WATCHES: &str = "/proc/sys/fs/inotify/max_user_watches";

/// What a folder allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderAccess {
    Writable,
    /// It does not exist and can be created.
    Missing,
    ReadOnly,
}

/// Size in bytes of the file at `path`, if it exists.
pub fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|it| it.len())
}

/// Size in bytes of all files in a folder.
pub fn size_within(folder: &Path) -> u64 {
    let files = WalkDir::new(folder).into_iter().flatten();
    files
        .filter_map(|it| it.metadata().ok())
        .filter(|it| it.is_file())
        .map(|it| it.len())
        .sum()
}

/// Whether a file can be created in a folder; finds out by creating one without a name.
pub fn folder(path: &Path) -> FolderAccess {
    let is_writable = |path: &Path| tempfile::tempfile_in(path).is_ok();
    let mut there = path
        .ancestors()
        .filter(|it| !it.as_os_str().is_empty() && it.exists());
    match there.next() {
        Some(folder) if folder == path && is_writable(folder) => FolderAccess::Writable,
        Some(folder) if folder != path && is_writable(folder) => FolderAccess::Missing,
        None if is_writable(Path::new(".")) => FolderAccess::Missing,
        Some(_) | None => FolderAccess::ReadOnly,
    }
}

/// Whether the file or folder of a library can be read.
pub fn is_readable(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(it) if it.is_dir() => fs::read_dir(path).is_ok(),
        Ok(_) => fs::File::open(path).is_ok(),
        Err(_) => false,
    }
}

/// How many folders below these can be watched for changes.
pub fn folders_within(path: &Path) -> usize {
    let entries = WalkDir::new(path).into_iter().flatten();
    entries.filter(|it| it.file_type().is_dir()).count()
}

/// The most folders that can be watched; `None` if there is no such limit.
pub fn watches() -> Option<usize> {
    fs::read_to_string(WATCHES).ok()?.trim().parse().ok()
}

/// A number of bytes, shown in the largest unit of which there is at least one.
#[derive(Clone, Copy, Debug)]
pub struct ByteSize(pub u64);

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes < 1 << 10 => write!(f, "{bytes} bytes"),
            bytes if bytes < 1 << 20 => write!(f, "{} KiB", bytes >> 10),
            bytes => write!(f, "{:.1} MiB", bytes as f64 / (1 << 20) as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_looked_for_where_it_could_be_made() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(super::folder(folder.path()), FolderAccess::Writable);
        assert_eq!(
            super::folder(&folder.path().join("a/b")),
            FolderAccess::Missing
        );
        let file = folder.path().join("file");
        fs::write(&file, "12345").expect("a file");
        assert_eq!(super::folder(&file.join("a")), FolderAccess::ReadOnly);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        assert_eq!((size(&file), size_within(folder.path())), (Some(5), 5));
    }

    #[test]
    fn sizes_read_well() {
        let written = [0, 1023, 2048, 3 << 19].map(|bytes| ByteSize(bytes).to_string());
        assert_eq!(written, ["0 bytes", "1023 bytes", "2 KiB", "1.5 MiB"]);
    }
}
