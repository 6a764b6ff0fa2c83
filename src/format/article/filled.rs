//! An article filled from its front matter: every field of the format, typed and lenient.

use std::collections::HashSet;

use super::super::conventions::{Categories, Conventions};
use super::super::fields::Fields;
use super::super::flaw::Flaw;
use super::super::roles::{FieldRole, NameForm};
use super::super::splits::Splits;
use super::super::{body, duration, node};
use crate::model::{
    Article, ArticleAction, Image, ListedField, ListedFields, ListedFlag, ListedName, ListedNumber,
    Person, Provider, Ratings, Related, Secured, Urls,
};

/// Reads every field of the format, in the order of its table.
pub fn filled(mut top: Fields, conventions: &Conventions, flaws: &mut Vec<Flaw>) -> Article {
    let by = conventions;
    let mut article = Article {
        keys: top.keys(),
        title: top
            .first(FieldRole::Title, by, flaws, Fields::prose)
            .unwrap_or_default(),
        excerpt: top
            .first(FieldRole::Excerpt, by, flaws, Fields::prose)
            .unwrap_or_default(),
        bio: top
            .first(FieldRole::Bio, by, flaws, Fields::prose)
            .unwrap_or_default(),
        categories: unique(top.words(FieldRole::Categories, by, Splits::Words, flaws)),
        authors: authors(top.words(FieldRole::Authors, by, Splits::Never, flaws)),
        listed: listed(&mut top, by, flaws),
        published_at: top.first(FieldRole::Date, by, flaws, Fields::moment),
        updated_at: top.first(FieldRole::Updated, by, flaws, Fields::moment),
        urls: Urls {
            original: top.first(FieldRole::Original, by, flaws, Fields::text),
            web: top.first(FieldRole::Web, by, flaws, Fields::text),
            amp: top.first(FieldRole::Amp, by, flaws, Fields::text),
            cdn_amp: top.first(FieldRole::CdnAmp, by, flaws, Fields::text),
            website: top.first(FieldRole::Website, by, flaws, Fields::text),
        },
        provider: top
            .first(FieldRole::Provider, by, flaws, |top, name, flaws| {
                top.one(name, "name", flaws, provider)
            })
            .unwrap_or_default(),
        topics: unique(
            top.words(FieldRole::Topics, by, Splits::Words, flaws)
                .into_iter()
                .map(untagged)
                .collect(),
        ),
        weight: top.first(FieldRole::Weight, by, flaws, Fields::integer),
        slug: top.first(FieldRole::Slug, by, flaws, Fields::text),
        aliases: top.words(FieldRole::Aliases, by, Splits::Never, flaws),
        levels: unique(top.texts(&top.name_of(FieldRole::Levels, by), flaws)),
        related: all_related(&mut top, by, flaws),
        items: top.texts(&top.name_of(FieldRole::Items, by), flaws),
        price: top.first(FieldRole::Price, by, flaws, Fields::text),
        ratings: top.one(
            &top.name_of(FieldRole::Ratings, by),
            "average",
            flaws,
            |inner, flaws| Ratings {
                count: inner.integer("count", flaws),
                average: inner.number("average", flaws),
            },
        ),
        actions: top.each(&top.name_of(FieldRole::Actions, by), "url", flaws, action),
        members: top.first(FieldRole::Members, by, flaws, Fields::integer),
        twitter: top.one(
            &top.name_of(FieldRole::Twitter, by),
            "username",
            flaws,
            person,
        ),
        linkedin: top.one(&top.name_of(FieldRole::LinkedIn, by), "url", flaws, person),
        affiliation: top.one(
            &top.name_of(FieldRole::Affiliation, by),
            "name",
            flaws,
            provider,
        ),
        location: top.first(FieldRole::Location, by, flaws, Fields::prose),
        featured: top
            .first(FieldRole::Featured, by, flaws, Fields::text)
            .map(|html| body::links_in_html(&html))
            .unwrap_or_default(),
        secured: top
            .first(FieldRole::Secured, by, flaws, Fields::text)
            .map(|text| Secured { bytes: text.len() }),
        ..Article::default()
    };
    for name in top.names_of(FieldRole::Image, by) {
        if top.fits(&name, flaws, "where the picture is", is_address) {
            article.images.extend(images(&mut top, &name, flaws));
        }
    }
    if conventions.categories == Categories::AsTopics && article.topics.is_empty() {
        article.topics.clone_from(&article.categories);
    }
    let hint = "write it as an ISO 8601 duration, such as PT42M";
    let length = top.name_of(FieldRole::Length, by);
    article.length = top.parsed(&length, flaws, hint, duration::parse);
    article.more = top.rest();
    article
}

