//! Reads feeds of every format.

use super::*;

const URL: &str = "https://a.example/feed.xml";

fn read_text(text: &str) -> ParsedFeed {
    read(text.as_bytes(), None, URL).expect("a feed")
}

fn one(text: &str) -> FeedEntry {
    let mut entries = read_text(text).entries;
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries.remove(0)
}

fn html(text: &str) -> Option<TextMarkup> {
    Some(TextMarkup::Html(text.to_owned()))
}

fn plain(text: &str) -> Option<TextMarkup> {
    Some(TextMarkup::Text(text.to_owned()))
}

#[test]
fn rss_of_every_version_is_read() {
    for version in ["2.0", "0.91", "0.92", "0.93", "0.90", "2.00", "", "x"] {
        let text = format!(
            "<?xml version='1.0'?><rss version='{version}'><channel><title>F</title>\
             <link>https://a.example/</link><ttl>30</ttl><item><title>A</title>\
             <link>https://a.example/1</link><description>&lt;b&gt;d&lt;/b&gt;</description>\
             <guid>g</guid><pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate>\
             <category>AI</category><author>ada@a.example (Ada)</author></item></channel></rss>"
        );
        let feed = read_text(&text);
        assert_eq!(
            (feed.title.as_str(), feed.ttl),
            ("F", Some(30)),
            "{version}"
        );
        assert_eq!(feed.site.as_deref(), Some("https://a.example/"));
        let entry = &feed.entries[0];
        assert_eq!(entry.title, plain("A"));
        assert_eq!(entry.link.as_deref(), Some("https://a.example/1"));
        assert_eq!(entry.summary, html("<b>d</b>"));
        assert_eq!(entry.guid, "g");
        assert_eq!(entry.categories, ["AI"]);
        assert!(entry.published.is_some() && entry.updated.is_none());
    }
}

#[test]
fn rdf_is_read() {
    for space in [
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
    ] {
        let entry = one(&format!(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='{space}'>\
             <channel><title>F</title></channel><item rdf:about='x'><title>A</title>\
             <link>https://a.example/1</link><dc:date>2026-03-05T10:00+01:00</dc:date>\
             <content:encoded><![CDATA[<p>b</p>]]></content:encoded></item></rdf:RDF>"
        ));
        assert_eq!(entry.title, plain("A"), "{space}");
        assert_eq!(entry.link.as_deref(), Some("https://a.example/1"));
    }
}

#[test]
fn atom_of_both_versions_is_read() {
    let atom = one(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/blog/'><title>F</title>\
         <entry><id>tag:1</id><title type='html'>A &amp;amp; B</title><link href='1'/>\
         <link rel='enclosure' type='audio/mpeg' href='https://a.example/1.mp3'/>\
         <published>2026-03-05T10:00:00Z</published><updated>2026-03-06T10:00:00Z</updated>\
         <author><name>Ada</name></author><category term='ai' label='AI'/>\
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>b</p></div></content>\
         </entry></feed>",
    );
    assert_eq!(atom.link.as_deref(), Some("https://a.example/blog/1"));
    assert_eq!(atom.title, html("A &amp; B"));
    assert_eq!(atom.authors, ["Ada"]);
    assert_eq!(atom.categories, ["AI"]);
    assert!(atom.updated.is_some());
    assert_eq!(atom.media[0].kind, RecordingKind::Audio);
    assert!(
        matches!(&atom.content, Some(TextMarkup::Html(text)) if text.contains("<p>b</p>")),
        "{atom:?}"
    );
    let old = one(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>F</title><entry>\
         <title mode='escaped' type='text/html'>A</title><id>1</id>\
         <link rel='alternate' type='text/html' href='https://a.example/1'/>\
         <issued>2026-03-05T10:00:00Z</issued><modified>2026-03-06T10:00:00Z</modified>\
         <content type='text/html' mode='escaped'>&lt;p&gt;b</content></entry></feed>",
    );
    assert_eq!(old.content, html("<p>b"));
    assert_eq!(
        old.published.map(|at| at.to_string()).as_deref(),
        Some("2026-03-05T10:00:00Z")
    );
}

#[test]
fn json_feeds_are_read() {
    let entry = one(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"F","authors":[{"name":"Ada"}],
        "items":[{"id":1,"url":"/1","title":"A","content_html":"<p>b","image":"i.png",
        "date_published":"2026-03-05T10:00:00Z","tags":["AI",null],
        "attachments":[{"url":"1.mp3","mime_type":"audio/mpeg","duration_in_seconds":61.5}]}]}"#,
    );
    assert_eq!(entry.guid, "1");
    assert_eq!(entry.link.as_deref(), Some("https://a.example/1"));
    assert_eq!(entry.images[0].url, "https://a.example/i.png");
    assert_eq!(entry.media[0].seconds, Some(61));
    assert_eq!(entry.authors, ["Ada"]);
    assert_eq!(entry.categories, ["AI"]);
}

#[test]
fn podcasts_and_videos_are_read() {
    let podcast = one(
        "<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><item><title>A</title>\
         <enclosure url='https://a.example/1.mp3' length='1' type='audio/mpeg'/>\
         <itunes:duration>1:01:01</itunes:duration><itunes:image href='https://a.example/i.jpg'/>\
         </item></channel></rss>",
    );
    assert_eq!(podcast.media[0].seconds, Some(3_661), "{podcast:?}");
    let video = one(
        "<feed xmlns:media='http://search.yahoo.com/mrss/' xmlns='http://www.w3.org/2005/Atom'><entry>\
         <id>yt:video:x</id><title>A</title><link rel='alternate' href='https://www.youtube.com/watch?v=x'/>\
         <media:group><media:content url='https://www.youtube.com/v/x' type='application/x-shockwave-flash'/>\
         <media:thumbnail url='https://i.ytimg.com/x.jpg' width='480' height='360'/>\
         <media:description>What it is</media:description></media:group></entry></feed>",
    );
    assert_eq!(
        (video.images[0].width, video.images[0].height),
        (Some(480), Some(360))
    );
    assert_eq!(video.summary, plain("What it is"));
}

#[test]
fn an_entry_that_the_library_refuses_costs_itself_only() {
    let feed = read_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry><id>1</id><title>A</title>\
         <content/></entry><entry><id>2</id><title>B</title><content>b</content></entry></feed>",
    );
    assert!(
        feed.entries.iter().any(|entry| entry.guid == "2"),
        "{feed:?}"
    );
}

#[test]
fn what_is_no_feed_is_told_apart() {
    for (text, said) in [
        ("", "it is empty"),
        ("  \n", "it is empty"),
        ("<!doctype html><html><head>", "it is a page, not a feed"),
        (
            "hello",
            "it is neither RSS, Atom nor JSON Feed; it begins with \"hello\"",
        ),
        ("{\"version\":\"2\"}", "it is neither RSS"),
        ("{\"version\":", "line 1: EOF"),
        ("<rss><channel><item>", "line 1: it ends in the middle"),
    ] {
        let unread = read(text.as_bytes(), None, URL)
            .expect_err(text)
            .to_string();
        assert!(unread.starts_with(said), "{unread}");
    }
}

#[test]
fn a_fault_in_json_has_the_line_of_the_whole_text() {
    let broken = read(b"\n\n{\n\"version\": }", None, "https://a.example");
    let broken = broken.map(drop).map_err(|unread| unread.to_string());
    assert_eq!(broken, Err("line 4: expected value".to_owned()));
}
