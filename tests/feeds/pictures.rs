//! Pictures fetched into the cache folder, from a server on this machine.

use newsdesk::feeds::http::{Http, HttpError};
use newsdesk::feeds::pictures::{Album, MAX_PICTURE, PictureError};
use newsdesk::format::link::Link;

use crate::server::{Server, Serves};

fn link(url: &str) -> Link {
    Link::parse(url).expect(url)
}

/// The result of fetching a picture that a page of the same server shows.
fn fetched(serves: Serves) -> (Album, Link, Result<(), PictureError>, tempfile::TempDir) {
    let server = Server::new([("/a.png", serves)]);
    let folder = tempfile::tempdir().expect("a folder");
    let album = Album::new(folder.path());
    let (picture, page) = (link(&server.url("/a.png")), link(&server.url("/news")));
    let outcome = album.fetch(&Http::default(), &picture, Some(&page));
    (album, picture, outcome, folder)
}

#[test]
fn a_picture_is_kept_where_it_is_found_again() {
    let (album, picture, outcome, _folder) =
        fetched(Serves::Document("image/png", b"pixels".to_vec()));
    outcome.expect("it is fetched");
    assert_eq!(album.get(&picture).as_deref(), Some(&b"pixels"[..]));
}

#[test]
fn what_has_no_end_or_is_packed_to_burst_is_cut_and_nothing_is_kept() {
    let bomb = Serves::Gzip(vec![b' '; 64 << 20]);
    for serves in [Serves::Endless("<item/>"), bomb, Serves::Hangup] {
        let (album, picture, outcome, _folder) = fetched(serves.clone());
        match outcome {
            Err(PictureError::Http(HttpError::TooLarge(most))) => assert_eq!(most, MAX_PICTURE),
            Err(PictureError::Http(HttpError::Unreachable { .. })) => {}
            other => panic!("{other:?}"),
        }
        assert_eq!(album.get(&picture), None);
    }
}

#[test]
fn only_the_web_is_followed_to() {
    for to in ["file:///etc/passwd", "data:image/png;base64,AAAA"] {
        let redirect = Serves::Status(302, vec![("Location", to.to_owned())]);
        let (album, picture, outcome, _folder) = fetched(redirect);
        let is_refused = matches!(
            outcome,
            Err(PictureError::Http(HttpError::BadRedirect { .. }))
        );
        assert!(is_refused, "{to}: {outcome:?}");
        assert_eq!(album.get(&picture), None);
    }
}

#[test]
fn an_article_of_the_internet_does_not_get_this_machine_asked() {
    let server = Server::new([("/a.png", Serves::Document("image/png", b"pixels".to_vec()))]);
    let folder = tempfile::tempdir().expect("a folder");
    let album = Album::new(folder.path());
    let page = link("https://1.1.1.1/news");
    for said_by in [None, Some(&page)] {
        let outcome = album.fetch(&Http::default(), &link(&server.url("/a.png")), said_by);
        let is_refused = matches!(outcome, Err(PictureError::Http(HttpError::Private(_))));
        assert!(is_refused, "{outcome:?}");
    }
    assert!(server.seen("/a.png").is_empty());
}
