//! Queries whose results are known, each for a reason of its own.

use super::*;

#[test]
fn a_query_for_each_form() {
    let day = |text: &str| crate::format::date::parse(text);
    let mut library = Library::default();
    let headlines = vec![
        Headline {
            title: "The Dark Side of Lidar".to_owned(),
            excerpt: "Médecine and robots".to_owned(),
            provider: "Nature".to_owned(),
            topics: vec!["AI".to_owned(), "Computer Vision".to_owned()],
            published_at: day("2021-12-30"),
            listed: ListedFields::default()
                .with(ListedNumber::Quality, 80)
                .with(ListedNumber::Heat, -1),
            ..Headline::default()
        },
        Headline {
            title: "Solid state".to_owned(),
            excerpt: "about GPT-4".to_owned(),
            provider: "The AI Review".to_owned(),
            topics: vec!["AI in Healthcare".to_owned()],
            published_at: day("2021-12-20T10:00:00Z"),
            listed: ListedFields::default().with(ListedNumber::Quality, 40),
            ..Headline::default()
        },
    ];
    add(&mut library, headlines);
    let clock = clock();
    let index = indexed(&library);
    let marks = Marks::default();
    let search = Search {
        articles: library.articles(),
        index: &index,
        marks: &marks,
        clock: &clock,
        cancelled: &|| false,
    };
    for (text, expected) in [
        ("", &[0, 1][..]),
        ("lid", &[0]),
        ("LIDAR medecine", &[0]),
        ("lidar OR solid", &[0, 1]),
        ("-lidar", &[1]),
        ("\"ide of l\"", &[0]),
        ("/gpt-?\\d/", &[1]),
        ("~lidr", &[0]),
        ("nature", &[0]),
        ("healthcare", &[1]),
        ("topic:ai", &[0, 1]),
        ("topic:=AI", &[0]),
        ("topic:vision,health", &[0, 1]),
        ("ai -topic:=ai", &[1]),
        ("quality>50", &[0]),
        ("quality:40..50", &[1]),
        ("heat:=-1", &[0]),
        ("date:today", &[0]),
        ("date:7d", &[0]),
        ("date:>7d", &[1]),
        ("date:2021-12", &[0, 1]),
        ("is:unread -is:published", &[0, 1]),
        ("is:read", &[]),
        ("has:image", &[]),
        ("path:_news title:side", &[0]),
    ] {
        let query = parse(text).expect(text);
        assert_eq!(found(&search, &query), expected, "{text}");
    }
}

/// Each of these holds for both articles, and only one of them is left when it is looked at.
#[test]
fn nothing_is_found_among_what_others_have_ruled_out() {
    let mut library = Library::default();
    let quality = |quality| Headline {
        title: "Lidar".to_owned(),
        listed: ListedFields::default().with(ListedNumber::Quality, quality),
        publication: SitePublication {
            says: Says::Yes,
            from: "2099-01-01T00:00:00Z".parse().ok(),
            ..SitePublication::default()
        },
        keys: "mood".to_owned(),
        ..Headline::default()
    };
    add(&mut library, vec![quality(80), quality(40)]);
    let both = || RoaringBitmap::from([0, 1]);
    let clock = clock();
    let marks = Marks {
        read: both(),
        starred: both(),
        later: both(),
        done: both(),
        rejected: both(),
        staged: both(),
        changed: both(),
        noted: both(),
        tags: vec![("a".to_owned(), both()), ("b".to_owned(), [0].into())],
        marked: [(0, 1_640_000_000), (1, 1_640_000_000)].into(),
    };
    for index in [&indexed(&library), &Index::default()] {
        let search = Search {
            articles: library.articles(),
            index,
            marks: &marks,
            clock: &clock,
            cancelled: &|| false,
        };
        for text in [
            "is:read",
            "is:starred",
            "is:later",
            "is:done",
            "is:rejected",
            "is:staged",
            "is:changed",
            "is:read,starred",
            "is:scheduled",
            "is:story-lead",
            "has:note",
            "has:tag",
            "has:note,tag",
            "tag:a",
            "tag:a,b",
            "tag:/[ab]/",
            "marked:2021",
            "title:lidar",
            "quality>=40",
            "quality<=80",
            "quality<81",
            "quality>39",
        ] {
            for (first, expected) in [("quality>40", 0), ("quality<80", 1)] {
                let text = format!("{first} {text}");
                let query = parse(&text).expect("a query");
                assert_eq!(found(&search, &query), [expected], "{text}");
            }
        }
        for text in ["quality>80", "quality<40"] {
            let query = parse(text).expect("a query");
            assert_eq!(found(&search, &query), [0_u32; 0], "{text}");
        }
        let key = library.article(ArticleId::from_row(0)).key();
        let story = format!("story:{key}");
        for (text, expected) in [
            (story.clone(), &[0][..]),
            (format!("quality<80 {story}"), &[]),
        ] {
            let query = parse(&text).expect("a query");
            assert_eq!(found(&search, &query), expected, "{text}");
        }
        for (text, expected) in [
            ("meta.mood:calm", &[0, 1][..]),
            ("quality>40 meta.mood:calm", &[0]),
        ] {
            let open = search
                .find(&parse(text).expect("a query"))
                .map(|found| found.open);
            let open = open.expect("nobody cancels").expect("files decide");
            let candidates: Vec<u32> = open.candidates.iter().collect();
            assert_eq!(candidates, expected, "{text}");
        }
    }
}

