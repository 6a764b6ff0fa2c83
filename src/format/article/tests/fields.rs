//! The fields of the format, row by row.

use super::{file, front, warned};
use crate::format::date;
use crate::model::{
    ArticleAction, Image, ListedFlag, ListedName, ListedNumber, Moment, Person, Ratings, Secured,
};

fn moment(text: &str) -> Option<Moment> {
    let moment = date::parse(text);
    assert!(moment.is_some(), "{text} is a date");
    moment
}

#[test]
fn a_title_falls_back_to_the_name_a_heading_the_file() {
    let markdown = |front: &str, body: &str| {
        let text = format!("---\nbio: x\n{front}\n---\n{body}");
        file("posts/some-file.md", text.as_bytes()).article.title
    };
    assert_eq!(markdown("title: T\nname: N", "# H"), "T");
    assert_eq!(markdown("title: \" \"\nname: N", "# H"), "N");
    assert_eq!(markdown("title: ~\nname: '&nbsp;'", "# H *x*\n# I"), "H x");
    assert_eq!(markdown("", "<div><h2>H</h2></div>"), "H");
    assert_eq!(markdown("", "no heading"), "some-file");
    assert_eq!(markdown("", "# \u{a0}\n"), "some-file");
    let html = "---\nbio: x\n---\n<h1>The <i>head</i></h1><p>a</p>";
    assert_eq!(file("a.html", html.as_bytes()).article.title, "The head");
    assert_eq!(front("title: 2021\nbio: x").article.title, "2021");
}

#[test]
fn entities_in_texts_are_decoded_also_twice() {
    let read = front(
        "title: R&amp;D &lt;now&gt;\nexcerpt: \"It&amp;#39;s &amp;quot;new&amp;quot;\"\n\
         bio: caf&eacute; AT&T ?a=1&copy=2\nlocation: '&#39;s-Hertogenbosch'\n\
         topics: [R&amp;D]\nprovider: {name: Q&amp;A, authors: [\"O&#x27;Hara\"]}\n\
         images: {url: x, title: a &amp; b}",
    );
    let article = &read.article;
    assert_eq!(article.title, "R&D <now>");
    assert_eq!(article.excerpt, "It's \"new\"");
    assert_eq!(article.bio, "café AT&T ?a=1&copy=2");
    assert_eq!(article.location.as_deref(), Some("'s-Hertogenbosch"));
    assert_eq!(article.topics, ["R&D"]);
    assert_eq!(article.provider.name, "Q&A");
    assert_eq!(article.provider.authors, ["O'Hara"]);
    assert_eq!(article.images[0].title.as_deref(), Some("a & b"));
}

#[test]
fn category_and_kind_are_any_word() {
    let article = front("category: learning\ntype: moon-landing\nbio: x").article;
    assert_eq!(article.categories, ["learning"]);
    assert_eq!(
        article.listed[ListedName::Kind].as_deref(),
        Some("moon-landing")
    );
}

#[test]
fn dates_are_read_with_and_without_quotes_zone_and_time() {
    let instant = moment("2021-12-30T23:19:00Z");
    for text in [
        "2021-12-30T23:19:00Z",
        "\"2021-12-30T23:19:00Z\"",
        "'2021-12-31T00:19:00+01:00'",
        "2021-12-30 23:19:00",
        "2021-12-30 18:19:00 -0500",
        "Thu, 30 Dec 2021 23:19:00 GMT",
    ] {
        let front_matter = format!("publishedDateTime: {text}\nupdatedDateTime: {text}");
        let article = front(&front_matter).article;
        assert_eq!(article.published_at, instant, "{text}");
        assert_eq!(article.updated_at, instant, "{text}");
    }
    let day = front("date: 2021-12-30").article.published_at;
    assert_eq!(day, moment("2021-12-30"));
    assert!(day.is_some_and(|day| day.whole_day));
}

