//! Folding: the form in which texts are compared, ignoring case, accents, kinds of blanks and
//! invisible characters.

use unicode_normalization::UnicodeNormalization;

/// Folds a text.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folds a text, replacing the contents of `folded`.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        return fold_ascii(text, folded);
    }
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        fold_ascii(&rest[..ascii], folded);
        rest = &rest[ascii..];
        let other = rest
            .find(|sign: char| sign.is_ascii())
            .unwrap_or(rest.len());
        fold_other(&rest[..other], folded);
        rest = &rest[other..];
    }
}

fn fold_ascii(text: &str, folded: &mut String) {
    // Without an early exit, the loops look at many bytes at once.
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let is_wide = pairs.fold(false, |found, (one, next)| {
        found | ((*one == b' ') & (*next == b' '))
    });
    let has_controls = bytes.iter().fold(false, |found, byte| {
        found | ((*byte >= b'\t') & (*byte <= b'\r'))
    });
    let is_uneven = is_wide || has_controls || (text.starts_with(' ') && folded.ends_with(' '));
    if !is_uneven {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    for byte in text.bytes() {
        match byte {
            b' ' | b'\t'..=b'\r' => push_blank(folded),
            _ => folded.push(char::from(byte.to_ascii_lowercase())),
        }
    }
}

fn fold_other(text: &str, folded: &mut String) {
    // Decomposed, an accent or a double prime by itself would no longer be one sign.
    let whole = text.chars().map(|sign| match sign {
        '´' => '\'',
        '″' | '‶' => '"',
        sign => sign,
    });
    let plain = whole
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|sign| !is_mark(*sign) && !is_unseen(*sign))
        .nfc();
    for sign in plain {
        match sign {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            'ى' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ک' => folded.push('ك'),
            'ٱ' => folded.push('ا'),
            '‘' | '’' | '‛' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | '׳' => folded.push('\''),
            '“' | '”' | '„' | '‟' | '״' => folded.push('"'),
            '‐'..='―' | '−' | '֊' | '־' => folded.push('-'),
            sign if sign.is_whitespace() => push_blank(folded),
            sign => folded.push(sign),
        }
    }
}

fn push_blank(folded: &mut String) {
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Marks that people omit as often as they write them: accents of Latin, Greek and Cyrillic, Hebrew
/// points, Arabic vowels and hamza, Indic nuktas. Marks of other scripts make a different letter.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
        || matches!(
            sign,
            '\u{591}'
                ..='\u{5bd}'
                    | '\u{5bf}'
                    | '\u{5c1}'
                    | '\u{5c2}'
                    | '\u{5c4}'
                    | '\u{5c5}'
                    | '\u{5c7}'
        )
        || matches!(sign, '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
            | '\u{8ca}'..='\u{8e1}' | '\u{8e3}'..='\u{8ff}')
        || matches!(
            sign,
            '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{abc}' | '\u{b3c}' | '\u{c3c}' | '\u{cbc}'
        )
}

/// Characters that show nothing, and the dot shown in their place: word-break hints, joiners,
/// directions, variation selectors. The dot is also the one of Catalan `l·l`.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{b7}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// What is ignored, with an example: two texts that count as the same.
#[rustfmt::skip]
pub const FOLDS: [(&str, &str, &str); 17] = [
    ("case", "LIDAR", "lidar"),
    ("accents of Latin, Greek and Cyrillic", "Résumé", "resume"),
    ("letters with a stroke, ligatures", "Łódź, Œuvre, ﬁne", "lodz, oeuvre, fine"),
    ("ß", "Straße", "strasse"),
    ("the final sigma", "Σίσυφος", "σισυφοσ"),
    ("width", "ＡＢＣ ｶﾞ", "abc ガ"),
    ("forms of quotation marks and hyphens", "“it’s” – so", "\"it's\" - so"),
    ("letters and accents used as apostrophes, primes", "пʼять Hawaiʻi l´art 5′", "п'ять hawai'i l'art 5'"),
    ("kinds and numbers of blanks", "a\u{a0} \u{3000}b", "a b"),
    ("Hebrew points, geresh and gershayim", "שָׁלוֹם צה״ל", "שלום צה\"ל"),
    ("the Hebrew maqaf", "תל־אביב", "תל-אביב"),
    ("Arabic vowels, tatweel", "مُحَمَّد كـــتاب", "محمد كتاب"),
    ("forms of alef, hamza, yeh, kaf and teh marbuta", "أحمد مسؤول مدرسة على کی", "احمد مسوول مدرسه علي كي"),
    ("nuktas of Indic scripts", "ज़मीन", "जमीन"),
    ("hints where to break a word (U+00AD, U+200B, U+2060)", "Bundes\u{ad}verfassungs\u{200b}gericht", "bundesverfassungsgericht"),
    ("joiners, directions and other invisible characters", "می\u{200c}خواهم", "ميخواهم"),
    ("the Catalan dot", "col·lecció", "colleccio"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_blanks_do_not_count() {
        for (text, folded) in [
            ("Épée  À\u{a0}\tLA carte", "epee a la carte"),
            ("e\u{301}", "e"),
            ("STRASSE Straße", "strasse strasse"),
            ("Łódź İstanbul", "lodz istanbul"),
            ("ﬁne “it’s” – x", "fine \"it's\" - x"),
            ("한국 が ガ", "한국 が ガ"),
            ("Σίσυφος", "σισυφοσ"),
        ] {
            assert_eq!(fold(text), folded);
            assert_eq!(fold(folded), folded);
        }
    }

    #[test]
    fn what_does_not_count_does_not() {
        for (what, written, folded) in FOLDS {
            assert_eq!(fold(written), fold(folded), "{what}");
            assert_eq!(fold(&fold(written)), fold(written), "{what}");
        }
    }

    #[test]
    fn marks_that_make_another_letter_count() {
        for (a, b) in [("が", "か"), ("กา", "ก้า"), ("की", "का"), ("값", "갑")]
        {
            assert_ne!(fold(a), fold(b));
        }
    }
}
