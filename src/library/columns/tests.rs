//! Rows give back what was put into them.

use jiff::Timestamp;

use super::*;
use crate::format::{Headline, date};
use crate::model::ListedFields;

fn packed_as<'a>(headline: &'a CompactHeadline, numbers: &'a RowNumbers) -> Packed<'a> {
    let (key, stamp) = (ArticleKey(9), Stamp(3));
    Packed {
        key,
        stamp,
        headline,
        file_name: OsStr::new("x.md"),
        numbers,
    }
}

fn titled(title: &str) -> Headline {
    Headline {
        title: title.to_owned(),
        ..Headline::default()
    }
}

#[test]
fn a_replaced_row_is_the_new_article_and_the_others_stay() {
    let mut columns = Columns::default();
    let titled = |title: &str| Headline {
        pages: vec![7, 8],
        ..titled(title)
    };
    let numbers = RowNumbers {
        topics: vec![1, 2],
        ..RowNumbers::default()
    };
    for number in 0..3 {
        columns.push(&packed_as(
            &titled(&format!("before {number}")).into(),
            &numbers,
        ));
    }
    for round in 0..50 {
        let article = titled(&format!("round {round}"));
        columns.replace(
            1,
            &packed_as(
                &article.into(),
                &RowNumbers {
                    topics: vec![5],
                    ..RowNumbers::default()
                },
            ),
        );
    }
    let shared = columns.clone();
    columns.replace(0, &packed_as(&titled("last").into(), &numbers));
    let titles = |columns: &Columns| [0, 1, 2].map(|row| columns.title(row).into_owned());
    assert_eq!(titles(&columns), ["last", "round 49", "before 2"]);
    assert_eq!(titles(&shared), ["before 0", "round 49", "before 2"]);
    assert!(columns.topics(1).eq([5]));
    assert!(columns.topics(2).eq([1, 2]));
    assert_eq!(columns.pages(2), [7, 8]);
    assert!(
        columns.chunks[0].get().text.len() < 200,
        "{}",
        columns.chunks[0].get().text.len()
    );
}

#[test]
fn a_row_that_was_replaced_has_changed_even_by_a_text_in_the_same_place() {
    let numbers = RowNumbers::default();
    let mut columns = Columns::default();
    for row in 0..CHUNK + 3 {
        let title = titled(&format!("{row}"));
        columns.push(&packed_as(&title.into(), &numbers));
    }
    let before = columns.clone();
    assert!(columns.changed_since(&before).is_empty());
    let last = CHUNK as u32 + 1;
    columns.replace(last, &packed_as(&titled("other").into(), &numbers));
    assert!(columns.changed_since(&before).contains(last));
    assert!(
        columns
            .changed_since(&before)
            .iter()
            .all(|row| row >= CHUNK as u32)
    );

    // Rewriting the arenas puts the rows of both states in the same place.
    let compact = |columns: &mut Columns| {
        columns.chunks[1]
            .make_mut()
            .compact(&mut Spellers::default())
    };
    compact(&mut columns);
    let before = columns.clone();
    columns.replace(last, &packed_as(&titled("again").into(), &numbers));
    compact(&mut columns);
    assert_eq!(columns.changed_since(&before), RoaringBitmap::from([last]));
}

