//! Dates as people and programs write them.

use super::*;

fn utc(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

#[test]
fn the_ways_to_write_a_moment() {
    let expected = Some(Moment::instant(utc("2021-12-30T23:19:00Z")));
    for text in [
        "2021-12-30T23:19:00Z",
        "2021-12-30T23:19:00",
        "2021-12-30 23:19",
        "2021-12-30 23:19:00 UTC",
        "2021-12-31T00:19:00+01:00",
        "2021-12-31 00:19:00 +0100",
        "2021-12-30 18:19:00 -0500",
        "2021-12-30T23:19:00.000Z",
        "Thu, 30 Dec 2021 23:19:00 GMT",
        " 2021-12-30T23:19:00z ",
        "2021-12-31 00:19:00 +1",
        "2021-12-30 18:19:00 -5",
        "2021-12-30 18:19:00 -500",
        "2021/12/30 23:19:00",
        "2021-12-30 11:19 PM",
        "December 30, 2021 23:19",
        "30 Dec 2021 23:19",
        "Thu Dec 30 2021 23:19:00 GMT+0000 (Coordinated Universal Time)",
        "2021-12-31T00:19:00+01:00[Europe/Zurich]",
        "2021-12-30 18:19 EST",
        "2021-12-30 18:19:00 America/New_York",
        "2021-12-30 18:19 america/new_york",
        "2021-12-31 00:19:00 CET",
        "2021-12-30 23:19:00 +0000 UTC",
        "2021-12-31 07:19:00.000 +0800 CST",
        "2021-12-31 02:19:00 +0300 +03 m=+0.012",
        "2021-12-31 00:19 +01:00 Europe/Zurich",
        "2021-12-30 11:19PM",
        "2021-12-30, 23:19",
        "2021-12-30\u{a0}23:19",
        "2021.12.30 23:19",
        "2021-12-31T00:19:00[Europe/Zurich]",
        "20211230T231900",
        "20211230T2319",
        "20211231T001900+0100",
        "30-Dec-2021 23:19",
        "Thu Dec 30 23:19:00 2021",
        "Thu Dec 30 18:19:00 EST 2021",
        "<2021-12-30 Thu 23:19>",
        "1640906340",
        "1640906340000",
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
    for text in [
        "2021-12-30",
        "2021/12/30",
        "20211230",
        "December 30, 2021",
        "Dec. 30th, 2021",
        "30 Dec 2021",
        "Thursday, 30 December 2021",
        "30-Dec-2021",
        "2021.12.30",
        "[2021-12-30 Thu]",
        "2021-364",
        "2021-W52-4",
    ] {
        let day = Some(Moment::day(utc("2021-12-30T00:00:00Z")));
        assert_eq!(parse(text), day, "{text}");
    }
    assert_eq!(parse("2021"), parse("2021-01-01"));
    for text in ["2021-12", "2021/12", "December 2021", "Dec 2021"] {
        assert_eq!(parse(text), parse("2021-12-01"), "{text}");
    }
    assert_eq!(parse("2021-W52"), parse("2021-12-27"));
}

#[test]
fn parts_of_one_digit() {
    let at = |text: &str| parse(text).map(|moment| moment.at.to_string());
    let said = Some("2019-01-01T09:05:07Z".to_owned());
    assert_eq!(at("2019-1-1 9:05:07"), said);
    assert_eq!(at("2019-1-1T9:05:07"), said);
    assert_eq!(at("2019-01-01 9:5:7"), said);
    assert_eq!(
        at("2018-09-16 19:47:42 +8").as_deref(),
        Some("2018-09-16T11:47:42Z")
    );
    assert_eq!(at("2019-1-1"), at("2019-01-01"));
}

#[test]
fn the_end_of_time_is_a_date() {
    for text in [
        "9999-12-31T23:59:59Z",
        "9999-12-31 23:59:59",
        "9999-12-31",
        "9999-12-31T23:59:59-05:00",
    ] {
        let moment = parse(text).expect(text);
        assert!(rfc3339(moment).starts_with("9999-12-3"), "{text}");
    }
}

#[test]
fn what_is_no_date() {
    for text in [
        "",
        "soon",
        "today",
        "202",
        "20211330",
        "2021-13-01",
        "2021/12-30",
        "2021-12-30 25:00",
        "2021-12-30 1",
        "2021-12-30x",
        "May the force be with you",
        "March 32, 2021",
        "30 Smarch 2021",
        "2021-12-30 10:00 +99",
        "2021-12-30 10:00 Nowhere/Town",
        "2021-12-30 10:00 IST",
        "2021-12-30 10:00 +0100 and so on, 2",
        "2021-12-30 10:00 amateur",
        "2021-02-30",
        "30.12.2021",
        "2021-12-30 +x",
        "2021-13",
        "2021.12",
        "2021-366",
        "2021-W54",
        "20211230T9919",
        "2021-12-30 10:00[Nowhere/Town]",
        "Thu Smarch 30 23:19:00 2021",
        "99999999999999999999",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn a_file_name_may_start_with_a_date() {
    assert!(in_file_name("2021-12-30-title.md").is_some());
    assert!(in_file_name("2021-12-30.md").is_some());
    assert_eq!(in_file_name("2021-12-301.md"), None);
    assert_eq!(in_file_name("title-2021-12-30.md"), None);
    assert_eq!(in_file_name("çédille-é.md"), None);
}

#[test]
fn dates_in_paths() {
    let day = parse("2024-10-07");
    for path in [
        "2024/10/07/tides",
        "/2024/10/7/tides/",
        "blog/2024/10/07",
        "posts/2024-10-07-tides",
    ] {
        assert_eq!(in_path(path), day, "{path}");
        assert_eq!(in_field(path), day, "{path}");
    }
    for path in [
        "",
        "tides",
        "2024/tides",
        "2024/13/07/x",
        "12024/10/07",
        "é/ü/ö",
    ] {
        assert_eq!(in_path(path), None, "{path}");
    }
}

#[test]
fn a_date_with_a_wrong_time_is_no_path() {
    for text in [
        "2024-10-07 25:99 nonsense",
        "2024-10-07 10:00 IST",
        "2024-10-07T10",
        "2024-10-07 10:00 Nowhere/Town",
        "2024/10/07 noon",
        "October 7, 2024 at noon",
    ] {
        assert_eq!(in_field(text), None, "{text}");
        assert_eq!(day_of(text), parse("2024-10-07"), "{text}");
    }
    for text in ["2024-10-07-tides", "2024/10/07/tides", "soon", "2024-10"] {
        assert_eq!(day_of(text), None, "{text}");
    }
}
