//! The table of the query language: one row per field, and one per word that a field takes. Parser,
//! completion, help and `docs/queries.md` use it. `eval` says what a field means for an article.

pub use crate::format::nearest::nearest;
use std::fmt;

use super::way::ValuePath;
use crate::model::{ListedName, ListedNumber};

/// A field with text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// Where bare words are looked for: title, excerpt, provider and topics.
    Anywhere,
    Title,
    Excerpt,
    Body,
    Provider,
    Domain,
    Topic,
    Category,
    Author,
    /// A name that lists keep.
    Named(ListedName),
    Path,
    Folder,
    Url,
    Tag,
    Story,
}

/// A field with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberField {
    /// A number that lists keep.
    Listed(ListedNumber),
    Length,
    Rating,
    Related,
    Words,
}

/// A field with a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateField {
    Date,
    Updated,
    Marked,
}

/// What an article can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IsFact {
    Read,
    Unread,
    Starred,
    Later,
    Done,
    Rejected,
    Inbox,
    Published,
    Unpublished,
    Scheduled,
    Expired,
    Unsaid,
    Draft,
    Staged,
    Removed,
    Changed,
    StoryLead,
}

/// What an article can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    Image,
    Video,
    Related,
    Body,
    Link,
    Tag,
    Note,
    Diagnostic,
    Secured,
}

/// What articles can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortBy {
    Date,
    Quality,
    Heat,
    Title,
    Provider,
    Length,
    Words,
    Relevance,
}

/// A named period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedPeriod {
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisYear,
    LastYear,
}

/// What comes before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryField {
    Text(TextField),
    Number(NumberField),
    Date(DateField),
    Is,
    Has,
    Meta,
    Sort,
}

/// A field: a row of the table.
#[derive(Clone, Copy, Debug)]
pub struct FieldRow {
    pub name: &'static str,
    /// Its name in JSON and front matter, which works too, if that is different.
    pub json: Option<&'static str>,
    pub field: QueryField,
    /// What it looks at, for the help.
    pub about: &'static str,
    /// A query that uses it in a sensible way.
    pub example: &'static str,
}

/// A word that a field takes: a row of that field's table.
#[derive(Clone, Copy, Debug)]
pub struct WordRow<T> {
    pub word: &'static str,
    pub value: T,
    /// What it means, for the help.
    pub about: &'static str,
}

