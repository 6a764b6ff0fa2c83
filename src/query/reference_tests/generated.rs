//! Articles, marks and queries of any kind.

use jiff::Timestamp;
use proptest::prelude::*;
use roaring::RoaringBitmap;

use crate::format::Headline;
use crate::model::{
    Has, ListedFields, ListedFlag, ListedName, ListedNumber, Moment, Says, SitePublication,
};
use crate::query::Marks;

pub fn select(items: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    proptest::sample::select(items.to_vec()).prop_map(str::to_owned)
}

pub const WORDS: [&str; 16] = [
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

pub fn sentence(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&WORDS), 0..most).prop_map(|words| words.join(" "))
}

pub fn moment() -> impl Strategy<Value = Option<Moment>> {
    let hours = (-24 * 500i64..48, any::<bool>()).prop_map(|(hours, whole_day)| {
        let day = if whole_day { hours / 24 * 24 } else { hours };
        let second = 1_640_822_400 + day * 3600;
        let at = Timestamp::from_second(second).expect("a time");
        Moment { at, whole_day }
    });
    proptest::option::of(hours)
}

pub fn publication() -> impl Strategy<Value = SitePublication> {
    let says = prop::sample::select(vec![Says::Nothing, Says::Yes, Says::No]);
    (says, any::<bool>(), moment(), moment()).prop_map(|(says, is_draft, from, until)| {
        SitePublication {
            says,
            is_draft,
            from: from.map(|it| it.at),
            until: until.map(|it| it.at),
        }
    })
}

pub fn headline() -> impl Strategy<Value = Headline> {
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
                listed: ListedFields::default()
                    .with(ListedName::Kind, kind)
                    .with(ListedNumber::Quality, quality)
                    .with(ListedNumber::Heat, quality.map(|it| 1 - it))
                    .with(ListedFlag::Removed, removed),
                authors,
                published_at,
                updated_at,
                length,
                rating,
                related: length.unwrap_or_default() as u16,
                body: length.unwrap_or_default() * 7,
                publication,
                has: bit(image, Has::IMAGE) | bit(body, Has::BODY),
                ..Headline::default()
            }
        },
    )
}

/// Conditions as they would be typed.
pub fn condition() -> impl Strategy<Value = String> {
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
        "words>1",
        "words:1..2",
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
        "story:0123456789abcdef",
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

pub fn query_text() -> impl Strategy<Value = String> {
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

pub fn marks(rows: u32) -> Marks {
    let every = |step: usize| (0..rows).step_by(step).collect::<RoaringBitmap>();
    Marks {
        read: every(2),
        starred: every(3),
        done: every(5),
        later: every(7),
        rejected: every(11),
        staged: every(4),
        changed: every(6),
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
