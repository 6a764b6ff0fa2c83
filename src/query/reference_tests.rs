//! Compares evaluation with a naive one that was written from the description of the language and
//! shares only the folding with it; and a table with a query for each form.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use roaring::RoaringBitmap;

use super::fields::{DateField, Fact, NumberField, SortBy, TextField, Thing};
use super::fold::fold;
use super::{
    Clock, DateTest, Expr, FacetField, Index, Marks, NumberTest, Pattern, Query, Search, Tally,
    Term, parse,
};
use crate::format::Headline;
use crate::library::{ArticleId, ArticleRef, Batch, Folder, Found, Library, Stamp};
use crate::model::{Flags, Has, Moment, Publication, Says, Standing};

/// Thursday noon.
fn clock() -> Clock {
    Clock {
        now: "2021-12-30T12:00:00Z".parse().expect("a time"),
        zone: TimeZone::get("Europe/Berlin").expect("a zone"),
    }
}

fn add(library: &mut Library, headlines: Vec<Headline>) {
    let folder = Arc::new(Folder {
        path: PathBuf::from("x"),
        relative: PathBuf::from("_news"),
    });
    let first = library.len();
    let found = headlines.into_iter().enumerate().map(|(at, headline)| {
        let name = OsString::from(format!("{}.md", first + at));
        Box::new(Found::new(
            Arc::clone(&folder),
            name,
            Stamp::default(),
            headline,
        ))
    });
    let found: Vec<Box<Found>> = found.collect();
    library.apply(Batch {
        files: found.len(),
        found,
        ..Batch::default()
    });
}

fn indexed(library: &Library) -> Index {
    Index::default()
        .extended(library.articles(), &clock(), &|| false)
        .expect("nobody cancels")
}

/// What the naive evaluation says about an article.
fn naive(expr: &Expr, article: ArticleRef<'_>, marks: &Marks) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| naive(part, article, marks)),
        Expr::Or(parts) => parts.iter().any(|part| naive(part, article, marks)),
        Expr::Not(inner) => !naive(inner, article, marks),
        Expr::Term(Term::Text(field, any)) => {
            let texts = texts(*field, article, marks);
            any.iter()
                .any(|it| texts.iter().any(|text| naive_text(it, text)))
        }
        Expr::Term(Term::Number(field, any)) => {
            let number = match field {
                NumberField::Quality => article.quality().map(|it| it as f64),
                NumberField::Heat => article.heat().map(|it| it as f64),
                NumberField::Length => article.length().map(f64::from),
                NumberField::Rating => article.rating(),
                NumberField::Related => Some(f64::from(article.related_count())),
            };
            number.is_some_and(|it| any.iter().any(|test| naive_number(*test, it)))
        }
        Expr::Term(Term::Date(field, any)) => {
            let second = match field {
                DateField::Date => naive_second(article.published_at()),
                DateField::Updated => naive_second(article.updated_at()),
                DateField::Marked => marks.marked.get(&article.id().row()).copied(),
            };
            second.is_some_and(|it| any.iter().any(|test| naive_date(*test, it)))
        }
        Expr::Term(Term::Is(any)) => any.iter().any(|fact| naive_fact(*fact, article, marks)),
        // These need files, which are not read here.
        Expr::Term(Term::Meta(..) | Term::HasMeta(_)) => false,
        Expr::Term(Term::Has(any)) => any.iter().any(|thing| {
            let row = article.id().row();
            let has = |bit: Has| article.has().contains(bit);
            match thing {
                Thing::Image => has(Has::IMAGE),
                Thing::Video => has(Has::VIDEO),
                Thing::Related => has(Has::RELATED),
                Thing::Body => has(Has::BODY),
                Thing::Link => has(Has::LINK),
                Thing::Diagnostic => has(Has::DIAGNOSTIC),
                Thing::Secured => has(Has::SECURED),
                Thing::Tag => marks.tags.iter().any(|(_, set)| set.contains(row)),
                Thing::Note => marks.noted.contains(row),
            }
        }),
    }
}

