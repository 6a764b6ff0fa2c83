//! Sessions on the libraries and in the terminals that tests want.

use super::*;

impl Session {
    /// On the sample library, loaded.
    pub fn sample(size: Size) -> Self {
        Self::start(
            Shelf::Sample,
            size,
            GlyphSet::Unicode,
            Configured::default(),
        )
        .begun()
    }

    /// On a few articles of the sample library, for tests that need many sessions.
    pub fn few(size: Size) -> Self {
        Self::start(Shelf::Few, size, GlyphSet::Unicode, Configured::default()).begun()
    }

    /// On the sample library, with the symbols of a plain terminal.
    pub fn ascii(size: Size) -> Self {
        Self::start(Shelf::Sample, size, GlyphSet::Ascii, Configured::default()).begun()
    }

    /// On the sample library, in a terminal without colours.
    pub fn colourless(size: Size) -> Self {
        let config = Configured {
            terminal: Terminal {
                depth: theme::ColourDepth::None,
                ..Terminal::default()
            },
            ..Configured::default()
        };
        Self::start(Shelf::Sample, size, GlyphSet::Unicode, config).begun()
    }

    /// On the sample library, with this configuration.
    pub fn sample_with(size: Size, config: Config) -> Self {
        let config = Configured {
            config,
            ..Configured::default()
        };
        Self::start(Shelf::Sample, size, GlyphSet::Unicode, config).begun()
    }

    /// On the sample library, for a screen reader.
    pub fn spoken(size: Size) -> Self {
        Self::spoken_waiting(size).begun()
    }

    /// The same, before anything has loaded.
    pub fn spoken_waiting(size: Size) -> Self {
        let config = Configured {
            config: Config {
                screen_reader: ScreenReader::Present,
                ..Config::default()
            },
            ..Configured::default()
        };
        Self::start(Shelf::Sample, size, GlyphSet::Words, config)
    }

    /// On files in a folder made for it: names below it and texts.
    pub fn of(files: &[(&str, &str)], size: Size) -> Self {
        Self::waiting(files, size).begun()
    }

    /// The same, with a configuration.
    pub fn configured(files: &[(&str, &str)], size: Size, config: Configured) -> Self {
        Self::made(files, size, config).begun()
    }

    /// The same, before anything of the library has loaded.
    #[cfg(feature = "pictures")]
    pub fn waiting_configured(files: &[(&str, &str)], size: Size, config: Configured) -> Self {
        Self::made(files, size, config)
    }

    /// The same, before anything of the library has loaded.
    pub fn waiting(files: &[(&str, &str)], size: Size) -> Self {
        Self::made(files, size, Configured::default())
    }

    fn made(files: &[(&str, &str)], size: Size, config: Configured) -> Self {
        // Short and always of the same length, since paths are cut if they do not fit.
        let folder = tempfile::Builder::new()
            .prefix("newsdesk-")
            .tempdir_in("/tmp");
        let folder = folder.expect("a folder");
        std::fs::create_dir(folder.path().join(NAME)).expect("a folder");
        let session = Self::start(Shelf::Made(folder), size, GlyphSet::Unicode, config);
        for (name, text) in files {
            session.write(name, text);
        }
        session
    }

    fn start(shelf: Shelf, size: Size, glyphs: GlyphSet, config: Configured) -> Self {
        let source = match &shelf {
            Shelf::Sample | Shelf::Few => Source::Sample,
            Shelf::Made(folder) => Source::Roots(vec![folder.path().join(NAME)], Arc::default()),
        };
        let world = World {
            scanner: Scanner::new(source.clone(), ReadDepth::List),
            source: source.clone(),
            shelf,
            looked: false,
            service: None,
            followed: 0,
            articles: Articles::default(),
            now: now(),
            fetches: VecDeque::new(),
            desk: tempfile::tempdir().expect("a folder"),
            deeds: Vec::new(),
            replies: VecDeque::new(),
            index: None,
            opens: Ok(()),
            copies: Ok(()),
            runs: Ok(()),
            prints: Err("nothing was printed".to_owned()),
            feeds: VecDeque::new(),
            keeps: Ok(()),
        };
        let mut library = config.config.library;
        if library.is_empty() {
            library.push(match &source {
                // A person has one, and looks at this for a change.
                Source::Sample => PathBuf::from("/news"),
                Source::Roots(roots, _) => roots[0].clone(),
            });
        }
        let app = App::new(Start {
            source,
            size,
            now: now(),
            zone: TimeZone::UTC,
            glyphs,
            terminal: config.terminal,
            canvas: config.canvas,
            keymap: config.keymap,
            history: vec!["topic:AI".to_owned(), "robots".to_owned()],
            config: Arc::new(Config {
                library,
                views: vec![
                    ("Robots".to_owned(), "topic:Robotics sort:title".to_owned()),
                    ("Broken".to_owned(), "qualiti>5".to_owned()),
                ],
                ..config.config
            }),
        });
        Self {
            app,
            world,
            uptime: Duration::ZERO,
            post: Post::Prompt,
        }
    }
}
