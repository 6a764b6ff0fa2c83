//! What a Rust source names, found in its tokens, so that comments and strings do not count, and
//! `use` groups and macros do. It does not judge.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path that a source names, such as `crate::model::Article` or `fs::read`. A single name, such
/// as a method's, is a path with one segment.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    /// From the crate's root, starting with `crate`, if it is a path within the crate.
    pub path: Vec<String>,
    /// The name given with `as`.
    pub alias: Option<String>,
    pub line: usize,
    /// It is in code that is only compiled for tests.
    pub in_tests: bool,
    /// The first token in the parentheses that follow.
    pub argument: Option<String>,
}

/// Everything that a source names. `file` is its path under `src/`, with `/`.
pub fn mentions(file: &str, text: &str) -> Result<Vec<Mention>, String> {
    let tokens: TokenStream = text
        .parse()
        .map_err(|error| format!("{file} is no Rust: {error}"))?;
    let module = module_of(file);
    let in_tests = module
        .iter()
        .any(|it| it == "tests" || it.ends_with("_tests"));
    let mut reader = Reader { found: Vec::new() };
    reader.read(&tokens.into_iter().collect::<Vec<_>>(), &module, in_tests);
    Ok(reader.found)
}

/// The module path of a file, from the crate's root.
pub fn module_of(file: &str) -> Vec<String> {
    let parts = file.trim_end_matches(".rs").split('/').map(str::to_owned);
    let mut module: Vec<String> = parts.collect();
    if matches!(
        module.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        module.pop();
    }
    module
}

struct Reader {
    found: Vec<Mention>,
}

impl Reader {
    /// Reads the tokens of one module, or of one group within it.
    fn read(&mut self, tokens: &[TokenTree], module: &[String], in_tests: bool) {
        let mut rest = tokens;
        while let [first, after @ ..] = rest {
            rest = match first {
                TokenTree::Punct(it) if it.as_char() == '#' && is_for_tests(after) => {
                    let (item, after) = split_item(&after[1..]);
                    self.read(item, module, true);
                    after
                }
                TokenTree::Ident(it) if it == "mod" => match after {
                    [TokenTree::Ident(name), TokenTree::Group(body), after @ ..] => {
                        let inner = [module, &[name.to_string()]].concat();
                        self.read(&inside(body), &inner, in_tests);
                        after
                    }
                    _ => after,
                },
                TokenTree::Ident(_) => self.path(rest, &[], module, in_tests),
                TokenTree::Group(group) => {
                    self.read(&inside(group), module, in_tests);
                    after
                }
                _ => after,
            };
        }
    }

    /// Reads the path that starts here, continuing `prefix`, and returns what follows it.
    fn path<'a>(
        &mut self,
        tokens: &'a [TokenTree],
        prefix: &[String],
        module: &[String],
        in_tests: bool,
    ) -> &'a [TokenTree] {
        let mut path = prefix.to_vec();
        let mut rest = tokens;
        let mut line = 0;
        while let [TokenTree::Ident(name), after @ ..] = rest {
            path.push(name.to_string());
            line = name.span().start().line;
            rest = after;
            match after {
                [colon, second, next @ ..] if is_colon(colon) && is_colon(second) => match next {
                    [TokenTree::Ident(_), ..] => rest = next,
                    [TokenTree::Group(group), after @ ..]
                        if group.delimiter() == Delimiter::Brace =>
                    {
                        for branch in branches(group) {
                            self.path(&branch, &path, module, in_tests);
                        }
                        return after;
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        let argument = match rest {
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Parenthesis => {
                group.stream().into_iter().next().map(|it| it.to_string())
            }
            _ => None,
        };
        let alias = match rest {
            [TokenTree::Ident(word), TokenTree::Ident(name), ..] if word == "as" => {
                Some(name.to_string())
            }
            _ => None,
        };
        self.found.push(Mention {
            path: from_root(path, module),
            alias,
            line,
            in_tests,
            argument,
        });
        rest
    }
}

/// `super::x` and `self::x` in a module as a path from the crate's root.
fn from_root(path: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|it| *it == "super").count();
    let is_self = path.len() > 1 && path[0] == "self";
    match path.first().map(String::as_str) {
        Some("newsdesk") => [&["crate".to_owned()], &path[1..]].concat(),
        Some("super" | "self") if supers > 0 || is_self => {
            let kept = &module[..module.len().saturating_sub(supers)];
            let own = &path[supers.max(usize::from(is_self))..];
            [&["crate".to_owned()], kept, own].concat()
        }
        _ => path,
    }
}

fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// The parts of a group, separated by commas.
fn branches(group: &Group) -> Vec<Vec<TokenTree>> {
    inside(group)
        .split(|it| matches!(it, TokenTree::Punct(it) if it.as_char() == ','))
        .map(<[TokenTree]>::to_vec)
        .collect()
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == ':')
}

