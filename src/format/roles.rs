//! The table of front matter: one row per role, with the names of its fields. The line scanner, the
//! full reader and `docs/formats.md` use it. The readers decide how to read a value.

use std::sync::LazyLock;

use crate::model::{ListedField, ListedFlag, ListedName, ListedNumber};

/// What a field means to us, whatever its name in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldRole {
    /// A plain field that lists keep.
    Listed(ListedField),
    Title,
    Date,
    Updated,
    Excerpt,
    Bio,
    Topics,
    Categories,
    Authors,
    Original,
    Web,
    Website,
    Amp,
    CdnAmp,
    Provider,
    Image,
    Weight,
    Slug,
    Aliases,
    Levels,
    Related,
    Items,
    Length,
    Price,
    Ratings,
    Actions,
    Members,
    Twitter,
    LinkedIn,
    Affiliation,
    Location,
    Featured,
    Secured,
}

/// The values with which a name counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameCondition {
    Always,
    /// Text that is an absolute http(s) URL.
    Page,
    /// Anything but an absolute http(s) URL.
    NoPage,
    /// A boolean, or anything that is not a date.
    Flag,
    /// A date.
    Date,
    /// A path with a date in it.
    DatedPath,
    /// Anything but a boolean.
    NoFlag,
}

/// How several names of a role combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combination {
    /// The first one present and readable counts; the others stay under their own names.
    First,
    /// All of them, joined.
    All,
}

/// How the value of a listed name is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// As spelled.
    Text,
    /// With HTML entities decoded.
    Prose,
    /// Like prose; from a list, the first entry.
    FirstWord,
}

