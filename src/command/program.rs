//! A program and its arguments, into which an article's values are put. There is no shell: what an
//! article says stays within one argument, and cannot become an option.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use thiserror::Error;

use crate::config::{OutputUse, ProgramText};
use crate::format::clean::Clean;
use crate::format::link::Link;
use crate::format::nearest::nearest;
use crate::library::{ArticleId, ArticleRef, Articles, SAMPLE_ROOT};

/// A program and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The program's own name or path.
    program: String,
    arguments: Vec<Argument>,
    pub output: OutputUse,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Argument {
    /// As it was written.
    Fixed(String),
    /// With values in it.
    Filled(Vec<Piece>),
    /// As many arguments as there are articles.
    Paths,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(Placeholder),
}

/// A program with what it is given, ready to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// Its name or path.
    pub program: String,
    pub arguments: Vec<OsString>,
    pub output: OutputUse,
}

/// What an argument can contain about an article, by its placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    Title,
    Url,
    Path,
    Provider,
    Excerpt,
    /// How many articles there are.
    Count,
}

/// The placeholders, and what each stands for.
pub const VALUES: [(&str, Placeholder, &str); 6] = [
    ("title", Placeholder::Title, "the title"),
    ("url", Placeholder::Url, "the link to the original"),
    ("path", Placeholder::Path, "the path of the file"),
    ("provider", Placeholder::Provider, "the provider's name"),
    ("excerpt", Placeholder::Excerpt, "the excerpt"),
    ("count", Placeholder::Count, "the number of articles"),
];

/// Stands for the paths of all files, each an argument of its own.
pub const PATHS: &str = "paths";

/// Why a program cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProgramError {
    #[error("the name of a program is missing")]
    Empty,
    #[error("a quote is not closed")]
    OpenQuote,
    #[error("the program's name cannot have a placeholder: `{0}`")]
    NoProgram(String),
    #[error("`{0}`: a {{ is not closed; write {{{{ for the character itself")]
    OpenBrace(String),
    #[error("`{argument}`: there is no placeholder {{{name}}}{}", meant(.name))]
    Unknown { argument: String, name: String },
    #[error("`{0}`: {{paths}} must be an argument of its own, because it becomes several")]
    PathsWithin(String),
    #[error("there is no {{{0}}} here")]
    Missing(&'static str),
    #[error("“{0}” would be taken for an option: put \"--\" before it")]
    Option(String),
}

fn meant(name: &str) -> String {
    let names = || VALUES.iter().map(|(name, ..)| *name).chain([PATHS]);
    match nearest(names(), name) {
        Some(near) => format!("; did you mean {{{near}}}?"),
        None => {
            let names: Vec<String> = names().map(|it| format!("{{{it}}}")).collect();
            format!("; the placeholders are {}", names.join(", "))
        }
    }
}

impl Program {
    /// Takes a program as configured.
    ///
    /// # Errors
    /// If it has no name, or an argument names something unknown.
    pub fn new(text: &ProgramText) -> Result<Self, ProgramError> {
        Self::of_words(&text.run, text.output)
    }

    /// Splits a command into words, with quotes as in a shell.
    ///
    /// # Errors
    /// Also if a quote is not closed.
    pub fn split(command: &str) -> Result<Self, ProgramError> {
        let words = shell_words::split(command).map_err(|_| ProgramError::OpenQuote)?;
        Self::of_words(&words, OutputUse::None)
    }

    fn of_words(words: &[String], output: OutputUse) -> Result<Self, ProgramError> {
        let (program, arguments) = words.split_first().ok_or(ProgramError::Empty)?;
        if program.is_empty() {
            return Err(ProgramError::Empty);
        }
        if program.contains('{') {
            return Err(ProgramError::NoProgram(program.clone()));
        }
        Ok(Self {
            program: program.clone(),
            arguments: arguments
                .iter()
                .map(|it| Argument::parse(it))
                .collect::<Result<_, _>>()?,
            output,
        })
    }

