fn main() -> anyhow::Result<()> {
    let paths: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let source = if paths.is_empty() {
        newsdesk::library::Source::Sample
    } else {
        newsdesk::library::Source::of(&paths)?
    };
    newsdesk::runtime::run(newsdesk::runtime::Options {
        source,
        keymap: Default::default(),
        signs: Default::default(),
        theme: newsdesk::ui::Theme::colours(),
    })
}
