//! Values that are taken leniently, and those that are not.

use super::super::locate::Syntax;
use super::super::node::FrontShape;
use super::super::tree::parse;
use super::*;

fn fields(front: &str) -> Fields {
    match parse(Syntax::Yaml, front, &mut Vec::new()) {
        Ok(FrontShape::Map(map)) => Fields::top(map),
        other => panic!("{other:?}"),
    }
}

#[test]
fn flags_are_lenient() {
    let front = "a: true\nb: \"true\"\nc: yes\nd: True\ne: off\nf: \"No\"\ng: 0\nh: maybe\ni: ~\n";
    let mut fields = fields(front);
    let mut flaws = Vec::new();
    let read: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "none"]
        .map(|name| fields.flag(name, &mut flaws))
        .to_vec();
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(read, [yes, yes, yes, yes, no, no, no, None, None, None]);
    assert_eq!(flaws.len(), 1);
    assert_eq!(flaws[0].place.map(|place| place.line), Some(8));
}

#[test]
fn numbers_and_texts() {
    let mut fields = fields("a: 39\nb: \"39\"\nc: high\nd: [1]\ne: 2021\nf: 4.5\ng: .nan\n");
    let mut flaws = Vec::new();
    assert_eq!(fields.integer("a", &mut flaws), Some(39));
    assert_eq!(fields.integer("b", &mut flaws), Some(39));
    assert_eq!(fields.integer("c", &mut flaws), None);
    assert_eq!(fields.text("d", &mut flaws), None);
    assert_eq!(fields.text("e", &mut flaws).as_deref(), Some("2021"));
    assert_eq!(fields.number("f", &mut flaws), Some(4.5));
    assert_eq!(fields.number("g", &mut flaws), None);
    let named: Vec<_> = flaws
        .iter()
        .filter_map(|flaw| flaw.field.as_deref())
        .collect();
    assert_eq!(named, ["c", "d", "g"]);
}

#[test]
fn lists_may_be_a_single_value() {
    let mut fields = fields("a: AI\nb:\n  - AI\n  - \"\"\n  - R&amp;D\n  - [x]\n");
    let mut flaws = Vec::new();
    assert_eq!(fields.texts("a", &mut flaws), ["AI"]);
    assert_eq!(fields.texts("b", &mut flaws), ["AI", "R&D"]);
    assert_eq!(flaws.len(), 1);
    assert_eq!(flaws[0].field.as_deref(), Some("b[4]"));
}

#[test]
fn inner_fields_say_where_they_stand() {
    let mut fields = fields("x: 1\nrelated:\n  - quality: good\n  - [7]\n");
    let mut flaws = Vec::new();
    fields.each("related", "title", &mut flaws, |entry, flaws| {
        entry.integer("quality", flaws)
    });
    let named: Vec<_> = flaws
        .iter()
        .filter_map(|flaw| flaw.field.as_deref())
        .collect();
    assert_eq!(named, ["related[1].quality", "related[2]"]);
    assert_eq!(flaws[0].place.map(|place| place.line), Some(2));
}

#[test]
fn what_is_left_is_kept_on_one_line() {
    let mut fields = fields("a: 1\nlayout: post\ntags: [x, y]\nextra:\n  k: v\n  l: ~\nnothing:\n");
    fields.take("a");
    let rest = fields.rest();
    let shown: Vec<_> = rest
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(shown, ["layout=post", "tags=x, y", "extra=k: v, l: "]);
}

#[test]
fn a_date_with_a_wrong_time_is_a_day_with_a_warning() {
    let mut fields = fields("a: 2024-05-02 25:99\nb: 2024-05-02 06:30 IST\nc: soon\n");
    let mut flaws = Vec::new();
    let day = date::parse("2024-05-02");
    assert_eq!(fields.moment("a", &mut flaws), day);
    assert_eq!(fields.moment("b", &mut flaws), day);
    assert_eq!(fields.moment("c", &mut flaws), None);
    let places: Vec<_> = flaws
        .iter()
        .map(|flaw| (flaw.field.as_deref(), flaw.place.map(|place| place.line)))
        .collect();
    assert_eq!(
        places,
        [
            (Some("a"), Some(1)),
            (Some("b"), Some(2)),
            (Some("c"), Some(3))
        ]
    );
}
