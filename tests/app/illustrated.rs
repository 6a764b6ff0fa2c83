//! Pictures in the text of an article.

use newsdesk::app::{Canvas, PictureProtocol};
use newsdesk::theme::{ThemeBase, ThemeChoice, base};

use crate::session::{Configured, Session, WIDE};

/// An article of the first of January with a picture in its text, and one of the day before without.
const FILES: &[(&str, &str)] = &[
    (
        "a.md",
        "---\ntitle: A view of the harbour\nexcerpt: At noon.\ndate: 2021-12-31\noriginalUrl: https://news.example/a\n\
         images:\n  - url: https://cdn.example/b.png\n    title: Another view\n---\nBefore it.\n\n![The harbour](images/harbour.png)\n\nAfter it.\n",
    ),
    (
        "b.md",
        "---\ntitle: Nothing to see\nexcerpt: Words alone.\ndate: 2021-12-30\n---\nWords.\n",
    ),
];

fn half_blocks() -> Configured {
    Configured {
        canvas: Canvas {
            way: PictureProtocol::HalfBlocks,
            ..Canvas::default()
        },
        ..Configured::default()
    }
}

fn session(config: Configured) -> Session {
    Session::configured(FILES, WIDE, config)
}

#[test]
fn without_colours_there_are_captions_to_the_byte() {
    let with = |start: ThemeBase, config: Configured| {
        let mut config = config;
        config.config.theme = ThemeChoice {
            start,
            own: Vec::new(),
        };
        session(config).picture()
    };
    let monochrome = || ThemeBase::Bundled(base("monochrome").expect("a theme"));
    let captions = with(monochrome(), Configured::default());
    assert!(captions.contains("[image: The harbour]"), "{captions}");
    assert_eq!(with(monochrome(), half_blocks()), captions);
    assert_eq!(with(ThemeBase::default(), Configured::default()), captions);
}

#[cfg(not(feature = "pictures"))]
#[test]
fn a_build_without_pictures_binds_no_key_and_says_so() {
    let mut session = session(Configured::default());
    session.press("I");
    assert_eq!(session.said(), "I does nothing here; ? shows all keys.");
    session.press(":fetch-pictures<Enter>");
    assert!(
        session.said().contains("built without pictures"),
        "{}",
        session.said()
    );
    session.press("?fetch-pictures");
    let screen = session.picture();
    assert!(!screen.contains("Fetch the article's pictures"), "{screen}");
}

#[cfg(feature = "pictures")]
mod shown {
    use std::io::Cursor;

    use image::{ImageFormat, Rgb, RgbImage};
    use newsdesk::app::geometry::Size;
    use newsdesk::app::{Event, Reply, Room, text_of};
    use ratatui::style::Color;

    use super::*;
    use crate::picture::{buffer, targets};
    use crate::session::{Deed, size};

    /// A picture of 160 by 120 pixels: sky, sea, and a boat.
    fn png() -> Vec<u8> {
        let picture = RgbImage::from_fn(160, 120, |x, y| match (x, y) {
            (60..100, 50..80) => Rgb([200, 40, 30]),
            (_, 0..60) => Rgb([120, 180, 250]),
            _ => Rgb([0, 60, 140]),
        });
        let mut bytes = Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("memory");
        bytes.into_inner()
    }