#[test]
fn a_row_gives_back_what_was_put_in() {
    let mut columns = Columns::default();
    let headline = Headline {
        title: "Títle".into(),
        excerpt: "An excerpt".into(),
        original: "https://a.example/x".into(),
        published_at: date::parse("2021-12-30"),
        updated_at: date::parse("2021-12-31T10:00:00Z"),
        listed: ListedFields::default()
            .with(ListedNumber::Quality, 39)
            .with(ListedNumber::Heat, -1)
            .with(ListedFlag::Published, false)
            .with(ListedFlag::Deleted, true),
        publication: SitePublication {
            says: Says::No,
            is_draft: true,
            from: Timestamp::from_second(5).ok(),
            until: None,
        },
        length: Some(90),
        rating: Some(4.5),
        related: 7,
        has: Has::IMAGE | Has::BODY,
        ..Headline::default()
    };
    let numbers = RowNumbers {
        authors: vec![6, 1],
        provider: 7,
        names: std::array::from_fn(|at| at as u32 + 2),
        folder: 3,
        topics: vec![4, 5],
        ..RowNumbers::default()
    };
    for _ in 0..CHUNK + 1 {
        columns.push(&packed_as(&headline.clone().into(), &numbers));
    }
    let last = CHUNK as u32;
    assert_eq!(columns.len(), CHUNK + 1);
    assert_eq!(columns.title(last), "Títle");
    assert_eq!(columns.excerpt(last), "An excerpt");
    assert_eq!(columns.original(last), "https://a.example/x");
    assert_eq!(&*columns.file_name(last), "x.md");
    assert!(columns.topics(last).eq([4, 5]));
    assert!(columns.authors(last).eq([6, 1]));
    assert_eq!(columns.length(last), Some(90));
    assert_eq!(columns.rating(last), Some(4.5));
    assert_eq!(columns.related(last), 7);
    assert_eq!(columns.has(last), Has::IMAGE | Has::BODY);
    assert_eq!(columns.published_at(last), headline.published_at);
    assert_eq!(columns.updated_at(last), headline.updated_at);
    for number in ListedNumber::ALL {
        assert_eq!(columns.number(last, number), headline.listed[number]);
    }
    for flag in ListedFlag::ALL {
        assert_eq!(columns.flag(last, flag), headline.listed[flag]);
    }
    let names = ListedName::ALL.map(|name| columns.name(last, name));
    assert_eq!(names, numbers.names);
    assert_eq!(columns.publication(last), headline.publication);
}

#[test]
fn what_was_not_said_stays_unsaid() {
    let mut columns = Columns::default();
    let row = columns.push(&packed_as(
        &Headline::default().into(),
        &RowNumbers::default(),
    ));
    assert_eq!(columns.published_at(row), None);
    assert_eq!(
        ListedNumber::ALL.map(|it| columns.number(row, it)),
        [None; ListedNumber::COUNT]
    );
    assert_eq!(
        ListedFlag::ALL.map(|it| columns.flag(row, it)),
        [None; ListedFlag::COUNT]
    );
    assert_eq!(columns.publication(row), SitePublication::default());
    assert_eq!((columns.length(row), columns.rating(row)), (None, None));
}

#[test]
fn a_text_too_long_for_a_row_is_cut_between_characters() {
    let mut columns = Columns::default();
    let headline = Headline {
        title: "é".repeat(40_000),
        ..Headline::default()
    };
    let row = columns.push(&packed_as(&headline.into(), &RowNumbers::default()));
    assert_eq!(columns.title(row).len(), usize::from(u16::MAX) - 1);
}

/// `count` articles with an excerpt and a URL each.
fn many(count: usize) -> Columns {
    let mut columns = Columns::default();
    for row in 0..count {
        let headline = Headline {
            excerpt: format!("What the harbour said of boat {row}"),
            original: format!("https://harbour.example/boats/{row}"),
            ..titled(&format!("Boat {row}"))
        };
        columns.push(&packed_as(&headline.into(), &RowNumbers::default()));
    }
    columns
}

#[test]
fn the_texts_of_a_full_chunk_are_short_and_come_back() {
    let mut columns = many(CHUNK);
    let open = columns.chunks[0].get().text.len();
    columns.push(&packed_as(&titled("last").into(), &RowNumbers::default()));
    let short = columns.chunks[0].get().text.len();
    assert!(short * 2 < open, "{short} of {open}");
    for row in [0, 7, CHUNK as u32 - 1] {
        assert_eq!(columns.title(row), format!("Boat {row}"));
        let excerpt = format!("What the harbour said of boat {row}");
        assert_eq!(columns.excerpt(row), excerpt);
        let original = format!("https://harbour.example/boats/{row}");
        assert_eq!(columns.original(row), original);
        assert_eq!(&*columns.file_name(row), "x.md");
    }
}

