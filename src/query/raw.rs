//! Tells from its bytes whether a body can contain a text at all: a quick look before its markup is
//! parsed. It may say yes wrongly, but never no. Not a search: `text` does that.
//!
//! Parsing markup removes signs, joins what was around them, and decodes entities. So a word that a
//! reader sees is in the file either whole or in pieces, with a sign that begins something after
//! each piece. If such a sign comes after the beginning of the word, it is followed to where the
//! text continues. Anything that cannot be followed in a few steps counts as a yes.

use memchr::memchr;
use memchr::memmem::Finder;

use crate::format::fold::fold_into;

/// Markup that shows words that are not in the file, or joins what is before and after something it
/// hides: templates and shortcodes, comments, frames and players, pictures inside a word, and
/// elements that a browser does not show.
const MAKES_WORDS: [&str; 23] = [
    "{{",
    "{%",
    "{/*",
    "={",
    "{::",
    "%%",
    "emoji",
    "hidden",
    "display",
    "<annotation",
    "<audio",
    "<canvas",
    "<iframe",
    "<noembed",
    "<noscript",
    "<script",
    "<source",
    "<style",
    "<svg",
    "<template",
    "<textarea",
    "<title",
    "<video",
];

/// Entities that do not stand for letters, without `&` and `;`.
const SIGNS: [&str; 20] = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "mdash", "ndash", "hellip", "rsquo", "lsquo",
    "rdquo", "ldquo", "bull", "middot", "copy", "#39", "#x27", "#8217", "#160",
];

/// Consecutive letters and digits that a text must contain, folded.
#[derive(Clone, Debug)]
pub(super) struct LetterRun {
    finder: Finder<'static>,
}

impl LetterRun {
    /// The longest run of a folded text to look for; `None` if it has none.
    pub(super) fn longest(folded: &str) -> Option<Self> {
        let runs = folded.split(|sign: char| !sign.is_alphanumeric());
        let longest = runs.max_by_key(|run| run.len())?;
        (!longest.is_empty()).then(|| Self {
            finder: Finder::new(longest.as_bytes()).into_owned(),
        })
    }

    fn bytes(&self) -> &[u8] {
        self.finder.needle()
    }
}

/// The bytes of a body, prepared for several looks.
pub(super) struct Raw {
    folded: String,
    says_more: bool,
}

impl Raw {
    pub(super) fn new(body: &[u8]) -> Self {
        let mut folded = String::new();
        fold_into(&String::from_utf8_lossy(body), &mut folded);
        let makes_words = |word: &&str| memchr::memmem::find(folded.as_bytes(), word.as_bytes());
        Self {
            says_more: MAKES_WORDS.iter().find_map(makes_words).is_some()
                || has_letters_in_entities(&folded)
                || folded.chars().any(may_be_left_out),
            folded,
        }
    }

    /// Whether the text of the body may contain a run of letters.
    pub(super) fn may_say(&self, run: &LetterRun) -> bool {
        self.says_more
            || run.finder.find(self.folded.as_bytes()).is_some()
            || self.may_join(run.bytes())
    }

    /// Whether the text may contain a run that the file has in pieces.
    fn may_join(&self, run: &[u8]) -> bool {
        let bytes = self.folded.as_bytes();
        let signs = bytes.iter().enumerate().filter(|(_, byte)| begins(**byte));
        // A letter that is not ASCII can consist of several characters.
        let is_ascii = run.is_ascii();
        signs.into_iter().any(|(at, _)| {
            // A blank beside the ticks of code belongs to them.
            let before = match &bytes[..at] {
                [before @ .., b' '] if bytes[at] == b'`' => before,
                before => before,
            };
            if !is_ascii && before.last().is_some_and(|byte| !byte.is_ascii()) {
                return true;
            }
            let pieces = (1..run.len()).rev();
            let mut ends = pieces.filter(|length| before.ends_with(&run[..*length]));
            ends.any(|length| goes_on(bytes, at, run[length]))
        })
    }
}

/// Whether a sign after a letter may be removed, alone or with what follows.
fn begins(byte: u8) -> bool {
    matches!(
        byte,
        b'*' | b'_'
            | b'~'
            | b'`'
            | b'\\'
            | b'['
            | b']'
            | b'<'
            | b'{'
            | b'!'
            | b'^'
            | b'='
            | b'|'
            | b'%'
            | b':'
            | b'>'
    )
}

/// Whether the text may continue with a letter after the signs at `at`.
fn goes_on(bytes: &[u8], mut at: usize, letter: u8) -> bool {
    loop {
        let next = bytes.get(at + 1).copied();
        match bytes.get(at) {
            None => return false,
            Some(b'*' | b'_' | b'~' | b'\\' | b'^' | b'=' | b'|' | b'>') => at += 1,
            Some(b'`') => at += 1 + usize::from(next == Some(b' ')),
            Some(b']') => match next {
                Some(b'(') => match behind(bytes, at + 2, b')', b"\"'<(\\") {
                    Some(end) => at = end,
                    None => return true,
                },
                Some(b'[') => return true,
                _ => at += 1,
            },
            Some(b'<') => match behind(bytes, at + 1, b'>', b"\"'!?") {
                Some(end) => at = end,
                None => return true,
            },
            Some(b'!') => return next == Some(b'['),
            Some(b'[' | b'{' | b'%' | b':') => return next.is_some_and(|next| next != b' '),
            Some(byte) => return *byte == letter,
        }
    }
}

/// The place after the next `end` from `inside` on; `None` if what is open may end further on:
/// there is no `end`, or signs before it may quote one.
fn behind(bytes: &[u8], inside: usize, end: u8, doubtful: &[u8]) -> Option<usize> {
    let inner = bytes.get(inside..)?;
    let length = memchr(end, inner)?;
    let is_plain = !inner[..length].iter().any(|byte| doubtful.contains(byte));
    is_plain.then_some(inside + length + 1)
}