/// Whether what follows a `#` is `[cfg(test)]`, or contains it.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    let Some(TokenTree::Group(group)) = tokens.first() else {
        return false;
    };
    let text = group.stream().to_string();
    let text: String = text.split_whitespace().collect();
    text == "cfg(test)" || text.starts_with("cfg(all(test,")
}

/// The item that starts here, up to its semicolon or braces, and what follows it.
fn split_item(tokens: &[TokenTree]) -> (&[TokenTree], &[TokenTree]) {
    let end = tokens.iter().position(|it| match it {
        TokenTree::Punct(it) => it.as_char() == ';',
        TokenTree::Group(it) => it.delimiter() == Delimiter::Brace,
        _ => false,
    });
    tokens.split_at(end.map_or(tokens.len(), |end| end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(file: &str, text: &str) -> Vec<String> {
        let found = mentions(file, text).expect("Rust");
        found.iter().map(|it| it.path.join("::")).collect()
    }

    #[test]
    fn groups_are_taken_apart() {
        assert_eq!(
            paths("x.rs", "use crate::{a::B, c::{self, d}, e};"),
            [
                "use",
                "crate::a::B",
                "crate::c::self",
                "crate::c::d",
                "crate::e"
            ]
        );
    }

    #[test]
    fn paths_in_code_and_macros_count_and_comments_and_strings_do_not() {
        let text = "//! crate::a\n/* crate::b */ fn f() { g!(\"crate::c\", crate::d::e()); }";
        let found = paths("x.rs", text);
        assert!(found.contains(&"crate::d::e".to_owned()), "{found:?}");
        assert!(
            !found
                .iter()
                .any(|it| it.contains("::a") || it.contains("::c"))
        );
    }

    #[test]
    fn relative_paths_are_told_from_the_root() {
        assert_eq!(paths("ui/mod.rs", "super::app::f"), ["crate::app::f"]);
        assert_eq!(paths("ui/list.rs", "super::row"), ["crate::ui::row"]);
        assert_eq!(paths("ui/list.rs", "self::row"), ["crate::ui::list::row"]);
        assert_eq!(
            paths("ui/list.rs", "mod inner { super::super::super::app::f }"),
            ["crate::app::f"]
        );
        assert_eq!(
            paths("main.rs", "newsdesk::cli::run()"),
            ["crate::cli::run"]
        );
    }

    #[test]
    fn what_is_for_tests_only_is_marked() {
        let text = "fn a() { b::c() } #[cfg(test)] mod tests { d::e() } fn f() { g::h() }";
        let found = mentions("x.rs", text).expect("Rust");
        let of = |path: [&str; 2]| {
            let found = found.iter().find(|it| it.path == path);
            found.map(|it| it.in_tests)
        };
        assert_eq!(of(["b", "c"]), Some(false));
        assert_eq!(of(["d", "e"]), Some(true));
        assert_eq!(of(["g", "h"]), Some(false));
    }

    #[test]
    fn a_mention_knows_its_line_and_first_argument() {
        let found = mentions("x.rs", "\nA::new(\"x\", y)").expect("Rust");
        assert_eq!(found[0].line, 2);
        assert_eq!(found[0].argument.as_deref(), Some("\"x\""));
    }

    #[test]
    fn what_is_no_rust_is_said_to_be_none() {
        let error = mentions("x.rs", "fn (").expect_err("no Rust");
        assert!(error.starts_with("x.rs is no Rust"), "{error}");
    }
}
