//! Names of elements and namespaces, as feeds write them and as the parser knows them.

use url::Url;

/// The namespaces that the parser understands, with the prefixes that feeds use without declaring
/// them.
const SPACES: &[(&str, &str)] = &[
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// Gives the root what the parser needs: a version, and the namespaces in use.
pub fn mend_root(name: &str, attributes: &mut Vec<(String, String)>) {
    if local(name).eq_ignore_ascii_case("rss") {
        attributes.retain(|(key, _)| key != "version" && key != "xmlns");
        attributes.push(("version".to_owned(), "2.0".to_owned()));
    }
    for (prefix, space) in SPACES {
        let key = format!("xmlns:{prefix}");
        if !attributes.iter().any(|(other, _)| *other == key) {
            attributes.push((key, (*space).to_owned()));
        }
    }
}

/// The namespace that another spelling means.
pub fn known_space(written: &str) -> Option<String> {
    let plain = |space: &str| {
        let space = space
            .trim()
            .trim_end_matches(['/', '#'])
            .to_ascii_lowercase();
        space.replacen("https://", "http://", 1)
    };
    let written = plain(written);
    if written == "http://purl.org/atom/ns" {
        return Some("http://www.w3.org/2005/Atom".to_owned());
    }
    if written.contains("netscape.com/rdf/simple") {
        return Some("http://purl.org/rss/1.0/".to_owned());
    }
    let found = SPACES.iter().find(|(_, space)| plain(space) == written);
    found.map(|(_, space)| (*space).to_owned())
}

pub fn is_bad_base(value: &str) -> bool {
    !matches!(
        Url::parse(value),
        Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase)
    )
}

/// The name of an element as the parser knows it.
pub fn tag_name(written: &str, is_old_atom: bool) -> String {
    match written {
        "RSS" => "rss",
        "RDF" => "rdf:RDF",
        "issued" | "created" if is_old_atom => "published",
        "modified" if is_old_atom => "updated",
        "tagline" if is_old_atom => "subtitle",
        written => written,
    }
    .to_owned()
}

pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

pub fn is_entry(name: &str) -> bool {
    matches!(local(name), "item" | "entry")
}

/// Elements of Atom that hold text.
pub fn is_text(name: &str) -> bool {
    let name = name.strip_prefix("atom:").unwrap_or(name);
    matches!(
        name,
        "content" | "summary" | "title" | "subtitle" | "rights"
    )
}

pub fn is_date(name: &str) -> bool {
    matches!(
        name,
        "pubDate" | "date" | "published" | "updated" | "lastBuildDate"
    )
}

pub fn is_name(name: &str) -> bool {
    name.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
        && name
            .chars()
            .all(|sign| sign.is_alphanumeric() || "_-.:".contains(sign))
}
