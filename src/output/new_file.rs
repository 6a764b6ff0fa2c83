//! Creates a file named by a person: complete from the moment it exists, and never replacing
//! another unless asked to.

use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::Builder;

/// Who may read the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Only its owner.
    Owner,
    /// Whoever the umask allows.
    Everyone,
}

/// What happens to an existing file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Kept,
    Replaced,
}

/// Creates the file.
///
/// # Errors
/// If it exists and is to be kept, or cannot be written; nothing has changed then.
pub fn make(path: &Path, bytes: &[u8], readers: Readers, existing: Existing) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mode = match readers {
        Readers::Owner => 0o600,
        Readers::Everyone => 0o666,
    };
    let mut file = Builder::new()
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    match existing {
        Existing::Kept => file.persist_noclobber(path)?,
        Existing::Replaced => file.persist(path)?,
    };
    File::open(folder)?.sync_all()
}
