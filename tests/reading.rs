//! The seed article and the sample library, read through the public interface: every field that the
//! seed gives, and what a newcomer is promised to find in the library.

use std::collections::HashSet;
use std::path::Path;

use newsdesk::format::date;
use newsdesk::library::{ArticleRef, FileCounts, Library, ReadDepth, Shown, Source, read_shown};
use newsdesk::model::{
    Article, Image, ListedFields, ListedFlag, ListedName, ListedNumber, Moment, Related, Secured,
    Urls,
};

const SEED: &str = "sample:/_news/the-dark-side-of-machine-learning-in-cybersecurity.md";

fn shown(path: &Path) -> Box<Shown> {
    read_shown(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn moment(text: &str) -> Option<Moment> {
    let moment = date::parse(text);
    assert!(moment.is_some(), "{text} is a date");
    moment
}

fn picture(url: &str, width: i64, height: i64) -> Image {
    Image {
        url: url.to_owned(),
        width: Some(width),
        height: Some(height),
        is_cached: Some(true),
        ..Image::default()
    }
}

#[test]
fn the_seed_gives_what_it_says_of_itself() {
    let read = shown(Path::new(SEED));
    assert_eq!(read.warnings, []);
    assert_eq!(read.body.trim(), "");
    let article = read.article;
    assert_eq!(
        article.title,
        "The Dark Side of Machine Learning in Cybersecurity"
    );
    assert_eq!(
        article.excerpt,
        "While machine learning (ML) is revolutionizing many industries including cybersecurity, \
         it also has a dark side that often goes unaddressed."
    );
    assert_eq!(article.categories, ["news"]);
    assert_eq!(article.published_at, moment("2021-12-30T23:19:00Z"));
    let page = "https://www.bbntimes.com/technology/\
                the-dark-side-of-machine-learning-in-cybersecurity";
    let urls = Urls {
        original: Some(page.to_owned()),
        web: Some(page.to_owned()),
        ..Urls::default()
    };
    assert_eq!(article.urls, urls);
    let listed = ListedFields::default()
        .with(ListedName::Kind, "article".to_owned())
        .with(ListedNumber::Quality, 39)
        .with(ListedNumber::Heat, -1)
        .with(ListedFlag::Published, false);
    assert_eq!(article.listed, listed);
    assert_eq!(article.provider.name, "bbntimes");
    assert_eq!(article.provider.domain, "bbntimes.com");
    assert_eq!(article.topics, ["Machine Learning", "AI"]);
    let picture = picture(
        "https://www.bbntimes.com/images/articles/global-economy/\
         The_Dark_Side_of_Machine_Learning_in_Cybersecurity.jpg",
        1200,
        902,
    );
    assert_eq!(article.images, [picture]);
    assert_eq!(article.secured, Some(Secured { bytes: 561 }));
}

#[test]
fn the_seed_gives_nothing_that_it_does_not_say() {
    let article = shown(Path::new(SEED)).article;
    let silent = Article {
        title: article.title.clone(),
        excerpt: article.excerpt.clone(),
        categories: article.categories.clone(),
        listed: article.listed.clone(),
        published_at: article.published_at,
        urls: article.urls.clone(),
        signals: article.signals,
        provider: article.provider.clone(),
        topics: article.topics.clone(),
        images: article.images.clone(),
        related: article.related.clone(),
        secured: article.secured,
        ..Article::default()
    };
    assert_eq!(article, silent);
}

#[test]
fn the_seed_lists_two_related_articles() {
    let article = shown(Path::new(SEED)).article;
    let [advance, extra_mile] = article.related.as_slice() else {
        panic!("{:?}", article.related);
    };
    assert_eq!(
        advance.title,
        "Industry Experts Team Up to Advance Cybersecurity With AI"
    );
    assert_eq!(
        advance.excerpt,
        "The C3.ai Digital Transformation Institute welcomed industry experts to submit proposals \
         for advancing cybersecurity with AI in order to secure critical infrastructure."
    );
    assert_eq!(advance.published_at, moment("2021-12-28T17:00:00Z"));
    let path = "industry-experts-team-up-to-advance-cybersecurity-with-ai";
    let host = "healthitsecurity.com/news";
    let urls = Urls {
        web: Some(format!("https://{host}/{path}")),
        amp: Some(format!("https://{host}/amp/{path}")),
        cdn_amp: Some(format!(
            "https://healthitsecurity-com.cdn.ampproject.org/c/s/{host}/amp/{path}"
        )),
        ..Urls::default()
    };
    assert_eq!(advance.urls, urls);
    let photo = picture(
        "https://healthitsecurity.com/images/sized/\
         GettyImages-1136684203-39a26234983c4eca9381530cb872a66d.jpg",
        480,
        278,
    );
    assert_eq!(advance.images, [photo]);
    says(advance, "IT Security", "healthitsecurity.com", 57);

    assert_eq!(
        extra_mile.title,
        "How Fintech Companies Can Go The Extra Mile With Cybersecurity"
    );
    assert_eq!(extra_mile.published_at, moment("2021-12-27T10:53:00Z"));
    assert_eq!(
        extra_mile.urls.original(),
        Some(
            "https://techbullion.com/\
             how-fintech-companies-can-go-the-extra-mile-with-cybersecurity/"
        )
    );
    says(extra_mile, "Impacts", "techbullion.com", 44);
}

/// Provider and quality of a related article.
fn says(entry: &Related, name: &str, domain: &str, quality: i64) {
    assert_eq!(entry.provider.name, name);
    assert_eq!(entry.provider.domain, domain);
    assert_eq!(entry.quality, Some(quality));
    assert_eq!(entry.kind.as_deref(), Some("article"));
}

fn sample() -> Library {
    Library::load(&Source::Sample, ReadDepth::Everything)
}

/// Every article of the sample library as it is shown.
fn all_shown(library: &Library) -> Vec<Article> {
    let read = |id| shown(&library.article(id).path()).article;
    library.ids().map(read).collect()
}

#[test]
fn the_sample_library_is_whole() {
    let library = sample();
    assert_eq!(library.diagnostics(), Vec::<&_>::new());
    let FileCounts {
        files, articles, ..
    } = library.tally();
    assert_eq!(files, articles);
    assert!(articles >= 41, "{articles} articles");
    let listed = Library::load(&Source::Sample, ReadDepth::List).tally();
    assert_eq!(listed, library.tally());
}

#[test]
fn the_sample_library_is_many_sided() {
    let library = sample();
    let articles: Vec<ArticleRef<'_>> = library.ids().map(|id| library.article(id)).collect();
    let different = |of: fn(&ArticleRef<'_>) -> String| -> HashSet<String> {
        articles
            .iter()
            .map(of)
            .filter(|it| !it.is_empty())
            .collect()
    };
    let kinds = different(|article| article.kind().to_owned());
    for kind in [
        "article",
        "video",
        "course",
        "download",
        "collection",
        "profile",
        "forum",
    ] {
        assert!(kinds.contains(kind), "no {kind} in {kinds:?}");
    }
    assert!(different(|article| article.provider().to_owned()).len() >= 8);
    assert!(library.topics().numbers().count() >= 12);
    for published in [Some(true), Some(false)] {
        let found = articles
            .iter()
            .filter(|it| it.flag(ListedFlag::Published) == published);
        assert!(found.count() >= 5, "published: {published:?}");
    }
    let seconds = articles.iter().filter_map(|it| it.published_at());
    let days: HashSet<i64> = seconds.map(|it| it.at.as_second() / 86_400).collect();
    assert!(days.len() >= 20, "{} days with articles", days.len());
    let (first, last) = (days.iter().min(), days.iter().max());
    assert!(
        last.zip(first)
            .is_some_and(|(last, first)| last - first >= 28)
    );
}

#[test]
fn the_sample_library_has_titles_of_all_scripts() {
    let library = sample();
    let has = |range: std::ops::RangeInclusive<char>| {
        let title = |id| library.article(id).title();
        library
            .ids()
            .any(|id| title(id).chars().any(|c| range.contains(&c)))
    };
    for (script, range) in [
        ("Japanese", '\u{3040}'..='\u{30ff}'),
        ("Chinese characters", '\u{4e00}'..='\u{9fff}'),
        ("Hangul", '\u{ac00}'..='\u{d7a3}'),
        ("Arabic", '\u{600}'..='\u{6ff}'),
        ("Hebrew", '\u{590}'..='\u{5ff}'),
        ("emoji", '\u{1f300}'..='\u{1faff}'),
        ("Latin with accents", '\u{c0}'..='\u{ff}'),
    ] {
        assert!(has(range), "no title with {script}");
    }
}

/// A field, and whether an article uses it.
type Use = (&'static str, fn(&Article) -> bool);

const FIELDS: [Use; 41] = [
    ("excerpt", |it| !it.excerpt.is_empty()),
    ("bio", |it| !it.bio.is_empty()),
    ("category", |it| !it.categories.is_empty()),
    ("type", |it| it.listed[ListedName::Kind].is_some()),
    ("publishedDateTime or date", |it| it.published_at.is_some()),
    ("a day without a time", |it| {
        it.published_at.is_some_and(|at| at.whole_day)
    }),
    ("updatedDateTime", |it| it.updated_at.is_some()),
    ("originalUrl", |it| it.urls.original.is_some()),
    ("webUrl", |it| it.urls.web.is_some()),
    ("ampWebUrl", |it| it.urls.amp.is_some()),
    ("cdnAmpWebUrl", |it| it.urls.cdn_amp.is_some()),
    ("website", |it| it.urls.website.is_some()),
    ("quality", |it| it.listed[ListedNumber::Quality].is_some()),
    ("heat", |it| it.listed[ListedNumber::Heat].is_some()),
    ("heat: -1", |it| it.listed[ListedNumber::Heat] == Some(-1)),
    ("published", |it| it.listed[ListedFlag::Published].is_some()),
    ("removed", |it| it.listed[ListedFlag::Removed].is_some()),
    ("deleted", |it| it.listed[ListedFlag::Deleted].is_some()),
    ("provider.name", |it| !it.provider.name.is_empty()),
    ("provider.domain", |it| !it.provider.domain.is_empty()),
    ("provider.images", |it| !it.provider.images.is_empty()),
    ("provider.authors", |it| !it.provider.authors.is_empty()),
    ("topics", |it| it.topics.len() > 1),
    ("levels", |it| !it.levels.is_empty()),
    ("images", |it| {
        it.images.iter().any(|image| image.width.is_some())
    }),
    ("images: title", |it| {
        it.images.iter().any(|image| image.title.is_some())
    }),
    ("images: attribution", |it| {
        it.images.iter().any(|image| image.attribution.is_some())
    }),
    ("images: a relative url", |it| {
        it.images.iter().any(|image| image.url.starts_with('/'))
    }),
    ("related", |it| !it.related.is_empty()),
    ("items", |it| !it.items.is_empty()),
    ("length", |it| it.length.is_some()),
    ("price", |it| it.price.is_some()),
    ("ratings", |it| it.ratings.is_some()),
    ("actions", |it| !it.actions.is_empty()),
    ("members", |it| it.members.is_some()),
    ("twitter", |it| it.twitter.is_some()),
    ("linkedin", |it| it.linkedin.is_some()),
    ("affiliation and location", |it| {
        it.affiliation.is_some() && it.location.is_some()
    }),
    ("featuredContent", |it| !it.featured.is_empty()),
    ("secured", |it| it.secured.is_some()),
    ("a field of its own", |it| !it.more.is_empty()),
];

#[test]
fn the_sample_library_uses_every_field() {
    let articles = all_shown(&sample());
    for (field, uses) in FIELDS {
        assert!(articles.iter().any(uses), "nothing uses {field}");
    }
}

#[test]
fn related_entries_of_the_sample_library_point_at_each_other() {
    let library = sample();
    let leads_to: HashSet<_> = library
        .ids()
        .flat_map(|from| {
            let related = shown(&library.article(from).path()).article.related;
            let urls: Vec<_> = related
                .iter()
                .filter_map(|entry| entry.urls.original().map(str::to_owned))
                .collect();
            urls.into_iter().map(move |url| (from, url))
        })
        .filter_map(|(from, url)| library.by_url(&url).map(|to| (from, to)))
        .collect();
    let both_ways = leads_to
        .iter()
        .filter(|(from, to)| from != to && leads_to.contains(&(*to, *from)));
    assert!(both_ways.count() >= 20);
}

#[test]
fn collections_of_the_sample_library_are_complete() {
    let library = sample();
    for article in all_shown(&library) {
        let resolved = library.resolve_items(&article.items);
        assert!(!resolved.contains(&None), "{}", article.title);
    }
}

/// An article that another one leads (`heat: -1`) has, among its related ones, an article by
/// another provider of about the same day on the same topics.
#[test]
fn stories_of_the_sample_library_are_told_by_several_providers() {
    let library = sample();
    let day = |article: ArticleRef<'_>| article.published_at().map(|it| it.at.as_second() / 86_400);
    let told = library.ids().filter(|id| {
        let article = library.article(*id);
        let related = shown(&article.path()).article.related;
        let urls = related.iter().filter_map(|entry| entry.urls.original());
        let mut others = urls
            .filter_map(|url| library.by_url(url))
            .map(|other| library.article(other));
        article.heat() == Some(-1)
            && others.any(|other| {
                let days = day(article).zip(day(other));
                other.provider() != article.provider()
                    && days.is_some_and(|(one, two)| one.abs_diff(two) <= 3)
                    && other
                        .topics()
                        .any(|topic| article.topics().any(|it| it == topic))
            })
    });
    assert!(told.count() >= 6);
}