/// All fields, in the order of the help.
#[rustfmt::skip]
pub const FIELDS: &[FieldRow] = &[
    text("title", TextField::Title, "the title", "title:lidar"),
    text("excerpt", TextField::Excerpt, "the excerpt", r#"excerpt:"machine learning""#),
    text("body", TextField::Body, "the text of the file (reads the files)", "body:calibration"),
    text("provider", TextField::Provider, "who published it", "provider:reuters").called("provider.name"),
    text("domain", TextField::Domain, "the provider's domain", "domain:nature.com").called("provider.domain"),
    text("topic", TextField::Topic, "what it is about", "topic:ai,robotics").called("topics"),
    text("kind", TextField::Named(ListedName::Kind), "the front matter's `type`", "kind:video").called("type"),
    text("category", TextField::Category, "a category", "category:research"),
    text("author", TextField::Author, "who wrote it, or the provider's authors", "author:curie").called("authors"),
    text("series", TextField::Named(ListedName::Series), "the series it belongs to", "series:basics"),
    text("feed", TextField::Named(ListedName::Feed), "the feed that it came from", r#"feed:="A feed""#),
    text("lang", TextField::Named(ListedName::Language), "the language", "lang:=de"),
    text("path", TextField::Path, "the file, relative to its root", r#"path:"_news/""#),
    text("folder", TextField::Folder, "its folder below the root", "folder:=posts"),
    text("url", TextField::Url, "the URL of the original", "url:arxiv").called("originalUrl"),
    text("tag", TextField::Tag, "your tags", "tag:=follow").called("marks.tags"),
    text("story", TextField::Story, "the story of an article, by the `id` of any article in it", "story:6ab57f8279f280cf"),
    number("quality", NumberField::Listed(ListedNumber::Quality), "the quality", "quality>50"),
    number("heat", NumberField::Listed(ListedNumber::Heat), "the heat; -1: another article leads its story", "heat:=-1"),
    number("length", NumberField::Length, "the length of a video or course, in seconds", "length<600"),
    number("rating", NumberField::Rating, "the average of the ratings", "rating>=4.5").called("ratings.average"),
    number("related", NumberField::Related, "the number of related entries in the file", "related:3.."),
    number("words", NumberField::Words, "about how many words its text has, judging by the size", "words>1000"),
    date("date", DateField::Date, "when it was published", "date:7d").called("publishedDateTime"),
    date("updated", DateField::Updated, "when it was updated", "updated:today").called("updatedDateTime"),
    date("marked", DateField::Marked, "when you last marked it", r#"marked:"last week""#),
    FieldRow { name: "is", json: None, field: QueryField::Is, about: "what it is", example: "is:unread" },
    FieldRow { name: "has", json: None, field: QueryField::Has, about: "what it has", example: "has:image" },
    FieldRow { name: "meta", json: None, field: QueryField::Meta, about: "any other field of the front matter, with dots for nested ones (reads the files)", example: "meta.layout:post" },
    FieldRow { name: "sort", json: None, field: QueryField::Sort, about: "the order of the results", example: "sort:-quality,date" },
];

/// The words that `is:` takes.
#[rustfmt::skip]
pub const FACTS: &[WordRow<IsFact>] = &[
    word("read", IsFact::Read, "marked as read"),
    word("unread", IsFact::Unread, "not marked as read"),
    word("starred", IsFact::Starred, "starred"),
    word("later", IsFact::Later, "put off until later"),
    word("done", IsFact::Done, "done"),
    word("rejected", IsFact::Rejected, "rejected"),
    word("inbox", IsFact::Inbox, "neither done, rejected nor put off"),
    word("published", IsFact::Published, "its site shows it"),
    word("unpublished", IsFact::Unpublished, "its site does not show it"),
    word("scheduled", IsFact::Scheduled, "its site will show it, from its date on"),
    word("expired", IsFact::Expired, "its site showed it until its expiry date"),
    word("unsaid", IsFact::Unsaid, "nothing says whether its site shows it"),
    word("draft", IsFact::Draft, "it is not shown because it is a draft"),
    word("staged", IsFact::Staged, "a change to its publication is staged"),
    word("removed", IsFact::Removed, "its file says `removed` or `deleted`"),
    word("changed", IsFact::Changed, "its file changed since you marked it"),
    word("story-lead", IsFact::StoryLead, "it leads its story, or no other article tells it"),
];

/// The words that `has:` takes.
#[rustfmt::skip]
pub const THINGS: &[WordRow<Thing>] = &[
    word("image", Thing::Image, "an image"),
    word("video", Thing::Video, "it is a video, or has one embedded"),
    word("related", Thing::Related, "related entries"),
    word("body", Thing::Body, "text after the front matter"),
    word("link", Thing::Link, "an original to open"),
    word("tag", Thing::Tag, "a tag of yours"),
    word("note", Thing::Note, "a note of yours"),
    word("diagnostic", Thing::Diagnostic, "a problem in its file"),
    word("secured", Thing::Secured, "ciphertext"),
];

/// The words that `sort:` takes.
#[rustfmt::skip]
pub const SORTS: &[WordRow<SortBy>] = &[
    word("date", SortBy::Date, "oldest first; `-date` newest first"),
    word("quality", SortBy::Quality, "lowest first; `-quality` best first"),
    word("heat", SortBy::Heat, "lowest first; `-heat` hottest first"),
    word("title", SortBy::Title, "from A to Z"),
    word("provider", SortBy::Provider, "from A to Z"),
    word("length", SortBy::Length, "shortest first; `-length` longest first"),
    word("words", SortBy::Words, "about the fewest words first; `-words` longest reads first"),
    word("relevance", SortBy::Relevance, "titles with all of the words first, then titles with some; newest first"),
];

/// The named periods that a date takes.
#[rustfmt::skip]
pub const PERIODS: &[WordRow<NamedPeriod>] = &[
    word("today", NamedPeriod::Today, "since midnight"),
    word("yesterday", NamedPeriod::Yesterday, "the day before"),
    word("this week", NamedPeriod::ThisWeek, "since Monday"),
    word("last week", NamedPeriod::LastWeek, "the Monday to Sunday before this week"),
    word("this month", NamedPeriod::ThisMonth, "since the 1st"),
    word("last month", NamedPeriod::LastMonth, "the month before"),
    word("this year", NamedPeriod::ThisYear, "since 1 January"),
    word("last year", NamedPeriod::LastYear, "the year before"),
];

const fn text(
    name: &'static str,
    field: TextField,
    about: &'static str,
    example: &'static str,
) -> FieldRow {
    FieldRow {
        name,
        json: None,
        field: QueryField::Text(field),
        about,
        example,
    }
}

const fn number(
    name: &'static str,
    field: NumberField,
    about: &'static str,
    example: &'static str,
) -> FieldRow {
    FieldRow {
        name,
        json: None,
        field: QueryField::Number(field),
        about,
        example,
    }
}

const fn date(
    name: &'static str,
    field: DateField,
    about: &'static str,
    example: &'static str,
) -> FieldRow {
    FieldRow {
        name,
        json: None,
        field: QueryField::Date(field),
        about,
        example,
    }
}

impl FieldRow {
    /// Adds the name it has in JSON and front matter.
    const fn called(self, json: &'static str) -> Self {
        Self {
            json: Some(json),
            ..self
        }
    }

    fn is_called(&self, name: &str) -> bool {
        if self.field == QueryField::Meta && ValuePath::new(name).is_some() {
            return true;
        }
        let names = [Some(self.name), self.json];
        names
            .iter()
            .flatten()
            .any(|it| it.eq_ignore_ascii_case(name))
    }
}

/// The row of a field by its name, ignoring case: the query's own name or the one in JSON.
pub fn row_of(name: &str) -> Option<&'static FieldRow> {
    FIELDS.iter().find(|row| row.is_called(name))
}

const fn word<T>(word: &'static str, value: T, about: &'static str) -> WordRow<T> {
    WordRow { word, value, about }
}

impl QueryField {
    /// The field with this name: see [`row_of`].
    pub fn named(name: &str) -> Option<Self> {
        row_of(name).map(|row| row.field)
    }
}

/// As it is typed, without the colon.
impl fmt::Display for QueryField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = FIELDS.iter().find(|row| row.field == *self);
        f.write_str(row.map_or("", |row| row.name))
    }
}

/// The value of a word in a table, ignoring case.
pub fn value_of<T: Copy>(table: &[WordRow<T>], typed: &str) -> Option<T> {
    table
        .iter()
        .find(|row| row.word.eq_ignore_ascii_case(typed))
        .map(|row| row.value)
}

/// The word of a value in a table.
pub fn word_for<T: Copy + PartialEq>(table: &[WordRow<T>], value: T) -> &'static str {
    table
        .iter()
        .find(|row| row.value == value)
        .map_or("", |row| row.word)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::query::Query;

    #[test]
    fn every_row_has_its_own_name_and_says_what_it_is() {
        let names: Vec<_> = FIELDS
            .iter()
            .flat_map(|row| [Some(row.name), row.json])
            .flatten()
            .collect();
        let different: HashSet<_> = names.iter().collect();
        assert_eq!(names.len(), different.len());
        let fields: HashSet<_> = FIELDS.iter().map(|row| row.field).collect();
        assert_eq!(fields.len(), FIELDS.len());
        assert!(FIELDS.iter().all(|row| !row.about.is_empty()));
    }

    #[test]
    fn every_example_is_a_query_with_its_field() {
        for row in FIELDS {
            let query: Query = row.example.parse().expect(row.example);
            let printed = query.to_string();
            assert!(printed.starts_with(row.name), "{printed}");
            assert!(row.example.starts_with(row.name));
        }
    }

    #[test]
    fn what_json_calls_a_field_is_understood() {
        for (json, own) in [
            ("type:video", "kind:video"),
            ("publishedDateTime:2021-12", "date:2021-12"),
            ("publisheddatetime>=2021", "date:>=2021"),
            ("originalUrl:arxiv", "url:arxiv"),
            ("provider.name:=Nature", "provider:=Nature"),
            ("marks.tags:follow", "tag:follow"),
            ("x sort:-publishedDateTime", "x sort:-date"),
        ] {
            let query: Query = json.parse().expect(json);
            assert_eq!(query.to_string(), own);
        }
        // A host is not a field.
        assert!("example.com:8080".parse::<Query>().is_ok());
    }

    #[test]
    fn the_nearest_word() {
        let names = || FIELDS.iter().map(|row| row.name);
        assert_eq!(nearest(names(), "qualty"), Some("quality"));
        assert_eq!(nearest(names(), "Topics"), Some("topic"));
        assert_eq!(nearest(names(), "prov"), Some("provider"));
        assert_eq!(nearest(names(), "zzz"), None);
    }
}