#[test]
fn a_date_comes_from_its_field_then_date_then_the_file_name() {
    let published = |name: &str, front: &str| {
        let text = format!("---\nbio: x\n{front}\n---\n");
        file(name, text.as_bytes()).article.published_at
    };
    let name = "_news/2021-12-30-title.md";
    let both = "date: 2020-01-02\npublishedDateTime: 2020-01-01";
    assert_eq!(published(name, both), moment("2020-01-01"));
    assert_eq!(published(name, "date: 2020-01-02"), moment("2020-01-02"));
    assert_eq!(published(name, ""), moment("2021-12-30"));
    assert_eq!(published(name, "date: soon"), moment("2021-12-30"));
    assert_eq!(published("2021-12-30/title.md", ""), None);
}

#[test]
fn the_original_is_the_first_link_even_when_it_cannot_be_opened() {
    let original = |front_matter: &str| {
        let urls = front(front_matter).article.urls;
        urls.original().map(str::to_owned)
    };
    let found = original("website: https://w.example\nwebUrl: https://b.example");
    assert_eq!(found.as_deref(), Some("https://b.example"));
    let found = original("originalUrl: 'javascript:x'\nwebUrl: https://b.example");
    assert_eq!(found.as_deref(), Some("javascript:x"));
    let found = original("originalUrl: ''\nwebsite: https://w.example");
    assert_eq!(found.as_deref(), Some("https://w.example"));
    assert_eq!(original("ampWebUrl: https://a.example"), None);

    let all = "cdnAmpWebUrl: e\nampWebUrl: d\nwebsite: c\nwebUrl: b\noriginalUrl: a?x=1&copy=2";
    let urls = front(all).article.urls;
    let named: Vec<_> = urls.all().collect();
    let expected = [
        ("originalUrl", "a?x=1&copy=2"),
        ("webUrl", "b"),
        ("website", "c"),
        ("ampWebUrl", "d"),
        ("cdnAmpWebUrl", "e"),
    ];
    assert_eq!(named, expected);
}

#[test]
fn quality_and_heat_are_whole_numbers() {
    let read = front("quality: 39\nheat: -1\nbio: x");
    assert_eq!(read.article.listed[ListedNumber::Quality], Some(39));
    assert_eq!(read.article.listed[ListedNumber::Heat], Some(-1));
    let read = front("quality: '39'\nheat: 1.5\nbio: x");
    assert_eq!(read.article.listed[ListedNumber::Quality], Some(39));
    assert_eq!(read.article.listed[ListedNumber::Heat], None);
    assert_eq!(warned(&read), [("heat", 3)]);
}

#[test]
fn flags_are_lenient() {
    for (said, meant) in [
        ("true", Some(true)),
        ("True", Some(true)),
        ("\"true\"", Some(true)),
        ("yes", Some(true)),
        ("On", Some(true)),
        ("1", Some(true)),
        ("false", Some(false)),
        ("FALSE", Some(false)),
        ("'False'", Some(false)),
        ("no", Some(false)),
        ("off", Some(false)),
        ("0", Some(false)),
        ("", None),
        ("~", None),
    ] {
        let read = front(&format!(
            "bio: x\npublished: {said}\nremoved: {said}\ndeleted: {said}"
        ));
        let flags = [
            ListedFlag::Published,
            ListedFlag::Removed,
            ListedFlag::Deleted,
        ];
        let found = flags.map(|flag| read.article.listed[flag]);
        assert_eq!(found, [meant; 3], "{said}");
        assert_eq!(warned(&read), []);
    }
    let read = front("bio: x\npublished: perhaps");
    assert_eq!(warned(&read), [("published", 3)]);
}

#[test]
fn a_provider_has_name_domain_images_and_authors() {
    let read = front(
        "bio: x\nprovider:\n  name: The FileIndex\n  domain: ledger.example\n  images:\n    \
         - url: logo.png\n  authors:\n    - name: Ada\n    - Grace",
    );
    let provider = &read.article.provider;
    assert_eq!(provider.name, "The FileIndex");
    assert_eq!(provider.domain, "ledger.example");
    assert_eq!(provider.images[0].url, "logo.png");
    assert_eq!(provider.authors, ["Ada", "Grace"]);
    let short = front("bio: x\nprovider: The FileIndex").article.provider;
    assert_eq!(short.name, "The FileIndex");
    let nameless = front("bio: x\nprovider: {domain: d}").article.provider;
    assert_eq!(nameless.label(), "d");
}

