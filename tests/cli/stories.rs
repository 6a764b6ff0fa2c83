//! Stories on the command line: listed, selected, one line each.

use crate::case::{Case, Run};

fn article(title: &str, provider: &str, day: &str, more: &str) -> String {
    format!(
        "---\ntitle: {title}\npublishedDateTime: 2021-12-{day}\n{more}provider:\n  name: {provider}\n---\nText.\n"
    )
}

fn case() -> Case {
    let deal = "Acme agrees to buy Beta Robotics for $3bn";
    Case::new()
        .file("a.md", article(deal, "Ledger", "20", ""))
        .file(
            "b.md",
            article(
                "Acme to acquire Beta Robotics for 3 billion",
                "Courier",
                "21",
                "quality: 80\n",
            ),
        )
        .file(
            "c.md",
            article(
                "Gamma closes its last factory in the north",
                "Courier",
                "22",
                "",
            ),
        )
        .file(
            "d.md",
            article(
                "Rain",
                "Ledger",
                "23",
                "originalUrl: https://a.example/rain\n",
            ),
        )
        .file(
            "e.md",
            article(
                "More rain",
                "Ledger",
                "24",
                "originalUrl: https://www.a.example/rain/?utm_id=1\n",
            ),
        )
}

fn paths(run: &Run) -> Vec<String> {
    let lines = run.printed().lines().skip(1).map(str::to_owned);
    lines.collect()
}

#[test]
fn each_story_comes_with_its_articles_and_reasons() {
    let case = case();
    let run = case.run(&["stories", "--format", "json", "site"]);
    let told = run.json();
    let story = |at: usize| {
        let articles = told[at]["articles"].as_array().expect("articles");
        let article = |it: &serde_json::Value| {
            format!(
                "{} {}",
                it["path"].as_str().expect("a path"),
                it["because"].as_str().expect("a reason")
            )
        };
        articles.iter().map(article).collect::<Vec<_>>()
    };
    assert_eq!(told.as_array().map(Vec::len), Some(2));
    assert_eq!(story(0), ["site/d.md leads", "site/e.md same page"]);
    assert_eq!(story(1), ["site/a.md near-duplicate", "site/b.md leads"]);
    assert_eq!(
        told[1]["title"],
        "Acme to acquire Beta Robotics for 3 billion"
    );
    let table = case.run(&["stories", "-q", "title:gamma,acme", "site"]);
    assert_eq!(
        table.printed(),
        "ARTICLES  PROVIDER  ALSO TOLD BY  TITLE\n       \
         2  Courier   Ledger        Acme to acquire Beta Robotics for 3 billion\n"
    );
    assert_eq!(case.run(&["stories", "-q", "gamma", "site"]).code(), 1);
}

#[test]
fn a_list_of_stories_has_one_line_for_each() {
    let case = case();
    let list = |arguments: &[&str]| {
        let all = [
            &["list", "site", "--fields", "path", "--format", "tsv"],
            arguments,
        ]
        .concat();
        paths(&case.run(&all))
    };
    // Each story is at the place of its newest article.
    assert_eq!(
        list(&["--stories"]),
        ["site/d.md", "site/c.md", "site/b.md"]
    );
    assert_eq!(list(&["--stories", "--limit", "1"]), ["site/d.md"]);
    // Of those that the query selects, the best stands for its story.
    assert_eq!(
        list(&["--stories", "-q", "provider:ledger"]),
        ["site/d.md", "site/a.md"]
    );
    assert_eq!(
        list(&["-q", "is:story-lead"]),
        ["site/d.md", "site/c.md", "site/b.md"]
    );
}

#[test]
fn a_story_is_found_by_the_id_of_any_of_its_articles() {
    let case = case();
    let told = case.run(&["stories", "--format", "json", "site"]).json();
    for member in told[1]["articles"].as_array().expect("articles") {
        let query = format!("story:{}", member["id"].as_str().expect("an id"));
        let run = case.run(&[
            "list", "-q", &query, "--fields", "path", "--format", "tsv", "site",
        ]);
        assert_eq!(paths(&run), ["site/b.md", "site/a.md"]);
    }
    let nothing = case.run(&["count", "-q", "story:0000000000000000", "site"]);
    assert_eq!(nothing.out(), "0\n");
    let alone = case.run(&[
        "list", "-q", "gamma", "--fields", "id", "--format", "tsv", "site",
    ]);
    let query = format!("story:{}", paths(&alone)[0]);
    assert_eq!(case.run(&["count", "-q", &query, "site"]).out(), "1\n");
}
