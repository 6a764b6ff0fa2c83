//! Reads and writes other programs' lists.

use proptest::prelude::*;

use super::*;

fn feed(url: &str, name: &str, topics: &[&str]) -> Feed {
    Feed {
        url: url.into(),
        name: name.into(),
        topics: topics.iter().map(|it| (*it).to_owned()).collect(),
        ..Feed::default()
    }
}

#[test]
fn opml_is_read_leniently() {
    let text = "\u{feff}<?xml version='1.0'?><OPML><head/><body>
        <outline text='Tech &amp; AI'><outline title='Deep'>
          <outline text='A' title=\"A & Co\" xmlurl='http://a.example/feed?a=1&amp;b=2' type='rss' category='/X/Y,Z'/>
        </outline></outline>
        <outline text='B' xmlUrl='feed://b.example/rss'></outline>
        <outline text='B' xmlUrl='feed:https://b.example/other'/>
        <outline text='again' xmlUrl='http://b.example/rss'/>
        <outline text='A page' type='link' url='http://c.example/'/>
        <outline text='no' xmlUrl='file:///etc/passwd'/>
        <outline text='cut";
    let imported = import(text.as_bytes()).expect("OPML");
    assert_eq!(
        imported.feeds,
        [
            feed(
                "http://a.example/feed?a=1&b=2",
                "A & Co",
                &["Tech & AI", "Deep", "Y", "Z"]
            ),
            feed("http://b.example/rss", "B", &[]),
            feed("https://b.example/other", "B 2", &[]),
        ]
    );
    assert_eq!(imported.notes.len(), 3, "{:?}", imported.notes);
    assert!(
        import(b"<opml><body/></opml>")
            .expect("OPML")
            .feeds
            .is_empty()
    );
    assert!(import(b"<html><body></body></html>").is_err());
}

#[test]
fn a_newsboat_list_is_read() {
    let text = "# mine\nhttps://a.example/feed ai \"machine learning\" \"~A feed\" !hidden\n\
        \"query:Unread:unread = \\\"yes\\\"\" all\nexec:~/bin/x\nhttps://b.example/feed\n\"open\n";
    let imported = import(text.as_bytes()).expect("a list");
    assert_eq!(
        imported.feeds,
        [
            feed(
                "https://a.example/feed",
                "A feed",
                &["ai", "machine learning"]
            ),
            feed("https://b.example/feed", "", &[]),
        ]
    );
    let starts: Vec<&str> = imported
        .notes
        .iter()
        .filter_map(|it| it.split(' ').nth(1))
        .collect();
    assert_eq!(starts, ["3:", "4:", "6:"], "{:?}", imported.notes);
}

#[test]
fn an_address_with_a_user_is_left_out_without_its_password() {
    for text in [
        "<opml><body><outline xmlUrl='https://ada:s3cret@a.example/feed'/></body></opml>",
        "https://ada:s3cret@a.example/feed tag\n",
    ] {
        let imported = import(text.as_bytes()).expect("a list");
        assert!(imported.feeds.is_empty(), "{imported:?}");
        let [note] = &imported.notes[..] else {
            panic!("{:?}", imported.notes);
        };
        assert!(note.contains("a.example: its address has a user"), "{note}");
        assert!(!note.contains("s3cret"), "{note}");
    }
}

proptest! {
    #[test]
    fn what_is_exported_is_imported_again(
        feeds in proptest::collection::vec(("[a-z]{1,8}", "[-a-zé&<>\"' ]{0,10}[a-z]", proptest::collection::vec("[A-Za-zé&<>\"'/,]{1,6}", 0..4)), 0..6)
    ) {
        let mut listed: Vec<Feed> = Vec::new();
        for (host, name, mut topics) in feeds {
            topics.sort();
            topics.dedup();
            let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
            let feed = feed(&format!("https://{host}.example/f?a=1&b=2"), name.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), &topics);
            if !listed.iter().any(|it| it.url == feed.url || it.name == feed.name) {
                listed.push(feed);
            }
        }
        let bytes = opml(&listed).expect("OPML");
        let mut again = import(&bytes).expect("OPML");
        prop_assert!(again.notes.is_empty(), "{:?}", again.notes);
        again.feeds.sort_by(|one, other| one.url.cmp(&other.url));
        listed.sort_by(|one, other| one.url.cmp(&other.url));
        prop_assert_eq!(&again.feeds, &listed);
        let twice = opml(&import(&bytes).expect("OPML").feeds).expect("OPML");
        prop_assert_eq!(String::from_utf8_lossy(&twice), String::from_utf8_lossy(&bytes));
    }
}