#[test]
fn topics_and_levels_are_a_list_or_a_single_text() {
    let article = front("bio: x\ntopics: AI\nlevels: Beginner").article;
    assert_eq!(article.topics, ["AI"]);
    assert_eq!(article.levels, ["Beginner"]);
    let listed = "bio: x\ntopics:\n- AI\n- ML\n- AI\n- ''\n- ~\n- 5G\nlevels: []";
    let article = front(listed).article;
    assert_eq!(article.topics, ["AI", "ML", "5G"]);
    assert!(article.levels.is_empty());
}

#[test]
fn images_keep_relative_urls_and_all_they_say() {
    let read = front(
        "bio: x\nimages:\n  - {url: ../img/a.png, width: 1200, height: '902', title: A, \
         attribution: Ada, isCached: true}\n  - /b.png\n  - {}",
    );
    let first = Image {
        url: "../img/a.png".into(),
        width: Some(1200),
        height: Some(902),
        title: Some("A".into()),
        attribution: Some("Ada".into()),
        is_cached: Some(true),
    };
    let second = Image {
        url: "/b.png".into(),
        ..Image::default()
    };
    assert_eq!(read.article.images, [first, second]);
    assert_eq!(warned(&read), []);
}

#[test]
fn related_entries_have_the_fields_of_an_article() {
    let read = front(
        "bio: x\nrelated:\n  - {title: A &amp; B, excerpt: E, publishedDateTime: 2021-12-28, \
         webUrl: w, ampWebUrl: a, cdnAmpWebUrl: c, type: video, quality: 57, \
         provider: {name: P, domain: d}, images: [{url: i}]}\n  - Only a title",
    );
    let [entry, other] = read.article.related.as_slice() else {
        panic!("{:?}", read.article.related);
    };
    assert_eq!(entry.title, "A & B");
    assert_eq!(entry.excerpt, "E");
    assert_eq!(entry.published_at, moment("2021-12-28"));
    let urls: Vec<_> = entry.urls.all().collect();
    let expected = [("webUrl", "w"), ("ampWebUrl", "a"), ("cdnAmpWebUrl", "c")];
    assert_eq!(urls, expected);
    assert_eq!(entry.kind.as_deref(), Some("video"));
    assert_eq!(entry.quality, Some(57));
    assert_eq!(entry.provider.name, "P");
    assert_eq!(entry.images[0].url, "i");
    assert_eq!(other.title, "Only a title");
}

#[test]
fn a_collection_names_its_items() {
    let article = front("bio: x\nitems:\n  - videos/a\n  - courses/b.md").article;
    assert_eq!(article.items, ["videos/a", "courses/b.md"]);
}

#[test]
fn the_fields_of_courses_and_samples_are_read() {
    let article = front(
        "bio: x\nlength: PT42M\nprice: 49.99\nratings: {count: 12, average: 4.5}\nactions:\n  \
         - {title: Get it, type: download, url: u, attribution: Ada}\n  - v",
    )
    .article;
    assert_eq!(article.length, Some(42 * 60));
    assert_eq!(article.price.as_deref(), Some("49.99"));
    let ratings = Ratings {
        count: Some(12),
        average: Some(4.5),
    };
    assert_eq!(article.ratings, Some(ratings));
    let download = ArticleAction {
        title: Some("Get it".into()),
        kind: Some("download".into()),
        url: "u".into(),
        attribution: Some("Ada".into()),
    };
    let bare = ArticleAction {
        url: "v".into(),
        ..ArticleAction::default()
    };
    assert_eq!(article.actions, [download, bare]);
}

#[test]
fn the_fields_of_people_and_communities_are_read() {
    let article = front(
        "bio: x\nmembers: '1200'\ntwitter: {username: ada, url: t, followers: 7}\n\
         linkedin: https://l.example\naffiliation: {name: The Lab, domain: lab.example}\n\
         location: Oslo",
    )
    .article;
    assert_eq!(article.members, Some(1200));
    let twitter = Person {
        username: Some("ada".into()),
        url: Some("t".into()),
        followers: Some(7),
    };
    assert_eq!(article.twitter, Some(twitter));
    let linkedin = article.linkedin.and_then(|person| person.url);
    assert_eq!(linkedin.as_deref(), Some("https://l.example"));
    let affiliation = article.affiliation.unwrap_or_default();
    assert_eq!(affiliation.name, "The Lab");
    assert_eq!(affiliation.domain, "lab.example");
    assert_eq!(article.location.as_deref(), Some("Oslo"));
}

