//! URLs that are opened, and those that are refused.

use proptest::prelude::*;

use super::page::{Fnv, TRACKING};
use super::*;

fn link(text: &str) -> Link {
    Link::parse(text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"))
}

fn refused(text: &str) -> LinkRefusal {
    Link::parse(text).expect_err(text)
}

#[test]
fn http_and_https_are_taken_as_they_are() {
    for text in [
        "https://bbntimes.example/technology/the-dark-side",
        "http://example.org/?q=a%20b&c",
        "https://example.org:8443/a#part",
        "https://[2001:db8::1]/x",
    ] {
        assert_eq!(link(text).as_str(), text);
    }
}

#[test]
fn other_schemes_are_refused_by_name() {
    for (text, scheme) in [
        ("javascript:alert(1)", "javascript"),
        ("file:///etc/passwd", "file"),
        ("data:text/html,<b>", "data"),
        ("FTP://example.org/", "ftp"),
        ("mailto:a@example.org", "mailto"),
    ] {
        assert_eq!(refused(text), LinkRefusal::Scheme(scheme.into()), "{text}");
    }
    assert_eq!(
        refused("javascript:1").to_string(),
        "“javascript:” links are not opened, only http and https"
    );
}

#[test]
fn a_long_scheme_is_cut_in_the_refusal() {
    let text = format!("{}:x", "a".repeat(5000));
    assert_eq!(refused(&text), LinkRefusal::Scheme("a".repeat(20)));
}

#[test]
fn paths_and_bare_names_are_refused() {
    for text in [
        "/news/a",
        "news/a.md",
        "example.org/a",
        "//example.org/a",
        "-x",
    ] {
        assert_eq!(refused(text), LinkRefusal::Relative, "{text}");
    }
    assert_eq!(refused(""), LinkRefusal::Empty);
}

#[test]
fn a_link_without_a_host_is_refused() {
    for text in ["https://", "http:///", "https://?q", "https://user@/"] {
        assert!(matches!(refused(text), LinkRefusal::Host(_)), "{text}");
    }
    assert!(matches!(refused("https://a b/"), LinkRefusal::Blank(_)));
    assert!(matches!(refused("https://a%00b/"), LinkRefusal::Host(_)));
    assert!(matches!(
        refused("https://1.2.3.999/"),
        LinkRefusal::Host(_)
    ));
}

#[test]
fn nothing_is_stripped_in_silence() {
    for text in [
        "https://example.org/a b",
        " https://example.org/",
        "https://example.org/\n",
        "https://exam\tple.org/",
        "java\nscript:alert(1)",
        "https://example.org/\u{1b}[2J",
        "https://example.org/\u{85}",
        "https://example.org/\u{2028}",
        "https://example.org/\u{a0}",
    ] {
        assert!(matches!(refused(text), LinkRefusal::Blank(_)), "{text:?}");
    }
    assert_eq!(
        refused("https://example.org/\u{1b}").to_string(),
        "the link contains a blank or control character (\\u{1b})"
    );
}

#[test]
fn the_length_counts_as_given_and_as_opened() {
    let start = "https://example.org/";
    let fits = format!("{start}{}", "a".repeat(MAX_BYTES - start.len()));
    assert_eq!(link(&fits).as_str().len(), MAX_BYTES);
    assert_eq!(
        refused(&format!("{fits}a")),
        LinkRefusal::TooLong(MAX_BYTES + 1)
    );
    // Each of these takes two bytes, and six once escaped.
    let grows = format!("{start}{}", "é".repeat(MAX_BYTES / 3));
    assert!(matches!(refused(&grows), LinkRefusal::TooLong(_)));
}

#[test]
fn a_user_name_and_a_foreign_host_are_pointed_out() {
    let user = link("https://bank.example@evil.example/login");
    assert_eq!(user.host(), "evil.example");
    assert_eq!(
        user.warning().as_deref(),
        Some("the part before @ is a user name; the page is on evil.example")
    );
    let foreign = link("https://b\u{430}nk.example/");
    assert_eq!(foreign.host(), "xn--bnk-6cd.example");
    assert_eq!(
        foreign.warning().as_deref(),
        Some(
            "the host has letters that can look like others; \
             its true name is xn--bnk-6cd.example"
        )
    );
    assert_eq!(link("https://bank.example/@someone").warning(), None);
}

#[test]
fn shown_is_short() {
    for (text, shown) in [
        ("https://www.example.org/", "example.org"),
        (
            "https://Example.org/a/b/?utm_source=x#top",
            "example.org/a/b",
        ),
        (
            "https://video.example/watch?v=4Hg&utm_medium=m",
            "video.example/watch?v=4Hg",
        ),
        ("http://example.org:8080/a", "example.org:8080/a"),
        ("https://bank.example@evil.example/a", "evil.example/a"),
        (
            "https://example.org/a?one=aaaaaaaaaaaaaaaaaaaa&two=bbbbbbbbbbbbbbbbbbbb",
            "example.org/a?…",
        ),
    ] {
        assert_eq!(link(text).shown(), shown);
    }
}

#[test]
fn the_same_page_has_the_same_canonical_form() {
    for same in [
        "https://example.org/a",
        "http://example.org/a/",
        "https://www.example.org/a",
        "https://EXAMPLE.org:443/a#part",
        "http://example.org:80/a?",
        "https://example.org/a?utm_source=x&UTM_Medium=y&fbclid=1&mc_eid=2&gclid",
        "https://me:secret@example.org/a",
    ] {
        assert_eq!(link(same).canonical(), "example.org/a", "{same}");
    }
    assert_eq!(
        link("https://example.org/a?b=2&a=1&&utm_term=c").canonical(),
        "example.org/a?a=1&b=2"
    );
    assert_eq!(link("https://www.com/").canonical(), "www.com");
}

#[test]
fn other_pages_have_other_keys() {
    let pages = [
        "https://example.org/",
        "https://example.org/a",
        "https://example.org/A",
        "https://example.org/a?v=1",
        "https://example.org/a?v=2",
        "https://example.org/a?utmost=1",
        "https://example.org:8080/a",
        "https://news.example.org/a",
    ];
    let keys: std::collections::HashSet<_> = pages.iter().map(|page| canonical_key(page)).collect();
    assert_eq!(keys.len(), pages.len());
    assert!(!keys.contains(&None));
    assert_eq!(canonical_key("javascript:alert(1)"), None);
}

#[test]
fn the_key_never_changes() {
    // FNV-1a of "a", from the reference implementation's vectors.
    let mut hash = Fnv::default();
    hash.add(b"a");
    assert_eq!(hash.0, 0xaf63_dc4c_8601_ec8c);
    assert_eq!(
        canonical_key("https://www.example.org/a/"),
        canonical_key("http://example.org/a")
    );
}

#[test]
fn the_tracking_table_is_in_lower_case_without_doubles() {
    let mut seen = std::collections::HashSet::new();
    for name in TRACKING {
        assert_eq!(*name, name.to_ascii_lowercase());
        assert!(seen.insert(name), "{name} is there twice");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*|https?://\\PC*|(?s).{0,40}") {
        if let Ok(link) = Link::parse(&text) {
            prop_assert!(link.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert!(link.as_str().starts_with("http"));
            prop_assert!(link.shown().chars().all(|c| c == '…' || c.is_ascii_graphic()));
            // What is opened is itself valid, and stays as it is.
            prop_assert_eq!(Link::parse(link.as_str()), Ok(link));
        }
    }

    #[test]
    fn the_canonical_form_is_its_own(
        path in "(/[a-z.]{0,4}){0,3}",
        query in "([a-c]{1,2}=[0-9&]{0,3}&?){0,4}",
    ) {
        let canonical = link(&format!("https://www.example.org{path}?{query}")).canonical();
        prop_assert_eq!(link(&format!("http://{canonical}")).canonical(), canonical);
    }
}

#[test]
fn a_target_is_a_page_or_a_file() {
    let file = |path: &str| LinkTarget::File(path.to_owned());
    for (text, path) in [
        ("../map/?x#y", "../map/"),
        ("@/paths/signpost.md#north", "/paths/signpost.md"),
        ("/media/weir.webm", "/media/weir.webm"),
        ("Old Maps.md", "Old Maps.md"),
    ] {
        assert_eq!(LinkTarget::parse(text), file(path));
    }
    assert!(matches!(
        LinkTarget::parse("https://a.example/b"),
        LinkTarget::Page(_)
    ));
    for text in [
        "javascript:alert(1)",
        "//a.example/b",
        "#x",
        "",
        "file:///etc/passwd",
        "a\u{1b}b",
    ] {
        assert!(
            matches!(LinkTarget::parse(text), LinkTarget::Unfit(_)),
            "{text}"
        );
    }
}

/// Texts that are nearly always URLs, and nearly always plain.
fn nearly_plain() -> impl proptest::strategy::Strategy<Value = String> {
    "https?://[a-z0-9x.-]{1,12}(\\.[a-z0-9]{1,4})?(:[0-9]{1,3})?(/[a-zA-Z0-9._~%+@:;,=!$()*'&-]{0,6}){0,4}([?#][a-z=&?/%é'#+._-]{0,16})?"
}

proptest::proptest! {
    #[test]
    fn a_plain_url_has_the_key_that_parsing_gives(text in nearly_plain()) {
        if let Some(page) = Page::plain(&text) {
            let link = Link::parse(&text);
            proptest::prop_assert_eq!(link.map(|it| it.canonical_key()), Ok(page.key()), "{}", text);
        }
    }
}

#[test]
fn what_parsing_changes_is_not_plain() {
    for plain in [
        "https://a.example",
        "http://www.news.example/2021/a-b_c.html",
        "https://a1.example/x/?id=3&utm_source=y&b=%",
    ] {
        let is_plain = !plain.contains('%');
        assert_eq!(Page::plain(plain).is_some(), is_plain, "{plain}");
    }
    for other in [
        "HTTPS://a.example",
        "https://A.example",
        "https://a.example:443/",
        "https://u@a.example/",
        "https://xn--bcher-kva.example/",
        "https://10.0.0.1/",
        "https://a.0x1f/",
        "https://a..example/",
        "https://a.example/b/../c",
        "https://a.example/b/%2e%2e/c",
        "https://a.example/b\\c",
        "https://a.example/é",
        "https://a.example/#b",
        "https://a.example/?q='",
        "ftp://a.example/",
        "https:///a",
        "a.example/b",
    ] {
        assert!(Page::plain(other).is_none(), "{other}");
    }
}

#[test]
fn copies_for_phones_are_their_pages() {
    for (copy, page) in [
        ("https://amp.a.example/b", "https://a.example/b"),
        ("https://a.example/b/amp/", "https://a.example/b"),
        ("https://a.example/amp/b", "https://a.example/b"),
        ("https://a.example/b.amp.html", "https://a.example/b"),
        ("https://a.example/b?amp=1&id=2", "https://a.example/b?id=2"),
        ("https://a.example/b?outputType=amp", "https://a.example/b"),
        (
            "https://www.google.com/amp/s/a.example/b/amp",
            "https://a.example/b",
        ),
        (
            "https://a-example.cdn.ampproject.org/c/s/a.example/b",
            "https://a.example/b",
        ),
        (
            "https://a-example.cdn.ampproject.org/v/s/amp.a.example/b?amp_js_v=1",
            "https://a.example/b",
        ),
    ] {
        let link = Link::parse(copy).expect("a link");
        let found = link.without_amp().map(|link| link.as_str().to_owned());
        assert_eq!(found.as_deref(), Some(page), "{copy}");
        assert_eq!(page_key(copy), page_key(page), "{copy}");
    }
    for page in [
        "https://a.example/b",
        "https://a.example/camp",
        "https://amp.example/",
        "https://a.example/amplifiers",
    ] {
        let link = Link::parse(page).expect("a link");
        assert_eq!(link.without_amp(), None, "{page}");
        let key = (!link.is_site()).then(|| link.canonical_key());
        assert_eq!(page_key(page), key, "{page}");
    }
    for site in [
        "https://a.example",
        "http://www.a.example/?utm_source=b",
        "a.example/b",
    ] {
        assert_eq!(page_key(site), None, "{site}");
    }
}

#[test]
fn a_site_is_no_page() {
    for (url, is_site) in [
        ("https://a.example", true),
        ("https://a.example/?utm_source=x", true),
        ("https://a.example/?p=1", false),
        ("https://a.example/b", false),
    ] {
        assert_eq!(
            Link::parse(url).expect("a link").is_site(),
            is_site,
            "{url}"
        );
    }
}