/// The plain fields that lists keep.
fn listed(top: &mut Fields, by: &Conventions, flaws: &mut Vec<Flaw>) -> ListedFields {
    let mut listed = ListedFields::default();
    for name in ListedName::ALL {
        let role = FieldRole::Listed(ListedField::Name(name));
        listed[name] = match NameForm::of(name) {
            NameForm::Text => top.first(role, by, flaws, Fields::text),
            NameForm::Prose => top.first(role, by, flaws, Fields::prose),
            NameForm::FirstWord => {
                let words = top.words(role, by, Splits::Never, flaws);
                words.into_iter().next()
            }
        };
    }
    for number in ListedNumber::ALL {
        let role = FieldRole::Listed(ListedField::Number(number));
        listed[number] = top.first(role, by, flaws, Fields::integer);
    }
    for flag in ListedFlag::ALL {
        let role = FieldRole::Listed(ListedField::Flag(flag));
        listed[flag] = top.first(role, by, flaws, Fields::flag);
    }
    listed
}

/// A topic without the `#` of a tag.
pub fn untagged(topic: String) -> String {
    match topic.strip_prefix('#') {
        Some(rest) if !rest.trim().is_empty() => rest.to_owned(),
        _ => topic,
    }
}

/// Names without the brackets of a link to a note, without duplicates.
pub fn authors(names: Vec<String>) -> Vec<String> {
    let unlinked = |name: String| match name.strip_prefix("[[").and_then(|it| it.strip_suffix("]]"))
    {
        Some(link) => link.rsplit('|').next().unwrap_or(link).trim().to_owned(),
        None => name,
    };
    unique(names.into_iter().map(unlinked).collect())
}

fn action(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> ArticleAction {
    ArticleAction {
        title: fields.prose("title", flaws),
        kind: fields.text("type", flaws),
        url: fields.text("url", flaws).unwrap_or_default(),
        attribution: fields.prose("attribution", flaws),
    }
}

fn urls(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Urls {
    Urls {
        original: fields.text("originalUrl", flaws),
        web: fields.text("webUrl", flaws),
        amp: fields.text("ampWebUrl", flaws),
        cdn_amp: fields.text("cdnAmpWebUrl", flaws),
        website: fields.text("website", flaws),
    }
}

fn provider(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Provider {
    Provider {
        name: fields.prose("name", flaws).unwrap_or_default(),
        domain: fields.text("domain", flaws).unwrap_or_default(),
        images: images(fields, "images", flaws),
        authors: fields
            .each("authors", "name", flaws, |author, flaws| {
                author.prose("name", flaws)
            })
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn images(fields: &mut Fields, name: &str, flaws: &mut Vec<Flaw>) -> Vec<Image> {
    const URLS: [&str; 4] = ["url", "src", "path", "image"];
    let read = fields.each(name, "url", flaws, |inner, flaws| Image {
        url: URLS
            .iter()
            .find_map(|name| inner.text(name, flaws))
            .unwrap_or_default(),
        width: inner.integer("width", flaws),
        height: inner.integer("height", flaws),
        title: inner.prose("title", flaws),
        attribution: inner.prose("attribution", flaws),
        is_cached: inner.flag("isCached", flaws),
    });
    read.into_iter()
        .filter(|image| *image != Image::default())
        .collect()
}

/// Whether a text can be the URL of a picture, or the path of its file.
pub fn is_address(text: &str) -> bool {
    text.trim().is_empty()
        || text.contains('/')
        || node::number(text).is_none() && text.contains('.')
}

fn all_related(top: &mut Fields, by: &Conventions, flaws: &mut Vec<Flaw>) -> Vec<Related> {
    let name = top.name_of(FieldRole::Related, by);
    match top.fits(&name, flaws, "a list of articles", |text| {
        text.trim().is_empty()
    }) {
        true => top.each(&name, "title", flaws, related),
        false => Vec::new(),
    }
}

fn related(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Related {
    Related {
        title: fields.prose("title", flaws).unwrap_or_default(),
        excerpt: fields.prose("excerpt", flaws).unwrap_or_default(),
        published_at: fields.moment("publishedDateTime", flaws),
        urls: urls(fields, flaws),
        kind: fields.text("type", flaws),
        quality: fields.integer("quality", flaws),
        provider: fields
            .one("provider", "name", flaws, provider)
            .unwrap_or_default(),
        images: images(fields, "images", flaws),
    }
}

fn person(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Person {
    Person {
        username: fields.text("username", flaws),
        url: fields.text("url", flaws),
        followers: fields.integer("followers", flaws),
    }
}

/// Up to this many texts are compared with one another faster than they are hashed.
const FEW: usize = 16;

/// Removes duplicates, keeping the order of first appearance.
pub fn unique(mut texts: Vec<String>) -> Vec<String> {
    if texts.len() <= FEW {
        let mut at = 1;
        while at < texts.len() {
            if texts[..at].contains(&texts[at]) {
                texts.remove(at);
            } else {
                at += 1;
            }
        }
        return texts;
    }
    let mut seen = HashSet::with_capacity(texts.len());
    texts
        .into_iter()
        .filter(|text| seen.insert(text.clone()))
        .collect()
}