/// What reading HTML drops if there is much of it.
fn may_be_left_out(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{fdd0}'..='\u{fdef}')
        || u32::from(sign) & 0xfffe == 0xfffe
}

/// Whether an entity may stand for a letter.
fn has_letters_in_entities(folded: &str) -> bool {
    let mut rest = folded;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        rest = &rest[at + 1..];
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        let (name, behind) = rest.split_at(length);
        let is_sign = name.is_empty() || (behind.starts_with(';') && SIGNS.contains(&name));
        if !is_sign {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::found::plain_text;
    use super::super::text::{Anchor, Needle};
    use super::*;
    use crate::format::body::Markup;

    fn may_say(body: &str, word: &str) -> bool {
        let run = LetterRun::longest(&crate::format::fold::fold(word)).expect("letters");
        Raw::new(body.as_bytes()).may_say(&run)
    }

    #[test]
    fn what_the_bytes_rule_out_need_not_be_read() {
        for body in [
            "A **bold** word, a [link](https://a.example/x), `code`.\n\n> And more & so on; x < y.\n",
            "<p>One <b>bold</b>&nbsp;word</p>\n<p>and&mdash;more: {curly}</p>\n",
            "Un caf\u{e9} cr\u{e8}me \u{2014} \u{201c}bon\u{201d}",
            "",
        ] {
            assert!(!may_say(body, "lidar"), "{body}");
            assert!(
                !may_say(body, "\u{43b}\u{438}\u{434}\u{430}\u{440}"),
                "{body}"
            );
        }
    }

    #[test]
    fn a_word_in_pieces_is_not_ruled_out() {
        for body in [
            "LIDAR",
            "li**dar**",
            "_li_dar",
            "[li](https://a.example/)dar",
            "[li](<https://a.example/ (x)> \"a ) b\")dar",
            "[li][x]dar\n\n[x]: https://a.example/",
            "li<b class=\"x > y\">dar</b>",
            "<p>li<!-- a > b -->dar</p>",
            "<b>li</b><i>dar</i>",
            "l&#105;dar",
            "lid&aacute;r",
            "li\u{ad}dar",
            "l\u{ed}dar",
            "li\\\ndar and li\\_dar",
            "{{< figure title=\"lidar\" >}}",
            "<iframe src=\"https://lidar.example/x\"></iframe>",
            "li<img class=\"emoji\" alt=\"dar\">",
            "[[x|li]]dar",
            "<https://a.example/li>dar",
            "`` li ``dar and li`` dar ``",
        ] {
            let text = plain_text(Markup::Markdown, body);
            assert!(may_say(body, "lidar"), "{body} reads {text}");
        }
    }

    fn body() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                "li",
                "dar",
                "lidar",
                "l",
                "idar",
                "lida",
                "r",
                " ",
                "\n",
                "\n\n",
                "word",
                "LI",
                "\u{e9}",
                "\u{ad}",
                "\u{200b}",
                "\u{301}",
                "\u{ef}",
                "\u{fb01}",
                "\u{43b}\u{438}",
                "\u{434}\u{430}\u{440}",
                "\u{5b66}",
                "\u{4e60}",
                "\u{304b}",
                "\u{3099}",
            ]),
            proptest::sample::select(vec![
                "*",
                "**",
                "_",
                "~~",
                "`",
                "\\",
                "[",
                "]",
                "(",
                ")",
                "](u)",
                "](<u v> \"t\")",
                "[[",
                "]]",
                "|",
                "![",
                "<b>",
                "</b>",
                "<i class=x>",
                "<a href=\"x>y\">",
                "<br>",
                "<!-- ",
                " -->",
                "<!--x-->",
                "&",
                "&amp;",
                "&eacute;",
                "&#108;",
                "&shy;",
                "&zwj;",
                "&nbsp;",
                "&lt;",
                "{",
                "}",
                "{{ x }}",
                "{%",
                "%}",
                "{:.x}",
                ":::",
                ":",
                "!!! ",
                "> [!note] ",
                "# ",
                "- ",
                "> ",
                "$$",
                "==",
                "^",
                "<p>",
                "</p>",
                "<span>",
                "<span hidden>",
                "</span>",
                "<script>",
                "</script>",
                "<title>",
                "</title>",
                "<img alt=dar>",
                "<img class=emoji alt=li>",
                "<",
                ">",
                "\"",
                "'",
                "<wbr>",
                "\u{7}",
                "<sub>",
                "[^1]",
                "https://a.example/li_dar",
                "<https://a.example/li>",
                "` li `",
                "`` dar ``",
                "<li@dar.example>",
                "\t",
                "<script>",
                "</script>",
                "<svg>",
                "</svg>",
                "<td>",
                "|---|",
            ]),
        ];
        proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2048) })]

        #[test]
        fn what_a_reader_sees_is_never_ruled_out(body in body()) {
            for markup in [Markup::Markdown, Markup::Html] {
                let text = crate::format::fold::fold(&plain_text(markup, &body));
                for word in [
                    "lidar", "li", "dar", "idar", "lidarword", "efi", "\u{43b}\u{438}\u{434}\u{430}\u{440}",
                    "\u{5b66}\u{4e60}", "\u{304c}", "x", "li dar", "note",
                ] {
                    let needle = Needle::new(word, Anchor::Anywhere);
                    if needle.is_in(&text) {
                        prop_assert!(may_say(&body, word), "{:?} says {} in {:?}", body, word, text);
                    }
                }
            }
        }
    }
}
