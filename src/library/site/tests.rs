//! Recognition of sites in folders made for each case.

use std::fs;

use super::*;
use crate::format::{FieldRole, date};
use crate::model::{Signal, Signals, Standing};

struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    /// A folder with these files in it.
    fn with(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Self { dir };
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn generator(&self, folder: &str) -> Generator {
        Sites::default()
            .site(&self.at(folder), &SiteOverrides::default())
            .rule
            .generator
    }

    /// How an article is published now.
    fn standing(&self, folder: &str, signals: &Signals, date: &str) -> Standing {
        let now = date::parse("2024-06-01T00:00:00Z").expect("a time").at;
        let rule = Sites::default().rule(&self.at(folder), &SiteOverrides::default());
        let verdict = rule.rule.judge(signals, date::parse(date));
        verdict.publication.at(now)
    }
}

const DRAFT: Signals = Signals {
    draft: Signal::Yes,
    is_draft: Signal::Absent,
    published: Signal::Absent,
    published_in_lower_case: Signal::Absent,
    names_published: false,
    publish: Signal::Absent,
    unlisted: Signal::Absent,
    rendered: Signal::Absent,
    status: Signal::Absent,
    date: None,
    date_in_lower_case: None,
    publish_at: None,
    expire_at: None,
};

#[test]
fn each_generator_is_recognised_by_its_configuration_also_from_far_below() {
    for (name, text, generator) in [
        ("hugo.toml", "", Generator::Hugo),
        ("config.toml", "baseURL = 'x'\n", Generator::Hugo),
        ("config.toml", "base_url = 'x'\n", Generator::Zola),
        ("config/_default/hugo.yaml", "title: x\n", Generator::Hugo),
        ("_config.yml", "plugins: []\n", Generator::Jekyll),
        ("_config.yml", "new_post_name: x\n", Generator::Hexo),
        ("_config.yml", "title: A village\n", Generator::Unknown),
        ("config.toml", "[server]\nport = 1\n", Generator::Unknown),
        ("docusaurus.config.ts", "", Generator::Docusaurus),
        ("astro.config.mjs", "", Generator::Astro),
        (".eleventy.js", "", Generator::Eleventy),
        (
            "_quarto.yml",
            "project:\n  type: website\n",
            Generator::Quarto,
        ),
        ("pelicanconf.py", "", Generator::Pelican),
        ("quartz.config.ts", "", Generator::Quartz),
        (".obsidian/app.json", "{}", Generator::Obsidian),
    ] {
        let folder = Folder::with(&[(name, text), ("a/b/c/x.md", "")]);
        assert_eq!(folder.generator("a/b/c"), generator, "{name}: {text}");
        assert_eq!(folder.generator(""), generator, "{name}: {text}");
    }
}

#[test]
fn the_nearest_configuration_counts_and_what_was_named_before_all() {
    let folder = Folder::with(&[
        ("_config.yml", "plugins: []\n"),
        ("docs/hugo.toml", ""),
        ("docs/content/x.md", ""),
    ]);
    assert_eq!(folder.generator("docs/content"), Generator::Hugo);
    assert_eq!(folder.generator("other"), Generator::Jekyll);
    std::fs::write(folder.at("docs/newsdesk.toml"), "generator = 'zola'\n").expect("a file");
    let site = Sites::default().site(&folder.at("docs/content"), &SiteOverrides::default());
    assert_eq!(site.rule.generator, Generator::Zola);
    assert_eq!(site.root, Some(folder.at("docs")));
    assert_eq!(folder.generator("other"), Generator::Jekyll);
}

