//! Creates a file named by a person: complete from the moment it exists, and never replacing
//! another unless asked to.

use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

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
    /// Its contents are replaced; its permissions stay, and so does a link to it. A pipe or a
    /// terminal is written to.
    Replaced,
}

/// Creates the file.
///
/// # Errors
/// If it exists and is to be kept, or cannot be written; nothing has changed then, unless it is a
/// pipe or a terminal.
pub fn make(path: &Path, bytes: &[u8], readers: Readers, existing: Existing) -> io::Result<()> {
    let before = match existing {
        // Whatever is there, links included, is found when the new file gets its name.
        Existing::Kept => None,
        Existing::Replaced => present(path)?,
    };
    match before {
        None => create(path, bytes, readers),
        Some(before) => replace(path, bytes, &before),
    }
}

/// What is at the path, or at the end of the link there.
fn present(path: &Path) -> io::Result<Option<Metadata>> {
    match path.metadata() {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) if path.is_symlink() => Err(io::Error::new(
            io::ErrorKind::NotFound,
            "it is a link that leads nowhere",
        )),
        Err(_) => Ok(None),
    }
}

fn create(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let mode = match readers {
        Readers::Owner => 0o600,
        Readers::Everyone => 0o666,
    };
    let (folder, file) = beside(path, bytes, mode)?;
    file.persist_noclobber(path)?;
    File::open(folder)?.sync_all()
}

/// Replaces what is at the path. Renaming a file over anything but a regular file would destroy
/// what all other programs use, such as a device.
fn replace(path: &Path, bytes: &[u8], before: &Metadata) -> io::Result<()> {
    let kind = before.file_type();
    if kind.is_fifo() || kind.is_char_device() {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    if !kind.is_file() {
        let said = if kind.is_dir() {
            "it is a folder"
        } else {
            "it is not a regular file"
        };
        return Err(io::Error::new(io::ErrorKind::InvalidInput, said));
    }
    let path = path.canonicalize()?;
    // Until it is complete, nobody reads what the former file's readers could not.
    let (folder, file) = beside(&path, bytes, 0o600)?;
    file.as_file().set_permissions(before.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    File::open(folder)?.sync_all()
}

/// The folder of a file, and the bytes in a temporary file in it.
fn beside<'a>(path: &'a Path, bytes: &[u8], mode: u32) -> io::Result<(&'a Path, NamedTempFile)> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let said = format!("there is no folder {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, said));
    }
    let mut file = Builder::new()
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder)
        .map_err(without_name)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok((folder, file))
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
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::process::Command;
    use std::thread;

    use super::*;

    fn replace_with(path: &Path, bytes: &[u8]) -> Result<(), String> {
        make(path, bytes, Readers::Everyone, Existing::Replaced).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_that_is_replaced_keeps_its_permissions_and_the_links_to_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&file, "old").expect("a file");
        fs::set_permissions(&file, Permissions::from_mode(0o640)).expect("a mode");
        symlink("real", &link).expect("a link");
        replace_with(&link, b"new").expect("a regular file");
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).expect("the file"), b"new");
        let mode = file.metadata().expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn a_pipe_is_written_to_and_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        let read = thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe)
        });
        replace_with(&pipe, b"new").expect("a pipe");
        let kind = pipe.symlink_metadata().expect("the pipe").file_type();
        assert!(kind.is_fifo());
        let read = read.join().expect("a reader");
        assert_eq!(read.expect("the bytes"), b"new");
    }

    #[test]
    fn what_cannot_be_replaced_stays_and_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let (inner, link) = (folder.path().join("dir"), folder.path().join("link"));
        fs::create_dir(&inner).expect("a folder");
        symlink("nowhere", &link).expect("a link");
        assert_eq!(replace_with(&inner, b""), Err("it is a folder".to_owned()));
        let nowhere = "it is a link that leads nowhere".to_owned();
        assert_eq!(replace_with(&link, b""), Err(nowhere));
        assert!(link.is_symlink());
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        let refused = "it is not a regular file".to_owned();
        assert_eq!(replace_with(&socket, b""), Err(refused));
    }

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