fn texts(field: TextField, article: ArticleRef<'_>, marks: &Marks) -> Vec<String> {
    let named = |name: &str| {
        if name.is_empty() {
            vec![]
        } else {
            vec![name.to_owned()]
        }
    };
    let topics = || {
        article
            .topics()
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
    };
    match field {
        TextField::Anywhere => {
            let mut all = vec![article.title().to_owned(), article.excerpt().to_owned()];
            all.extend(named(article.provider()));
            all.extend(topics());
            all
        }
        TextField::Title => vec![article.title().to_owned()],
        TextField::Excerpt => vec![article.excerpt().to_owned()],
        TextField::Body => vec![body_of(article.id().row())],
        TextField::Provider => named(article.provider()),
        TextField::Domain => named(article.domain()),
        TextField::Topic => topics().collect(),
        TextField::Kind => named(article.kind()),
        TextField::Category => article.categories().map(str::to_owned).collect(),
        TextField::Series => named(article.series()),
        TextField::Language => named(article.language()),
        TextField::Author => article
            .authors()
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        TextField::Folder => vec!["_news".to_owned()],
        TextField::Path => vec![format!("_news/{}", article.file_name().to_string_lossy())],
        TextField::Url => vec![article.original().to_owned()],
        TextField::Tag => {
            let own = marks
                .tags
                .iter()
                .filter(|(_, set)| set.contains(article.id().row()));
            own.map(|(name, _)| name.clone()).collect()
        }
    }
}

/// The body of an article without a file.
fn body_of(row: u32) -> String {
    ["lidar in the body", "nothing", "Ein Körper"][row as usize % 3].to_owned()
}

fn naive_text(pattern: &Pattern, text: &str) -> bool {
    let folded = fold(text);
    match pattern {
        Pattern::Phrase(wanted) => folded.contains(&fold(wanted)),
        Pattern::Exact(wanted) => folded.trim() == fold(wanted.trim()),
        Pattern::Regex(regex) => regex.compiled.is_match(text),
        Pattern::Word(wanted) => {
            let wanted: Vec<char> = fold(wanted).chars().collect();
            let signs: Vec<char> = folded.chars().collect();
            let is_han = |sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign);
            let is_anywhere = !wanted.first().is_some_and(|it| it.is_alphanumeric());
            (0..=signs.len()).any(|at| {
                let begins = at == 0
                    || !signs[at - 1].is_alphanumeric()
                    || is_han(signs[at - 1])
                    || signs.get(at).copied().is_some_and(is_han);
                signs[at..].starts_with(&wanted) && (is_anywhere || begins)
            })
        }
        Pattern::Fuzzy(wanted) => {
            let wanted = fold(wanted);
            let most = match wanted.chars().count() {
                0..=3 => 0,
                4..=7 => 1,
                _ => 2,
            };
            folded
                .split(|sign: char| !sign.is_alphanumeric())
                .any(|it| !it.is_empty() && strsim::osa_distance(it, &wanted) <= most)
        }
    }
}

fn naive_number(test: NumberTest, number: f64) -> bool {
    use super::Compare::{AtLeast, AtMost, Equal, Less, More};
    match test {
        NumberTest::Is(Equal, wanted) => (number - wanted).abs() < f64::EPSILON,
        NumberTest::Is(Less, wanted) => number < wanted,
        NumberTest::Is(AtMost, wanted) => number <= wanted,
        NumberTest::Is(More, wanted) => number > wanted,
        NumberTest::Is(AtLeast, wanted) => number >= wanted,
        NumberTest::Between(from, to) => {
            from.unwrap_or(f64::MIN) <= number && number <= to.unwrap_or(f64::MAX)
        }
    }
}

fn naive_second(moment: Option<Moment>) -> Option<i64> {
    let moment = moment?;
    if !moment.whole_day {
        return Some(moment.at.as_second());
    }
    let civil = moment.at.to_zoned(TimeZone::UTC).date().at(0, 0, 0, 0);
    Some(civil.to_zoned(clock().zone).ok()?.timestamp().as_second())
}

/// Uses `dates` for when a period starts and ends, which is tested there.
fn naive_date(test: DateTest, second: i64) -> bool {
    let period = test.seconds(&clock());
    period.start <= second && second < period.end
}

fn standing(article: ArticleRef<'_>) -> Standing {
    article.publication().at(clock().now)
}

