//! A Hugo site of any size, with the same posts in YAML or TOML front matter, to compare how fast
//! the two are read.

use std::fs;
use std::io;
use std::path::Path;

use crate::generate::words::Random;
use crate::generate::{File, body, date, put, slug};

/// How the front matter is written.
#[derive(Clone, Copy, Debug)]
pub enum Front {
    Yaml,
    Toml,
}

/// Writes a site with the posts 0 to `count` below `root`.
///
/// # Errors
/// If a folder or file cannot be written.
pub fn write_site(root: &Path, count: u64, front: Front) -> io::Result<()> {
    fs::create_dir_all(root.join("content/post"))?;
    fs::write(root.join("hugo.toml"), "title = \"Site\"\n")?;
    (0..count).try_for_each(|number| {
        let file = post(number, front);
        fs::write(root.join(file.path), file.text)
    })
}

/// The post with this number.
pub fn post(number: u64, front: Front) -> File {
    let mut random = Random::of(number);
    let title = random.title();
    let (fence, is, list) = match front {
        Front::Yaml => ("---", ":", "categories:\n  - news\n"),
        Front::Toml => ("+++", " =", "categories = [\"news\"]\n"),
    };
    let mut text = String::with_capacity(2048);
    put(
        &mut text,
        format_args!(
            "{fence}\ntitle{is} \"{title}\"\ndate{is} {}\nlastmod{is} {}\ndraft{is} {}\n\
             description{is} \"{}\"\nauthor{is} \"{}\"\nslug{is} \"{}\"\nweight{is} {}\ntags{is} [",
            date(number),
            date(number.saturating_sub(20)),
            number.is_multiple_of(10),
            random.sentence(22),
            random.name(),
            slug(&title),
            random.below(100),
        ),
    );
    let topics = random.topics();
    let quoted: Vec<String> = topics.iter().map(|it| format!("\"{it}\"")).collect();
    put(
        &mut text,
        format_args!("{}]\n{list}{fence}\n", quoted.join(", ")),
    );
    body(&mut text, &mut random);
    File {
        path: Path::new("content/post").join(format!("{}-{number}.md", slug(&title))),
        text,
    }
}
