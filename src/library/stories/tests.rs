//! What counts as a story, and that the order of loading does not matter.

mod changes;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use super::super::{ArticleKey, Batch, FoundArticle, Library, RootFolder, Stamp};
use super::*;
use crate::format::Headline;
use crate::model::{ListedFields, ListedNumber, Moment};

/// An article in a few words.
#[derive(Clone, Debug)]
struct Sketch {
    name: String,
    title: String,
    excerpt: String,
    provider: String,
    day: i64,
    url: String,
    /// A page it lists as related.
    related: String,
    heat: Option<i64>,
    quality: Option<i64>,
}

fn sketch(name: &str, provider: &str, day: i64, title: &str) -> Sketch {
    Sketch {
        name: name.to_owned(),
        title: title.to_owned(),
        excerpt: String::new(),
        provider: provider.to_owned(),
        day,
        url: String::new(),
        related: String::new(),
        heat: None,
        quality: None,
    }
}

fn library(sketches: &[Sketch]) -> Library {
    let mut library = Library::default();
    library.apply(Batch {
        files: sketches.len(),
        ..batch(sketches)
    });
    library
}

/// Articles, as files that were read already.
fn batch(sketches: &[Sketch]) -> Batch {
    let folder = Arc::new(RootFolder {
        path: PathBuf::from("x"),
        relative: PathBuf::new(),
        overrides: Arc::default(),
    });
    let found = sketches.iter().map(|it| {
        let at = Timestamp::from_second(it.day * 86_400).expect("a time");
        let headline = Headline {
            title: it.title.clone(),
            excerpt: it.excerpt.clone(),
            provider: it.provider.clone(),
            original: it.url.clone(),
            retold: crate::format::link::page_key(&it.related)
                .into_iter()
                .collect(),
            listed: ListedFields::default()
                .with(ListedNumber::Heat, it.heat)
                .with(ListedNumber::Quality, it.quality),
            published_at: Some(Moment::instant(at)),
            ..Headline::default()
        };
        let name = format!("{}.md", it.name).into();
        Box::new(FoundArticle::new(
            Arc::clone(&folder),
            name,
            Stamp::default(),
            headline,
        ))
    });
    Batch {
        found: found.collect(),
        ..Batch::default()
    }
}

/// The stories by file name, each with its lead first, and the reasons.
fn told(sketches: &[Sketch], wishes: &StoryWishes) -> BTreeSet<Vec<String>> {
    let library = library(sketches);
    let articles = library.articles();
    let name = |id: ArticleId| {
        let name = articles
            .article(id)
            .file_name()
            .to_string_lossy()
            .into_owned();
        name.trim_end_matches(".md").to_owned()
    };
    let stories = Stories::new(articles, wishes);
    let story = |story: &Story| {
        let others = story.members.iter().filter(|it| it.article != story.lead);
        let mut names: Vec<String> = others.map(|it| name(it.article)).collect();
        names.sort();
        names.insert(0, name(story.lead));
        names
    };
    stories.iter().map(story).collect()
}

fn key(name: &str) -> ArticleKey {
    let library = library(&[sketch(name, "", 0, "x")]);
    let id = library.ids().next().expect("an article");
    library.article(id).key()
}

fn set(stories: &[&[&str]]) -> BTreeSet<Vec<String>> {
    let owned = |story: &&[&str]| story.iter().map(|name| (*name).to_owned()).collect();
    stories.iter().map(owned).collect()
}

#[test]
fn of_several_reasons_the_strongest_is_kept() {
    let mut graph = super::group::Graph::default();
    let alike = |percent| Because::Alike(std::cmp::Reverse(percent));
    for reason in [alike(60), alike(90), alike(70)] {
        graph.join(0, 1, reason);
    }
    assert_eq!(graph.stories(), [(0, vec![(1, alike(90))])]);
    graph.join(0, 1, Because::SamePage);
    assert_eq!(graph.stories(), [(0, vec![(1, Because::SamePage)])]);
}

const DEAL: &str = "Acme agrees to buy Beta Robotics for $3bn";