fn naive_fact(fact: Fact, article: ArticleRef<'_>, marks: &Marks) -> bool {
    let row = article.id().row();
    let flags = article.flags();
    match fact {
        Fact::Read => marks.read.contains(row),
        Fact::Unread => !marks.read.contains(row),
        Fact::Starred => marks.starred.contains(row),
        Fact::Later => marks.later.contains(row),
        Fact::Done => marks.done.contains(row),
        Fact::Rejected => marks.rejected.contains(row),
        Fact::Inbox => [&marks.done, &marks.rejected, &marks.later]
            .iter()
            .all(|set| !set.contains(row)),
        Fact::Published => standing(article) == Standing::Published,
        Fact::Unpublished => standing(article) == Standing::Unpublished,
        Fact::Scheduled => standing(article) == Standing::Scheduled,
        Fact::Expired => standing(article) == Standing::Expired,
        Fact::Unsaid => standing(article) == Standing::Unsaid,
        Fact::Draft => article.publication().is_draft,
        Fact::Staged => marks.staged.contains(row),
        Fact::Removed => [flags.removed, flags.deleted].contains(&Some(true)),
        Fact::Changed => marks.changed.contains(row),
        Fact::StoryLead => marks.story_leads.contains(row),
    }
}

fn select(items: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    proptest::sample::select(items.to_vec()).prop_map(str::to_owned)
}

const WORDS: [&str; 16] = [
    "lidar",
    "Lidar,",
    "solid",
    "AI",
    "ai-driven",
    "Médecine",
    "medecin",
    "robot",
    "robotics",
    "C++",
    "the",
    "机器学习",
    "学习",
    "2021",
    "quantum",
    "(new)",
];

fn sentence(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&WORDS), 0..most).prop_map(|words| words.join(" "))
}

fn moment() -> impl Strategy<Value = Option<Moment>> {
    let hours = (-24 * 500i64..48, any::<bool>()).prop_map(|(hours, whole_day)| {
        let day = if whole_day { hours / 24 * 24 } else { hours };
        let second = 1_640_822_400 + day * 3600;
        let at = Timestamp::from_second(second).expect("a time");
        Moment { at, whole_day }
    });
    proptest::option::of(hours)
}

fn publication() -> impl Strategy<Value = Publication> {
    let says = prop::sample::select(vec![Says::Nothing, Says::Yes, Says::No]);
    (says, any::<bool>(), moment(), moment()).prop_map(|(says, is_draft, from, until)| {
        Publication {
            says,
            is_draft,
            from: from.map(|it| it.at),
            until: until.map(|it| it.at),
        }
    })
}

fn headline() -> impl Strategy<Value = Headline> {
    let names = (
        select(&["", "Nature", "The AI Review", "médiapart"]),
        proptest::collection::vec(select(&["AI", "Robotics", "AI in Healthcare", ""]), 0..3),
        select(&["", "video", "article"]),
        proptest::collection::vec(select(&["Marie Curie", "Li"]), 0..2),
    );
    let numbers = (
        proptest::option::of(-2i64..4),
        proptest::option::of(0u32..4),
        proptest::option::of((0u16..10).prop_map(|it| f64::from(it) / 2.0)),
        publication(),
        proptest::option::of(any::<bool>()),
        any::<(bool, bool)>(),
    );
    (sentence(6), sentence(8), names, numbers, moment(), moment()).prop_map(
        |(
            title,
            excerpt,
            (provider, mut topics, kind, authors),
            numbers,
            published_at,
            updated_at,
        )| {
            topics.dedup();
            let (quality, length, rating, publication, removed, (image, body)) = numbers;
            let bit = |is_there: bool, bit: Has| if is_there { bit } else { Has::default() };
            Headline {
                domain: provider.to_lowercase().replace(' ', "."),
                original: format!("https://example.org/{}", title.len()),
                title,
                excerpt,
                provider,
                topics,
                kind,
                authors,
                published_at,
                updated_at,
                quality,
                heat: quality.map(|it| 1 - it),
                length,
                rating,
                related: length.unwrap_or_default() as u16,
                publication,
                flags: Flags {
                    removed,
                    ..Flags::default()
                },
                has: bit(image, Has::IMAGE) | bit(body, Has::BODY),
                ..Headline::default()
            }
        },
    )
}