    /// The program with the values of articles filled in; single values are those of the article at
    /// hand.
    ///
    /// # Errors
    /// As [`fill`](Self::fill).
    pub fn about(
        &self,
        library: &Articles,
        at_hand: Option<ArticleId>,
        articles: &[ArticleId],
    ) -> Result<Invocation, ProgramError> {
        let paths = || {
            let paths = articles.iter().map(|id| absolute(library.article(*id)));
            paths.collect()
        };
        let value = |value: Placeholder| {
            if value == Placeholder::Count {
                return Some(articles.len().to_string().into());
            }
            value.of(library.article(at_hand?))
        };
        self.fill(value, paths)
    }

    /// The program with the values of articles filled in: `value` returns one of the article at
    /// hand, `paths` are the files of all.
    ///
    /// # Errors
    /// If a value is missing, or an argument with values would begin with `-` and no `--` comes
    /// before it.
    pub fn fill(
        &self,
        value: impl Fn(Placeholder) -> Option<OsString>,
        paths: impl Fn() -> Vec<PathBuf>,
    ) -> Result<Invocation, ProgramError> {
        Ok(Invocation {
            program: self.program.clone(),
            arguments: self.arguments(value, paths)?,
            output: self.output,
        })
    }

    fn arguments(
        &self,
        value: impl Fn(Placeholder) -> Option<OsString>,
        paths: impl Fn() -> Vec<PathBuf>,
    ) -> Result<Vec<OsString>, ProgramError> {
        let mut words: Vec<OsString> = Vec::new();
        let mut options_are_over = false;
        for argument in &self.arguments {
            let filled = match argument {
                Argument::Fixed(text) => {
                    options_are_over |= text == "--";
                    words.push(text.into());
                    continue;
                }
                Argument::Filled(pieces) => vec![filled(pieces, &value)?],
                Argument::Paths => paths().into_iter().map(PathBuf::into_os_string).collect(),
            };
            let is_option = |word: &&OsString| word.as_encoded_bytes().starts_with(b"-");
            if !options_are_over && let Some(word) = filled.iter().find(is_option) {
                return Err(ProgramError::Option(word.to_string_lossy().into_owned()));
            }
            words.extend(filled);
        }
        Ok(words)
    }
}

fn filled(
    pieces: &[Piece],
    value: &impl Fn(Placeholder) -> Option<OsString>,
) -> Result<OsString, ProgramError> {
    let mut word = OsString::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => word.push(OsStr::new(text)),
            Piece::Value(it) => word.push(value(*it).ok_or(ProgramError::Missing(it.name()))?),
        }
    }
    Ok(word)
}

/// The path of an article's file. A program may work in another folder than ours.
fn absolute(article: ArticleRef<'_>) -> PathBuf {
    let path = article.path();
    match path.starts_with(SAMPLE_ROOT) {
        true => path,
        false => std::path::absolute(&path).unwrap_or(path),
    }
}

impl Placeholder {
    /// Its value for an article; `None` if the article has none. Texts are cleaned, since a program
    /// may print them; links are checked.
    fn of(self, article: ArticleRef<'_>) -> Option<OsString> {
        let text = |text: &str| Some(Clean::new(text).to_string().into());
        match self {
            Self::Title => text(&article.title()),
            Self::Provider => text(article.provider()),
            Self::Excerpt => text(&article.excerpt()),
            Self::Url => Some(Link::parse(&article.original()).ok()?.as_str().into()),
            Self::Path => Some(absolute(article).into()),
            Self::Count => None,
        }
    }

    fn name(self) -> &'static str {
        let row = VALUES.iter().find(|(_, it, _)| *it == self);
        row.map_or("", |(name, ..)| name)
    }
}

impl Argument {
    fn parse(text: &str) -> Result<Self, ProgramError> {
        if text == "{paths}" {
            return Ok(Self::Paths);
        }
        let pieces = pieces(text)?;
        let is_fixed = pieces.iter().all(|it| matches!(it, Piece::Text(_)));
        Ok(if is_fixed {
            let texts = pieces.into_iter().map(|it| match it {
                Piece::Text(text) => text,
                Piece::Value(_) => String::new(),
            });
            Self::Fixed(texts.collect())
        } else {
            Self::Filled(pieces)
        })
    }
}