#[test]
fn near_duplicates_of_different_providers_are_one_story() {
    let mut late = sketch("late", "C", 40, DEAL);
    late.quality = Some(90);
    let sketches = [
        sketch("a", "A", 1, DEAL),
        sketch(
            "b",
            "B",
            2,
            "Acme to acquire Beta Robotics for 3 billion dollars",
        ),
        sketch("own", "A", 3, DEAL),
        late,
        sketch(
            "other",
            "D",
            2,
            "Gamma closes its last factory in the north",
        ),
    ];
    // The second article of the same provider is close to `b` only.
    assert_eq!(
        told(&sketches, &StoryWishes::default()),
        set(&[&["a", "b"]])
    );
}

#[test]
fn the_same_page_is_one_story_whoever_and_whenever() {
    let with = |name: &str, day, url: &str| Sketch {
        url: url.to_owned(),
        ..sketch(name, "A", day, name)
    };
    let sketches = [
        with("a", 1, "https://www.a.example/story/?utm_source=x"),
        with("b", 90, "http://a.example/story"),
        with("c", 2, "https://amp.a.example/story/amp/"),
        with(
            "d",
            3,
            "https://a-example.cdn.ampproject.org/c/s/a.example/story",
        ),
        with("e", 3, "https://a.example/"),
        with("f", 3, "https://a.example"),
        with("g", 3, "https://a.example/other?id=1"),
        with("h", 3, "https://a.example/other?id=2"),
    ];
    assert_eq!(
        told(&sketches, &StoryWishes::default()),
        set(&[&["a", "b", "c", "d"]])
    );
}

#[test]
fn heat_leads_then_quality_then_the_earliest() {
    let mut sketches = vec![
        sketch("a", "A", 2, DEAL),
        sketch("b", "B", 3, DEAL),
        sketch("c", "C", 1, DEAL),
    ];
    let lead = |sketches: &[Sketch]| {
        let stories = told(sketches, &StoryWishes::default());
        stories.first().expect("a story")[0].clone()
    };
    assert_eq!(lead(&sketches), "c");
    sketches[1].quality = Some(10);
    assert_eq!(lead(&sketches), "b");
    sketches[0].heat = Some(5);
    assert_eq!(lead(&sketches), "a");
    sketches[0].heat = Some(-1);
    assert_eq!(lead(&sketches), "b");
}

#[test]
fn of_those_that_a_query_selects_the_best_leads() {
    let library = library(&[sketch("a", "A", 1, DEAL), sketch("b", "B", 2, DEAL)]);
    let articles = library.articles();
    let stories = Stories::new(articles, &StoryWishes::default());
    let story = stories.iter().next().expect("a story");
    let other = story.members[1].article;
    let only: RoaringBitmap = [other.row()].into_iter().collect();
    assert_eq!(story.lead_among(articles, &only), Some(other));
    assert_eq!(
        story.lead_among(articles, &articles.rows()),
        Some(story.lead)
    );
    assert_eq!(story.lead_among(articles, &RoaringBitmap::new()), None);
    assert_eq!(stories.leads(articles).len(), 1);
    assert_eq!(stories.of(other), Some(story));
}

#[test]
fn nearness_is_to_the_lead() {
    // Each is close to the next, and the first is far from the last.
    let words = [
        "alpha", "bravo", "carbon", "delta", "echo", "fox", "golf", "hotel", "india",
    ];
    let excerpt = |from: usize| words[from..from + 6].join(" ");
    let sketches: Vec<Sketch> = (0..4)
        .map(|from| Sketch {
            excerpt: excerpt(from),
            ..sketch(&format!("n{from}"), &format!("P{from}"), 1, &excerpt(from))
        })
        .collect();
    let stories = told(&sketches, &StoryWishes::default());
    assert!(stories.iter().all(|story| story.len() < 4), "{stories:?}");
}

#[test]
fn what_a_person_split_stays_apart_and_what_was_joined_stays_together() {
    let mut sketches = vec![
        sketch("a", "A", 1, DEAL),
        sketch("b", "B", 2, DEAL),
        sketch("c", "C", 3, DEAL),
        sketch("d", "D", 4, "Nothing of the kind happens anywhere"),
    ];
    let split = StoryWishes {
        apart: vec![(key("a"), key("b")), (key("c"), key("b"))],
        ..StoryWishes::default()
    };
    assert_eq!(told(&sketches, &split), set(&[&["a", "c"]]));
    // A better lead arrives, and joins nothing.
    let mut lead = sketch("z", "Z", 2, DEAL);
    lead.heat = Some(9);
    sketches.push(lead);
    for story in told(&sketches, &split) {
        let has = |name: &str| story.iter().any(|it| it == name);
        assert!(!(has("a") && has("b")), "{story:?}");
    }
    let joined = StoryWishes {
        joined: vec![(key("d"), key("b"))],
        ..StoryWishes::default()
    };
    let stories = told(&sketches[..4], &joined);
    assert_eq!(stories, set(&[&["a", "b", "c", "d"]]));
    // The same page, split.
    for sketch in &mut sketches {
        sketch.url = "https://a.example/b".to_owned();
    }
    let stories = told(&sketches[..2], &split);
    assert_eq!(stories, set(&[]));
}

