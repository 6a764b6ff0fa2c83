//! Typographic characters in ASCII, for a terminal whose locale is not UTF-8: quotation marks, dashes
//! and the like, in what the program says and in the articles' texts. Letters stay as they are, since
//! nothing stands for them.

use ratatui::buffer::Buffer;

/// Replaces the characters in a picture, each by one as wide.
pub fn spell(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some(plain) = ascii(cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

fn ascii(symbol: &str) -> Option<&'static str> {
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
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn quotation_marks_and_dashes_become_ascii_and_letters_stay() {
        let text = "“Über” – it’s 3 × 4… →";
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 1));
        buffer.set_string(0, 0, text, ratatui::style::Style::default());
        spell(&mut buffer);
        let shown: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(shown.trim_end(), "\"Über\" - it's 3 x 4. >");
    }
}
