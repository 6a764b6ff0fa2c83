//! Tests of counting under a query; the evaluation tests check that every count is right.

use jiff::tz::TimeZone;

use super::*;
use crate::library::{Library, ReadDepth, Source, sample_library};
use crate::query::{Clock, Index, Marks, parse};

fn clock() -> Clock {
    Clock {
        now: "2026-01-01T00:00:00Z".parse().expect("a time"),
        zone: TimeZone::UTC,
    }
}

fn index(library: &Library) -> Index {
    let index = Index::default().extended(library.articles(), &|| false);
    let index = index.expect("nobody cancels");
    index.bring_in(library.articles(), &clock());
    index
}

fn counts(library: &Library, text: &str, field: FacetField) -> Vec<(String, u64)> {
    counts_with(&index(library), library, text, field)
}

fn counts_with(
    index: &Index,
    library: &Library,
    text: &str,
    field: FacetField,
) -> Vec<(String, u64)> {
    let clock = clock();
    let search = Search {
        articles: library.articles(),
        index,
        marks: &Marks::default(),
        clock: &clock,
        cancelled: &|| false,
    };
    let query = parse(text).expect(text);
    let set = search.find(&query).expect("nobody cancels").certain;
    let facets = search.facets(&query, &set).expect("nobody cancels");
    let tallies = facets.tallies(field).expect("every facet is counted");
    tallies
        .iter()
        .map(|tally| (tally.value.to_string(), tally.count))
        .collect()
}

#[test]
fn picking_one_of_several_leaves_the_others_countable() {
    let library = sample_library();
    let all = counts(&library, "", FacetField::Kind);
    assert!(all.len() > 1);
    assert_eq!(counts(&library, "kind:=video", FacetField::Kind), all);
    assert_eq!(counts(&library, "kind:video", FacetField::Kind).len(), 1);
    let topics = counts(&library, "kind:=video", FacetField::Topic);
    let total: u64 = all.iter().filter(|it| it.0 == "video").map(|it| it.1).sum();
    assert!(topics.iter().all(|(_, count)| *count <= total));
}

#[test]
fn marks_and_publication_are_counted() {
    let library = sample_library();
    let marks = counts(&library, "", FacetField::Mark);
    let all = library.len() as u64;
    assert_eq!(
        marks,
        [("unread".to_owned(), all), ("inbox".to_owned(), all)]
    );
    let published = counts(&library, "is:published", FacetField::Publication);
    assert!(published.iter().any(|(word, _)| word == "unpublished"));
    let months = counts(&library, "", FacetField::Month);
    assert!(months.iter().all(|(month, _)| month.len() == 7));
}

#[test]
fn spellings_that_a_query_takes_for_the_same_are_one_value() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, topics, author) in [
        ("a.md", "[AI]", "Zoë"),
        ("b.md", "[AI, ai]", "Zoe"),
        ("c.md", "[ai, Café]", "Zoe"),
        ("d.md", "[AI]", "zoe"),
        ("e.md", "[Tea]", "Ada"),
    ] {
        let text = format!(
            "---\ntitle: {name}\ndate: 2021-12-30\ntopics: {topics}\nauthor: {author}\n---\n"
        );
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
    let library = Library::load(&source, ReadDepth::List);
    let value = |name: &str, count| (name.to_owned(), count);
    let topics = [value("AI", 4), value("Café", 1), value("Tea", 1)];
    assert_eq!(counts(&library, "", FacetField::Topic), topics);
    assert_eq!(counts(&library, "topic:=ai", FacetField::Topic), topics);
    let authors = [value("Zoe", 4), value("Ada", 1)];
    assert_eq!(counts(&library, "", FacetField::Author), authors);
    let fewer = [value("AI", 3), value("Tea", 1)];
    assert_eq!(counts(&library, "-topic:cafe", FacetField::Topic), fewer);
}