    fn put(session: &Session, name: &str, bytes: &[u8]) {
        let path = session.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    /// A session on the same files, with the picture that the first one shows.
    fn illustrated(size: Size) -> Session {
        let mut session = Session::waiting_configured(FILES, size, half_blocks());
        put(&session, "images/harbour.png", &png());
        session.begin();
        session
    }

    #[test]
    fn a_picture_is_below_its_caption() {
        let session = illustrated(size(160, 40));
        insta::assert_snapshot!("illustrated", session.picture());
        let (x, y) = crate::picture::place_of(&session.app, "[image: The harbour]");
        let cells = buffer(&session.app);
        let colours = |x: u16, y: u16| (cells[(x, y)].fg, cells[(x, y)].bg);
        let (sky, sea, boat) = (
            Color::Rgb(120, 180, 250),
            Color::Rgb(0, 60, 140),
            Color::Rgb(200, 40, 30),
        );
        assert_eq!(colours(x, y + 1).1, sky);
        assert_eq!(colours(x, y + 6).1, sea);
        assert_eq!(colours(x + 8, y + 4).0, boat);
        // To the right of it the pane is as always.
        assert_eq!(colours(x + 16, y + 1), (Color::Reset, Color::Reset));
    }

    #[test]
    fn a_picture_is_scrolled_row_by_row_and_takes_half_the_screen_at_most() {
        let mut session = illustrated(size(60, 12));
        session.press("<Enter>");
        let rows = |session: &Session| -> Vec<Room> {
            let pictures = session.app.detail().pictures_in(0..1_000);
            pictures.map(|it| it.picture.room).collect()
        };
        let room = Room {
            columns: 16,
            rows: 6,
        };
        assert_eq!(rows(&session), [room]);
        let seen = |session: &Session| session.picture().matches('▄').count();
        let before = seen(&session);
        session.press("G");
        assert!(session.picture().contains("After it."));
        session.resize(size(60, 10));
        assert_eq!(rows(&session)[0].rows, 5, "{before}");
    }

    #[test]
    fn inside_a_quote_a_picture_stands_below_its_caption() {
        let files = &[(
            "a.md",
            "---\ntitle: T\nexcerpt: x\n---\n> ![one](images/harbour.png)\n>\n> Below.\n",
        )];
        let mut session = Session::waiting_configured(files, WIDE, half_blocks());
        put(&session, "images/harbour.png", &png());
        session.begin();
        let (x, y) = crate::picture::place_of(&session.app, "[image: one]");
        let cells = buffer(&session.app);
        assert_eq!(cells[(x - 2, y + 1)].symbol(), "│", "the quote goes on");
        assert_eq!(cells[(x - 1, y + 1)].bg, Color::Reset);
        assert_eq!(cells[(x, y + 1)].bg, Color::Rgb(120, 180, 250));
    }

    #[test]
    fn where_one_reads_stays_when_a_picture_comes_above() {
        let text: String = (1..60).map(|at| format!("Paragraph {at}.\n\n")).collect();
        let text = format!("---\ntitle: T\nexcerpt: x\n---\n![one](images/harbour.png)\n\n{text}");
        let mut session =
            Session::waiting_configured(&[("a.md", &text)], WIDE, Configured::default());
        put(&session, "images/harbour.png", &png());
        session.begin();
        session.press("<Enter><Space>");
        let top = |session: &Session| {
            let detail = session.app.detail();
            let first = detail
                .page()
                .lines_from(detail.scroll())
                .find(|line| !line.is_blank());
            first.map(text_of)
        };
        let before = top(&session);
        assert!(
            before
                .as_ref()
                .is_some_and(|it| it.starts_with("Paragraph"))
        );
        for canvas in [half_blocks().canvas, Canvas::default()] {
            session.tell(Event::Canvas(canvas));
            session.draw();
            assert_eq!(top(&session), before, "{canvas:?}");
        }
    }

    #[test]
    fn what_lies_over_a_picture_hides_it() {
        let mut session = illustrated(WIDE);
        session.tell(Event::Canvas(Canvas {
            way: PictureProtocol::Iterm2,
            ..Canvas::default()
        }));
        let rows = |session: &Session| targets(&session.app).pictures().count();
        assert_eq!(rows(&session), 6, "of which the terminal shows each");
        session.press("z?");
        let seen = rows(&session);
        assert!(seen < 6, "{seen}:\n{}", session.picture());
        session.press("<Esc>");
        assert_eq!(rows(&session), 6);
    }

    #[test]
    fn what_cannot_be_shown_says_why_below_its_caption() {
        let files = &[(
            "a.md",
            "---\ntitle: T\nexcerpt: x\n---\n![one](no.png)\n\n![two](../../secret.png)\n\n![three](three.svg)\n\n![four](four.png)\n",
        )];
        let mut session = Session::waiting_configured(files, WIDE, half_blocks());
        put(
            &session,
            "three.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        );
        put(&session, "four.png", &png()[..60]);
        put(&session, "../secret.png", &png());
        session.begin();
        let screen = session.picture();
        for said in [
            "Not shown: there is no such file in the library.",
            "Not shown: it is not a PNG, JPEG, GIF or WebP.",
            "Not shown: it is damaged:",
        ] {
            assert!(screen.contains(said), "{said}\n{screen}");
        }
        assert!(!screen.contains('▄') && !screen.contains('▀'), "{screen}");
    }

    #[test]
    fn one_from_the_web_is_fetched_when_asked_for_and_not_before() {
        let mut session = illustrated(WIDE);
        assert_eq!(session.world.deeds, [], "nothing is fetched by itself");
        session.press("I");
        let [Deed::FetchPictures(wanted)] = session.world.deeds.as_slice() else {
            panic!("{:?}", session.world.deeds);
        };
        let links: Vec<_> = wanted.links.iter().map(|link| link.as_str()).collect();
        assert_eq!(links, ["https://cdn.example/b.png"]);
        let page = wanted.page.as_ref().map(|page| page.as_str());
        assert_eq!(page, Some("https://news.example/a"), "who has named it");
        assert_eq!(
            session.said(),
            "Not fetched: cdn.example: there is no network"
        );
        session.press("jI");
        assert_eq!(session.said(), "There is no picture left to fetch here.");
    }

    #[test]
    fn moving_on_waits_for_no_picture() {
        let mut session = Session::waiting_configured(FILES, WIDE, half_blocks());
        put(&session, "images/harbour.png", &png());
        session.begin();
        session.press("j");
        session.hold();
        session.press("k");
        let mut late = Vec::new();
        while let Some(event) = session.world.replies.pop_front() {
            match event {
                Event::Reply {
                    reply: Reply::Picture(..) | Reply::AllPictures,
                    ..
                } => late.push(event),
                event => session.happen(event),
            }
        }
        assert_eq!(late.len(), 3);
        assert_eq!(session.shown(), "A view of the harbour");
        let screen = session.picture();
        assert!(screen.contains("Before it.") && !screen.contains('▄'));
        session.press("j");
        assert!(session.world.deeds.contains(&Deed::GiveUp));
        session.deliver();
        for event in late {
            session.tell(event);
        }
        session.draw();
        assert_eq!(session.shown(), "Nothing to see");
        assert!(session.picture().contains("Words."));
        assert_eq!(session.app.detail().pictures_in(0..1_000).count(), 0);
    }

    #[test]
    fn a_terminal_that_says_late_what_it_can_gets_the_pictures_anew() {
        let mut session = illustrated(WIDE);
        let kitty = Canvas {
            way: PictureProtocol::Kitty,
            ..Canvas::default()
        };
        session.tell(Event::Canvas(kitty));
        session.draw();
        let placeholder = session
            .picture()
            .chars()
            .filter(|it| *it == '\u{10EEEE}')
            .count();
        assert_eq!(placeholder, 16 * 6);
        session.tell(Event::Canvas(Canvas::default()));
        session.draw();
        assert_eq!(session.app.detail().pictures_in(0..1_000).count(), 0);
        let captions = super::session(Configured::default());
        assert_eq!(session.picture(), captions.picture());
    }
}