impl NameForm {
    pub fn of(name: ListedName) -> Self {
        match name {
            ListedName::Kind | ListedName::Language => Self::Text,
            ListedName::Feed => Self::Prose,
            ListedName::Series => Self::FirstWord,
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct RoleRow {
    pub role: FieldRole,
    pub takes: Combination,
    /// In order of precedence.
    pub names: &'static [(&'static str, NameCondition)],
    /// What it is, for the documentation.
    pub about: &'static str,
}

use NameCondition::{Always, Date, DatedPath, Flag, NoFlag, NoPage, Page};

/// Every role, in the order of the documentation.
#[rustfmt::skip]
pub const ROLES: &[RoleRow] = &[
    first(FieldRole::Title, "the title; or else the heading at the start of the text, or else the name of the file, or of the folder of an `index` file, without a date at its start",
        &[("title", Always), ("name", Always), ("headline", Always), ("linkTitle", Always)]),
    first(FieldRole::Date, "when it was published; or else the date at the start of the name of the file or its folder",
        &[("publishedDateTime", Always), ("date", Always), ("pubDate", Always), ("pubDatetime", Always), ("publishDate", Always),
          ("published_at", Always), ("published", Date), ("created", Always), ("created_at", Always), ("posted", Always), ("path", DatedPath)]),
    first(FieldRole::Updated, "when it was updated",
        &[("updatedDateTime", Always), ("lastmod", Always), ("updated", Always), ("modified", Always), ("modDatetime", Always),
          ("last_modified_at", Always), ("date-modified", Always), ("updatedDate", Always)]),
    first(FieldRole::Excerpt, "the excerpt; or else the text before `<!--more-->`",
        &[("excerpt", Always), ("description", Always), ("summary", Always), ("subtitle", Always), ("abstract", Always), ("dek", Always)]),
    all(FieldRole::Topics, "what it is about: a list, objects with a `label` or `name`, or text separated by commas or semicolons",
        &[("topics", Always), ("topic", Always), ("tags", Always), ("tag", Always), ("keywords", Always)]),
    all(FieldRole::Categories, "its categories; also its topics if the generator has no others",
        &[("category", Always), ("categories", Always)]),
    all(FieldRole::Authors, "who wrote it: text, a list, objects with a `name`, `[[links]]`",
        &[("author", Always), ("authors", Always), ("by", Always), ("creator", Always)]),
    first(FieldRole::Original, "the page that it points to; comes before `webUrl` and `website`",
        &[("originalUrl", Always), ("external_url", Page), ("link", Page), ("linkurl", Page), ("canonicalUrl", Page), ("source", Page), ("url", Page)]),
    first(FieldRole::Web, "the page that it points to", &[("webUrl", Always)]),
    first(FieldRole::Website, "the page that it points to", &[("website", Always)]),
    first(FieldRole::Provider, "who published it; or else the domain of the original",
        &[("provider", Always), ("external_site", NoPage), ("publication", NoPage), ("site", NoPage), ("source", NoPage)]),
    all(FieldRole::Image, "pictures",
        &[("images", NoFlag), ("image", NoFlag), ("cover", NoFlag), ("heroImage", NoFlag), ("ogImage", NoFlag), ("thumbnail", NoFlag),
          ("preview", NoFlag), ("featured_image", NoFlag), ("banner", NoFlag)]),
    listed(ListedField::Name(ListedName::Series), "the series it belongs to", &[("series", Always)]),
    listed(ListedField::Name(ListedName::Language), "the language", &[("lang", Always), ("language", Always), ("locale", Always)]),
    first(FieldRole::Weight, "its position among its neighbours", &[("weight", Always)]),
    first(FieldRole::Slug, "the name of its page", &[("slug", Always)]),
    all(FieldRole::Aliases, "other addresses of its page", &[("aliases", Always)]),
    listed(ListedField::Name(ListedName::Feed), "the feed that it came from", &[("feed", NoFlag)]),
    listed(ListedField::Name(ListedName::Kind), "article, video, course, or any other word", &[("type", Always)]),
    listed(ListedField::Flag(ListedFlag::Published), "whether it is published", &[("published", Flag)]),
    listed(ListedField::Number(ListedNumber::Quality), "a whole number", &[("quality", Always)]),
    listed(ListedField::Number(ListedNumber::Heat), "a whole number; -1: another article leads its story", &[("heat", Always)]),
    own(FieldRole::Bio, "a person's excerpt", &[("bio", Always)]),
    listed(ListedField::Flag(ListedFlag::Removed), "whether it was removed", &[("removed", Always)]),
    listed(ListedField::Flag(ListedFlag::Deleted), "whether it was deleted", &[("deleted", Always)]),
    own(FieldRole::Amp, "another address of the page", &[("ampWebUrl", Always)]),
    own(FieldRole::CdnAmp, "another address of the page", &[("cdnAmpWebUrl", Always)]),
    own(FieldRole::Levels, "who it is for", &[("levels", Always)]),
    own(FieldRole::Related, "related entries", &[("related", Always)]),
    own(FieldRole::Items, "the articles of a collection", &[("items", Always)]),
    own(FieldRole::Length, "an ISO 8601 duration", &[("length", Always)]),
    own(FieldRole::Price, "what it costs", &[("price", Always)]),
    own(FieldRole::Ratings, "`count` and `average`", &[("ratings", Always)]),
    own(FieldRole::Actions, "what can be done with it", &[("actions", Always)]),
    own(FieldRole::Members, "the number of its members", &[("members", Always)]),
    own(FieldRole::Twitter, "an account", &[("twitter", Always)]),
    own(FieldRole::LinkedIn, "an account", &[("linkedin", Always)]),
    own(FieldRole::Affiliation, "a person's employer", &[("affiliation", Always)]),
    own(FieldRole::Location, "where it is", &[("location", Always)]),
    own(FieldRole::Featured, "HTML; only its links are kept", &[("featuredContent", Always)]),
    own(FieldRole::Secured, "ciphertext; only its size is kept", &[("secured", Always)]),
];

const fn first(
    role: FieldRole,
    about: &'static str,
    names: &'static [(&'static str, NameCondition)],
) -> RoleRow {
    RoleRow {
        role,
        takes: Combination::First,
        names,
        about,
    }
}

const fn all(
    role: FieldRole,
    about: &'static str,
    names: &'static [(&'static str, NameCondition)],
) -> RoleRow {
    RoleRow {
        role,
        takes: Combination::All,
        names,
        about,
    }
}

/// A role of our own format, with a single name.
const fn own(
    role: FieldRole,
    about: &'static str,
    names: &'static [(&'static str, NameCondition)],
) -> RoleRow {
    first(role, about, names)
}

/// A plain field that lists keep.
const fn listed(
    field: ListedField,
    about: &'static str,
    names: &'static [(&'static str, NameCondition)],
) -> RoleRow {
    first(FieldRole::Listed(field), about, names)
}