/// Conditions as they would be typed.
fn condition() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        select(&[
            "l",
            "lid",
            "lidar",
            "ai",
            "c++",
            "++",
            "mede",
            "MÉDECINE",
            "学",
            "学习",
            "器学习",
            "ai-driven",
            "rob",
            "the",
            "(",
            "x",
        ])
        .prop_filter("no parenthesis", |it| it != "("),
        select(&[
            "\"ida\"",
            "\"lidar solid\"",
            "\"dar so\"",
            "\"学\"",
            "\"+\"",
            "\"r, \"",
            "\" \"",
            "/^the/",
            "/l.d/",
            "/\\d{4}$/",
            "/É/",
            "~lidr",
            "~robotcis",
            "~the",
            "~medicine",
        ]),
    ];
    let field = select(&[
        "",
        "title:",
        "excerpt:",
        "topic:",
        "provider:",
        "kind:",
        "author:",
        "domain:",
        "path:",
        "url:",
        "tag:",
        "category:",
    ]);
    let other = select(&[
        "topic:=ai",
        "topic:ai,robot",
        "topic:=AI,=Robotics",
        "provider:=\"the ai review\"",
        "title:=lidar",
        "kind:=video",
        "quality>0",
        "quality:0..2",
        "quality:..1",
        "heat:=-1",
        "heat<=0,3",
        "length>1",
        "rating>=2.5",
        "related:1..",
        "date:2021",
        "date:2021-12",
        "date:7d",
        "date:>7d",
        "date:today,yesterday",
        "date:last-week..",
        "updated:<2021-06-01",
        "marked:7d",
        "is:read",
        "is:unread",
        "is:starred,done",
        "is:inbox",
        "is:later",
        "is:published",
        "is:unpublished",
        "is:removed",
        "is:staged",
        "is:changed",
        "is:story-lead",
        "has:image",
        "has:body,video",
        "has:tag",
        "has:note",
        "has:link",
        "body:lidar",
        "body:\"örper\"",
        "body:/^n/",
    ]);
    prop_oneof![
        (field, text).prop_map(|(field, text)| format!("{field}{text}")),
        other
    ]
}

fn query_text() -> impl Strategy<Value = String> {
    condition().prop_recursive(3, 12, 3, |inner| {
        let several = proptest::collection::vec(inner.clone(), 1..4);
        let either = proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            several.prop_map(|parts| format!("({})", parts.join(" "))),
            either.prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|it| format!("-{it}")),
        ]
    })
}

fn marks(rows: u32) -> Marks {
    let every = |step: usize| (0..rows).step_by(step).collect::<RoaringBitmap>();
    Marks {
        read: every(2),
        starred: every(3),
        done: every(5),
        later: every(7),
        rejected: every(11),
        staged: every(4),
        changed: every(6),
        story_leads: every(8),
        noted: every(9),
        tags: vec![
            ("AI".to_owned(), every(3)),
            ("the rest".to_owned(), every(4)),
        ],
        marked: every(2)
            .iter()
            .map(|row| (row, 1_640_822_400 - i64::from(row) * 86_400))
            .collect(),
    }
}

/// What a query finds, with bodies read.
fn found(search: &Search<'_>, query: &Query) -> Vec<u32> {
    let found = search.find(query).expect("nobody cancels");
    let mut rows = found.certain;
    if let Some(open) = found.open {
        assert!(open.candidates.is_disjoint(&rows));
        for row in &open.candidates {
            if open.decide(row, &body_of(row)) {
                rows.insert(row);
            }
        }
    }
    rows.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn evaluation_agrees_with_a_naive_one(
        first in proptest::collection::vec(headline(), 0..24),
        second in proptest::collection::vec(headline(), 0..6),
        text in query_text(),
    ) {
        let query = parse(&text).expect("a query");
        let mut library = Library::default();
        add(&mut library, first);
        let part = indexed(&library);
        add(&mut library, second);
        let marks = marks(library.len() as u32);
        let expected: Vec<u32> = library
            .ids()
            .filter(|id| {
                let article = library.article(*id);
                query.expr.as_ref().is_none_or(|expr| naive(expr, article, &marks))
            })
            .map(ArticleId::row)
            .collect();
        let clock = clock();
        let whole = part
            .extended(library.articles(), &clock, &|| false)
            .expect("nobody cancels");
        for index in [&Index::default(), &part, &whole] {
            let search = Search {
                articles: library.articles(),
                index,
                marks: &marks,
                clock: &clock,
                cancelled: &|| false,
            };
            prop_assert_eq!(&found(&search, &query), &expected, "{} rows known", index.len());
            check_order(&search, &query)?;
            check_facets(&search, &query)?;
        }
    }
}

