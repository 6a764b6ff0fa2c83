//! Whenever the line scanner answers, the full path answers the same, whatever the bytes are.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use newsdesk::format::{self, Conventions, Reading};

fuzz_target!(|bytes: &[u8]| {
    let Some(scanned) = format::scan("a.md", bytes, &Conventions::default()) else {
        return;
    };
    match format::read(Path::new("a.md"), bytes, &Conventions::default()) {
        Reading::Article(read) => assert_eq!(scanned, read.headline()),
        other => panic!("the scanner answers where the full path does not: {other:?}"),
    }
});
