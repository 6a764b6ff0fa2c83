//! What a page looks like at a given width.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::super::{html, markdown};
use super::*;

fn shown(lines: &[Line]) -> String {
    let rows = lines.iter().map(|line| {
        line.runs
            .iter()
            .map(|run| run.text.as_str())
            .collect::<String>()
    });
    rows.map(|row| row + "\n").collect()
}

fn page(markdown: &str, columns: usize) -> String {
    shown(&document(&markdown::document(markdown), columns))
}

#[test]
fn blocks_are_parted_by_one_empty_line() {
    let text = "# A heading\n\nSome words that wrap.\n\n***\n\nEnd.";
    assert_eq!(
        page(text, 12),
        "A heading\n\nSome words\nthat wrap.\n\n────────────\n\nEnd.\n"
    );
}

#[test]
fn lists_hang() {
    let text = "9. nine and more\n10. ten\n    - deep down here\n    - x\n";
    assert_eq!(
        page(text, 14),
        " 9. nine and\n    more\n10. ten\n    • deep\n      down\n      here\n    • x\n"
    );
    assert_eq!(
        page("- - a\n- [x] b", 20),
        "    • a\n[x] b\n".replacen("    •", "•   •", 1)
    );
}

#[test]
fn loose_items_are_parted() {
    assert_eq!(page("- a\n\n  b\n- c", 20), "• a\n\n  b\n\n• c\n");
}

#[test]
fn quotes_have_a_bar_on_every_line() {
    assert_eq!(
        page("> one two three\n>\n> four", 14),
        "│ one two\n│ three\n│\n│ four\n"
    );
    let quoted = document(&markdown::document("> a"), 20);
    assert_eq!(quoted[0].runs[1].role, TextRole::Quote);
}

#[test]
fn code_is_kept_and_a_sign_says_where_a_line_goes_on() {
    assert_eq!(
        page("```\n\tlet a = 1;\n\nb\n```", 14),
        "      let a \n  ↪ = 1;\n  \n  b\n"
    );
    assert_eq!(page("```\nlet a = 1;\n```", 9), "let a = \n1;\n");
}

#[test]
fn code_and_tables_may_be_wider_than_text() {
    let text = "one two three\n\n    four five six 7\n\n| a | b |\n|-|-|\n| seven | eight |";
    let layout = Layout {
        wide: 20,
        ..Layout::new(11)
    };
    assert_eq!(
        shown(&lines(&markdown::document(text), &layout).lines),
        "one two\nthree\n\n  four five six 7\n\na      b\n─────  ─────\nseven  eight\n"
    );
}

#[test]
fn what_is_left_out_is_said_below() {
    let found = Document {
        left_out: vec![LeftOut::Blocks(30_000)],
        ..markdown::document("a")
    };
    assert_eq!(
        shown(&document(&found, 80)),
        "a\n\n… the rest of this text is not shown: 30,000 blocks, limit 20,000\n"
    );
    let breaks = html::document(&"a<br>".repeat(20));
    assert_eq!(
        shown(&lines_up_to(&breaks, &Layout::new(80), 2).lines),
        "a\na\n\n… the rest of this text is not shown: more than 2 lines\n"
    );
}

#[test]
fn tables_stand_in_columns_or_else_in_lines() {
    let text = "| Name | Age |\n|---|---|\n| Ann | 7 |\n| Bartholomew | 12 |";
    assert_eq!(
        page(text, 20),
        "Name         Age\n───────────  ───\nAnn            7\nBartholomew   12\n"
    );
    assert_eq!(
        page(text, 15),
        "Name: Ann\nAge: 7\n\nName:\nBartholomew\nAge: 12\n"
    );
}

#[test]
fn cells_wrap_before_a_table_gives_up_its_columns() {
    let text = "| City | About | Score |\n|---|---|---|\n| Lissa | a port with ferries | 7 |\n\
                | Marlow | a zoo | 12.5 |";
    assert_eq!(
        page(text, 26),
        "City    About        Score\n\
         ──────  ───────────  ─────\n\
         Lissa   a port with      7\n\
         \u{20}       ferries\n\n\
         Marlow  a zoo         12.5\n"
    );
}

#[test]
fn code_has_the_roles_of_its_language() {
    let roles = |text: &str| -> Vec<(String, TextRole)> {
        let lines = document(&markdown::document(text), 40);
        let runs = lines.into_iter().flat_map(|line| line.runs);
        runs.map(|run| (run.text.to_string(), run.role)).collect()
    };
    let found = roles("```rust\nlet a = 1; // b\n```");
    for expected in [
        ("let", TextRole::Keyword),
        ("1", TextRole::Figure),
        ("// b", TextRole::Comment),
    ] {
        let is_it = |(text, role): &(String, TextRole)| (text.as_str(), *role) == expected;
        assert!(found.iter().any(is_it), "{expected:?} in {found:?}");
    }
    let plain = roles("```\nlet a\n```");
    assert_eq!(plain[1], ("let a".to_owned(), TextRole::Code));
}

#[test]
fn terms_stand_above_what_they_mean_and_notes_lead_back() {
    let text = "Thyme\n: a herb[^1]\n\n[^1]: Small.";
    let lines = document(&markdown::document(text), 40);
    assert_eq!(shown(&lines), "Thyme\n    a herb[1]\n\n[1] Small.\n");
    assert_eq!(lines[0].runs[0].role, TextRole::Strong);
    let to = lines[1].runs.last().expect("a reference").link;
    assert_eq!((to, lines[3].runs[0].link), (Some(0), Some(0)));
}

