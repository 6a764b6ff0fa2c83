//! A write that fails for good.

use crate::child::{Role, acknowledged, decided, opened, rest, start};

#[test]
fn after_a_failed_write_the_desk_is_given_up_and_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut child = start(Role::Limited, &path, 0);
    let lines = rest(child.stdout.as_mut().expect("its output"));
    assert!(child.wait().expect("an end").success(), "{lines:?}");
    let failed: Vec<_> = lines.iter().filter(|it| it.starts_with("failed")).collect();
    assert_eq!(failed.len(), 2, "{lines:?}");
    assert!(
        failed[0].starts_with("failed writing to the desk"),
        "{failed:?}"
    );
    assert_eq!(failed[0], failed[1]);

    let kept = acknowledged(&lines);
    assert!(!kept.is_empty());
    let there = decided(&mut opened(&path));
    assert!(kept.iter().all(|it| there.contains(it)));
    assert!(there.len() <= kept.len() + 1);
}
