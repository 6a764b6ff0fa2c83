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
    if !folder.is_dir() {
        let said = format!("there is no folder {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, said));
    }
    let mode = match readers {
        Readers::Owner => 0o600,
        Readers::Everyone => 0o666,
    };
    let mut file = Builder::new()
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder)
        .map_err(without_name)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    match existing {
        Existing::Kept => file.persist_noclobber(path)?,
        Existing::Replaced => file.persist(path)?,
    };
    File::open(folder)?.sync_all()
}

/// The error without the name of the temporary file, which means nothing to anyone.
fn without_name(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((cause, _)) => io::Error::new(error.kind(), cause.to_owned()),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_place_is_said_without_the_name_of_a_temporary_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let said = |path: &Path| {
            let error = make(path, b"", Readers::Everyone, Existing::Kept);
            error.expect_err("it cannot be written").to_string()
        };
        let missing = folder.path().join("dir");
        let expected = format!("there is no folder {}", missing.display());
        assert_eq!(said(&missing.join("x.md")), expected);
        let denied = io::Error::new(
            io::ErrorKind::PermissionDenied,
            "Permission denied (os error 13) at path \"/d/.tmpabc\"",
        );
        let denied = without_name(denied);
        assert_eq!(denied.to_string(), "Permission denied (os error 13)");
        assert_eq!(denied.kind(), io::ErrorKind::PermissionDenied);
    }
}