/// The first page is the beginning of the whole, and the whole is in order.
fn check_order(search: &Search<'_>, query: &Query) -> Result<(), TestCaseError> {
    let set = search.find(query).expect("nobody cancels").certain;
    for sort in [
        "",
        "sort:-date",
        "sort:date",
        "sort:-quality,title",
        "sort:provider",
        "sort:relevance,length",
    ] {
        let sorted = Query {
            sort: parse(sort).expect(sort).sort,
            ..query.clone()
        };
        let all = search.sorted(&sorted, &set).expect("nobody cancels");
        let page = search.first(&sorted, &set, 3).expect("nobody cancels");
        prop_assert_eq!(&page[..], &all[..page.len()], "{}", sort);
        prop_assert_eq!(page.len(), all.len().min(3));
        let again: RoaringBitmap = all.iter().map(|id| id.row()).collect();
        prop_assert_eq!(&again, &set);
        for pair in all.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|id| search.articles.article(id));
            let newest = [a, b].map(|it| search.articles.newest_first(it.id()));
            match sorted.sort.first().map(|key| key.by) {
                Some(SortBy::Quality) => {
                    let key = |it: ArticleRef<'_>| it.quality().map_or(i64::MAX, |it| -it);
                    let keys = (key(a), fold(a.title())) <= (key(b), fold(b.title()));
                    prop_assert!(keys);
                }
                Some(SortBy::Provider) => {
                    let key = |it: ArticleRef<'_>| (it.provider().is_empty(), fold(it.provider()));
                    prop_assert!(key(a) <= key(b));
                }
                Some(SortBy::Date) if sort == "sort:-date" => prop_assert!(newest[0] < newest[1]),
                Some(SortBy::Date) => {
                    let key = |it: ArticleRef<'_>| {
                        it.published_at().map_or(i64::MAX, |it| it.at.as_second())
                    };
                    prop_assert!(key(a) <= key(b));
                }
                None | Some(_) => {
                    let wanted = query.wanted();
                    let in_title = |it: ArticleRef<'_>| {
                        let count = wanted
                            .iter()
                            .filter(|word| naive_text(word, it.title()))
                            .count();
                        match count {
                            count if count == wanted.len() => 0,
                            0 => 2,
                            _ => 1,
                        }
                    };
                    prop_assert!(in_title(a) <= in_title(b));
                    if in_title(a) == in_title(b) && sort.is_empty() {
                        prop_assert!(newest[0] < newest[1]);
                    }
                }
            }
        }
    }
    Ok(())
}

/// Picking a value finds as many articles as were counted for it.
fn check_facets(search: &Search<'_>, query: &Query) -> Result<(), TestCaseError> {
    let found = search.find(query).expect("nobody cancels");
    if found.open.is_some() {
        return Ok(());
    }
    let facets = search
        .facets(query, &found.certain)
        .expect("nobody cancels");
    for field in FacetField::all() {
        if !super::edit::picks(query, field).is_empty() {
            continue;
        }
        let tallies = facets.tallies(field).expect("every facet is counted");
        for Tally { value, count } in tallies.iter() {
            let mut picked = query.clone();
            super::edit::only(&mut picked, field, &value);
            let again = search.find(&picked).expect("nobody cancels").certain;
            prop_assert_eq!(again.len(), count, "{}", picked);
        }
        let counts: Vec<u64> = tallies.iter().map(|tally| tally.count).collect();
        prop_assert!(counts.iter().rev().is_sorted());
    }
    Ok(())
}

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
            quality: Some(80),
            heat: Some(-1),
            ..Headline::default()
        },
        Headline {
            title: "Solid state".to_owned(),
            excerpt: "about GPT-4".to_owned(),
            provider: "The AI Review".to_owned(),
            topics: vec!["AI in Healthcare".to_owned()],
            published_at: day("2021-12-20T10:00:00Z"),
            quality: Some(40),
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
        Err(super::Cancelled)
    );
    let cancelled = Index::default().extended(library.articles(), &clock, &|| true);
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
