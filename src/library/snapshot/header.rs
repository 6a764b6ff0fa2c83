//! The first bytes of a snapshot: they show that it is one, and written by this version. The contents
//! name its folders.

use xxhash_rust::xxh3::xxh3_64;

use super::extent::Extent;
use crate::model::{ListedFlag, ListedName, ListedNumber};

/// Every snapshot starts with this.
const MAGIC: &[u8; 8] = b"newsdesk";
/// The version of the layout of everything that follows, except for the listed fields. Increment it
/// when that changes, or when files are interpreted differently, or texts folded or split into words
/// differently.
const FORMAT: u32 = 15;
/// The program version that wrote it. Another version may read the same files differently.
const VERSION: &str = env!("CARGO_PKG_VERSION");
const VERSION_BYTES: usize = 20;

/// Length of a header in bytes.
pub const LENGTH: usize = 8 + 4 + VERSION_BYTES + 3 * 8 + 8;
const HASHED: usize = LENGTH - 8;

/// What is wrong with the first bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderFault {
    Foreign,
    Damaged,
    OtherVersion,
}

/// The header of a snapshot, given where its contents are.
pub fn write(contents: &Extent) -> [u8; LENGTH] {
    let mut header = [0; LENGTH];
    let parts = [
        &MAGIC[..],
        &format().to_le_bytes(),
        &version(),
        &contents.offset.to_le_bytes(),
        &contents.length.to_le_bytes(),
        &contents.hash.to_le_bytes(),
    ];
    header[..HASHED].copy_from_slice(&parts.concat());
    let hash = xxh3_64(&header[..HASHED]);
    header[HASHED..].copy_from_slice(&hash.to_le_bytes());
    header
}

/// Reads where the contents are.
pub fn read(header: &[u8; LENGTH]) -> Result<Extent, HeaderFault> {
    let number = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| header[at + byte]));
    if !header.starts_with(MAGIC) {
        return Err(HeaderFault::Foreign);
    }
    if number(HASHED) != xxh3_64(&header[..HASHED]) {
        return Err(HeaderFault::Damaged);
    }
    let of_this = [&MAGIC[..], &format().to_le_bytes(), &version()].concat();
    if !header.starts_with(&of_this) {
        return Err(HeaderFault::OtherVersion);
    }
    let at = of_this.len();
    Ok(Extent {
        offset: number(at),
        length: number(at + 8),
        hash: number(at + 16),
    })
}

/// The layout: its version, and the fields that rows have columns for.
fn format() -> u32 {
    let fields = (ListedNumber::ALL, ListedName::ALL, ListedFlag::ALL);
    xxh3_64(format!("{FORMAT} {fields:?}").as_bytes()) as u32
}

/// The version, padded with zeros.
fn version() -> [u8; VERSION_BYTES] {
    let mut bytes = VERSION.bytes();
    std::array::from_fn(|_| bytes.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTENTS: Extent = Extent {
        offset: 64,
        length: 7,
        hash: 9,
    };

    fn resealed(change: impl FnOnce(&mut [u8; LENGTH])) -> [u8; LENGTH] {
        let mut header = write(&CONTENTS);
        change(&mut header);
        let hash = xxh3_64(&header[..HASHED]);
        header[HASHED..].copy_from_slice(&hash.to_le_bytes());
        header
    }

    #[test]
    fn only_a_header_of_this_version_is_read() {
        assert_eq!(read(&write(&CONTENTS)), Ok(CONTENTS));
        assert!(write(&CONTENTS)[12..].starts_with(VERSION.as_bytes()));
        assert_eq!(read(&[0; LENGTH]), Err(HeaderFault::Foreign));
        let other_format = resealed(|header| header[8] ^= 1);
        assert_eq!(read(&other_format), Err(HeaderFault::OtherVersion));
        let other_version = resealed(|header| header[12] ^= 1);
        assert_eq!(read(&other_version), Err(HeaderFault::OtherVersion));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        for bit in 0..LENGTH * 8 {
            let mut header = write(&CONTENTS);
            header[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&header).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn the_version_fits() {
        assert!(VERSION.len() <= VERSION_BYTES);
    }
}
