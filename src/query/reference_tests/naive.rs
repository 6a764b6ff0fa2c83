//! Evaluation article by article, written from the description of the language.

use jiff::tz::TimeZone;

use super::clock;
use crate::format::fold::fold;
use crate::library::ArticleRef;
use crate::model::{Has, ListedFlag, Moment, Standing};
use crate::query::fields::{DateField, IsFact, NumberField, TextField, Thing};
use crate::query::{DateTest, Expr, Marks, NumberTest, Pattern, Term};

/// What the naive evaluation says about an article.
pub fn naive(expr: &Expr, article: ArticleRef<'_>, marks: &Marks) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| naive(part, article, marks)),
        Expr::Or(parts) => parts.iter().any(|part| naive(part, article, marks)),
        Expr::Not(inner) => !naive(inner, article, marks),
        Expr::Term(Term::Text(field, any)) => {
            let texts = texts(*field, article, marks);
            any.iter()
                .any(|it| texts.iter().any(|text| naive_text(it, text)))
        }
        Expr::Term(Term::Number(field, any)) => {
            let number = match field {
                NumberField::Listed(field) => article.number(*field).map(|it| it as f64),
                NumberField::Length => article.length().map(f64::from),
                NumberField::Rating => article.rating(),
                NumberField::Related => Some(f64::from(article.related_count())),
                NumberField::Words => Some(f64::from(article.words_about())),
            };
            number.is_some_and(|it| any.iter().any(|test| naive_number(*test, it)))
        }
        Expr::Term(Term::Date(field, any)) => {
            let second = match field {
                DateField::Date => naive_second(article.published_at()),
                DateField::Updated => naive_second(article.updated_at()),
                DateField::Marked => marks.marked.get(&article.id().row()).copied(),
            };
            second.is_some_and(|it| any.iter().any(|test| naive_date(*test, it)))
        }
        Expr::Term(Term::Is(any)) => any.iter().any(|fact| naive_fact(*fact, article, marks)),
        // These need files, which are not read here.
        Expr::Term(Term::Meta(..) | Term::HasMeta(_)) => false,
        Expr::Term(Term::Has(any)) => any.iter().any(|thing| {
            let row = article.id().row();
            let has = |bit: Has| article.has().contains(bit);
            match thing {
                Thing::Image => has(Has::IMAGE),
                Thing::Video => has(Has::VIDEO),
                Thing::Related => has(Has::RELATED),
                Thing::Body => has(Has::BODY),
                Thing::Link => has(Has::LINK),
                Thing::Diagnostic => has(Has::DIAGNOSTIC),
                Thing::Secured => has(Has::SECURED),
                Thing::Tag => marks.tags.iter().any(|(_, set)| set.contains(row)),
                Thing::Note => marks.noted.contains(row),
            }
        }),
    }
}

pub fn texts(field: TextField, article: ArticleRef<'_>, marks: &Marks) -> Vec<String> {
    let named = |name: &str| {
        if name.is_empty() {
            vec![]
        } else {
            vec![name.to_owned()]
        }
    };
    let topics = || {
        article
            .topics()
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
    };
    match field {
        TextField::Anywhere => {
            let mut all = vec![article.title().into_owned(), article.excerpt().into_owned()];
            all.extend(named(article.provider()));
            all.extend(topics());
            all
        }
        TextField::Title => vec![article.title().into_owned()],
        TextField::Excerpt => vec![article.excerpt().into_owned()],
        TextField::Body => vec![body_of(article.id().row())],
        TextField::Provider => named(article.provider()),
        TextField::Domain => named(article.domain()),
        TextField::Topic => topics().collect(),
        TextField::Category => article.categories().map(str::to_owned).collect(),
        TextField::Named(field) => named(article.name(field)),
        TextField::Author => article
            .authors()
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        TextField::Folder => vec!["_news".to_owned()],
        TextField::Path => vec![format!("_news/{}", article.file_name().to_string_lossy())],
        TextField::Url => vec![article.original().into_owned()],
        TextField::Story => vec![article.key().to_string()],
        TextField::Tag => {
            let own = marks
                .tags
                .iter()
                .filter(|(_, set)| set.contains(article.id().row()));
            own.map(|(name, _)| name.clone()).collect()
        }
    }
}

