//! Templates in HTML bodies. Code is left as it is: it may well be about templates.

use std::borrow::Cow;

use super::{CODE_TAGS, Tag, tag};

/// Longer tags are text.
const LONGEST_TAG: usize = 1024;

/// Elements in which nothing is a template.
const CODE: [&str; 5] = ["pre", "code", "script", "style", "textarea"];

/// A body in plain HTML.
pub(in crate::format) fn plain_html(html: &str) -> Cow<'_, str> {
    if !html.contains("{%") && !html.contains("{{") {
        return Cow::Borrowed(html);
    }
    let mut writer = Writer {
        written: String::with_capacity(html.len()),
        rest: html,
    };
    while let Some(at) = writer.rest.find(['{', '<']) {
        writer.copy(at);
        if writer.rest.starts_with('<') {
            writer.element();
        } else {
            writer.braces();
        }
    }
    writer.copy(writer.rest.len());
    Cow::Owned(writer.written)
}

struct Writer<'a> {
    written: String,
    rest: &'a str,
}

impl<'a> Writer<'a> {
    fn copy(&mut self, length: usize) {
        let piece = self.pass(length);
        self.written.push_str(piece);
    }

    fn pass(&mut self, length: usize) -> &'a str {
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        piece
    }

    /// A tag, without the templates in it; with its contents if these are code.
    fn element(&mut self) {
        if self.rest.starts_with("<!--") {
            return self.copy(self.rest.find("-->").unwrap_or(4));
        }
        let is_tag = self.rest[1..].starts_with(|sign: char| sign.is_ascii_alphabetic());
        let end = self.rest.find('>').filter(|_| is_tag);
        let Some(end) = end else {
            return self.copy(1);
        };
        let code = CODE.iter().find(|name| {
            let behind = self.rest.get(1..).and_then(|tag| {
                let start = tag.get(..name.len())?;
                start.eq_ignore_ascii_case(name).then(|| &tag[name.len()..])
            });
            behind.is_some_and(|behind| behind.starts_with([' ', '>', '\n', '\t']))
        });
        if let Some(name) = code {
            let close = format!("</{name}");
            let length = self.rest.find(&close).unwrap_or(end);
            let code = self.pass(length);
            let code = code.replace("{% raw %}", "").replace("{% endraw %}", "");
            return self.written.push_str(&code);
        }
        let tag_end = self.rest.len() - end - 1;
        while self.rest.len() > tag_end {
            let within = self.rest.len() - tag_end;
            match self.rest[..within].find('{') {
                Some(at) => {
                    self.copy(at);
                    match template(self.rest).filter(|found| found.length <= within - at) {
                        Some(found) => {
                            self.written.push_str(found.linked());
                            self.pass(found.length);
                        }
                        None => self.copy(1),
                    }
                }
                None => self.copy(within),
            }
        }
    }

    /// A template in the text, and what it hides or wraps.
    fn braces(&mut self) {
        let Some(found) = template(self.rest) else {
            return self.copy(1);
        };
        self.pass(found.length);
        let Some(tag) = found.tag() else {
            let shown = escaped(found.text);
            self.written
                .push_str(&format!("<x-template>{shown}</x-template>"));
            return;
        };
        match tag.name {
            "comment" | "raw" => {
                let Some((at, length)) = end_of(self.rest, tag.name) else {
                    return;
                };
                if tag.name == "raw" {
                    self.copy(at);
                } else {
                    self.pass(at);
                }
                self.pass(length);
            }
            name if CODE_TAGS.contains(&name) => {
                let Some((at, length)) = end_of(self.rest, name) else {
                    return;
                };
                let code = escaped(self.pass(at).trim_matches('\n'));
                self.pass(length);
                let language = found.words().nth(1).filter(|word| is_name(word));
                let language = language.unwrap_or_default();
                self.written
                    .push_str(&format!("<pre lang=\"{language}\">{code}</pre>"));
            }
            _ => {}
        }
    }
}

/// A template at the start of a text.
struct Template<'a> {
    /// With its braces.
    text: &'a str,
    length: usize,
}

impl<'a> Template<'a> {
    /// Its tag, unless it is a variable.
    fn tag(&self) -> Option<Tag<'a>> {
        tag(self.text)
    }

    fn words(&self) -> impl Iterator<Item = &'a str> {
        let inner = self.text.trim_matches(['{', '}', '%', '<', '>', '-', ' ']);
        inner.split_whitespace()
    }

    /// What stands for it in an attribute: the path that it links, or nothing.
    fn linked(&self) -> &'a str {
        let mut words = self.words();
        match (words.next(), words.next()) {
            (Some("link" | "post_url" | "ref" | "relref" | "asset_path"), Some(path)) => {
                path.trim_matches(['"', '\''])
            }
            _ => "",
        }
    }
}

fn template(text: &str) -> Option<Template<'_>> {
    let close = match text.get(..2)? {
        "{%" => "%}",
        "{{" => "}}",
        _ => return None,
    };
    let within = &text[..text.floor_char_boundary(LONGEST_TAG)];
    let length = within.find(close)? + close.len();
    let text = &text[..length];
    Some(Template { text, length })
}

/// Where the tag that ends a tag of this name begins, and its length.
fn end_of(text: &str, name: &str) -> Option<(usize, usize)> {
    let mut starts = text.match_indices('{');
    starts.find_map(|(at, _)| {
        let found = template(&text[at..])?;
        found.tag()?.ends(name).then_some((at, found.length))
    })
}

fn is_name(word: &str) -> bool {
    word.chars()
        .all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '+' | '#'))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_not_shown() {
        for (html, plain) in [
            ("<p>a {% if b %}c{% endif %}.</p>", "<p>a c.</p>"),
            ("{% comment %}<p>a</p>{% endcomment %}b", "b"),
            ("{%- comment -%}\na\n{%- endcomment -%}b", "b"),
            ("{% comment %}a", "a"),
            ("{% raw %}<p>{{ a }}</p>{% endraw %}", "<p>{{ a }}</p>"),
            (
                "{% highlight rb linenos %}\na < 1\n{{ b }}\n{% endhighlight %}\nc",
                "<pre lang=\"rb\">a &lt; 1\n{{ b }}</pre>\nc",
            ),
            (
                "by {{ page.a }}",
                "by <x-template>{{ page.a }}</x-template>",
            ),
            (
                "<a href=\"{% link b.md %}\">c</a>",
                "<a href=\"b.md\">c</a>",
            ),
            ("<img src='{{ site.url }}/b'>", "<img src='/b'>"),
            ("{{< youtube a >}}{{% /b %}}c", "c"),
        ] {
            assert_eq!(plain_html(html), plain, "{html}");
        }
    }

    #[test]
    fn code_and_braces_stay() {
        for html in [
            "<pre>{{ a }} {% if b %}</pre>",
            "use <code class='c'>{% raw %}</code>, { and {{ and {%",
            "<!-- {{ a }} --> <",
            "{ a } < b",
        ] {
            let plain = plain_html(html);
            assert_eq!(plain, html.replace("{% raw %}", ""), "{html}");
        }
    }
}
