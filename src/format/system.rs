//! What the operating system says of a failure, in words for people.

use std::io;

/// The message in lower case and without the error number: `(os error 13)` helps nobody.
pub fn system_words(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_left_out() {
        let denied = io::Error::from_raw_os_error(13);
        assert_eq!(system_words(&denied), "permission denied");
        let own = io::Error::other("it is a FIFO");
        assert_eq!(system_words(&own), "it is a FIFO");
    }
}
