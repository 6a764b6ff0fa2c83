//! An article as JSON. First come the fields with a meaning to us, under the names of our own front
//! matter, whatever the file calls them; then other fields that our format knows, as they are in
//! the file; then all remaining fields of the file, under `meta`; then the marks, under `marks`. So
//! the file's tags never mix with the person's.

use serde_json::{Map, Value, json};

use crate::desk::edit;
use crate::format::date::rfc3339;
use crate::format::{is_group, listed_fields};
use crate::library::{ArticleRef, ReadError, read_fields};
use crate::model::{Article, Image, ListedField, ListedFields, ListedFlag, Mark};

/// An article's fields in the order they are printed. What a file does not say is absent.
pub type ArticleFields = Map<String, Value>;

/// Fields known from the list, in order. `provider.name` is the `name` in `provider`.
pub const LISTED: [&str; 18] = [
    "id",
    "path",
    "title",
    "excerpt",
    "category",
    "type",
    "publishedDateTime",
    "updatedDateTime",
    "originalUrl",
    "quality",
    "heat",
    "published",
    "removed",
    "deleted",
    "provider.name",
    "provider.domain",
    "topics",
    "words",
];

/// Further roles that a field of the file can have, whatever its name; see [`roles`].
const ROLES: [&str; 5] = ["categories", "authors", "weight", "slug", "aliases"];

/// Further fields of our format, which only the file tells.
const IN_FILE: [&str; 21] = [
    "bio",
    "webUrl",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "website",
    "levels",
    "images",
    "related",
    "items",
    "length",
    "price",
    "ratings",
    "actions",
    "members",
    "twitter",
    "linkedin",
    "affiliation",
    "location",
    "featuredContent",
    "secured",
    "hasBody",
];

/// Key of the file's other fields.
pub const META: &str = "meta";
/// Key of the marks.
pub const MARKS: &str = "marks";

/// The names of all fields that an entry can have, those of the list first.
pub fn names() -> impl Iterator<Item = &'static str> {
    let further = further().map(|(name, _)| name);
    let known = LISTED.into_iter().chain(ROLES).chain(further);
    known.chain(IN_FILE).chain([META, MARKS])
}

/// Plain fields that lists keep but the list does not print.
fn further() -> impl Iterator<Item = (&'static str, ListedField)> {
    listed_fields().filter(|(name, _)| !LISTED.contains(name))
}

/// Returns the fields known from the list.
pub fn listed(article: ArticleRef<'_>) -> ArticleFields {
    let text = |text: &str| Some(text.to_owned()).filter(|it| !it.is_empty());
    let provider = said([
        ("name", json!(text(article.provider()))),
        ("domain", json!(text(article.domain()))),
    ]);
    let topics: Vec<&str> = article.topics().collect();
    said([
        ("id", json!(article.key().to_string())),
        ("path", json!(article.path().to_string_lossy())),
        ("title", json!(article.title())),
        ("excerpt", json!(text(&article.excerpt()))),
        ("category", json!(text(article.category()))),
        ("type", json!(text(article.kind()))),
        (
            "publishedDateTime",
            json!(article.published_at().map(rfc3339)),
        ),
        ("updatedDateTime", json!(article.updated_at().map(rfc3339))),
        ("originalUrl", json!(text(&article.original()))),
        ("quality", json!(article.quality())),
        ("heat", json!(article.heat())),
        ("published", json!(article.flag(ListedFlag::Published))),
        ("removed", json!(article.flag(ListedFlag::Removed))),
        ("deleted", json!(article.flag(ListedFlag::Deleted))),
        (
            "provider",
            json!(Some(provider).filter(|it| !it.is_empty())),
        ),
        ("topics", json!(Some(topics).filter(|it| !it.is_empty()))),
        (
            "words",
            json!(Some(article.words_about()).filter(|words| *words > 0)),
        ),
    ])
}

