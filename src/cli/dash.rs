//! `-` in place of a file: stdin or stdout.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::CommandFailure;

/// The file named; `None` for stdin or stdout.
pub fn file(named: Option<&Path>) -> Option<&Path> {
    named.filter(|path| *path != Path::new("-"))
}

/// Opens the file named, or stdin.
pub fn input(named: Option<&Path>) -> Result<Box<dyn BufRead>, CommandFailure> {
    let Some(path) = file(named) else {
        return Ok(Box::new(io::stdin().lock()));
    };
    match File::open(path) {
        Ok(file) => Ok(Box::new(BufReader::new(file))),
        Err(error) => Err(CommandFailure::Exchange {
            path: path.to_path_buf(),
            error,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_alone_is_no_file() {
        assert_eq!(file(None), None);
        assert_eq!(file(Some(Path::new("-"))), None);
        for name in ["./-", "-a", "a"] {
            assert_eq!(file(Some(Path::new(name))), Some(Path::new(name)));
        }
    }
}
