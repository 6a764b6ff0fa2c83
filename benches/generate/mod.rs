//! Generates a library of any size in the shape of the sample library's news: the same fields in
//! the same order, 3 kB per file. Not meant for reading: the words mean nothing.
//!
//! Article number n is the same in every run and on every machine, whatever the size of the
//! library. Words, topics (60) and providers (300) follow Zipf's law: the second is half as
//! frequent as the first. Dates go back in steps of seven minutes; one file in eight has a body,
//! one in 200 (as in a real library) is written in a way that only a full YAML parser reads.

pub mod words;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, ToSpan};
use words::{PROVIDERS, Random};

/// A file of the library: its path below the root, and its text.
pub struct File {
    pub path: PathBuf,
    pub text: String,
}

/// Writes the articles 0 to `count` below `root`, in its folder `_news`.
///
/// # Errors
/// If a folder or file cannot be written.
pub fn write(root: &Path, count: u64) -> io::Result<()> {
    fs::create_dir_all(root.join("_news"))?;
    (0..count).try_for_each(|number| {
        let file = article(number);
        fs::write(root.join(file.path), file.text)
    })
}

/// The article with this number.
pub fn article(number: u64) -> File {
    let mut random = Random::of(number);
    let title = random.title();
    let slug = slug(&title);
    let published = date(number);
    let provider = Provider::of(random.zipf(PROVIDERS));
    let mut text = String::with_capacity(4096);
    let plain = !number.is_multiple_of(200);
    let quote = if plain { "\"" } else { "" };
    let block = if plain { "" } else { ">-\n  " };
    put(
        &mut text,
        format_args!("---\ncategory: news\ntitle: \"{title}\"\n"),
    );
    put(
        &mut text,
        format_args!("excerpt: {block}{quote}{}{quote}\n", random.sentence(22)),
    );
    put(&mut text, format_args!("publishedDateTime: {published}\n"));
    for name in ["originalUrl", "webUrl"] {
        put(
            &mut text,
            format_args!("{name}: \"{}\"\n", provider.url(&slug, number)),
        );
    }
    if random.below(3) == 0 {
        put(
            &mut text,
            format_args!("ampWebUrl: \"{}\"\n", provider.amp(&slug, number)),
        );
    }
    put(
        &mut text,
        format_args!(
            "type: {}\nquality: {}\nheat: {}\npublished: {}\n",
            ["article", "article", "article", "video"][random.below(4)],
            random.below(100),
            random.below(101) as i64 - 1,
            random.below(3) > 0
        ),
    );
    put(
        &mut text,
        format_args!("\nprovider:\n{}", provider.fields("  ")),
    );
    put(
        &mut text,
        format_args!(
            "  images:\n    - url: \"/assets/images/organizations/{}-50x50.jpg\"\n      width: 50\n      height: 50\n",
            provider.domain
        ),
    );
    put(&mut text, format_args!("\ntopics:\n"));
    for topic in random.topics() {
        put(&mut text, format_args!("  - {topic}\n"));
    }
    put(
        &mut text,
        format_args!("\nimages:\n{}", image(&provider, &slug, "  ")),
    );
    related(&mut text, &mut random, number);
    put(
        &mut text,
        format_args!("\nsecured: \"{}\"\n---\n", random.cipher()),
    );
    if number.is_multiple_of(8) {
        body(&mut text, &mut random);
    }
    File {
        path: Path::new("_news").join(format!("{}-{slug}-{number}.md", &published[..10])),
        text,
    }
}

/// Up to four earlier or later articles, exactly as in their own files.
fn related(text: &mut String, random: &mut Random, number: u64) {
    let count = random.below(5);
    if count > 0 {
        text.push_str("\nrelated:\n");
    }
    for _ in 0..count {
        let other = number.wrapping_add_signed(random.below(200) as i64 - 100);
        let mut its = Random::of(other);
        let title = its.title();
        let slug = slug(&title);
        let provider = Provider::of(its.zipf(PROVIDERS));
        put(
            text,
            format_args!(
                "  - title: \"{title}\"\n    excerpt: \"{}\"\n",
                its.sentence(22)
            ),
        );
        put(
            text,
            format_args!(
                "    publishedDateTime: {}\n    webUrl: \"{}\"\n    type: article\n",
                date(other),
                provider.url(&slug, other)
            ),
        );
        put(
            text,
            format_args!(
                "    provider:\n{}    quality: {}\n    images:\n{}",
                provider.fields("      "),
                its.below(100),
                image(&provider, &slug, "      ")
            ),
        );
    }
}

pub fn body(text: &mut String, random: &mut Random) {
    for paragraph in 0..8 {
        if paragraph % 3 == 2 {
            put(text, format_args!("\n## {}\n", random.title()));
        }
        text.push('\n');
        for _ in 0..4 {
            put(text, format_args!("{} ", random.sentence(18)));
        }
        text.push('\n');
    }
}

fn image(provider: &Provider, slug: &str, indent: &str) -> String {
    format!(
        "{indent}- url: \"https://{}/media/{slug}.jpg\"\n{indent}  width: 1200\n{indent}  height: 630\n{indent}  isCached: true\n",
        provider.domain
    )
}

/// Seven minutes before the date of the previous article, starting from the end of 2021.
pub fn date(number: u64) -> String {
    let newest = Timestamp::constant(1_640_995_140, 0);
    let minutes = i64::try_from(number % 2_000_000).unwrap_or(0) * 7;
    newest
        .checked_sub(minutes.minutes())
        .unwrap_or(newest)
        .to_string()
}

struct Provider {
    name: String,
    domain: String,
}

impl Provider {
    fn of(number: usize) -> Self {
        let name = Random::of(1 << 40 | number as u64).name();
        Self {
            domain: format!("{}.example", name.to_lowercase()),
            name,
        }
    }

    fn fields(&self, indent: &str) -> String {
        format!(
            "{indent}name: {}\n{indent}domain: {}\n",
            self.name, self.domain
        )
    }

    fn url(&self, slug: &str, number: u64) -> String {
        format!("https://{}/stories/{slug}-{number}", self.domain)
    }

    fn amp(&self, slug: &str, number: u64) -> String {
        format!("https://{}/amp/stories/{slug}-{number}", self.domain)
    }
}

pub fn slug(title: &str) -> String {
    let kept = |sign: char| if sign.is_alphanumeric() { sign } else { '-' };
    title.to_lowercase().chars().map(kept).take(60).collect()
}

pub fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(what);
}
