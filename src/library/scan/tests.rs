//! Scans of folders made for each case.

use std::fs;
use std::os::unix::fs::symlink;

use std::path::PathBuf;

use super::super::{FileCounts, Library};
use super::*;
use crate::model::Skip;

const ARTICLE: &str = "---\ntitle: A title\nexcerpt: Some words.\n---\n";

fn scanned(roots: &[&Path]) -> Library {
    scanned_to(ReadDepth::Everything, roots)
}

fn scanned_to(depth: ReadDepth, roots: &[&Path]) -> Library {
    let roots: Vec<PathBuf> = roots.iter().map(|root| root.to_path_buf()).collect();
    Library::load(&Source::new(&roots).expect("roots that are there"), depth)
}

/// The skips of a library by file name, sorted.
fn skips(library: &Library) -> Vec<(String, Skip)> {
    let mut skips: Vec<_> = library
        .skipped()
        .map(|(path, skip)| {
            (
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                skip,
            )
        })
        .collect();
    skips.sort();
    skips
}

#[test]
fn every_file_is_accounted_for() {
    let root = tempfile::tempdir().expect("a folder");
    let at = |name: &str| root.path().join(name);
    fs::create_dir_all(at("sub/.git")).expect("a folder");
    fs::create_dir(at("folder.md")).expect("a folder");
    fs::write(at("folder.md/g.md"), ARTICLE).expect("a file");
    fs::write(at(".git_hidden"), "").expect("a file");
    for name in [
        "a.md",
        "sub/b.MD",
        "c.html",
        "d.txt",
        "e.yaml",
        "f.markdown",
    ] {
        fs::write(at(name), ARTICLE).expect("a file");
    }
    fs::write(at("broken.md"), "---\ntitle: a: b\n---\n").expect("a file");
    fs::write(at("prose.md"), "No front matter here.\n").expect("a file");
    fs::write(at("_config.yml"), "title: A site\nbaseurl: /\n").expect("a file");
    for name in [
        "x.md~",
        "x.md.swp",
        "#x.md#",
        "x.md.tmp",
        "4913",
        "picture.png",
    ] {
        fs::write(at(name), "").expect("a file");
    }
    let library = scanned(&[root.path()]);
    assert_eq!(
        library.tally(),
        FileCounts {
            files: 18,
            articles: 7,
            errors: 1,
            skipped: 10,
            warnings: 0
        }
    );
    let expected = [
        ("#x.md#", Skip::EditorTemporary),
        (".git", Skip::Hidden),
        (".git_hidden", Skip::Hidden),
        ("4913", Skip::EditorTemporary),
        ("_config.yml", Skip::SiteData),
        ("picture.png", Skip::OtherKind),
        ("prose.md", Skip::NoFrontMatter),
        ("x.md.swp", Skip::EditorTemporary),
        ("x.md.tmp", Skip::EditorTemporary),
        ("x.md~", Skip::EditorTemporary),
    ];
    assert_eq!(
        skips(&library),
        expected.map(|(name, skip)| (name.to_owned(), skip))
    );
}

#[test]
fn links_are_followed_inside_the_root_only() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), ARTICLE).expect("a file");
    let root = tempfile::tempdir().expect("a folder");
    let at = |name: &str| root.path().join(name);
    fs::create_dir_all(at("a")).expect("a folder");
    fs::create_dir_all(at("b")).expect("a folder");
    fs::write(at("a/x.md"), ARTICLE).expect("a file");
    symlink(at("a/x.md"), at("linked.md")).expect("a link");
    symlink(outside.path().join("secret.md"), at("out.md")).expect("a link");
    symlink(outside.path(), at("out")).expect("a link");
    symlink(at("nothing.md"), at("broken.md")).expect("a link");
    symlink(at("a"), at("a/loop")).expect("a link");
    symlink(at("itself.md"), at("itself.md")).expect("a link");
    symlink(at("there.md"), at("back.md")).expect("a link");
    symlink(at("back.md"), at("there.md")).expect("a link");
    symlink(at("b"), at("a/to_b")).expect("a link");
    symlink(at("a"), at("b/to_a")).expect("a link");
    let library = scanned(&[root.path()]);
    let mut found: Vec<String> = library
        .ids()
        .map(|id| {
            library
                .article(id)
                .path()
                .strip_prefix(root.path())
                .expect("inside")
                .display()
                .to_string()
        })
        .collect();
    found.sort();
    assert_eq!(found, ["a/x.md", "b/to_a/x.md", "linked.md"]);
    let kinds: Vec<_> = skips(&library)
        .into_iter()
        .map(|(name, skip)| format!("{name} {skip:?}"))
        .collect();
    assert_eq!(
        kinds,
        [
            "back.md LinkLoop",
            "broken.md LinkBroken",
            "itself.md LinkLoop",
            "loop LinkLoop",
            "loop LinkLoop",
            "out LinkOutside",
            "out.md LinkOutside",
            "there.md LinkLoop",
            "to_a LinkLoop",
            "to_b LinkLoop"
        ]
    );
    library.tally();
}

