//! Words with a meaning of their own in headlines. English only, like most shared news; titles in
//! other languages merely do without.

use std::collections::HashMap;
use std::sync::LazyLock;

use xxhash_rust::xxh3::Xxh3DefaultBuilder;

/// What a word means in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It is ignored.
    Nothing,
    /// It distinguishes the items of a series, and is compared as this.
    Mark(&'static str),
    /// It is a synonym of this.
    Same(&'static str),
}

/// All words of the lists below in one table, since every word of a library is looked up.
static MEANINGS: LazyLock<HashMap<&'static str, Meaning, Xxh3DefaultBuilder>> =
    LazyLock::new(|| {
        let synonyms = SYNONYMS
            .iter()
            .filter_map(|words| Some((words.first()?, words)));
        let same = synonyms
            .flat_map(|(first, words)| words.iter().map(|word| (*word, Meaning::Same(first))));
        let nothing = STOP_WORDS.iter().map(|word| (*word, Meaning::Nothing));
        let marks = MARKS
            .iter()
            .map(|(word, mark)| (*word, Meaning::Mark(mark)));
        // If a word is in several lists, the last one counts.
        same.chain(nothing).chain(marks).collect()
    });

/// What a word means; `None` for an ordinary word.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    MEANINGS.get(word).copied()
}

/// Words that say nothing about the subject.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "but",
    "by", "can", "could", "das", "de", "del", "der", "des", "die", "does", "dollar", "dollars",
    "du", "el", "for", "from", "had", "has", "have", "he", "her", "his", "how", "if", "in", "into",
    "is", "it", "its", "la", "le", "les", "los", "may", "more", "new", "news", "no", "not", "now",
    "of", "off", "on", "or", "our", "out", "over", "says", "said", "say", "she", "so", "than",
    "that", "the", "their", "them", "these", "they", "this", "to", "und", "up", "us", "usd", "via",
    "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would",
    "you", "your",
];

/// Labels that stand before a title and are not part of it.
pub(super) const LABELS: &[&str] = &[
    "alert",
    "analysis",
    "breaking",
    "correction",
    "corrected",
    "exclusive",
    "factbox",
    "live",
    "opinion",
    "photos",
    "report",
    "update",
    "updated",
    "video",
    "watch",
];

/// Words that distinguish the items of a series, and how they are compared.
const MARKS: &[(&str, &str)] = &[
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("first", "1"),
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("seventh", "7"),
    ("eighth", "8"),
    ("ninth", "9"),
    ("tenth", "10"),
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("ix", "9"),
    ("xi", "11"),
    ("xii", "12"),
    ("jan", "jan"),
    ("january", "jan"),
    ("feb", "feb"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("june", "jun"),
    ("july", "jul"),
    ("aug", "aug"),
    ("august", "aug"),
    ("sept", "sep"),
    ("september", "sep"),
    ("oct", "oct"),
    ("october", "oct"),
    ("nov", "nov"),
    ("november", "nov"),
    ("dec", "dec"),
    ("december", "dec"),
    ("monday", "mon"),
    ("tuesday", "tue"),
    ("wednesday", "wed"),
    ("thursday", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
    ("spring", "spring"),
    ("summer", "summer"),
    ("autumn", "autumn"),
    ("winter", "winter"),
    ("weekend", "weekend"),
    ("morning", "morning"),
    ("evening", "evening"),
];

/// Words that newsrooms use for the same thing; the first stands for all.
const SYNONYMS: &[&[&str]] = &[
    &[
        "acquire",
        "acquires",
        "acquired",
        "acquiring",
        "acquisition",
        "buy",
        "buys",
        "buying",
        "bought",
        "purchase",
        "purchases",
        "takeover",
    ],
    &[
        "launch",
        "launches",
        "launched",
        "launching",
        "unveil",
        "unveils",
        "unveiled",
        "reveal",
        "reveals",
        "revealed",
        "announce",
        "announces",
        "announced",
        "announcing",
        "introduce",
        "introduces",
        "introduced",
        "introducing",
        "debut",
        "debuts",
        "release",
        "releases",
        "released",
        "present",
        "presents",
    ],
    &[
        "raise", "raises", "raised", "raising", "secure", "secures", "secured", "lands", "bags",
    ],
    &[
        "rise", "rises", "rose", "rising", "climb", "climbs", "climbed", "jump", "jumps", "jumped",
        "surge", "surges", "surged", "soar", "soars", "soared",
    ],
    &[
        "fall", "falls", "fell", "falling", "drop", "drops", "dropped", "slip", "slips", "slipped",
        "slump", "slumps", "plunge", "plunges", "plunged", "decline", "declines",
    ],
    &["die", "dies", "died", "dead", "death"],
    &[
        "cut", "cuts", "cutting", "slash", "slashes", "slashed", "axe", "axes",
    ],
    &[
        "approve", "approves", "approved", "clear", "clears", "cleared",
    ],
    &["sue", "sues", "sued", "lawsuit"],
    &["ban", "bans", "banned", "prohibit", "prohibits"],
    &["win", "wins", "won", "winning"],
    &["company", "firm", "companies", "firms"],
    &["uk", "britain", "british"],
    &["eu", "european"],
    &["ai", "artificial"],
    &["ceo", "chief"],
    &["government", "govt"],
    &["study", "research", "researchers", "scientists", "studies"],
];