#[test]
fn what_one_lists_as_related_under_nearly_the_same_title_is_one_story() {
    let page = "https://a.example/deal";
    let mut first = sketch("first", "A", 1, "Acme agrees to buy Beta Robotics");
    first.url = page.to_owned();
    let listing = |name: &str, provider: &str, day, title: &str| Sketch {
        related: page.to_owned(),
        ..sketch(name, provider, day, title)
    };
    let again = listing("again", "B", 3, "Acme buys Beta Robotics");
    let with = |other: &Sketch| told(&[first.clone(), other.clone()], &StoryWishes::default());
    assert_eq!(with(&again), set(&[&["first", "again"]]));
    for other in [
        listing("own", "A", 3, "Acme buys Beta Robotics"),
        listing("late", "B", 30, "Acme buys Beta Robotics"),
        listing("other", "B", 3, "Beta Robotics opens a shop"),
        sketch("unlisted", "B", 3, "Acme buys Beta Robotics"),
    ] {
        assert_eq!(with(&other), set(&[]), "{}", other.name);
    }
    // It does not join what a person split.
    let split = StoryWishes {
        apart: vec![(key("first"), key("again"))],
        ..StoryWishes::default()
    };
    assert_eq!(told(&[first, again], &split), set(&[]));
}

const SUBJECTS: [&str; 4] = [
    "Acme agrees to buy Beta Robotics for $3bn",
    "Acme to acquire Beta Robotics for 3 billion dollars",
    "The last northern white rhino of the reserve dies aged 45",
    "Reserve's last northern white rhino dead at age 45",
];

fn any_sketch() -> impl Strategy<Value = Sketch> {
    any_sketch_within(30)
}

fn any_sketch_within(days: i64) -> impl Strategy<Value = Sketch> {
    (
        0..SUBJECTS.len(),
        0..4_u8,
        0..days,
        prop::option::of(-1..3_i64),
        0..6_u8,
        0..4_u8,
    )
        .prop_map(|(subject, provider, day, heat, url, related)| Sketch {
            heat,
            related: match related {
                0 => "https://a.example/one".to_owned(),
                1 => "https://a.example/two".to_owned(),
                _ => String::new(),
            },
            url: match url {
                0 => "https://a.example/one".to_owned(),
                1 => "https://a.example/two".to_owned(),
                _ => String::new(),
            },
            ..sketch("", &format!("P{provider}"), day, SUBJECTS[subject])
        })
}

proptest! {
    #[test]
    fn the_order_of_loading_does_not_matter(
        mut sketches in prop::collection::vec(any_sketch(), 0..12),
        turn in any::<prop::sample::Index>(),
        wishes in prop::collection::vec((0..12_usize, 0..12_usize, any::<bool>()), 0..4),
    ) {
        for (at, sketch) in sketches.iter_mut().enumerate() {
            sketch.name = format!("n{at}");
        }
        let mut wanted = StoryWishes::default();
        for (a, b, join) in wishes.into_iter().filter(|(a, b, _)| a != b) {
            let pair = (key(&format!("n{a}")), key(&format!("n{b}")));
            if join { &mut wanted.joined } else { &mut wanted.apart }.push(pair);
        }
        let before = told(&sketches, &wanted);
        let mut members: Vec<&String> = before.iter().flatten().collect();
        let count = members.len();
        members.sort();
        members.dedup();
        prop_assert_eq!(members.len(), count, "an article is in one story");
        if !sketches.is_empty() {
            let by = turn.index(sketches.len());
            sketches.rotate_left(by);
            sketches.swap(0, by);
        }
        prop_assert_eq!(told(&sketches, &wanted), before);
    }
}
