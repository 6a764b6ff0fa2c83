//! Stories of a changing library: they always match the library at that moment, and only what is
//! close to a change is compared again.

use std::path::Path;

use proptest::prelude::*;

use super::super::pairs::{Pair, Pairs};
use super::*;
use crate::library::file_index::FileKey;

/// What happens to a library.
#[derive(Clone, Debug)]
enum Change {
    /// An article is added, or its file is rewritten.
    Written(usize, Sketch),
    Gone(usize),
    /// The stories are requested.
    Asked,
}

fn any_change() -> impl Strategy<Value = Change> {
    let written = (0..12_usize, any_sketch_within(60));
    prop_oneof![
        4 => written.prop_map(|(at, sketch)| Change::Written(at, sketch)),
        1 => (0..12_usize).prop_map(Change::Gone),
        2 => Just(Change::Asked),
    ]
}

fn stories_of(library: &Library) -> Vec<Story> {
    let stories = library.articles().stories(&|| false);
    stories.expect("nobody gives up").iter().cloned().collect()
}

proptest! {
    #[test]
    fn they_are_those_of_the_articles_as_they_are_now(
        changes in prop::collection::vec(any_change(), 0..40),
    ) {
        let mut library = Library::default();
        let mut there = BTreeSet::new();
        for change in changes {
            match change {
                Change::Written(at, sketch) => {
                    let sketch = Sketch { name: format!("n{at}"), ..sketch };
                    let files = usize::from(there.insert(at));
                    library.apply(Batch { files, ..batch(&[sketch]) });
                }
                Change::Gone(at) if there.remove(&at) => {
                    let file = FileKey::new(Path::new(&format!("x/n{at}.md")));
                    library.apply(Batch { gone: vec![file], ..Batch::default() });
                }
                Change::Gone(_) => {}
                Change::Asked => {
                    stories_of(&library);
                }
            }
            prop_assert_eq!(library.articles().live(), there.len());
        }
        let afresh = Stories::new(library.articles(), &StoryWishes::default());
        prop_assert_eq!(stories_of(&library), afresh.iter().cloned().collect::<Vec<_>>());
    }
}

#[test]
fn only_what_is_near_in_time_to_a_change_is_compared_again() {
    let on = |name: &str, day| sketch(name, name, day, DEAL);
    let mut library = library(&[
        on("a", 0),
        on("b", 1),
        on("c", 40),
        on("d", 41),
        on("e", 70),
    ]);
    let rows: Vec<u32> = ["a", "b", "c", "d", "e"]
        .iter()
        .map(|name| row(&library, name))
        .collect();
    let &[a, b, c, d, e] = rows.as_slice() else {
        unreachable!("five articles")
    };
    let pair = |earlier, later, percent| Pair {
        earlier,
        later,
        percent,
    };
    let first = pairs(&library, &Pairs::default());
    let found: Vec<Pair> = first.iter().collect();
    assert_eq!(found, [pair(a, b, 100), pair(c, d, 100)]);
    // Two pairs that a comparison would not find: one far from the change, one close to it.
    let (far, near) = (first.with(pair(a, e, 1)), first.with(pair(c, e, 1)));
    library.apply(Batch {
        files: 1,
        ..batch(&[on("f", 42)])
    });
    let f = row(&library, "f");
    let now = [
        pair(a, b, 100),
        pair(c, d, 100),
        pair(c, f, 100),
        pair(d, f, 100),
    ];
    let found: Vec<Pair> = pairs(&library, &near).iter().collect();
    assert_eq!(found, now);
    let found: Vec<Pair> = pairs(&library, &far).iter().collect();
    assert!(found.contains(&pair(a, e, 1)), "{found:?}");
}

fn row(library: &Library, name: &str) -> u32 {
    let file = format!("{name}.md");
    let mut ids = library.ids();
    let found = ids.find(|id| &*library.article(*id).file_name() == file.as_str());
    found.expect("an article").row()
}

fn pairs(library: &Library, earlier: &Pairs) -> Pairs {
    compare::pairs(library.articles(), earlier, &|| false).expect("nobody gives up")
}