#[test]
fn a_fifo_is_never_waited_for() {
    let root = tempfile::tempdir().expect("a folder");
    let fifo = root.path().join("pipe.md");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &fifo,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .expect("a FIFO");
    assert_eq!(
        skips(&scanned(&[root.path()])),
        [("pipe.md".to_owned(), Skip::NotRegular)]
    );
    assert!(super::super::read::read_up_to(&fifo, 10).is_err());
}

#[test]
fn a_root_may_be_a_file_and_a_hidden_folder() {
    let root = tempfile::tempdir().expect("a folder");
    let hidden = root.path().join(".news");
    fs::create_dir(&hidden).expect("a folder");
    fs::write(hidden.join("a.md"), ARTICLE).expect("a file");
    let file = root.path().join("b.md");
    fs::write(&file, ARTICLE).expect("a file");
    let library = scanned(&[&hidden, &file]);
    assert_eq!(library.tally().articles, 2);
    assert!(library.ids().any(|id| library.article(id).path() == file));
}

#[test]
fn the_key_of_an_article_is_the_same_wherever_its_root_lies() {
    let keys = |folder: &str| {
        let root = tempfile::tempdir().expect("a folder");
        let news = root.path().join(folder);
        fs::create_dir_all(news.join("_news")).expect("a folder");
        fs::write(news.join("_news/a.md"), ARTICLE).expect("a file");
        let library = scanned(&[&news]);
        library
            .ids()
            .map(|id| library.article(id).key())
            .collect::<Vec<_>>()
    };
    assert_eq!(keys("here"), keys("there"));
}

#[test]
fn files_of_the_same_name_in_two_roots_keep_two_keys() {
    let roots = [
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    ];
    for root in &roots {
        fs::write(root.path().join("a.md"), ARTICLE).expect("a file");
    }
    let library = scanned(&[roots[0].path(), roots[1].path()]);
    assert_eq!(library.tally().articles, 2);
    let keys: Vec<_> = library.ids().map(|id| library.article(id).key()).collect();
    assert_ne!(keys[0], keys[1]);
}

#[test]
fn a_character_cut_in_two_at_the_end_of_what_is_read_is_no_warning() {
    let root = tempfile::tempdir().expect("a folder");
    for shift in 0..3 {
        let body = format!(
            "{}{}",
            "x".repeat(shift),
            "漢".repeat(reading::HEAD_BYTES / 2)
        );
        fs::write(
            root.path().join(format!("{shift}.md")),
            format!("{ARTICLE}{body}"),
        )
        .expect("a file");
    }
    assert_eq!(scanned(&[root.path()]).tally().warnings, 0);
}

