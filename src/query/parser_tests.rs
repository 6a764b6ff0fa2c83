//! Tests of the language: each form, each mistake, and that printing and parsing agree.

use proptest::prelude::*;

use super::*;
use crate::model::ListedNumber;
use crate::query::fields::{DateField, IsFact, NamedPeriod, NumberField, SortBy, Thing};
use crate::query::{Unit, complete, edit};

fn term_of(text: &str) -> Term {
    match parse(text).expect(text).expr {
        Some(Expr::Term(term)) => term,
        other => panic!("{text} is {other:?}"),
    }
}

fn word(text: &str) -> Expr {
    let pattern = Pattern::Word(text.to_owned());
    Expr::Term(Term::Text(TextField::Anywhere, vec![pattern]))
}

fn not(expr: Expr) -> Expr {
    Expr::Not(Box::new(expr))
}

#[test]
fn words_are_anded_and_that_binds_closer_than_or() {
    let parsed = |text: &str| parse(text).expect(text).expr;
    let (a, b, c) = (|| word("a"), || word("b"), || word("c"));
    let both = Expr::And(vec![a(), b()]);
    assert_eq!(parsed("a b"), Some(both.clone()));
    assert_eq!(parsed("a AND b"), Some(both.clone()));
    assert_eq!(parsed("((a) b)"), Some(both.clone()));
    assert_eq!(parsed("a b OR c"), Some(Expr::Or(vec![both.clone(), c()])));
    let either = Expr::Or(vec![b(), c()]);
    assert_eq!(parsed("a (b OR c)"), Some(Expr::And(vec![a(), either])));
    assert_eq!(
        parsed("-a NOT b"),
        Some(Expr::And(vec![not(a()), not(b())]))
    );
    assert_eq!(parsed("-(a b)"), Some(not(both)));
    assert_eq!(parsed("--a"), Some(not(not(a()))));
    assert_eq!(parsed("a (b c)"), parsed("(a b) c"));
    assert_eq!(
        parsed("or not"),
        Some(Expr::And(vec![word("or"), word("not")]))
    );
    assert_eq!(parsed(""), None);
    assert_eq!(parsed(" \t "), None);
}