#[test]
fn of_featured_content_only_the_links_are_kept() {
    let read = front(
        "bio: x\nfeaturedContent: \
         '<iframe src=\"https://v.example/1?a=1&amp;b=2\"></iframe><b>hi</b>'",
    );
    assert_eq!(read.article.featured, ["https://v.example/1?a=1&b=2"]);
    assert!(!format!("{read:?}").contains("<b>"));
}

#[test]
fn of_what_is_secured_only_the_size_is_kept() {
    let read = front("bio: x\nsecured: \"c2VjcmV0;b3BhcXVl\"");
    assert_eq!(read.article.secured, Some(Secured { bytes: 17 }));
    assert!(!format!("{read:?}").contains("c2VjcmV0"));
}

#[test]
fn what_the_format_does_not_name_is_kept() {
    let read =
        front("bio: x\nlayout: post\nmood: [x, y]\n\"a b\": {c: 1, d: [2]}\nempty:\n3: !t z");
    let more: Vec<String> = read
        .article
        .more
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(more, ["layout=post", "mood=x, y", "a b=c: 1, d: 2", "3=z"]);
}

/// Front matter with something wrong in each line, and the fields that the warnings name.
const WRONG: [(&str, &[&str]); 21] = [
    ("title: [a, b]", &["title"]),
    ("name: The name", &[]),
    ("excerpt: {a: b}", &["excerpt"]),
    ("type: [x]", &["type"]),
    ("publishedDateTime: soon", &["publishedDateTime"]),
    ("originalUrl: {a: b}", &["originalUrl"]),
    ("quality: high", &["quality"]),
    ("heat: [1]", &["heat"]),
    ("published: 7", &["published"]),
    ("provider: [x]", &["provider"]),
    ("topics: [AI, {a: b}]", &["topics[2]"]),
    (
        "images: [[7], {url: x, width: wide}]",
        &["images[1]", "images[2].width"],
    ),
    (
        "related: [{title: ok, quality: [1], provider: {authors: [[x]]}}]",
        &["related[1].quality", "related[1].provider.authors[1]"],
    ),
    ("items: {a: b}", &["items[1]"]),
    ("length: 42 parsecs", &["length"]),
    ("ratings: [5]", &["ratings"]),
    ("actions: [[x]]", &["actions[1]"]),
    ("members: many", &["members"]),
    ("secured: [x]", &["secured"]),
    ("featuredContent: {a: b}", &["featuredContent"]),
    ("location: [here]", &["location"]),
];

#[test]
fn a_wrong_type_costs_its_field_and_nothing_else() {
    let read = front(&WRONG.map(|(line, _)| line).join("\n"));
    let article = &read.article;
    assert_eq!(article.title, "The name");
    assert_eq!(article.images[0].url, "x");
    assert_eq!(article.topics, ["AI"]);
    assert_eq!(article.related[0].title, "ok");
    assert_eq!(article.secured, None);

    let mut found = warned(&read);
    found.sort_by_key(|(_, line)| *line);
    let expected: Vec<(&str, u32)> = WRONG
        .iter()
        .zip(2..)
        .flat_map(|((_, fields), line)| fields.iter().map(move |field| (*field, line)))
        .collect();
    assert_eq!(found, expected);
    for warning in &read.warnings {
        assert!(warning.hint.is_some(), "{warning:?}");
    }
}

#[test]
fn a_wrong_type_does_not_make_an_article_a_skip() {
    assert_eq!(warned(&front("title: T\nexcerpt: [x]")), [("excerpt", 3)]);
    assert_eq!(warned(&front("title: T\ndate: 30.12.2021")), [("date", 3)]);
}

#[test]
fn a_list_of_wrong_entries_is_not_thousands_of_warnings() {
    let read = front(&format!("related:\n{}bio: x", "- [7]\n".repeat(9_000)));
    assert_eq!(read.warnings.len(), 65);
    let last = read.warnings.last().map(|last| last.reason.as_str());
    assert_eq!(last, Some("8936 more fields cannot be read"));
}