/// Articles are read in any order, and the index comes later.
#[test]
fn values_of_one_count_stand_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |number: usize, name: &str| {
        let text = format!(
            "---\ntitle: T\nprovider: {name}\ntype: {name}\ntopics: [{name}]\n---\nText.\n"
        );
        std::fs::write(folder.path().join(format!("{number}.md")), text).expect("an article");
    };
    for (number, name) in ["d", "b", "e", "a", "c"].into_iter().enumerate() {
        write(number, name);
    }
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a folder");
    let library = Library::load(&source, ReadDepth::List);
    for index in [Index::default(), index(&library)] {
        for field in [FacetField::Provider, FacetField::Kind, FacetField::Topic] {
            let counts = counts_with(&index, &library, "", field);
            let names: String = counts.into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, "abcde", "{field:?}");
        }
    }
}

/// Files of two roots, and an `index` file that stands for its folder, with and without an index.
#[test]
fn folders_are_counted_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let roots = ["one", "two"].map(|root| folder.path().join(root));
    for (root, file) in [
        (0, "a/1.md"),
        (0, "a/b/index.md"),
        (1, "a/2.md"),
        (1, "c/3.md"),
        (1, "4.md"),
    ] {
        let path = roots[root].join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, "---\ntitle: T\ndate: 2021-12-20\n---\nText.\n").expect("an article");
    }
    let source = Source::new(&roots).expect("folders");
    let library = Library::load(&source, ReadDepth::List);
    for index in [Index::default(), index(&library)] {
        let counts = counts_with(&index, &library, "", FacetField::Folder);
        assert_eq!(counts, [("a".to_owned(), 3), ("c".to_owned(), 1)]);
        let narrowed = counts_with(&index, &library, "path:3", FacetField::Folder);
        assert_eq!(narrowed, [("c".to_owned(), 1)]);
    }
}

#[test]
fn months_of_any_year_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    for year in ["0001", "2021", "2731", "9999"] {
        let text = format!("---\ntitle: T\ndate: {year}-03-04\n---\nText.\n");
        std::fs::write(folder.path().join(format!("{year}.md")), text).expect("an article");
    }
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a folder");
    let months = counts(
        &Library::load(&source, ReadDepth::List),
        "",
        FacetField::Month,
    );
    let months: Vec<String> = months.into_iter().map(|(month, _)| month).collect();
    assert_eq!(months, ["9999-03", "2731-03", "2021-03", "0001-03"]);
}

#[test]
fn folders_languages_and_years_are_counted_and_picked() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, more) in [
        ("de/a.md", "lang: de\ndate: 2021-05-01\ncategory: x"),
        (
            "de/b/index.md",
            "lang: de\ndate: 2021-06-01\ncategories: [x, y]",
        ),
        ("en/c.md", "lang: en\ndate: 2022-05-01\nauthor: Ada"),
        ("d.md", "date: 2022-01-01"),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, format!("---\ntitle: x\n{more}\n---\nText.\n")).expect("a file");
    }
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a folder");
    let library = Library::load(&source, ReadDepth::List);
    let clock = Clock {
        now: jiff::Timestamp::UNIX_EPOCH,
        zone: jiff::tz::TimeZone::UTC,
    };
    for index in [
        Index::default(),
        Index::default()
            .extended(library.articles(), &|| false)
            .expect("nobody cancels"),
    ] {
        let search = Search {
            articles: library.articles(),
            index: &index,
            marks: &Marks::default(),
            clock: &clock,
            cancelled: &|| false,
        };
        let all = library.articles().rows();
        let facets = search
            .facets(&Query::default(), &all)
            .expect("nobody cancels");
        for (field, expected) in [
            (FacetField::Folder, "de 2, en 1"),
            (FacetField::Language, "de 2, en 1"),
            (FacetField::Year, "2022 2, 2021 2"),
            (FacetField::Category, "x 2, y 1"),
            (FacetField::Author, "Ada 1"),
        ] {
            let tallies = facets.tallies(field).expect("a facet");
            let told: Vec<String> = tallies
                .iter()
                .map(|tally| format!("{} {}", tally.value, tally.count))
                .collect();
            assert_eq!(told.join(", "), expected, "{field:?}");
            for tally in tallies.iter() {
                let mut query = Query::default();
                edit::toggle(&mut query, field, &tally.value, edit::Pick::Include);
                let found = search.find(&query).expect("nobody cancels").certain;
                assert_eq!(found.len(), tally.count, "{query}");
                let picks = edit::picks(&query, field);
                assert_eq!(picks[0].0, tally.value, "{query}");
            }
        }
    }
}
