//! Bytes and names of files as text, whatever they hold.

use std::borrow::Cow;
use std::path::Path;

/// The same as [`String::from_utf8_lossy`], which takes ten times as long for what is UTF-8, as
/// nearly everything is.
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// The name of the file at a path, as text; empty if it has none. Does not split the path into all of
/// its components, which takes long.
pub fn file_name(path: &Path) -> Cow<'_, str> {
    let bytes = path.as_os_str().as_encoded_bytes();
    let start = memchr::memrchr(b'/', bytes).map_or(0, |at| at + 1);
    match &bytes[start..] {
        b"" | b"." | b".." => {
            let name = path.file_name().unwrap_or_default();
            lossy(name.as_encoded_bytes())
        }
        name => lossy(name),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn a_name_is_what_the_standard_library_says() {
        let paths: [&[u8]; 10] = [
            b"",
            b"a.md",
            b"/",
            b"/x/a.md",
            b"x/a.md/",
            b"x/.",
            b"x/..",
            b"..",
            b"x/\xc3\xa9.md",
            b"x/\xff.md",
        ];
        for path in paths.map(OsStr::from_bytes).map(Path::new) {
            let name = path.file_name().unwrap_or_default();
            assert_eq!(file_name(path), name.to_string_lossy(), "{path:?}");
        }
    }
}
