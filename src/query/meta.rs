//! Conditions on front matter fields without a role: `meta.KEY:`. They are checked in the files,
//! according to the type of each value: number, date, boolean or text.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::dates::{self, Clock};
use super::expr::{NumberTest, ValueTest};
use super::seen::SeenValues;
use super::text::Matcher;
use super::way::ValuePath;
use crate::format::{date, is_group, number_in, same_key};

/// A test of the front matter of a file.
#[derive(Clone, Debug)]
pub struct FieldTest {
    way: ValuePath,
    /// Any of these is enough; `None` if the field only has to exist.
    any: Option<Vec<Prepared>>,
    zone: TimeZone,
}

#[derive(Clone, Debug)]
struct Prepared {
    number: Option<NumberTest>,
    date: Option<dates::Seconds>,
    text: Option<Matcher>,
}

impl FieldTest {
    /// Whether there is a value at a path.
    pub fn is_there(way: &ValuePath, clock: &Clock) -> Self {
        Self {
            way: way.clone(),
            any: None,
            zone: clock.zone.clone(),
        }
    }

    /// Whether a value at a path passes any of these tests.
    pub fn new(way: &ValuePath, any: &[ValueTest], clock: &Clock) -> Self {
        let prepared = any.iter().map(|test| Prepared {
            number: test.number,
            date: test.date.map(|date| date.seconds(clock)),
            text: test.text.as_ref().map(Matcher::new),
        });
        Self {
            any: Some(prepared.collect()),
            ..Self::is_there(way, clock)
        }
    }

    /// Whether it holds for the fields of a file, whose values it adds to `seen`. `folded` is a
    /// buffer to fold text in.
    pub fn holds(
        &self,
        fields: &Map<String, Value>,
        folded: &mut String,
        seen: &mut SeenValues,
    ) -> bool {
        let mut values = Vec::new();
        if let Some((key, inner)) = self.way.keys().split_first() {
            let groups = fields.iter().filter(|(name, _)| is_group(name));
            let in_groups = groups.filter_map(|(_, group)| group.as_object()).flatten();
            for (name, value) in fields.iter().chain(in_groups) {
                if same_key(name, key) {
                    gather(inner, value, &mut values);
                }
            }
        }
        let Some(any) = &self.any else {
            return !values.is_empty();
        };
        let name = self.way.to_string();
        let texts: Vec<Cow<'_, str>> = values.into_iter().map(text).collect();
        for text in &texts {
            seen.add(&name, text);
        }
        let mut holds = |text: &str| any.iter().any(|it| it.holds(text, &self.zone, folded));
        texts.iter().any(|text| holds(text))
    }
}

/// Gathers the single values at a path. A list on the path stands for each of its elements.
fn gather<'a>(way: &[String], value: &'a Value, values: &mut Vec<&'a Value>) {
    match (value, way.split_first()) {
        (Value::Null, _) => {}
        (Value::Array(items), _) => items.iter().for_each(|it| gather(way, it, values)),
        (Value::Object(inner), Some((key, rest))) => inner
            .iter()
            .filter(|(name, _)| same_key(name, key))
            .for_each(|(_, value)| gather(rest, value, values)),
        (Value::Object(inner), None) => inner.values().for_each(|it| gather(&[], it, values)),
        (Value::Bool(_) | Value::Number(_) | Value::String(_), Some(_)) => {}
        (single, None) => values.push(single),
    }
}

/// A single value as a person writes it.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Cow::Owned(value.to_string())
        }
    }
}

impl Prepared {
    fn holds(&self, text: &str, zone: &TimeZone, folded: &mut String) -> bool {
        // A wanted number must not match the beginning of another one.
        if let (Some(test), Some(number)) = (self.number, number_in(text)) {
            return test.holds(number);
        }
        let in_period = self.date.as_ref().is_some_and(|period| {
            let moment = date::parse(text);
            moment.is_some() && period.contains(&dates::second(moment, zone))
        });
        in_period
            || self
                .text
                .as_ref()
                .is_some_and(|it| it.matches(text, folded))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::query::{Expr, Term, parse};

    fn holds(query: &str, fields: &Value) -> bool {
        let clock = Clock {
            now: Timestamp::from_second(1_700_000_000).expect("a time"),
            zone: TimeZone::UTC,
        };
        let parsed = parse(query).expect(query);
        assert_eq!(
            parse(&parsed.to_string()).expect("the same"),
            parsed,
            "{query}"
        );
        let test = match parsed.expr.expect("a condition") {
            Expr::Term(Term::Meta(way, any)) => FieldTest::new(&way, &any, &clock),
            Expr::Term(Term::HasMeta(way)) => FieldTest::is_there(&way, &clock),
            other => panic!("{query}: {other:?}"),
        };
        let fields = fields.as_object().expect("fields");
        test.holds(fields, &mut String::new(), &mut SeenValues::default())
    }

    #[test]
    fn a_value_is_compared_as_what_it_is() {
        let fields = json!({
            "layout": "Blog Post", "weight": 50, "score": "4.5", "toc": true, "none": null,
            "event": "2024-05-07", "held_on": "March 3, 2024", "list": ["red", "dark blue", 7],
            "seo": {"index": false, "words": ["a", "b"]},
            "people": [{"name": "Ada"}, {"name": "Bo"}],
            "taxonomies": {"places": ["harbour"]},
        });
        for query in [
            "meta.layout:blog",
            "META.Layout:post",
            "meta.layout:=\"blog post\"",
            "meta.layout:/^Blog/",
            "meta.layout:~blgo",
            "meta.layout:news,post",
            "meta.weight:50",
            "meta.weight>49",
            "meta.weight:10..60",
            "meta.score>=4.5",
            "meta.toc:true",
            "meta.event:2024",
            "meta.event:2024-05",
            "meta.event>2024-04-01",
            "meta.event:2024-01..2024-06",
            "meta.held-on:2024-03",
            "meta.list:blue",
            "meta.list:=red",
            "meta.list>6",
            "meta.seo.index:false",
            "meta.seo.words:b",
            "meta.seo:b",
            "meta.people.name:ada",
            "meta.places:harbour",
            "has:meta.layout",
            "has:meta.seo.index",
        ] {
            assert!(holds(query, &fields), "{query}");
        }
        for query in [
            "meta.layout:log",
            "meta.layout:=blog",
            "meta.layout>5",
            "meta.weight:5",
            "meta.weight<50",
            "meta.toc:false",
            "meta.none:null",
            "meta.event:2023",
            "meta.event<2024-05-07",
            "meta.list:green",
            "meta.seo.index:true",
            "meta.seo.title:x",
            "meta.layout.deeper:blog",
            "meta.absent:x",
            "has:meta.none",
            "has:meta.absent",
        ] {
            assert!(!holds(query, &fields), "{query}");
        }
    }

    #[test]
    fn what_cannot_be_asked_is_told_where() {
        for (query, word) in [
            ("meta:post", "meta"),
            ("meta.layout:", "value"),
            ("meta.layout>high", "a number or a date"),
            ("meta.layout:=/x/", "whole value"),
        ] {
            let error = parse(query).expect_err(query).to_string();
            assert!(error.contains(word), "{query}: {error}");
        }
        // A host is not a field.
        assert!(parse("metal.example:80").is_ok());
        assert_eq!(
            parse("has:image,meta.a -has:meta.b")
                .expect("a query")
                .to_string(),
            "(has:image OR has:meta.a) -has:meta.b"
        );
    }
}