/// The plain fields that lists keep, each under the first of its names.
pub fn listed_fields() -> impl Iterator<Item = (&'static str, ListedField)> {
    ROLES.iter().filter_map(|row| match (row.role, row.names) {
        (FieldRole::Listed(field), [(name, _), ..]) => Some((*name, field)),
        _ => None,
    })
}

/// A role that a key may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    pub role: FieldRole,
    /// The role's position in [`ROLES`].
    pub row: usize,
    /// Precedence among the names of the role: the lowest wins.
    pub rank: u8,
    pub when: NameCondition,
}

/// A name in the table with all its uses.
struct Name {
    /// In lower case, without `-` and `_`.
    folded: String,
    uses: Vec<Use>,
}

/// The names by their first letter, so that a key is compared with only a handful.
static NAMES: LazyLock<[Vec<Name>; 26]> = LazyLock::new(|| {
    let mut names: [Vec<Name>; 26] = std::array::from_fn(|_| Vec::new());
    for (at, row) in ROLES.iter().enumerate() {
        for ((name, when), rank) in row.names.iter().zip(0..) {
            let folded: String = folded(name).map(char::from).collect();
            let letter = folded.bytes().next().and_then(letter);
            let Some(bucket) = letter.and_then(|letter| names.get_mut(letter)) else {
                continue;
            };
            let is_role = Use {
                role: row.role,
                row: at,
                rank,
                when: *when,
            };
            match bucket.iter_mut().find(|name| name.folded == folded) {
                Some(name) => name.uses.push(is_role),
                None => bucket.push(Name {
                    folded,
                    uses: vec![is_role],
                }),
            }
        }
    }
    names
});

/// A name as the table spells it, with its uses.
type Spelled = (&'static str, &'static [Use]);

/// Places for names as the table spells them.
const PLACES: usize = 128;

/// The names as the table spells them, which is how nearly every key is written, by their [`place`].
static SPELLED: LazyLock<[Vec<Spelled>; PLACES]> = LazyLock::new(|| {
    let mut places = std::array::from_fn(|_| Vec::new());
    for (name, _) in ROLES.iter().flat_map(|row| row.names) {
        let names: &mut Vec<Spelled> = &mut places[place(name)];
        if names.iter().all(|(other, _)| other != name) {
            names.push((name, uses_of_folded(name)));
        }
    }
    places
});

/// Where a name is among [`SPELLED`].
fn place(name: &str) -> usize {
    let bytes = name.as_bytes();
    let sign = |at: Option<&u8>| at.map_or(0, |byte| usize::from(*byte));
    (bytes.len() + 5 * sign(bytes.first()) + 11 * sign(bytes.last())) % PLACES
}

/// The roles that a key may have; the first one whose value fits counts.
pub fn uses(key: &str) -> &'static [Use] {
    let spelled = SPELLED[place(key)].iter().find(|(name, _)| *name == key);
    spelled.map_or_else(|| uses_of_folded(key), |(_, uses)| uses)
}

/// The same for a key in any spelling.
fn uses_of_folded(key: &str) -> &'static [Use] {
    let Some(key) = FoldedKey::new(key) else {
        return &[];
    };
    let letter = key.as_bytes().first().copied().and_then(letter);
    let names = letter.and_then(|letter| NAMES.get(letter));
    let found = names.and_then(|names| {
        names
            .iter()
            .find(|name| name.folded.as_bytes() == key.as_bytes())
    });
    found.map_or(&[], |name| &name.uses)
}

/// Longest name that is compared, in bytes. No name with a meaning is longer.
const LONGEST: usize = 32;

/// A key in the form in which [`same`] compares it. It needs no memory: there is one for each field
/// of each article.
pub(super) struct FoldedKey {
    bytes: [u8; LONGEST],
    length: usize,
}

