//! Making sure that nobody has a file open for writing, or is about to. Not a lock: others are not
//! kept out, they only wait for a moment.
//!
//! After a rename, a program that has the old file open writes into a file without a name, and
//! names alone cannot tell. On Linux a read lease can (`fcntl(2)`, "Leases"): it is refused while a
//! writer has the file open, and whoever opens it for writing then waits until the lease is
//! released. Elsewhere, on file systems without leases, and for files of other owners there is
//! none, and a program that keeps a file open may lose what it writes later.

#![expect(unsafe_code, reason = "no library offers leases")]

use std::fs::File;
use std::io;
use std::thread;
use std::time::Duration;

/// How often, and at which interval, to try again for a lease: whoever only appends a line has
/// closed the file by then.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(10);

/// A lease on a file, released when dropped; or the lack of one.
pub struct Lease<'a> {
    pub(super) file: Option<&'a File>,
}

/// Somebody has the file open for writing.
#[derive(Debug)]
pub struct Busy;

#[cfg(any(target_os = "linux", target_os = "android"))]
mod system {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;

    /// `F_SETSIG` of `fcntl(2)`, which libc does not define.
    const SET_SIGNAL: libc::c_int = 10;

    fn call(file: &File, command: libc::c_int, argument: libc::c_int) -> io::Result<libc::c_int> {
        // SAFETY: the descriptor is open as long as `file` is borrowed, and these commands take a
        // number and touch none of our memory.
        match unsafe { libc::fcntl(file.as_raw_fd(), command, argument) } {
            -1 => Err(io::Error::last_os_error()),
            answer => Ok(answer),
        }
    }

    pub fn take(file: &File) -> io::Result<()> {
        // A waiting program is announced by a signal. `SIGIO` would end the program; this one is
        // ignored unless somebody asks for it.
        call(file, SET_SIGNAL, libc::SIGURG)?;
        call(file, libc::F_SETLEASE, libc::F_RDLCK).map(drop)
    }

    pub fn is_whole(file: &File) -> bool {
        call(file, libc::F_GETLEASE, 0).is_ok_and(|kind| kind == libc::F_RDLCK)
    }

    pub fn give_back(file: &File) {
        // Fails only if there is no lease any more.
        let _ = call(file, libc::F_SETLEASE, libc::F_UNLCK);
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod system {
    use std::fs::File;
    use std::io;

    pub fn take(_file: &File) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn is_whole(_file: &File) -> bool {
        true
    }

    pub fn give_back(_file: &File) {}
}

impl<'a> Lease<'a> {
    /// Takes a lease on a file that is open for reading.
    ///
    /// # Errors
    /// If somebody keeps it open for writing. If leases are not available, this succeeds without
    /// one.
    pub fn take(file: &'a File) -> Result<Self, Busy> {
        for _ in 0..TRIES {
            match system::take(file) {
                Ok(()) => return Ok(Self { file: Some(file) }),
                // The kernel tells nobody when the other one closes the file: ask again.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => thread::sleep(PAUSE),
                Err(_) => return Ok(Self { file: None }),
            }
        }
        Err(Busy)
    }

    /// Whether somebody is waiting to open the file for writing, or has opened it meanwhile.
    pub fn is_wanted(&self) -> bool {
        self.file.is_some_and(|file| !system::is_whole(file))
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if let Some(file) = self.file {
            system::give_back(file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_have_a_lease_is_not_in_use() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = File::open(folder.path()).expect("a folder");
        let lease = Lease::take(&file).expect("nobody writes it");
        assert!(!lease.is_wanted());
    }
}