#[test]
fn the_language_of_a_folder_or_a_name_is_one_that_the_site_has() {
    for (name, text) in [
        (
            "hugo.toml",
            "baseURL = ''\n[languages.de]\nweight = 1\n[languages.en]\nweight = 2\n",
        ),
        ("_config.yml", "plugins: []\nlanguages: [de, en]\n"),
        (
            "docusaurus.config.js",
            "i18n: { defaultLocale: 'en', locales: ['en', \"de\"] }",
        ),
    ] {
        let folder = Folder::with(&[
            (name, text),
            ("content/de/it/x.md", ""),
            ("content/it/x.md", ""),
        ]);
        let language = |below: &str, file: &str| {
            let rule = Sites::default().rule(&folder.at(below), &SiteOverrides::default());
            rule.conventions()
                .languages
                .of_file(file)
                .map(str::to_owned)
        };
        let (de, en) = (Some("de".to_owned()), Some("en".to_owned()));
        assert_eq!(language("content/de/it", "x.md"), de, "{name}");
        assert_eq!(language("content/de/it", "x.en.md"), en, "{name}");
        assert_eq!(language("content/it", "x.de.md"), de, "{name}");
        assert_eq!(language("content/it", "x.it.md"), None, "{name}");
        assert_eq!(language("content/it", "de.md"), None, "{name}");
    }
}

#[test]
fn a_future_date_and_an_expiry_count_where_the_generator_heeds_them() {
    let expired = Signals {
        expire_at: date::parse("2024-05-01"),
        ..Signals::default()
    };
    let none = Signals::default();
    let future = "2030-01-01";
    for (name, text, signals, date, expected) in [
        ("hugo.toml", "", none, future, Standing::Scheduled),
        (
            "hugo.toml",
            "buildFuture = true\n",
            none,
            future,
            Standing::Published,
        ),
        ("hugo.toml", "", expired, "2024-01-01", Standing::Expired),
        (
            "hugo.toml",
            "buildExpired = true\n",
            expired,
            "2024-01-01",
            Standing::Published,
        ),
        (
            "_config.yml",
            "plugins: []\n",
            none,
            future,
            Standing::Scheduled,
        ),
        (
            "_config.yml",
            "future: true\n",
            none,
            future,
            Standing::Published,
        ),
        (
            "_config.yml",
            "plugins: []\n",
            expired,
            "2024-01-01",
            Standing::Published,
        ),
        (
            "_config.yml",
            "new_post_name: x\n",
            none,
            future,
            Standing::Published,
        ),
        (
            "_config.yml",
            "new_post_name: x\nfuture: false\n",
            none,
            future,
            Standing::Scheduled,
        ),
        (
            "config.toml",
            "base_url = 'x'\n",
            none,
            future,
            Standing::Published,
        ),
        (
            "pelicanconf.py",
            "WITH_FUTURE_DATES = False\n",
            none,
            future,
            Standing::Scheduled,
        ),
        (
            "pelicanconf.py",
            "# WITH_FUTURE_DATES = False\n",
            none,
            future,
            Standing::Published,
        ),
    ] {
        let folder = Folder::with(&[(name, text)]);
        assert_eq!(
            folder.standing("", &signals, date),
            expected,
            "{name}: {text}"
        );
    }
}

#[test]
fn sections_and_folders_hand_down_what_they_say() {
    let none = Signals::default();
    let own = Signals {
        draft: Signal::No,
        ..none
    };
    let hugo = Folder::with(&[
        ("hugo.toml", ""),
        ("content/a/_index.md", "---\ncascade:\n  draft: true\n---\n"),
        (
            "content/b/_index.md",
            "+++\n[cascade.build]\nrender = 'never'\n+++\n",
        ),
        ("content/c/_index.md", "---\ndraft: true\n---\n"),
        (
            "content/d/_index.md",
            "---\ncascade:\n- target:\n    kind: page\n  draft: true\n---\n",
        ),
    ]);
    assert_eq!(
        hugo.standing("content/a/deep", &none, "2024-01-01"),
        Standing::Unpublished
    );
    assert_eq!(
        hugo.standing("content/a/deep", &own, "2024-01-01"),
        Standing::Published
    );
    assert_eq!(
        hugo.standing("content/b", &none, "2024-01-01"),
        Standing::Unpublished
    );
    assert_eq!(
        hugo.standing("content/c", &none, "2024-01-01"),
        Standing::Published
    );
    assert_eq!(
        hugo.standing("content/d", &none, "2024-01-01"),
        Standing::Unsaid
    );
    let zola = Folder::with(&[
        ("config.toml", "base_url = 'x'\n"),
        ("content/a/_index.md", "+++\ndraft = true\n+++\n"),
    ]);
    assert_eq!(
        zola.standing("content/a/b", &own, "2024-01-01"),
        Standing::Unpublished
    );
    assert_eq!(
        zola.standing("content", &none, "2024-01-01"),
        Standing::Published
    );
    let quarto = Folder::with(&[
        ("_quarto.yml", "project: {}\n"),
        ("posts/_metadata.yml", "draft: true\n"),
    ]);
    assert_eq!(quarto.standing("posts/x", &none, ""), Standing::Unpublished);
    assert_eq!(quarto.standing("posts/x", &own, ""), Standing::Published);
    assert_eq!(quarto.standing("", &none, ""), Standing::Published);
}