#[test]
fn of_a_full_chunk_only_the_row_that_is_replaced_has_changed() {
    let mut columns = many(CHUNK + 1);
    let before = columns.clone();
    let other = Headline {
        excerpt: "Another".to_owned(),
        ..titled("Boat 3")
    };
    columns.replace(3, &packed_as(&other.into(), &RowNumbers::default()));
    assert_eq!(columns.changed_since(&before), RoaringBitmap::from([3]));
    assert_eq!(
        (&*columns.excerpt(3), &*columns.original(3)),
        ("Another", "")
    );
    assert_eq!(columns.original(4), "https://harbour.example/boats/4");
    assert_eq!(before.original(3), "https://harbour.example/boats/3");
}

#[test]
fn a_text_in_other_letters_than_the_rest_is_not_cut() {
    // None of its letters is a symbol, so each byte has to be announced.
    let excerpt: String = (0..13_000)
        .filter_map(|it| char::from_u32(0x4e00 + it))
        .collect();
    let mut columns = Columns::default();
    let foreign = Headline {
        excerpt: excerpt.clone(),
        ..titled("foreign")
    };
    columns.push(&packed_as(&foreign.into(), &RowNumbers::default()));
    for row in 1..=CHUNK {
        let url = format!("https://harbour.example/boats/{row}");
        let own = Headline {
            excerpt: url.repeat(20),
            ..titled("own")
        };
        columns.push(&packed_as(&own.into(), &RowNumbers::default()));
    }
    assert_eq!(columns.excerpt(0), excerpt);
}

#[test]
fn the_last_chunk_is_compact_once_no_more_are_expected_and_takes_more_all_the_same() {
    let mut columns = many(CHUNK + 500);
    let open = columns.chunks[1].get().text.len();
    columns.compact();
    let short = columns.chunks[1].get().text.len();
    assert!(short * 2 < open, "{short} of {open}");
    columns.push(&packed_as(&titled("last").into(), &RowNumbers::default()));
    assert_eq!(columns.title(CHUNK as u32 + 500), "last");
    assert_eq!(
        columns.title(CHUNK as u32 + 499),
        format!("Boat {}", CHUNK + 499)
    );
}

#[test]
fn a_version_is_changed_in_a_compact_chunk() {
    let mut columns = many(CHUNK + 1);
    columns.compact();
    columns.set_stamp(3, Stamp(u64::MAX));
    columns.set_stamp(CHUNK as u32, Stamp(1 << 40));
    let stamps = [2, 3, CHUNK as u32].map(|row| columns.stamp(row).0);
    assert_eq!(stamps, [3, u64::MAX, 1 << 40]);
    assert_eq!(columns.title(3), "Boat 3");
}

#[test]
fn the_kind_of_a_file_is_known_without_its_name() {
    let mut columns = Columns::default();
    let (headline, numbers) = (Headline::default().into(), RowNumbers::default());
    for name in ["index.md", "x.HTML", "indexes.md"] {
        columns.push(&Packed {
            file_name: OsStr::new(name),
            ..packed_as(&headline, &numbers)
        });
    }
    let kinds = [0, 1, 2].map(|row| (columns.is_index(row), columns.markup(row)));
    let markdown = Markup::Markdown;
    assert_eq!(
        kinds,
        [(true, markdown), (false, Markup::Html), (false, markdown)]
    );
}

#[test]
fn a_run_of_rows_goes_on_in_the_next_chunk() {
    let mut columns = Columns::default();
    let end = CHUNK as u32 + 9;
    for provider in 0..end {
        let numbers = RowNumbers {
            provider,
            ..RowNumbers::default()
        };
        columns.push(&packed_as(&titled("x").into(), &numbers));
    }
    for rows in [0..end, 1_000..1_030, 1_024..end, 0..1_024] {
        let runs = columns.runs(rows.clone());
        let providers: Vec<u32> = runs.flat_map(|run| run.providers()).collect();
        assert_eq!(providers, rows.collect::<Vec<_>>());
    }
}
