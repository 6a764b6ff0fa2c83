//! Importing a journal: all or nothing, everything known the second time, and the same export from
//! every desk.

use std::cell::RefCell;

use newsdesk::desk::{Desk, SqliteDesk, export, import};

thread_local! {
    /// A desk that is still empty: most input is rejected, and making a desk takes longer than that.
    static UNUSED: RefCell<Option<SqliteDesk>> = const { RefCell::new(None) };
}

/// Imports the bytes into an empty desk.
///
/// # Panics
/// If one of the promises above is broken.
pub fn check(bytes: &[u8]) {
    let mut desk = UNUSED.take().unwrap_or_else(empty);
    let merged = match import(&mut desk, &mut &*bytes) {
        Ok(merged) => merged,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(
                desk.all().expect("a desk").is_empty(),
                "a part was taken in"
            );
            assert!(desk.journal(None, 1).expect("a desk").is_empty());
            UNUSED.set(Some(desk));
            return;
        }
    };
    let exported = lines(&mut desk);
    let again = import(&mut desk, &mut &*bytes).expect("it was taken in before");
    assert_eq!((again.new, again.known), (0, merged.new + merged.known));
    assert_eq!(
        lines(&mut desk),
        exported,
        "taking it in twice changes the desk"
    );

    let mut other = empty();
    import(&mut other, &mut exported.as_bytes()).expect("its own export");
    assert_eq!(lines(&mut other), exported, "the export is not the desk");
    assert_eq!(other.all().expect("a desk"), desk.all().expect("a desk"));
    assert_eq!(
        desk.rebuild().expect("a desk"),
        0,
        "marks are not what the journal says"
    );
}

fn empty() -> SqliteDesk {
    SqliteDesk::in_memory().expect("a desk in memory")
}

fn lines(desk: &mut dyn Desk) -> String {
    let mut out = Vec::new();
    export(desk, &mut out).expect("room in memory");
    String::from_utf8(out).expect("JSON is UTF-8")
}