#[test]
fn a_folder_of_drafts_is_one_in_jekyll_in_hexo_and_where_nothing_is_known() {
    for (text, expected) in [
        ("plugins: []\n", Standing::Unpublished),
        ("show_drafts: true\n", Standing::Published),
        ("new_post_name: x\n", Standing::Unpublished),
        ("title: x\n", Standing::Unpublished),
    ] {
        let folder = Folder::with(&[("_config.yml", text)]);
        let standing = folder.standing("_drafts", &Signals::default(), "");
        assert_eq!(standing, expected, "{text}");
    }
    let hugo = Folder::with(&[("hugo.toml", "")]);
    assert_eq!(
        hugo.standing("_drafts", &Signals::default(), ""),
        Standing::Published
    );
}

#[test]
fn another_configuration_gives_another_fingerprint() {
    let folder = Folder::with(&[("hugo.toml", "buildFuture = true\n")]);
    let fingerprint = || {
        Sites::default()
            .rule(&folder.at("content"), &SiteOverrides::default())
            .fingerprint
    };
    let before = fingerprint();
    assert_eq!(fingerprint(), before);
    folder.write("hugo.toml", "");
    assert_ne!(fingerprint(), before);
    folder.write("content/_index.md", "---\ncascade: {draft: true}\n---\n");
    assert_ne!(fingerprint(), before);
    assert_eq!(
        Folder::with(&[]).standing("", &DRAFT, ""),
        Standing::Unpublished
    );
}

/// The configuration's publication rule wins over the folder's, and its names come first.
#[test]
fn what_the_person_says_elsewhere_decides_before_the_file_of_the_site() {
    let folder = Folder::with(&[
        ("hugo.toml", ""),
        (
            "newsdesk.toml",
            "generator = 'hugo'\n[fields]\ntopics = 'b'\n",
        ),
    ]);
    let overrides = SiteOverrides {
        generator: Some(Generator::Zola),
        names: [AddedName::new("a", FieldRole::Topics)].into(),
    };
    let sites = Sites::default();
    let site = sites.site(&folder.at("content"), &overrides);
    assert_eq!(site.rule.generator, Generator::Zola);
    let names = [
        AddedName::new("a", FieldRole::Topics),
        AddedName::new("b", FieldRole::Topics),
    ];
    assert_eq!(*site.overrides.names, names);
    let none = SiteOverrides::default();
    let other = Sites::default().rule(&folder.at("content"), &none);
    assert_eq!(other.rule.generator, Generator::Hugo);
    let this = sites.rule(&folder.at("content"), &overrides);
    assert_ne!(this.fingerprint, other.fingerprint);
}