#[test]
fn the_forms_of_a_text() {
    use Pattern::{Exact, Fuzzy, Phrase, Word};
    let anywhere = |text: &str| match term_of(text) {
        Term::Text(TextField::Anywhere, any) => any,
        other => panic!("{other:?}"),
    };
    assert_eq!(anywhere("gpt-4"), [Word("gpt-4".to_owned())]);
    assert_eq!(
        anywhere("https://a.example/x"),
        [Word("https://a.example/x".to_owned())]
    );
    assert_eq!(anywhere("12:30"), [Word("12:30".to_owned())]);
    assert_eq!(anywhere("a=b"), [Word("a=b".to_owned())]);
    assert_eq!(anywhere("צה\"ל"), [Word("צה\"ל".to_owned())]);
    assert_eq!(anywhere("27\""), [Word("27\"".to_owned())]);
    assert_eq!(
        anywhere(r#""a \"b\" \\ \n OR""#),
        [Phrase(r#"a "b" \ \n OR"#.to_owned())]
    );
    assert_eq!(anywhere("~lidr"), [Fuzzy("lidr".to_owned())]);
    let [Pattern::Regex(regex)] = &anywhere(r"/a\/b\d (x)/")[..] else {
        panic!("no regular expression");
    };
    assert_eq!(regex.source, r"a/b\d (x)");
    let topics = Term::Text(
        TextField::Topic,
        vec![
            Word("ai".to_owned()),
            Exact("AI".to_owned()),
            Exact("Computer Vision".to_owned()),
            Phrase("x, y".to_owned()),
        ],
    );
    assert_eq!(term_of(r#"Topic:ai,=AI,="Computer Vision","x, y""#), topics);
}

#[test]
fn the_forms_of_a_number() {
    use Compare::{AtLeast, AtMost, Equal, Less, More};
    for (text, test) in [
        ("quality:50", NumberTest::Is(Equal, 50.0)),
        ("quality=50", NumberTest::Is(Equal, 50.0)),
        ("quality:=-1", NumberTest::Is(Equal, -1.0)),
        ("quality:>50", NumberTest::Is(More, 50.0)),
        ("quality>50", NumberTest::Is(More, 50.0)),
        ("quality>=50", NumberTest::Is(AtLeast, 50.0)),
        ("quality<4.5", NumberTest::Is(Less, 4.5)),
        ("quality:<=50", NumberTest::Is(AtMost, 50.0)),
        (
            "quality:10..50",
            NumberTest::Between(Some(10.0), Some(50.0)),
        ),
        ("quality:-5..", NumberTest::Between(Some(-5.0), None)),
        ("quality:..50", NumberTest::Between(None, Some(50.0))),
    ] {
        assert_eq!(
            term_of(text),
            Term::Number(NumberField::Listed(ListedNumber::Quality), vec![test]),
            "{text}"
        );
    }
}

#[test]
fn the_words_of_is_has_and_sort() {
    for row in FACTS {
        assert_eq!(
            term_of(&format!("is:{}", row.word)),
            Term::Is(vec![row.value])
        );
    }
    for row in THINGS {
        assert_eq!(
            term_of(&format!("has:{}", row.word)),
            Term::Has(vec![row.value])
        );
    }
    for row in SORTS {
        let query = parse(&format!("x sort:-{} y", row.word)).expect(row.word);
        let key = SortKey {
            by: row.value,
            direction: Direction::Reversed,
        };
        assert_eq!(
            (query.sort, query.expr),
            (vec![key], parse("x y").expect("words").expr)
        );
    }
    let keys = parse("sort:-quality,date sort:title")
        .expect("an order")
        .sort;
    let by: Vec<SortBy> = keys.iter().map(|key| key.by).collect();
    assert_eq!(by, [SortBy::Quality, SortBy::Date, SortBy::Title]);
}

/// A mistake, what is underlined, and the message.
fn mistake(text: &str) -> (&str, String) {
    let error = parse(text).expect_err(text);
    (&text[error.at.clone()], error.to_string())
}

#[test]
fn a_mistake_has_its_place_and_a_sentence() {
    for (text, place, sentence) in [
        ("a (b", "(", "this “(” is not closed"),
        ("a b)", ")", "this “)” has no matching “(”"),
        ("a ()", "(", "there is nothing in the parentheses"),
        ("OR a", "OR", "there is nothing before “OR”"),
        ("a OR", "", "a word or field:value is expected here"),
        ("a OR )", ")", "a word or field:value is expected here"),
        ("a OR OR b", "OR", "there is nothing before “OR”"),
        ("AND a", "AND", "there is nothing before “AND”"),
        ("a NOT", "", "a word or field:value is expected here"),
        (
            "a - b",
            "-",
            "“-” must come right before what it excludes; put it in quotes to search for it",
        ),
        (
            "qualty>5",
            "qualty",
            "there is no field “qualty”; did you mean “quality”?",
        ),
        (
            "zzz:5",
            "zzz",
            "there is no field “zzz”; put it in quotes to search for it as it is",
        ),
        (
            "a topic: b",
            "topic:",
            "topic: needs a value right after it; such as topic:ai,robotics",
        ),
        ("topic:a,", ",", "a value is missing after the comma"),
        ("quality:>", ">", "a value is missing after this"),
        (
            "topic:>a",
            ">a",
            "topic is text and cannot be compared with “>”; numbers and dates can",
        ),
        (
            "quality:x",
            "x",
            "a number is expected here; such as 50, >50, <=10, 10..50 or 50..",
        ),
        (
            "quality:50..10",
            "50..10",
            "this range ends before it starts; write 10..50",
        ),
        (
            "date:2021-06..2021-01",
            "2021-06..2021-01",
            "this range ends before it starts; write 2021-01..2021-06",
        ),
        (
            "date:today..last-month",
            "today..last-month",
            "this range ends before it starts; write last-month..today",
        ),
        (
            "is:unred",
            "unred",
            "is: does not take “unred”; did you mean “unread”?",
        ),
        (
            "sort:-dat",
            "-dat",
            "sort: does not take “dat”; did you mean “date”?",
        ),
        ("\"abc", "\"abc", "the quote is not closed"),
        ("\"\"", "\"\"", "there is nothing in the quotes"),
        (
            "/abc",
            "/abc",
            "the regular expression is not closed; end it with “/”",
        ),
        (
            "/(a/",
            "/(a/",
            "the regular expression is not valid: unclosed group",
        ),
        ("~", "~", "“~” must come right before a word"),
        ("~a-b", "~a-b", "“~” takes one word of letters and digits"),
        (
            "(sort:date)",
            "sort:date",
            "the order applies to the whole query; put sort: outside the parentheses",
        ),
        (
            "-sort:date",
            "sort",
            "the order applies to the whole query; remove the negation",
        ),
    ] {
        assert_eq!(mistake(text), (place, sentence.to_owned()), "{text}");
    }
    for text in [
        "date:soon",
        "date:2021-13",
        "date:..",
        "date:>1..2",
        "date:/x/",
    ] {
        assert!(
            mistake(text)
                .1
                .starts_with("a date is expected here; such as"),
            "{text}"
        );
    }
    for text in [
        "quality:inf",
        "quality:nan",
        "quality:..",
        "quality:1e9",
        "quality:\"5\"",
    ] {
        assert!(
            mistake(text).1.starts_with("a number is expected here"),
            "{text}"
        );
    }
}

#[test]
fn what_would_explode_is_refused() {
    assert!(mistake(r"/\w{1000}{1000}/").1.contains("too large"));
    let pasted = "a (".repeat(40_000);
    let error = parse(&pasted).expect_err("a long query");
    assert!(error.reason.contains("at most 4096"));
    assert_eq!(error.at, MAX_BYTES..pasted.len());
    let deep = "(".repeat(2000);
    assert!(mistake(&deep).1.contains("nested more than 64 deep"));
    assert!(
        mistake(&format!("{}a", "-".repeat(2000)))
            .1
            .contains("nested")
    );
    assert!(parse(&format!("{}a{}", "(".repeat(64), ")".repeat(64))).is_ok());
    assert!(parse(&"é".repeat(2500)).is_err());
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        "[a-z0-9é学][a-z0-9é学./+:#-]{0,5}"
            .prop_filter("no field", |text| !text.contains(':'))
            .prop_map(Pattern::Word),
        ".{1,8}".prop_map(Pattern::Phrase),
        "[a-zé]{1,8}".prop_map(Pattern::Fuzzy),
        "[a-c/. ]{1,6}".prop_map(|source| {
            let compiled = regex::Regex::new(&source).expect("a regular expression");
            Pattern::Regex(Regex {
                required: required(&source),
                source,
                compiled,
            })
        }),
    ]
}

fn when() -> impl Strategy<Value = Period> {
    let unit = prop_oneof![
        Just(Unit::Hours),
        Just(Unit::Days),
        Just(Unit::Weeks),
        Just(Unit::Months),
        Just(Unit::Years)
    ];
    prop_oneof![
        (0i16..=9999).prop_map(Period::Year),
        (0i16..=9999, 1i8..=12).prop_map(|(year, month)| Period::Month(year, month)),
        (0i16..=9999, 1i8..=12, 1i8..=28)
            .prop_map(|(year, month, day)| Period::Day(jiff::civil::date(year, month, day))),
        (0u32..=9999, unit).prop_map(|(count, unit)| Period::Ago(count, unit)),
        proptest::sample::select(
            PERIODS
                .iter()
                .map(|row| row.value)
                .collect::<Vec<NamedPeriod>>()
        )
        .prop_map(Period::Named),
    ]
}

fn compare() -> impl Strategy<Value = Compare> {
    proptest::sample::select(vec![
        Compare::Equal,
        Compare::Less,
        Compare::AtMost,
        Compare::More,
        Compare::AtLeast,
    ])
}

fn some_of<T: std::fmt::Debug + Clone>(
    one: impl Strategy<Value = T>,
) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::vec(one, 1..4)
}

fn term_strategy() -> impl Strategy<Value = Term> {
    let fields = vec![
        TextField::Title,
        TextField::Topic,
        TextField::Path,
        TextField::Folder,
        TextField::Tag,
    ];
    let exact = || {
        prop_oneof![3 => pattern(), 1 => ".{0,6}".prop_map(Pattern::Exact)]
            .prop_filter("“=” needs a value", |it| {
                *it != Pattern::Exact(String::new())
            })
    };
    let number = || (-1000i32..1000).prop_map(|number| f64::from(number) / 4.0);
    let number_test = prop_oneof![
        (compare(), number()).prop_map(|(by, number)| NumberTest::Is(by, number)),
        (number(), 0u8..9).prop_map(|(from, more)| {
            NumberTest::Between(Some(from), Some(from + f64::from(more)))
        }),
        number().prop_map(|to| NumberTest::Between(None, Some(to))),
    ];
    let date_test = prop_oneof![
        (compare(), when()).prop_map(|(by, when)| DateTest::Is(by, when)),
        (when(), when()).prop_map(|(one, other)| {
            let is_reversed = crate::query::dates::is_reversed(one, other);
            let (from, to) = if is_reversed {
                (other, one)
            } else {
                (one, other)
            };
            DateTest::Between(Some(from), Some(to))
        }),
        when().prop_map(|from| DateTest::Between(Some(from), None)),
    ];
    let facts: Vec<IsFact> = FACTS.iter().map(|row| row.value).collect();
    let things: Vec<Thing> = THINGS.iter().map(|row| row.value).collect();
    prop_oneof![
        3 => pattern().prop_map(|it| Term::Text(TextField::Anywhere, vec![it])),
        3 => (proptest::sample::select(fields), some_of(exact()))
            .prop_map(|(field, any)| Term::Text(field, any)),
        1 => some_of(number_test).prop_map(|any| Term::Number(NumberField::Rating, any)),
        1 => some_of(date_test).prop_map(|any| Term::Date(DateField::Updated, any)),
        1 => some_of(proptest::sample::select(facts)).prop_map(Term::Is),
        1 => some_of(proptest::sample::select(things)).prop_map(Term::Has),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    term_strategy()
        .prop_map(Expr::Term)
        .prop_recursive(4, 24, 4, |inner| {
            let parts = || proptest::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                parts().prop_filter_map("parts", Expr::and),
                parts().prop_filter_map("parts", Expr::or),
                inner.prop_map(|it| Expr::Not(Box::new(it))),
            ]
        })
}

fn query() -> impl Strategy<Value = Query> {
    let keys: Vec<SortBy> = SORTS.iter().map(|row| row.value).collect();
    let key = (proptest::sample::select(keys), any::<bool>()).prop_map(|(by, reversed)| SortKey {
        by,
        direction: if reversed {
            Direction::Reversed
        } else {
            Direction::Natural
        },
    });
    let sort = proptest::collection::vec(key, 0..3);
    (proptest::option::of(expr()), sort).prop_map(|(expr, sort)| Query { expr, sort })
}

proptest! {
    #[test]
    fn what_is_printed_parses_to_the_same(query in query()) {
        let printed = query.to_string();
        prop_assume!(printed.len() <= MAX_BYTES);
        prop_assert_eq!(parse(&printed), Ok(query), "{}", printed);
    }

    #[test]
    fn what_parses_prints_so_that_it_parses_to_the_same(text in ".{0,60}") {
        if let Ok(query) = parse(&text) {
            prop_assert_eq!(parse(&query.to_string()), Ok(query));
        }
    }

    #[test]
    fn pieces_of_the_language_never_panic(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "(", ")", "-", "OR", "NOT", " ", "\"", "/", "~", ",", ":", "=", ">", "<", "..",
                "title", "date", "quality", "is", "sort", "7d", "50", "\\", "é", "学", "a", "*",
            ]),
            0..24,
        ),
        cursor in 0usize..40,
    ) {
        let text = pieces.concat();
        let library = crate::library::Library::default();
        let values = complete::KnownValues {
            articles: library.articles(),
            marks: &Default::default(),
            seen: &Default::default(),
        };
        complete::complete(&text, cursor, values, 5);
        match parse(&text) {
            Err(error) => prop_assert!(text.get(error.at).is_some()),
            Ok(query) => {
                prop_assert_eq!(parse(&query.to_string()), Ok(query.clone()));
                let mut edited = query.clone();
                let field = crate::query::FacetField::Topic;
                edit::toggle(&mut edited, field, "x y", edit::Pick::Include);
                prop_assert_eq!(parse(&edited.to_string()), Ok(edited));
            }
        }
    }
}

#[test]
fn a_reason_is_one_line_whatever_it_quotes() {
    for text in ["has:\"a\nb\"", "is:\"a\r\nb\"", "has:</p>:ima+++\nge,video"] {
        let error = parse(text).expect_err("it is wrong");
        assert!(!error.reason.contains(['\n', '\r']), "{error:?}");
    }
}
