//! The built-in views: named queries. A person's own are in the configuration.

/// Names and queries, in the order of their numbers.
pub const BUILT_IN: [(&str, &str); 6] = [
    ("Inbox", "is:inbox"),
    ("Today", "date:today -is:rejected"),
    ("Unpublished", "-is:published -is:rejected sort:-quality"),
    ("Starred", "is:starred -is:rejected"),
    ("Later", "is:later"),
    ("All", ""),
];

/// The query of a view, by name, ignoring case; the person's own views come first.
pub fn query_of<'a>(name: &str, own: &'a [(String, String)]) -> Option<&'a str> {
    let own = own
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    own.chain(BUILT_IN)
        .find(|(it, _)| it.to_lowercase() == name.to_lowercase())
        .map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn what_is_built_in_is_understood() {
        for (name, text) in BUILT_IN {
            assert!(parse(text).is_ok(), "{name}");
            assert_eq!(query_of(&name.to_uppercase(), &[]), Some(text));
        }
    }

    #[test]
    fn ones_own_view_takes_the_place_of_a_built_in_one() {
        let own = [("inbox".to_owned(), "is:unread".to_owned())];
        assert_eq!(query_of("Inbox", &own), Some("is:unread"));
        assert_eq!(query_of("Nothing", &own), None);
    }
}
