//! Repairs to the XML of feeds.

use super::*;

fn feed(inside: &str) -> String {
    format!("<rss version=\"2.0\"><channel>{inside}</channel></rss>")
}

/// The mended text between the first and the last tag of the channel.
fn inside(text: &str) -> String {
    let mended = mend(text).expect("a feed").xml;
    let (_, after) = mended.split_once("<channel>").expect("a channel");
    after.trim_end_matches("</channel></rss>").to_owned()
}

#[test]
fn what_is_wrong_in_a_text_or_tag_is_repaired() {
    for (wrong, mended) in [
        (
            "<title>R&D &nbsp;&eacute; a < b</title>",
            "<title>R&amp;D \u{a0}é a &lt; b</title>",
        ),
        ("<link href=x>y</link>", "<link href=\"x\">y</link>"),
        (
            "<a b='1' b='2' c=\"R&D\"/>",
            "<a b=\"1\" c=\"R&amp;D\"></a>",
        ),
        ("<a><b>c</a>", "<a><b>c</b></a>"),
        ("<a>b</c></a>", "<a>b</a>"),
        ("<a><![CDATA[<b>&nbsp;]]></a>", "<a>&lt;b&gt;&amp;nbsp;</a>"),
        (
            "<pubDate>Thu, 5 Mar 26 10:00 UT</pubDate>",
            "<pubDate>2026-03-05T10:00:00Z</pubDate>",
        ),
        ("<!-- a -- b --><?php x ?><a/>", "<a></a>"),
        ("<content src='x'/><title> </title><a/>", "<a></a>"),
    ] {
        assert_eq!(inside(&feed(wrong)), mended, "{wrong}");
    }
}

#[test]
fn what_comes_before_the_feed_is_left_out() {
    let bombs = "<!DOCTYPE rss [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;\">]>";
    let text = format!(
        "Warning: x in y.php\n\n<?xml version='1.0'?>{bombs}{}",
        feed("<a>&b;</a>")
    );
    assert_eq!(inside(&text), "<a>&amp;b;</a>");
}

#[test]
fn a_feed_that_breaks_off_ends_after_its_last_whole_entry() {
    let text = feed("<item><a>1</a></item><item><a>2</a></item><item><a>3");
    let text = text.trim_end_matches("</channel></rss>");
    let mended = mend(text).expect("a feed");
    assert_eq!(mended.entries.len(), 2);
    assert!(
        mended.xml.ends_with("<a>2</a></item></channel></rss>"),
        "{}",
        mended.xml
    );
    assert_eq!(mended.notes.len(), 1);
    let nothing = mend("<rss><channel>\n<item><a>");
    assert!(
        matches!(nothing, Err(Fault::Broken { line: 2, .. })),
        "{nothing:?}"
    );
}

#[test]
fn entries_and_depth_have_limits() {
    let many = mend(&feed(&"<item/>".repeat(100_000))).expect("a feed");
    assert_eq!(many.entries.len(), MAX_ENTRIES);
    assert_eq!(
        many.notes,
        ["the feed has 100000 entries; the first 1000 are read"]
    );
    let deep = mend(&feed(&"<a>".repeat(100_000))).map(|mended| mended.xml.len());
    assert!(deep.is_err(), "{deep:?}");
    let closed = feed(&format!(
        "{}{}<item/>",
        "<a>".repeat(9_999),
        "</a>".repeat(9_999)
    ));
    let closed = mend(&closed).expect("a feed");
    assert_eq!(closed.entries.len(), 1);
    assert!(closed.xml.len() < 4_000);
}

#[test]
fn what_is_no_feed_is_said_to_be_none() {
    for text in [
        "",
        "<html><body>",
        "<opml/>",
        "{}",
        "<!DOCTYPE html><html><script>'<rss>'",
    ] {
        assert_eq!(mend(text), Err(Fault::NoFeed), "{text}");
    }
}

#[test]
fn hours_to_skip_are_noted() {
    let text = feed("<skipHours><hour>3</hour><hour> 4 </hour></skipHours>");
    assert_eq!(mend(&text).expect("a feed").skip_hours, [3, 4]);
}
