//! What the terminal is asked about pictures, and what is shown of them.

use crate::pty::Pty;

/// The sequence that asks for the terminal's name.
const NAME: &[u8] = b"\x1b[>q";

fn has_asked(pty: &Pty) -> bool {
    pty.written().windows(NAME.len()).any(|it| it == NAME)
}

#[test]
fn only_a_build_with_pictures_asks_about_them() {
    let pty = Pty::start(&[], 30, 120, &[("COLORTERM", "truecolor")]);
    pty.wait_for_text("1/70");
    assert_eq!(has_asked(&pty), cfg!(feature = "pictures"));
}

#[cfg(feature = "pictures")]
mod shown {
    use std::io::{Cursor, Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use image::{ImageFormat, Rgb, RgbImage};
    use tempfile::TempDir;

    use super::*;

    /// A picture all of one colour.
    fn png(colour: [u8; 3]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::from_pixel(120, 120, Rgb(colour))
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("memory");
        bytes.into_inner()
    }

    /// A library with an article that has these pictures.
    fn library(pictures: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let shown: String = pictures.iter().map(|it| format!("![]({it})\n\n")).collect();
        let article = "---\ntitle: A view\nexcerpt: x\noriginalUrl: http://127.0.0.1/news\n---\n";
        std::fs::write(folder.path().join("a.md"), format!("{article}{shown}")).expect("a file");
        std::fs::write(folder.path().join("own.png"), png([200, 0, 0])).expect("a file");
        folder
    }

    fn start(library: &TempDir) -> Pty {
        let path = library.path().to_str().expect("a path in UTF-8");
        let environment = [("COLORTERM", "truecolor"), ("TERM", "xterm-256color")];
        Pty::start(&[path], 30, 120, &environment)
    }

    fn wait_for_colour(pty: &Pty, colour: (u8, u8, u8)) {
        let wanted = vt100::Color::Rgb(colour.0, colour.1, colour.2);
        pty.wait_for("a picture", |screen| {
            let (rows, columns) = screen.size();
            (0..rows).any(|row| {
                let cells = (0..columns).filter_map(|column| screen.cell(row, column));
                cells.filter(|cell| cell.bgcolor() == wanted).count() > 8
            })
        });
    }

    #[test]
    fn a_late_answer_changes_how_pictures_are_shown_and_runs_no_command() {
        let library = library(&["own.png"]);
        let mut pty = start(&library);
        wait_for_colour(&pty, (200, 0, 0));
        // This terminal says no size of its cells, so that its pictures stay as they are.
        pty.press("\x1bP>|kitty(0.42.1)\x1b\\\x1b_Gi=31;OK\x1b\\");
        pty.press("?");
        pty.wait_for_text("Moving");
        assert!(!pty.screen_text().contains("does nothing here"));
        pty.press("<esc>");
        pty.wait_for("the list", |screen| !screen.contents().contains("Moving"));
        pty.press("Q");
        assert!(pty.wait_exit().success());
        pty.assert_given_back();
    }

    #[test]
    fn one_from_the_web_is_shown_once_it_is_fetched() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!(
            "http://{}/b.png",
            listener.local_addr().expect("an address")
        );
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let body = png([0, 0, 200]);
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(&body);
            }
        });
        let library = library(&[&url]);
        let mut pty = start(&library);
        pty.wait_for_text("[image]");
        pty.press("I");
        wait_for_colour(&pty, (0, 0, 200));
        pty.wait_for_text("Fetched a picture.");
        pty.press("Q");
        assert!(pty.wait_exit().success());
    }
}
