//! Feeds as they are in the wild, made for these tests: good and odd ones, each with the expected
//! result.

/// A feed of this many entries, `Entry 1` and so on, a day apart.
pub fn rss(title: &str, entries: usize) -> Vec<u8> {
    let items: Vec<String> = (1..=entries).rev().map(item).collect();
    // Pages of its own: an entry that several feeds share is one article.
    let own: String = title.chars().filter(char::is_ascii_alphanumeric).collect();
    let own = format!("https://a.example/{own}/");
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title>\
         <link>https://a.example/</link>{}</channel></rss>",
        items.concat().replace("https://a.example/", &own)
    )
    .into_bytes()
}

pub fn item(number: usize) -> String {
    let day = 1 + (number - 1) % 28;
    format!(
        "<item><title>Entry {number}</title><link>https://a.example/{number}</link>\
         <guid>g{number}</guid><pubDate>{day} Mar 2026 10:00:00 GMT</pubDate>\
         <description>&lt;p&gt;Text {number}.&lt;/p&gt;</description></item>"
    )
}

/// The expected result of a sample.
pub enum Becomes {
    /// This many articles, the last of them with this line in its file.
    Articles(usize, &'static str),
    /// A failure that says this.
    Failure(&'static str),
}

use Becomes::{Articles, Failure};

/// A feed: its name, its bytes, and the expected result.
pub type Sample = (&'static str, Vec<u8>, Becomes);

fn channel(inside: &str) -> Vec<u8> {
    format!("<rss version='2.0'><channel><title>F</title>{inside}</channel></rss>").into_bytes()
}

fn one(inside: &str) -> Vec<u8> {
    channel(&format!(
        "<item><title>A</title><link>https://a.example/1</link>{inside}</item>"
    ))
}

fn atom(entry: &str) -> Vec<u8> {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry><id>1</id>{entry}</entry></feed>"
    )
    .into_bytes()
}

fn titled(title: &str) -> Vec<u8> {
    channel(&format!(
        "<item><title>{title}</title><link>https://a.example/1</link></item>"
    ))
}

fn dated(date: &str) -> Vec<u8> {
    one(&format!("<pubDate>{date}</pubDate>"))
}

const TITLE: &str = "title: \"A\"";
const DATE: &str = "publishedDateTime: 2026-03-05T10:00:00Z";

/// All samples. Names are unique and become file names.
pub fn all() -> Vec<Sample> {
    let mut all = formats();
    all.extend(texts());
    all.extend(dates());
    all.extend(broken());
    all
}

fn formats() -> Vec<Sample> {
    vec![
        ("rss 2.0", one("<guid>1</guid>"), Articles(1, TITLE)),
        ("rss 0.91", b"<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://my.netscape.com/rss-0.91.dtd\"><rss version='0.91'><channel><title>F</title><item><title>A</title><link>https://a.example/1</link></item></channel></rss>".to_vec(), Articles(1, TITLE)),
        ("rss 0.92", b"<rss version=\"0.92\"><channel><item><description>Only a text</description></item></channel></rss>".to_vec(), Articles(1, "title: \"Only a text\"")),
        ("rss without version", b"<rss><channel><item><title>A</title></item></channel></rss>".to_vec(), Articles(1, TITLE)),
        ("rss 3.0", b"<rss version='3.0'><channel><item><title>A</title></item></channel></rss>".to_vec(), Articles(1, TITLE)),
        ("rdf", b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>F</title></channel><item rdf:about='1'><title>A</title><link>https://a.example/1</link><dc:date>2026-03-05T10:00:00Z</dc:date></item></rdf:RDF>".to_vec(), Articles(1, DATE)),
        ("rdf 0.9", b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://channel.netscape.com/rdf/simple/0.9/'><channel><title>F</title></channel><item><title>A</title><link>https://a.example/1</link></item></rdf:RDF>".to_vec(), Articles(1, TITLE)),
        ("atom 1.0", atom("<title>A</title><link href='https://a.example/1'/><updated>2026-03-05T10:00:00Z</updated>"), Articles(1, DATE)),
        ("atom 0.3", b"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>F</title><entry><id>1</id><title>A</title><link rel='alternate' href='https://a.example/1'/><issued>2026-03-05T10:00:00Z</issued></entry></feed>".to_vec(), Articles(1, DATE)),
        ("atom with prefix", b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'><atom:title>F</atom:title><atom:entry><atom:id>1</atom:id><atom:title>A</atom:title></atom:entry></atom:feed>".to_vec(), Articles(1, TITLE)),
        ("atom xhtml", atom("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <em>b</em></div></title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><h2>c</h2></div></content>"), Articles(1, "## c")),
        ("atom html title", atom("<title type='html'>&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title>"), Articles(1, "title: \"A & B\"")),
        ("atom with odd type", atom("<title>A</title><content type='text/x-markdown; charset=utf-8'>b</content>"), Articles(1, TITLE)),
        ("atom with source", atom("<title>A</title><content src='https://a.example/x' type='text/html'/>"), Articles(1, TITLE)),
        ("atom with base", b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/c/'><entry><id>1</id><title>A</title><link href='1'/></entry></feed>".to_vec(), Articles(1, "webUrl: \"https://b.example/c/1\"")),
        ("atom with bad base", b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://[bad'><entry><id>1</id><title>A</title></entry></feed>".to_vec(), Articles(1, TITLE)),
        ("json 1.0", br#"{"version":"https://jsonfeed.org/version/1","title":"F","items":[{"id":"1","title":"A","content_text":"b"}]}"#.to_vec(), Articles(1, TITLE)),
        ("json 1.1", br#"{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":1,"url":"https://a.example/1","title":"A","content_html":"<p>b</p>","date_published":"2026-03-05T10:00:00Z"}]}"#.to_vec(), Articles(1, DATE)),
        ("json with wrong types", br#"{"version":"https://jsonfeed.org/version/1","title":7,"items":[{"id":{},"title":["x"],"url":"https://a.example/1","tags":"no","authors":{}},"x",null]}"#.to_vec(), Articles(1, "title: \"https://a.example/1\"")),
        ("podcast", one("<enclosure url='https://a.example/1.mp3' type='audio/mpeg' length='9'/><itunes:duration>1:01:01</itunes:duration>"), Articles(1, "length: PT3661S")),
        ("video", atom("<title>A</title><link rel='alternate' href='https://www.youtube.com/watch?v=x'/><media:group xmlns:media='http://search.yahoo.com/mrss/'><media:thumbnail url='https://i.example/x.jpg' width='480' height='360'/></media:group>"), Articles(1, "type: video")),
        ("toots", channel("<item><guid isPermaLink='true'>https://m.example/@ada/1</guid><link>https://m.example/@ada/1</link><description>&lt;p&gt;Just some words&lt;/p&gt;</description></item>"), Articles(1, "title: \"Just some words\"")),
    ]
}

fn texts() -> Vec<Sample> {
    vec![
        (
            "bare ampersand",
            titled("R&D & more"),
            Articles(1, "title: \"R&D & more\""),
        ),
        (
            "html entities",
            titled("Caf&eacute;&nbsp;&mdash; A"),
            Articles(1, "title: \"Café — A\""),
        ),
        (
            "escaped twice",
            titled("R&amp;amp;D"),
            Articles(1, "title: \"R&D\""),
        ),
        (
            "markup in title",
            titled("<![CDATA[<b>A</b> <i>b</i>]]>"),
            Articles(1, "title: \"A b\""),
        ),
        (
            "yaml in title",
            titled("A\n---\npublished: true\n\"x\": [#&*!|>%@`"),
            Articles(1, "title: \"A --- published: true \\\"x\\\": [#&*!|>%@`\""),
        ),
        (
            "escapes in title",
            titled("A\x1b[2J\x07 \u{202e}b"),
            Articles(1, "title: \"A[2J \u{202e}b\""),
        ),
        (
            "template in title",
            titled("{{ site.secret }}"),
            Articles(1, "title: \"{ { site.secret }}\""),
        ),
        (
            "template in text",
            one("<description>{{ x }} {% include /etc/passwd %}</description>"),
            Articles(1, "&#123;&#123; x }} &#123;% include /etc/passwd %}"),
        ),
        (
            "no title",
            channel("<item><link>https://a.example/some/page</link></item>"),
            Articles(1, "title: \"https://a.example/some/page\""),
        ),
        (
            "no guid and no link",
            channel("<item><title>A</title><description>b</description></item>"),
            Articles(1, TITLE),
        ),
        (
            "nothing in it",
            channel("<item></item><item><title>A</title></item>"),
            Articles(1, TITLE),
        ),
        (
            "relative link",
            one("<description>&lt;a href='/x'&gt;y&lt;/a&gt;</description>"),
            Articles(1, "[y](https://a.example/x)"),
        ),
        (
            "script in text",
            one(
                "<content:encoded><![CDATA[<p>c</p><script>alert(1)</script><style>x</style>]]></content:encoded>",
            ),
            Articles(1, "excerpt: \"c\""),
        ),
        (
            "link to script",
            channel("<item><title>A</title><link>javascript:alert(1)</link><guid>1</guid></item>"),
            Articles(1, TITLE),
        ),
        (
            "the same guid twice",
            channel(
                "<item><guid>1</guid><title>A</title></item><item><guid>1</guid><title>B</title></item>",
            ),
            Articles(1, TITLE),
        ),
        (
            "the same title twice",
            channel(
                "<item><guid>1</guid><title>A</title></item><item><guid>2</guid><title>A</title></item>",
            ),
            Articles(2, TITLE),
        ),
        (
            "title of a megabyte",
            titled(&"long ".repeat(200_000)),
            Articles(1, "type: article"),
        ),
        (
            "many categories",
            one(&"<category>c</category><category>d</category>".repeat(5_000)),
            Articles(1, "  - d"),
        ),
        (
            "path in title",
            titled("../../../etc/passwd"),
            Articles(1, "title: \"../../../etc/passwd\""),
        ),
        (
            "no letters in title",
            titled("…"),
            Articles(1, "title: \"…\""),
        ),
    ]
}

fn dates() -> Vec<Sample> {
    vec![
        (
            "date rfc 822",
            dated("Thu, 05 Mar 26 10:00 GMT"),
            Articles(1, DATE),
        ),
        (
            "date with wrong day",
            dated("Mon, 05 Mar 2026 10:00:00 +0000"),
            Articles(1, DATE),
        ),
        (
            "date in german",
            dated("Do, 05 Mär 2026 11:00:00 +0100"),
            Articles(1, DATE),
        ),
        (
            "date of sql",
            dated("2026-03-05 10:00:00"),
            Articles(1, DATE),
        ),
        (
            "date with zone name",
            dated("Thu, 05 Mar 2026 05:00:00 EST"),
            Articles(1, DATE),
        ),
        ("date of unix", dated("1772704800"), Articles(1, DATE)),
        ("no date", dated("whenever"), Articles(1, TITLE)),
    ]
}

fn broken() -> Vec<Sample> {
    let utf16: Vec<u8> = String::from_utf8_lossy(&titled("Café"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    vec![
        ("blanks before", [b"\n\n \xef\xbb\xbf<?xml version='1.0'?>".to_vec(), titled("A")].concat(), Articles(1, TITLE)),
        ("warning before", [b"<br />\n<b>Warning</b>: x in <b>y.php</b>\n".to_vec(), titled("A")].concat(), Articles(1, TITLE)),
        ("latin 1", b"<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><title>Caf\xe9</title></item></channel></rss>".to_vec(), Articles(1, "title: \"Café\"")),
        ("latin 1 said to be utf-8", b"<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>Caf\xe9</title></item></channel></rss>".to_vec(), Articles(1, "title: \"Café\"")),
        ("utf-8 said to be latin 1", "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><title>Café</title></item></channel></rss>".as_bytes().to_vec(), Articles(1, "title: \"Café\"")),
        ("utf-16", utf16, Articles(1, "title: \"Café\"")),
        ("cut", rss("F", 3)[..600].to_vec(), Articles(2, "title: \"Entry 3\"")),
        ("tags not closed", channel("<item><title>A<link>https://a.example/1</link></item><item><title>B</title></item>"), Articles(2, "title: \"B\"")),
        ("less than", titled("a < b and 1 <2"), Articles(1, "title: \"a < b and 1 <2\"")),
        ("two roots", [titled("A"), titled("B")].concat(), Articles(1, TITLE)),
        ("attributes without quotes", b"<feed xmlns=http://www.w3.org/2005/Atom><entry><id>1</id><title>A</title><link href=https://a.example/1></link></entry></feed>".to_vec(), Articles(1, "webUrl: \"https://a.example/1\"")),
        ("empty feed", channel(""), Articles(0, "")),
        ("a page", b"<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='https://a.example/feed'></head></html>".to_vec(), Failure("it is a page, not a feed; it links to https://a.example/feed")),
        ("empty", Vec::new(), Failure("it is empty")),
        ("text", b"Service unavailable".to_vec(), Failure("begins with \"Service unavailable\"")),
        ("json of another kind", b"{\"error\":1}".to_vec(), Failure("neither RSS")),
        ("broken json", b"{\"version\":".to_vec(), Failure("line 1: EOF")),
        ("cut before anything", b"<rss><channel>\n<item><title>A".to_vec(), Failure("line 2: it ends in the middle")),
    ]
}
