//! The languages: one row each.

use crate::format::line::TextRole;

/// What the lexer needs to know about a language. Lists are separated by blanks.
pub(super) struct Language {
    /// In lower case.
    pub names: &'static str,
    /// What begins a comment that runs to the end of the line.
    pub comments: &'static str,
    /// What can span lines: its beginning, its end, and its role.
    pub long: &'static [(&'static str, &'static str, TextRole)],
    /// The quotes around a string that ends on its line. An apostrophe that is not among them
    /// encloses single characters only.
    pub quotes: &'static str,
    /// In lower case if the language ignores case.
    keywords: &'static str,
    case: Case,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Matters,
    Ignored,
}

impl Language {
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        self.keywords.split(' ').any(|keyword| match self.case {
            Case::Matters => keyword == word,
            Case::Ignored => keyword.eq_ignore_ascii_case(word),
        })
    }
}

const C_COMMENT: (&str, &str, TextRole) = ("/*", "*/", TextRole::Comment);

const fn c_like(names: &'static str, keywords: &'static str) -> Language {
    Language {
        names,
        comments: "//",
        long: &[C_COMMENT],
        quotes: "\"",
        keywords,
        case: Case::Matters,
    }
}

#[rustfmt::skip]
pub(super) const LANGUAGES: &[Language] = &[
    c_like("rust rs", "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while"),
    c_like("c h cpp c++ cc hpp objc arduino", "alignas auto bool break case catch char class const constexpr continue default delete do double else enum explicit extern false float for friend if include inline int long namespace new noexcept nullptr NULL operator override private protected public return short signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void volatile while define ifdef ifndef endif"),
    c_like("csharp cs c# dotnet", "abstract as async await base bool break case catch class const continue decimal default delegate do double else enum event explicit false finally fixed float for foreach get if implicit in int interface internal is lock long namespace new null object out override params private protected public readonly record ref return sealed set static string struct switch this throw true try typeof using var virtual void while yield"),
    c_like("java", "abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally float for if implements import instanceof int interface long native new null package private protected public record return short static super switch synchronized this throw throws transient true try var void volatile while"),
    c_like("kotlin kt swift scala dart", "abstract actor as break by case catch class companion const continue data def defer do else enum extension extends false final finally for fun func get guard if implicit import in init inline interface internal is lateinit lazy let match nil null object open operator override package private protected protocol public return sealed self set static struct super suspend switch this throw throws trait true try type val var when where while with yield"),
    Language {
        names: "go golang", comments: "//", long: &[C_COMMENT, ("`", "`", TextRole::Quoted)], quotes: "\"", case: Case::Matters,
        keywords: "break case chan const continue default defer else fallthrough false for func go goto if import interface iota map nil package range return select struct switch true type var",
    },
    Language {
        names: "javascript js jsx mjs typescript ts tsx node", comments: "//", long: &[C_COMMENT, ("`", "`", TextRole::Quoted)], quotes: "\"'", case: Case::Matters,
        keywords: "abstract any as async await boolean break case catch class const constructor continue debugger declare default delete do else enum export extends false finally for from function get if implements import in instanceof interface keyof let namespace new null number of private protected public readonly return satisfies set static string super switch this throw true try type typeof undefined unknown var void while with yield",
    },
    Language {
        names: "php", comments: "// #", long: &[C_COMMENT], quotes: "\"'", case: Case::Ignored,
        keywords: "abstract and array as break case catch class const continue declare default do echo else elseif empty endforeach endif extends false final finally fn for foreach function global if implements include instanceof interface isset match namespace new null or private protected public readonly require return static switch this throw trait true try unset use var while yield",
    },
    Language {
        names: "python py python3 ipython pycon", comments: "#", quotes: "\"'", case: Case::Matters,
        long: &[("\"\"\"", "\"\"\"", TextRole::Quoted), ("'''", "'''", TextRole::Quoted)],
        keywords: "and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return self True try while with yield",
    },
    Language {
        names: "ruby rb elixir ex", comments: "#", long: &[("=begin", "=end", TextRole::Comment)], quotes: "\"'", case: Case::Matters,
        keywords: "alias and begin break case class def defmodule defp do else elsif end ensure false fn for if import in module next nil not or raise require rescue retry return self super then true undef unless until use when while yield",
    },
    Language {
        names: "shell sh bash zsh console shell-session fish powershell ps1", comments: "#", long: &[], quotes: "\"'`", case: Case::Matters,
        keywords: "alias break case cd continue do done echo elif else esac eval exec exit export fi for function if in local param readonly return set shift source sudo test then trap unset until while",
    },
    Language {
        names: "sql mysql postgresql postgres sqlite tsql plsql", comments: "--", long: &[C_COMMENT], quotes: "\"'`", case: Case::Ignored,
        keywords: "add all alter and any as asc begin between by case check column commit constraint create cross database default delete desc distinct drop else end exists false foreign from full group having if in index inner insert into is join key left like limit not null offset on or order outer over partition primary references returning right rollback select set table then transaction true union unique update using values view when where with",
    },
    Language {
        names: "json jsonc json5", comments: "//", long: &[C_COMMENT], quotes: "\"'", case: Case::Matters, keywords: "true false null",
    },
    Language {
        names: "yaml yml toml ini conf properties dockerfile docker makefile make hcl terraform nix", comments: "#", long: &[], quotes: "\"'", case: Case::Ignored,
        keywords: "true false null yes no on off from run copy cmd env workdir entrypoint expose arg resource variable module let in with",
    },
    Language {
        names: "html xml xhtml svg vue svelte markup", comments: "", long: &[("<!--", "-->", TextRole::Comment)], quotes: "\"", case: Case::Ignored, keywords: "doctype",
    },
    Language {
        names: "css scss sass less", comments: "", long: &[C_COMMENT], quotes: "\"'", case: Case::Matters,
        keywords: "media import include mixin important from to",
    },
    Language {
        names: "lua haskell hs", comments: "--", long: &[("--[[", "]]", TextRole::Comment), ("{-", "-}", TextRole::Comment)], quotes: "\"'", case: Case::Matters,
        keywords: "and break case class data deriving do else elseif end false for function goto if import in instance let local module newtype nil not of or qualified repeat return then true type until where while",
    },
    Language {
        names: "r julia jl perl pl", comments: "#", long: &[], quotes: "\"'", case: Case::Matters,
        keywords: "break do else elseif elsif end FALSE false for foreach function if in library local module my next NULL our package print repeat require return struct sub TRUE true unless use using while",
    },
];
