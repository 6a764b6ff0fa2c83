//! Scripts, as far as they matter for finding words.

/// Scripts without spaces between words, in which any character may start one: Han, kana, Thai,
/// Lao, Burmese, Khmer, and other scripts of South East Asia.
#[inline]
pub fn is_unspaced(sign: char) -> bool {
    sign >= '\u{e00}' && is_in_unspaced_block(sign)
}

fn is_in_unspaced_block(sign: char) -> bool {
    matches!(sign, '\u{3005}'..='\u{3007}' | '\u{1950}'..='\u{19ff}' | '\u{1a20}'..='\u{1aaf}'
        | '\u{1b00}'..='\u{1b7f}' | '\u{a980}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}'
        | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}