impl FoldedKey {
    /// `None` if the key is longer than any name with a meaning.
    pub(super) fn new(key: &str) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        let mut length = 0;
        for byte in key.bytes().filter(|byte| !is_joint(*byte)) {
            *bytes.get_mut(length)? = byte.to_ascii_lowercase();
            length += 1;
        }
        Some(Self { bytes, length })
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl FieldRole {
    /// Its name in the table, such as `topics`.
    pub fn name(self) -> String {
        // For a listed field, the field's name.
        let path = format!("{self:?}").to_lowercase();
        let name = path.rsplit('(').next().unwrap_or(&path);
        name.trim_end_matches(')').to_owned()
    }

    /// Its position in [`ROLES`].
    pub(super) fn row(self) -> usize {
        let at = ROLES.iter().position(|row| row.role == self);
        at.unwrap_or_default()
    }

    /// The role of a name in the table.
    pub fn named(name: &str) -> Option<Self> {
        let is_it = |row: &&RoleRow| same(&row.role.name(), name);
        ROLES.iter().find(is_it).map(|row| row.role)
    }
}

/// Whether fields with this name have a role, whatever their value.
pub fn has_role(key: &str) -> bool {
    !uses(key).is_empty()
}

/// Whether the fields inside a field count as if they were outside: Zola's `[taxonomies]`.
pub fn is_group(key: &str) -> bool {
    key.eq_ignore_ascii_case("taxonomies")
}

fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'))
}

/// What joins the words of a key.
fn is_joint(byte: u8) -> bool {
    matches!(byte, b'-' | b'_')
}

/// A key for comparison, ignoring case, `-` and `_`.
pub(super) fn folded(key: &str) -> impl Iterator<Item = u8> + '_ {
    key.bytes()
        .filter(|byte| !is_joint(*byte))
        .map(|byte| byte.to_ascii_lowercase())
}

/// Whether two keys are the same name.
pub fn same(one: &str, other: &str) -> bool {
    one == other || folded(one).eq(folded(other))
}

impl NameCondition {
    /// Whether a single value counts; `Always` says so without looking.
    pub fn holds(self, text: &str) -> bool {
        match self {
            NameCondition::Always => true,
            NameCondition::Page => is_page(text),
            NameCondition::NoPage => !is_page(text),
            NameCondition::Date => is_date(text),
            NameCondition::DatedPath => super::date::in_path(text).is_some(),
            NameCondition::Flag => !is_date(text),
            NameCondition::NoFlag => !is_truth(text),
        }
    }

    /// Whether a list or mapping counts.
    pub fn holds_for_many(self) -> bool {
        matches!(
            self,
            NameCondition::Always
                | NameCondition::NoPage
                | NameCondition::Flag
                | NameCondition::NoFlag
        )
    }
}

fn is_page(text: &str) -> bool {
    let text = text.trim_start();
    ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// A year alone is not a date here: `published: 2021` says little, and `published: 1` is a flag.
fn is_date(text: &str) -> bool {
    let text = text.trim();
    text.len() > 4
        && text.contains(|sign: char| sign.is_ascii_digit())
        && super::date::parse(text).is_some()
}

fn is_truth(text: &str) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_however_it_is_written() {
        for row in ROLES {
            assert!(!row.about.is_empty());
            assert!(!row.names.is_empty());
            for (name, when) in row.names {
                assert!(name.len() <= LONGEST, "{name}");
                for written in [*name, &name.to_uppercase(), &name.replace('_', "-")] {
                    let found = uses(written)
                        .iter()
                        .any(|found| found.role == row.role && found.when == *when);
                    assert!(found, "{written}");
                }
            }
        }
        assert!(uses("nothing").is_empty());
        assert!(uses("").is_empty());
        assert!(uses("título").is_empty());
    }

    #[test]
    fn every_listed_field_has_a_row() {
        let fields: Vec<ListedField> = listed_fields().map(|(_, field)| field).collect();
        let names = ListedName::ALL.map(ListedField::Name);
        let numbers = ListedNumber::ALL.map(ListedField::Number);
        let flags = ListedFlag::ALL.map(ListedField::Flag);
        for field in names.into_iter().chain(numbers).chain(flags) {
            assert!(fields.contains(&field), "{field:?}");
        }
    }

    #[test]
    fn a_role_has_one_row_and_a_name_one_use_for_each_value() {
        for row in ROLES {
            let same = ROLES.iter().filter(|other| other.role == row.role);
            assert_eq!(same.count(), 1, "{:?}", row.role);
            for (name, _) in row.names {
                for value in ["https://a.example", "2021-12-30", "true", "some words"] {
                    let counting = uses(name)
                        .iter()
                        .filter(|found| found.when.holds(value))
                        .count();
                    assert!(counting <= 1, "{name}: {value}");
                }
            }
        }
    }
}
