//! Gives a new file the attributes of the one it replaces: owner, group, mode, and extended
//! attributes, which hold access lists. Not times: the new version is younger.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

/// The bits of a mode that can be set, without the file type.
const MODE: u32 = 0o7777;

/// Copies the attributes of `from`, whose `metadata` is given, to `to`.
///
/// # Errors
/// If one cannot be set: better no change than a file that others can suddenly read.
pub fn keep(from: &File, metadata: &Metadata, to: &File) -> io::Result<()> {
    let made = to.metadata()?;
    if (made.uid(), made.gid()) != (metadata.uid(), metadata.gid()) {
        fchown(to, Some(metadata.uid()), Some(metadata.gid()))?;
    }
    // After the owner, since changing the owner clears bits of the mode.
    to.set_permissions(Permissions::from_mode(metadata.mode() & MODE))?;
    keep_extended(from, to)
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn keep_extended(from: &File, to: &File) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fgetxattr, fgetxattr_query, flistxattr, flistxattr_query};
    use rustix::io::Errno;

    let mut names = match flistxattr_query(from) {
        Ok(length) => vec![0; length],
        Err(Errno::NOTSUP) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let length = flistxattr(from, &mut names[..])?;
    for name in names[..length].split(|byte| *byte == 0) {
        // Security labels are up to the system, which gives the new file one that fits its folder.
        if name.is_empty() || name.starts_with(b"security.") {
            continue;
        }
        let mut value = vec![0; fgetxattr_query(from, name)?];
        let length = fgetxattr(from, name, &mut value[..])?;
        rustix::fs::fsetxattr(to, name, &value[..length], XattrFlags::empty())?;
    }
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn keep_extended(_from: &File, _to: &File) -> io::Result<()> {
    Ok(())
}