#[test]
fn hugo_cascades_dates_and_its_configuration_cascades_too() {
    let none = Signals::default();
    let future = "---\ncascade:\n  publishDate: 2999-01-01\n---\n";
    let past = "---\ncascade:\n  expiryDate: 2020-01-01\n---\n";
    let hidden = "+++\n[cascade]\npublished = false\n+++\n";
    let hugo = Folder::with(&[
        ("hugo.toml", ""),
        ("content/a/_index.md", future),
        ("content/b/_index.md", past),
        ("content/c/_index.md", hidden),
    ]);
    for (folder, expected) in [
        ("content/a/deep", Standing::Scheduled),
        ("content/b", Standing::Expired),
        ("content/c", Standing::Unpublished),
        ("content", Standing::Published),
    ] {
        assert_eq!(hugo.standing(folder, &none, ""), expected, "{folder}");
    }
    let all = Folder::with(&[("hugo.toml", "[[cascade]]\ndraft = true\n")]);
    assert_eq!(all.standing("content", &none, ""), Standing::Unpublished);
    let dated = Folder::with(&[("hugo.toml", "[cascade]\ndate = 2999-01-01\n")]);
    assert_eq!(dated.standing("content", &none, ""), Standing::Scheduled);
}

#[test]
fn jekylls_defaults_hide_what_is_in_their_scope() {
    let jekyll = Folder::with(&[(
        "_config.yml",
        "defaults:\n\
         - scope: {path: '', type: posts}\n  values: {published: false}\n\
         - scope: {path: _news/old}\n  values: {published: false}\n\
         - scope: {path: _news/old/kept}\n  values: {published: true}\n",
    )]);
    let none = Signals::default();
    let own = Signals {
        published: Signal::Yes,
        published_in_lower_case: Signal::Yes,
        ..none
    };
    for (folder, signals, expected) in [
        ("_posts", &none, Standing::Unpublished),
        ("_posts", &own, Standing::Published),
        ("_news", &none, Standing::Published),
        ("_news/old", &none, Standing::Unpublished),
        ("_news/old/kept", &none, Standing::Published),
        ("pages", &none, Standing::Published),
    ] {
        assert_eq!(jekyll.standing(folder, signals, ""), expected, "{folder}");
    }
}

#[test]
fn folders_are_posts_pages_or_left_out() {
    let jekyll = Folder::with(&[("_config.yml", "plugins: []\n")]);
    let astro = Folder::with(&[("astro.config.mjs", "")]);
    let hugo = Folder::with(&[("hugo.toml", "")]);
    let place = |site: &Folder, folder: &str| {
        let rule = Sites::default().rule(&site.at(folder), &SiteOverrides::default());
        rule.rule.place
    };
    assert_eq!(place(&jekyll, "news/_posts"), FolderPlace::Posts);
    assert_eq!(place(&jekyll, "_news"), FolderPlace::Any);
    assert_eq!(place(&jekyll, "about"), FolderPlace::Pages);
    assert!(matches!(
        place(&jekyll, "_news/_sub"),
        FolderPlace::LeftOut(_)
    ));
    assert!(matches!(
        place(&astro, "src/_old/a"),
        FolderPlace::LeftOut(_)
    ));
    assert_eq!(place(&hugo, "content/_old"), FolderPlace::Any);
}

/// `..` and links: what counts is where a folder is, unless a site reaches it through a link of its own.
#[test]
fn a_folder_is_recognised_however_it_is_named() {
    let folder = Folder::with(&[
        ("site/hugo.toml", "baseURL = 'https://a.example'\n"),
        ("site/content/post/a.md", "---\ntitle: a\n---\n"),
        ("plain/b.md", "---\ntitle: b\n---\n"),
        ("else/c.md", "---\ntitle: c\n---\n"),
    ]);
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(folder.at(to), folder.at(name)).expect("a link");
    };
    link("site/content/post", "posts");
    link("else", "site/content/linked");
    for (name, generator) in [
        ("site/content/post", Generator::Hugo),
        ("site/../plain", Generator::Unknown),
        ("plain/../site/content", Generator::Hugo),
        ("posts", Generator::Hugo),
        ("site/content/linked", Generator::Hugo),
        ("else", Generator::Unknown),
    ] {
        assert_eq!(folder.generator(name), generator, "{name}");
    }
}