/// An argument's texts and values in order. `{{` and `}}` are the characters themselves.
fn pieces(text: &str) -> Result<Vec<Piece>, ProgramError> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let brace = &from[..1];
        let after = &from[1..];
        if let Some(after) = after.strip_prefix(brace) {
            plain.push_str(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            plain.push_str(brace);
            rest = after;
            continue;
        }
        let (name, after) = after
            .split_once('}')
            .ok_or_else(|| ProgramError::OpenBrace(text.to_owned()))?;
        pieces.push(Piece::Text(std::mem::take(&mut plain)));
        pieces.push(Piece::Value(named(name, text)?));
        rest = after;
    }
    plain.push_str(rest);
    pieces.push(Piece::Text(plain));
    Ok(pieces)
}

fn named(name: &str, argument: &str) -> Result<Placeholder, ProgramError> {
    if name == PATHS {
        return Err(ProgramError::PathsWithin(argument.to_owned()));
    }
    let row = VALUES.iter().find(|(it, ..)| *it == name);
    row.map(|(_, value, _)| *value)
        .ok_or_else(|| ProgramError::Unknown {
            argument: argument.to_owned(),
            name: name.to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(words: &[&str]) -> Result<Vec<String>, String> {
        let words: Vec<String> = words.iter().map(|it| (*it).to_owned()).collect();
        let program =
            Program::of_words(&words, OutputUse::None).map_err(|error| error.to_string())?;
        let value = |value| match value {
            Placeholder::Title => Some("-rf; $(reboot) 'x'".into()),
            Placeholder::Provider => Some("Nature".into()),
            Placeholder::Count => Some("2".into()),
            Placeholder::Path => Some("/a/1.md".into()),
            Placeholder::Url | Placeholder::Excerpt => None,
        };
        let paths = ["/a/1.md", "-2.md"].map(PathBuf::from);
        let words = program.arguments(value, || paths.to_vec());
        let words = words.map_err(|error| error.to_string())?;
        Ok(words
            .into_iter()
            .map(|it| it.to_string_lossy().into_owned())
            .collect())
    }

    #[test]
    fn values_stay_within_their_arguments() {
        assert_eq!(
            run(&[
                "x",
                "-m",
                "of {provider}: {title}",
                "--",
                "{title}",
                "{{{count}}}"
            ]),
            Ok(vec![
                "-m".to_owned(),
                "of Nature: -rf; $(reboot) 'x'".to_owned(),
                "--".to_owned(),
                "-rf; $(reboot) 'x'".to_owned(),
                "{2}".to_owned(),
            ])
        );
    }

    #[test]
    fn all_paths_become_as_many_arguments() {
        assert_eq!(
            run(&["git", "add", "--", "{paths}"]),
            Ok(["add", "--", "/a/1.md", "-2.md"]
                .map(str::to_owned)
                .to_vec())
        );
    }

    #[test]
    fn what_an_article_says_is_never_an_option() {
        for words in [
            &["x", "{title}"][..],
            &["x", "{paths}"],
            &["x", "{title}", "--"],
            &["x", "-m", "{title}"],
        ] {
            let said = run(words).expect_err("an option");
            assert!(said.ends_with("put \"--\" before it"), "{said}");
        }
        assert!(run(&["x", "-{provider}", "{count}"]).is_err());
    }

    #[test]
    fn what_is_unknown_or_missing_is_said() {
        for (words, said) in [
            (&["x", "{titel}"][..], "did you mean {title}?"),
            (&["x", "{zzzzzz}"], "the placeholders are {title}, {url}"),
            (&["x", "{title"], "is not closed"),
            (&["x", "a{paths}"], "must be an argument of its own"),
            (&["{path}"], "cannot have a placeholder"),
            (&["x", "--", "{url}"], "there is no {url} here"),
            (&[], "is missing"),
            (&[""], "is missing"),
        ] {
            let error = run(words).expect_err(said);
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_command_is_split_into_words_without_a_shell() {
        let program = Program::split("echo 'a b' \"$HOME\" *").expect("a program");
        let words = program.arguments(|_| None, Vec::new).expect("words");
        assert_eq!(words, ["a b", "$HOME", "*"]);
        assert_eq!(Program::split("echo 'a"), Err(ProgramError::OpenQuote));
    }
}
