//! Typographic characters in ASCII, for a terminal whose locale is not UTF-8: quotation marks, dashes
//! and the like, in what the program says and in the articles' texts. Letters stay as they are, since
//! nothing stands for them.

/// What stands for a character, as wide as it; `None` if it stays.
pub fn ascii(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "“" | "”" | "„" | "‟" | "«" | "»" => "\"",
        "‘" | "’" | "‚" | "‛" | "‹" | "›" => "'",
        "‐" | "‑" | "‒" | "–" | "—" | "−" => "-",
        "…" => ".",
        "·" => "|",
        "•" => "*",
        "×" => "x",
        "≈" => "~",
        "←" => "<",
        "→" => ">",
        "↑" => "^",
        "↓" => "v",
        "\u{a0}" | "\u{2009}" | "\u{202f}" => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_dashes_become_ascii_and_letters_stay() {
        let text = "“Über” – it’s 3 × 4… →";
        let shown = text.chars().map(|it| {
            let it = it.to_string();
            ascii(&it).map_or(it, str::to_owned)
        });
        assert_eq!(shown.collect::<String>(), "\"Über\" - it's 3 x 4. >");
    }
}