#[test]
fn the_words_of_a_changed_article_are_those_it_has_now() {
    let titled = |title: &str| Headline {
        title: title.to_owned(),
        ..Headline::default()
    };
    let mut library = Library::default();
    add(&mut library, vec![titled("Solid state"), titled("Lidar")]);
    let before = library.articles().clone();
    let index = indexed(&library);
    let id = ArticleId::from_row(0);
    rewrite(&mut library, id, titled("Solid state and more"));
    let index = index.patched(&before, library.articles(), &clock());
    let search = Search {
        articles: library.articles(),
        index: &index.expect("few have changed"),
        marks: &Marks::default(),
        clock: &clock(),
        cancelled: &|| false,
    };
    for (text, expected) in [
        ("\"solid state\"", &[0][..]),
        ("more", &[0]),
        ("lidar", &[1]),
    ] {
        let query = parse(text).expect("a query");
        assert_eq!(found(&search, &query), expected, "{text}");
    }
}

#[test]
fn articles_with_the_words_in_their_titles_come_first() {
    let dated = |title: &str, excerpt: &str, day| Headline {
        title: title.to_owned(),
        excerpt: excerpt.to_owned(),
        published_at: crate::format::date::parse(day),
        ..Headline::default()
    };
    let mut library = Library::default();
    let newer = dated("News", "about lidar", "2021-12-30");
    add(&mut library, vec![newer, dated("Lidar", "", "2021-12-20")]);
    let search = Search {
        articles: library.articles(),
        index: &indexed(&library),
        marks: &Marks::default(),
        clock: &clock(),
        cancelled: &|| false,
    };
    let query = parse("lidar").expect("a query");
    let both = search.find(&query).expect("nobody cancels").certain;
    let sorted = search.sorted(&query, &both).expect("nobody cancels");
    let rows: Vec<u32> = sorted.iter().map(|id| id.row()).collect();
    assert_eq!(rows, [1, 0]);
}

#[test]
fn a_search_that_is_not_wanted_any_more_stops() {
    let library = crate::library::sample_library();
    let clock = clock();
    let search = Search {
        articles: library.articles(),
        index: &indexed(&library),
        marks: &Marks::default(),
        clock: &clock,
        cancelled: &|| true,
    };
    let query = parse("lidar sort:title").expect("a query");
    assert_eq!(
        search.find(&query).map(|found| found.certain),
        Err(crate::query::error::Cancelled)
    );
    let cancelled = Index::default().extended(library.articles(), &|| true);
    assert!(cancelled.is_err());
}

#[test]
fn bodies_of_the_sample_are_read_where_they_decide() {
    let library = crate::library::sample_library();
    let clock = clock();
    let search = Search {
        articles: library.articles(),
        index: &indexed(&library),
        marks: &Marks::default(),
        clock: &clock,
        cancelled: &|| false,
    };
    let with = |text: &str| {
        let found = search
            .find(&parse(text).expect(text))
            .expect("nobody cancels");
        let Some(open) = found.open else {
            return found.certain.len();
        };
        let rows = open.candidates.iter();
        let decided =
            rows.filter(|row| open.decide_file(library.article(ArticleId::from_row(*row))));
        found.certain.len() + decided.count() as u64
    };
    let the = with("body:the");
    assert!(the > 0 && the < library.len() as u64);
    assert_eq!(the + with("-body:the"), library.len() as u64);
    assert_eq!(with("body:\"</p>\""), 0);
}