/// What a list shows of each article, sorted.
fn rows(library: &Library) -> Vec<String> {
    let mut rows: Vec<String> = library
        .ids()
        .map(|id| {
            let article = library.article(id);
            format!(
                "{} {} {} {:?} {:?} {:?}",
                article.key(),
                article.title(),
                article.provider(),
                article.topics().collect::<Vec<_>>(),
                article.published_at(),
                article.original()
            )
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn the_list_is_the_same_at_every_depth_and_only_warnings_differ() {
    let root = tempfile::tempdir().expect("a folder");
    let at = |name: &str| root.path().join(name);
    fs::write(at("plain.md"), ARTICLE).expect("a file");
    fs::write(at("odd.md"), "---\ntitle: [a]\nexcerpt: >-\n  b\n---\n").expect("a file");
    fs::write(
        at("2021-12-30-x.md"),
        "---\ntitle: b\nmembers: many\nbio: c\n---\n",
    )
    .expect("a file");
    let (list, everything) = (
        scanned_to(ReadDepth::List, &[root.path()]),
        scanned_to(ReadDepth::Everything, &[root.path()]),
    );
    assert_eq!(rows(&list), rows(&everything));
    assert_eq!((list.tally().warnings, everything.tally().warnings), (1, 2));
}

#[test]
fn what_lies_behind_the_first_bytes_of_a_file_is_read_where_it_is_needed() {
    let root = tempfile::tempdir().expect("a folder");
    let at = |name: &str| root.path().join(name);
    let long = "words ".repeat(reading::FIRST_BYTES / 4);
    let front = format!("---\ntitle: long\nbio: {long}\n---\n");
    fs::write(at("front.md"), front).expect("a file");
    let body = format!("---\nexcerpt: x\n---\n# A heading\n\n{long}\n");
    fs::write(at("body.md"), body).expect("a file");
    let library = scanned_to(ReadDepth::List, &[root.path()]);
    let mut titles: Vec<String> = library
        .ids()
        .map(|id| library.article(id).title().into_owned())
        .collect();
    titles.sort_unstable();
    assert_eq!(titles, ["A heading", "long"]);
}

#[test]
fn a_body_behind_many_blank_lines_is_a_body() {
    let root = tempfile::tempdir().expect("a folder");
    let blank = "\n".repeat(20 * 1024);
    fs::write(
        root.path().join("far.md"),
        format!("{ARTICLE}{blank}Text.\n"),
    )
    .expect("a file");
    fs::write(root.path().join("none.md"), format!("{ARTICLE}{blank}")).expect("a file");
    for depth in [ReadDepth::List, ReadDepth::Everything] {
        let library = scanned_to(depth, &[root.path()]);
        let bodies = library.ids().map(|id| library.article(id)).map(|article| {
            let has_body = article.has().contains(crate::model::Has::BODY);
            (article.file_name().to_string_lossy().into_owned(), has_body)
        });
        let mut bodies: Vec<_> = bodies.collect();
        bodies.sort();
        assert_eq!(
            bodies,
            [("far.md".to_owned(), true), ("none.md".to_owned(), false)]
        );
    }
}

#[test]
fn a_scan_that_is_stopped_ends() {
    let root = tempfile::tempdir().expect("a folder");
    for number in 0..500 {
        fs::write(root.path().join(format!("{number}.md")), ARTICLE).expect("a file");
    }
    let source = Source::new(&[root.path().to_path_buf()]).expect("a root");
    let read = Mutex::new(0);
    let mut scanner = Scanner::new(source, ReadDepth::List);
    let outcome = scanner.pass(&AtomicBool::new(true), &|batch| {
        *read.lock().expect("no panic") += batch.found.len();
    });
    assert!(outcome.is_ok());
    assert_eq!(read.into_inner().expect("no panic"), 0);
}

#[test]
fn the_machinery_beside_a_configuration_is_passed_over() {
    let site = |configuration: &str| {
        let root = tempfile::tempdir().expect("a folder");
        let at = |name: &str| root.path().join(name);
        for folder in [
            "themes/plain",
            "layouts",
            "public",
            "resources",
            "content/themes",
        ] {
            fs::create_dir_all(at(folder)).expect("a folder");
            fs::write(at(folder).join("a.md"), ARTICLE).expect("a file");
        }
        match configuration.split_once(": ") {
            Some((name, text)) => fs::write(at(name), text).expect("a file"),
            None => fs::create_dir_all(at(configuration)).expect("a folder"),
        }
        let library = scanned(&[root.path()]);
        library.tally();
        (library.len(), skips(&library))
    };
    let (articles, skipped) = site("hugo.toml: baseURL = 'https://a.example'");
    assert_eq!(articles, 1);
    let passed_over = skipped
        .iter()
        .filter(|(_, skip)| *skip == Skip::SiteFolder)
        .count();
    assert_eq!(passed_over, 4);
    assert_eq!(site(".obsidian").0, 5, "notes may be called so");
    assert_eq!(site("nothing").0, 5);
}

#[test]
fn a_root_inside_another_that_passes_over_it_has_its_own_files() {
    let site = tempfile::tempdir().expect("a folder");
    let old = site.path().join("_site/old");
    fs::create_dir_all(&old).expect("a folder");
    let file = old.join("a.md");
    fs::write(&file, ARTICLE).expect("a file");
    let roots = [site.path().to_path_buf(), old.clone()];
    let source = Source::new(&roots).expect("roots that are there");
    let mut scanner = Scanner::new(source, ReadDepth::Everything);
    let mut library = Library::default();
    let met = std::sync::Mutex::new(Vec::new());
    let note = |batch| met.lock().expect("no panic").push(batch);
    scanner.pass(&AtomicBool::new(false), &note).expect("roots");
    fs::write(&file, ARTICLE.replace("A title", "Another title")).expect("a file");
    scanner.look(&BTreeSet::from([file]), &note);
    for batch in met.into_inner().expect("no panic") {
        library.apply(batch);
    }
    let articles = library.ids().map(|id| library.article(id));
    let articles: Vec<_> = articles
        .map(|it| (it.title().into_owned(), it.folder().relative.clone()))
        .collect();
    assert_eq!(articles, [("Another title".to_owned(), PathBuf::new())]);
}
