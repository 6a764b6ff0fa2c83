//! A digest in Markdown (CommonMark), in which no text of an article can become markup.

use std::io::{self, Write};

use super::digest::{Digest, Item};
use crate::format::clean::Clean;
use crate::format::link::Link;

/// Writes the digest.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", escaped(&digest.title))?;
    digest.items.iter().try_for_each(|it| item(it, out))
}

fn item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    let title = escaped(&item.title);
    match &item.link {
        Some(link) => writeln!(out, "\n## [{title}]({})", destination(link))?,
        None => writeln!(out, "\n## {title}")?,
    }
    for text in [Clean::new(&item.facts()), item.excerpt.clone()] {
        if !text.is_empty() {
            writeln!(out, "\n{}", escaped(&text))?;
        }
    }
    Ok(())
}

/// The text with everything escaped that could be markup anywhere.
fn escaped(text: &Clean) -> String {
    let text = text.as_str().trim();
    let mut escaped = String::with_capacity(text.len());
    let number = text.find(|sign: char| !sign.is_ascii_digit());
    for (at, sign) in text.char_indices() {
        let is_markup = "\\`*_[]<>&#|~$!".contains(sign);
        let begins_list = at == 0 && "-+=".contains(sign);
        let ends_number = Some(at) == number && at > 0 && ".)".contains(sign);
        if is_markup || begins_list || ends_number {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

/// A link's destination in angle brackets, so that only these and backslashes need escaping.
fn destination(link: &Link) -> String {
    let url = link.as_str();
    let url = url
        .replace('\\', "%5C")
        .replace('<', "%3C")
        .replace('>', "%3E");
    // Entities are decoded here too.
    format!("<{}>", url.replace('&', "&amp;"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_read_back_as_itself(text in "[-+=#>*_`~0-9.)(\\[\\]<>&;:!|$a-z \\\\]{0,16}") {
            let clean = Clean::new(&text);
            let written = escaped(&clean);
            let mut read = String::new();
            for event in Parser::new_ext(&written, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
                match event {
                    Event::Text(part) => read.push_str(&part),
                    Event::Start(Tag::Paragraph) | Event::End(_) => {}
                    other => prop_assert!(false, "{:?} in {}", other, written),
                }
            }
            prop_assert_eq!(read, clean.as_str().trim());
        }
    }
}
