//! What newsdesk asks the terminal about pictures, and how it shows them.

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

    /// A picture in a single colour.
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
        std::fs::write(
            folder.path().join("a.md"),
            format!("{article}{shown}The end.\n"),
        )
        .expect("a file");
        std::fs::write(folder.path().join("own.png"), png([200, 0, 0])).expect("a file");
        folder
    }

    fn start(library: &TempDir) -> Pty {
        start_with(library, "")
    }

    fn start_with(library: &TempDir, config: &str) -> Pty {
        let file = library.path().join("config.toml");
        std::fs::write(&file, config).expect("a configuration");
        let [path, file] = [library.path(), &file].map(|it| it.to_str().expect("a path in UTF-8"));
        let environment = [
            ("COLORTERM", "truecolor"),
            ("TERM", "xterm-256color"),
            ("NEWSDESK_CONFIG", file),
        ];
        Pty::start(&[path], 30, 120, &environment)
    }

    fn count(pty: &Pty, wanted: &[u8]) -> usize {
        let written = pty.written();
        written
            .windows(wanted.len())
            .filter(|it| *it == wanted)
            .count()
    }

    #[test]
    fn a_terminal_is_handed_a_picture_once_and_again_when_the_screen_may_be_lost() {
        let library = library(&["own.png"]);
        let mut pty = start_with(&library, "pictures = \"kitty\"\n");
        pty.wait_for_text("\u{10EEEE}");
        const HANDED: &[u8] = b",a=T,U=1,f=32,o=z,t=d,s=120,v=120,";
        look_at_keys(&mut pty);
        assert_eq!(count(&pty, HANDED), 1);
        pty.press("<ctrl-l>");
        look_at_keys(&mut pty);
        assert_eq!(count(&pty, HANDED), 2);
        pty.press("Q");
        assert!(pty.wait_exit().success());
        pty.assert_given_back();
    }

    #[test]
    fn a_terminal_is_told_each_row_of_a_picture() {
        let library = library(&["own.png"]);
        let mut pty = start_with(&library, "pictures = \"iterm2\"\n");
        pty.wait_for("room for a picture", |screen| {
            let screen = screen.contents();
            let row = |text: &str| screen.lines().position(|line| line.contains(text));
            row("[image]")
                .zip(row("The end."))
                .is_some_and(|(above, below)| below > above + 6)
        });
        const ROW: &[u8] = b"]1337;File=inline=1;";
        assert_eq!(count(&pty, ROW), 6);
        look_at_keys(&mut pty);
        assert_eq!(count(&pty, ROW), 12, "they were covered");
        pty.press("Q");
        assert!(pty.wait_exit().success());
        pty.assert_given_back();
    }

    /// Covers the screen, and uncovers it: everything before has been drawn by then.
    fn look_at_keys(pty: &mut Pty) {
        pty.press("?");
        pty.wait_for_text("Moving");
        pty.press("<esc>");
        pty.wait_for("the article", |screen| {
            let screen = screen.contents();
            !screen.contains("Moving") && screen.contains("The end.")
        });
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
        // This terminal does not report the size of its cells, so its pictures stay as they are.
        pty.press("\x1bP>|kitty(0.42.1)\x1b\\\x1b_Gi=31;OK\x1b\\");
        look_at_keys(&mut pty);
        assert!(!pty.screen_text().contains("does nothing here"));
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