#[test]
fn links_are_text_that_knows_where_it_leads() {
    let lines = document(&markdown::document("see [the long page](/p) here"), 12);
    let runs: Vec<_> = lines
        .iter()
        .flat_map(|line| &line.runs)
        .filter(|run| run.role == TextRole::Link)
        .map(|run| (run.text.as_str(), run.link))
        .collect();
    assert_eq!(runs, [("the long", Some(0)), ("page", Some(0))]);
}

#[test]
fn pictures_are_captions() {
    assert_eq!(page("![A plot](p.png)", 30), "[image: A plot]\n");
    let unnamed = html::document("<img src=p.png>");
    assert_eq!(shown(&document(&unnamed, 30)), "[image]\n");
}

#[test]
fn signs_can_be_ascii() {
    let text = markdown::document("- a\n\n> b\n\n---");
    let lines = document_with(&text, 12, &WrapSymbols::ASCII);
    assert_eq!(shown(&lines), "* a\n\n> b\n\n------------\n");
}

#[test]
fn hostile_text_comes_clean() {
    let lines = document(&html::document("<p>a&#27;[2J\u{202E}b</p>"), 30);
    assert_eq!(shown(&lines), "a␛[2J·b\n");
}

#[test]
fn plain_text_keeps_its_paragraphs() {
    let lines = text("\none\ntwo  three\r\n\r\n \n\nfour\n", 8, TextRole::Faint);
    assert_eq!(shown(&lines), "one two\nthree\n\nfour\n");
    assert!(lines[0].runs.iter().all(|run| run.role == TextRole::Faint));
    assert!(text(" \n\n", 8, TextRole::Text).is_empty());
}

/// Markdown and HTML with every kind of block, in any order.
fn body() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "word",
        " ",
        "\n",
        "\n\n",
        "- ",
        "7. ",
        "> ",
        "# ",
        "```\n",
        "| a | b |\n|-|-|\n",
        "*",
        "**",
        "`",
        "[l](u)",
        "![i](u)",
        "<td>",
        "<ul><li>",
        "</ul>",
        "<blockquote>",
        "<table><th>",
        "</table>",
        "<pre>",
        "<br>",
        "<b>",
        "長い日本語",
        "👨‍👩‍👧",
        "🏽",
        "\u{301}",
        "🇩",
        "longlonglonglong",
        "    ",
        "\t",
        "ﾞ",
        "\u{600}",
        "ᄀ",
        "ᅡ",
    ]);
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_cell_is_as_wide_as_its_runs_are_put() {
    let body = "| a | b |\n|-|-|\n🏽[l](u)\u{301}    > <td>";
    for columns in 1..40 {
        for line in document(&markdown::document(body), columns) {
            let graphemes = shown(std::slice::from_ref(&line))
                .trim_end()
                .graphemes(true)
                .count();
            assert!(
                line.width() <= columns || graphemes == 1,
                "{columns}: {line:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn no_line_is_wider_than_asked(body in body(), columns in 1usize..40) {
        for read in [markdown::document, html::document] {
            for line in document(&read(&body), columns) {
                let graphemes = shown(std::slice::from_ref(&line)).trim_end().graphemes(true).count();
                prop_assert!(line.width() <= columns || graphemes == 1, "{columns}: {line:?}");
            }
        }
    }

    #[test]
    fn the_beginning_is_that_of_the_whole(body in body(), columns in 1usize..40, most in 0usize..9) {
        for read in [markdown::document, html::document] {
            let (document, layout) = (read(&body), Layout::new(columns));
            let whole = lines(&document, &layout).lines;
            let most = most.min(whole.len());
            prop_assert_eq!(&beginning(&document, &layout, most).lines[..], &whole[..most]);
        }
    }

    #[test]
    fn the_words_of_a_body_stay_in_their_order(
        words in proptest::collection::vec(("[a-z]{1,9}", 0usize..9), 1..30),
        columns in 1usize..60,
    ) {
        const MARKDOWN: [&str; 9] =
            [" ", "\n", "  \n", "\n\n", "\n\n- ", "\n\n7. ", "\n\n> ", "\n\n## ", "\n\n***\n\n"];
        const HTML: [&str; 9] =
            [" ", "<br>", "<p>", "</p>", "<ul><li>", "</ul>", "<b> ", "<table><tr><td>", "<blockquote>"];
        for (between, read) in [(MARKDOWN, markdown::document as fn(&str) -> Document), (HTML, html::document)] {
            let body: String = words.iter().map(|(word, at)| format!("{word}{}", between[*at])).collect();
            let kept: String = shown(&document(&read(&body), columns)).matches(|c: char| c.is_ascii_lowercase()).collect();
            let written: String = words.iter().map(|(word, _)| word.as_str()).collect();
            prop_assert_eq!(kept, written);
        }
    }

    #[test]
    fn no_word_is_lost(words in proptest::collection::vec("[a-z]{1,12}|[一-九]{1,9}", 0..30),
                       columns in 1usize..40) {
        let lines = text(&words.join(" "), columns, TextRole::Text);
        let kept: String = shown(&lines).split_whitespace().collect();
        prop_assert_eq!(kept, words.concat());
    }
}