/// Reads the file and returns everything it says.
///
/// # Errors
/// If the file can no longer be read.
pub fn whole(article: ArticleRef<'_>) -> Result<ArticleFields, ReadError> {
    let (shown, file) = read_fields(article)?;
    let shown = &shown.article;
    let mut entry = listed(article);
    renew(&mut entry, &shown.listed);
    let mut fields = file.fields;
    if let Some(Value::Object(own)) = entry.get_mut("provider")
        && let Some(Value::Object(provider)) = fields.get("provider")
    {
        for (name, value) in provider.iter().filter(|(_, value)| !value.is_null()) {
            own.entry(name).or_insert_with(|| value.clone());
        }
    }
    entry.extend(roles(article, shown));
    if !fields.contains_key("images") {
        fields.insert("images".to_owned(), images(&shown.images));
    }
    fields.insert("hasBody".to_owned(), json!(file.has_body));
    for name in IN_FILE {
        if let Some(value) = fields.shift_remove(name).filter(|value| !value.is_null()) {
            entry.insert(name.to_owned(), value);
        }
    }
    // Fields without a role.
    let is_left = |name: &String| shown.more.iter().any(|(other, _)| other == name);
    fields.retain(|name, value| {
        if let Value::Object(inner) = value
            && is_group(name)
        {
            inner.retain(|name, _| is_left(name));
            return !inner.is_empty();
        }
        is_left(name)
    });
    entry.insert(META.to_owned(), Value::Object(fields));
    Ok(entry)
}

/// Takes from the file what may have been written into it since the article was loaded.
fn renew(entry: &mut ArticleFields, listed: &ListedFields) {
    let names = listed_fields().filter(|(name, _)| LISTED.contains(name));
    for (name, field) in names {
        let value = plain(listed, field);
        if value.is_null() {
            entry.shift_remove(name);
        } else {
            entry.insert(name.to_owned(), value);
        }
    }
}

/// The value of a plain field.
fn plain(listed: &ListedFields, field: ListedField) -> Value {
    match field {
        ListedField::Name(name) => json!(listed[name]),
        ListedField::Number(number) => json!(listed[number]),
        ListedField::Flag(flag) => json!(listed[flag]),
    }
}

/// The further roles and their values.
fn roles(article: ArticleRef<'_>, shown: &Article) -> ArticleFields {
    let all = |values: &[String]| json!(Some(values).filter(|it| !it.is_empty()));
    let authors: Vec<String> = article.authors().map(str::to_owned).collect();
    let mut entry = said([
        ("categories", all(&shown.categories)),
        ("authors", all(&authors)),
        ("weight", json!(shown.weight)),
        ("slug", json!(shown.slug)),
        ("aliases", all(&shown.aliases)),
    ]);
    let further = further().map(|(name, field)| (name.to_owned(), plain(&shown.listed, field)));
    entry.extend(further.filter(|(_, value)| !value.is_null()));
    entry
}

/// Images in the form of our own format, for a file that names them otherwise; null if there are
/// none.
fn images(images: &[Image]) -> Value {
    let image = |image: &Image| {
        Value::Object(said([
            ("url", json!(image.url)),
            ("width", json!(image.width)),
            ("height", json!(image.height)),
            ("title", json!(image.title)),
            ("attribution", json!(image.attribution)),
            ("isCached", json!(image.is_cached)),
        ]))
    };
    match images {
        [] => Value::Null,
        images => images.iter().map(image).collect(),
    }
}

/// The mark, with the names that exports use.
pub fn marks(mark: &Mark) -> Value {
    let mut marks = json!({
        "read": mark.read,
        "starred": mark.starred,
        "done": mark.done,
        "later": mark.later.map(|until| until.to_string()),
        "rejected": mark.rejected,
        "tags": mark.tags,
        "note": mark.note,
        "staged": mark.publication,
    });
    if let (Value::Object(marks), false) = (&mut marks, mark.edits.is_empty()) {
        marks.insert("edits".to_owned(), Value::Object(edits(mark)));
    }
    marks
}

/// Changes to fields of the file that are staged but not written yet, by field.
fn edits(mark: &Mark) -> ArticleFields {
    let edits = mark.edits.iter();
    let asked = edits.map(|(field, asked)| (field.clone(), json!(edit::asked(asked))));
    asked.collect()
}

/// Leaves out values that are absent.
fn said<const N: usize>(values: [(&str, Value); N]) -> ArticleFields {
    values
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::library::{Library, ReadDepth, Source};

    #[test]
    fn what_was_written_into_the_file_since_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        let text = "---\ntitle: One\nexcerpt: x\npublished: false\nheat: 3\n---\nText.\n";
        std::fs::write(&path, text).expect("a file");
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
        let library =
            Library::load_until(&source, ReadDepth::List, &AtomicBool::new(false), &|_| {});
        let id = library.ids().next().expect("an article");
        let after = text.replace("published: false\nheat: 3", "published: true\nquality: 70");
        std::fs::write(&path, after).expect("a file");
        let entry = whole(library.article(id)).expect("a file");
        assert_eq!(entry["published"], true);
        assert_eq!(entry["quality"], 70);
        assert!(!entry.contains_key("heat"), "{entry:?}");
    }
}