/// The body of an article without a file.
pub fn body_of(row: u32) -> String {
    ["lidar in the body", "nothing", "Ein Körper"][row as usize % 3].to_owned()
}

pub fn naive_text(pattern: &Pattern, text: &str) -> bool {
    let folded = fold(text);
    match pattern {
        Pattern::Phrase(wanted) => folded.contains(&fold(wanted)),
        Pattern::Exact(wanted) => folded.trim() == fold(wanted.trim()),
        Pattern::Regex(regex) => regex.compiled.is_match(text),
        Pattern::Word(wanted) => {
            let wanted: Vec<char> = fold(wanted).chars().collect();
            let signs: Vec<char> = folded.chars().collect();
            let is_han = |sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign);
            let is_anywhere = !wanted.first().is_some_and(|it| it.is_alphanumeric());
            (0..=signs.len()).any(|at| {
                let begins = at == 0
                    || !signs[at - 1].is_alphanumeric()
                    || is_han(signs[at - 1])
                    || signs.get(at).copied().is_some_and(is_han);
                signs[at..].starts_with(&wanted) && (is_anywhere || begins)
            })
        }
        Pattern::Fuzzy(wanted) => {
            let wanted = fold(wanted);
            let most = match wanted.chars().count() {
                0..=3 => 0,
                4..=7 => 1,
                _ => 2,
            };
            folded
                .split(|sign: char| !sign.is_alphanumeric())
                .any(|it| !it.is_empty() && strsim::osa_distance(it, &wanted) <= most)
        }
    }
}

pub fn naive_number(test: NumberTest, number: f64) -> bool {
    use crate::query::Compare::{AtLeast, AtMost, Equal, Less, More};
    match test {
        NumberTest::Is(Equal, wanted) => (number - wanted).abs() < f64::EPSILON,
        NumberTest::Is(Less, wanted) => number < wanted,
        NumberTest::Is(AtMost, wanted) => number <= wanted,
        NumberTest::Is(More, wanted) => number > wanted,
        NumberTest::Is(AtLeast, wanted) => number >= wanted,
        NumberTest::Between(from, to) => {
            from.unwrap_or(f64::MIN) <= number && number <= to.unwrap_or(f64::MAX)
        }
    }
}

pub fn naive_second(moment: Option<Moment>) -> Option<i64> {
    let moment = moment?;
    if !moment.whole_day {
        return Some(moment.at.as_second());
    }
    let civil = moment.at.to_zoned(TimeZone::UTC).date().at(0, 0, 0, 0);
    Some(civil.to_zoned(clock().zone).ok()?.timestamp().as_second())
}

/// Uses `dates` for when a period starts and ends, which is tested there.
pub fn naive_date(test: DateTest, second: i64) -> bool {
    let period = test.seconds(&clock());
    period.start <= second && second < period.end
}

pub fn standing(article: ArticleRef<'_>) -> Standing {
    article.publication().at(clock().now)
}

pub fn naive_fact(fact: IsFact, article: ArticleRef<'_>, marks: &Marks) -> bool {
    let row = article.id().row();
    match fact {
        IsFact::Read => marks.read.contains(row),
        IsFact::Unread => !marks.read.contains(row),
        IsFact::Starred => marks.starred.contains(row),
        IsFact::Later => marks.later.contains(row),
        IsFact::Done => marks.done.contains(row),
        IsFact::Rejected => marks.rejected.contains(row),
        IsFact::Inbox => [&marks.done, &marks.rejected, &marks.later]
            .iter()
            .all(|set| !set.contains(row)),
        IsFact::Published => standing(article) == Standing::Published,
        IsFact::Unpublished => standing(article) == Standing::Unpublished,
        IsFact::Scheduled => standing(article) == Standing::Scheduled,
        IsFact::Expired => standing(article) == Standing::Expired,
        IsFact::Unsaid => standing(article) == Standing::Unsaid,
        IsFact::Draft => article.publication().is_draft,
        IsFact::Staged => marks.staged.contains(row),
        IsFact::Removed => [ListedFlag::Removed, ListedFlag::Deleted]
            .iter()
            .any(|flag| article.flag(*flag) == Some(true)),
        IsFact::Changed => marks.changed.contains(row),
        // What leads depends on other articles: `library::stories` has its own tests.
        IsFact::StoryLead => unreachable!("it is in no generated query"),
    }
}
