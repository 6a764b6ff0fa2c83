//! What a person says about a library, in a file of its own or in the configuration: what makes its
//! site, and further names of fields.

use crate::case::Case;

#[test]
fn a_file_of_the_library_names_its_generator_and_further_fields() {
    let text =
        "---\ntitle: Ropes\nday: 2024-01-01\nlabels: [rope, knots]\nteaser: Spliced.\n---\nText.\n";
    let own =
        "generator = 'hugo'\n[fields]\ndate = 'day'\ntopics = ['labels']\nexcerpt = 'teaser'\n";
    let case = Case::new()
        .file("ropes.md", text)
        .file("newsdesk.toml", own);
    let list = ["list", "site", "--format", "json"];
    let article = &case.run(&list).json()[0];
    assert_eq!(article["topics"].to_string(), r#"["rope","knots"]"#);
    assert_eq!(article["excerpt"], "Spliced.");
    assert_eq!(article["publishedDateTime"], "2024-01-01T00:00:00Z");
    assert_eq!(article["meta"].to_string(), "{}");
    assert_eq!(
        case.run(&["count", "site", "-q", "topic:=knots is:published"])
            .out(),
        "1\n"
    );
    let unpublish = ["unpublish", "-q", "title:ropes", "site", "--yes"];
    assert!(case.run(&unpublish).out().starts_with("written "));
    let check = case.run(&["check", "site"]);
    assert!(
        check.out().starts_with("Hugo site: 1 article"),
        "{}",
        check.out()
    );
    let wrong = Case::new()
        .file("ropes.md", text)
        .file("newsdesk.toml", "generator = 'hug'\n");
    let check = wrong.run(&["check", "site"]);
    assert_eq!(check.code(), 1);
    assert!(
        check.out().contains("there is no generator “hug”"),
        "{}",
        check.out()
    );
    let refused = wrong.run(&["publish", "-q", "title:ropes", "site", "--yes"]);
    assert!(refused.out().contains("newsdesk.toml"), "{}", refused.out());
}

#[test]
fn the_configuration_says_the_same_of_a_library_by_name() {
    let text = "---\ntitle: Ropes\nday: 2024-01-01\nlabels: [rope, knots]\n---\nText.\n";
    let case = Case::new().file("ropes.md", text);
    let site = case.path("site");
    let library = format!("[libraries.knots]\nroots = [{:?}]\n", site.display());
    let said =
        "generator = \"hugo\"\n[libraries.knots.fields]\ndate = [\"day\"]\ntopics = [\"labels\"]\n";
    let case = case.config(&format!("{library}{said}"));
    // By name, by its folder, and by a file in it.
    for list in [
        &["-l", "knots", "list"][..],
        &["list", "site"],
        &["list", "site/ropes.md"],
    ] {
        let article = &case.run(&[list, &["--format", "json"]].concat()).json()[0];
        assert_eq!(
            article["topics"].to_string(),
            r#"["rope","knots"]"#,
            "{list:?}"
        );
        assert_eq!(article["publishedDateTime"], "2024-01-01T00:00:00Z");
        assert_eq!(article["meta"].to_string(), "{}");
    }
    let check = case.run(&["check", "site"]);
    assert!(
        check.out().starts_with("Hugo site: 1 article"),
        "{}",
        check.out()
    );
    let explained = case.run(&["check", "--explain", "site/ropes.md"]);
    assert!(
        explained.out().contains("labels: topics"),
        "{}",
        explained.out()
    );
    let unpublish = ["-l", "knots", "unpublish", "-q", "title:ropes", "--yes"];
    assert!(case.run(&unpublish).out().starts_with("written "));
    let case = case.config(&format!(
        "{library}generator = \"hug\"\n[libraries.knots.fields]\ntopcis = [\"a\"]\n"
    ));
    let wrong = case.run(&["config", "check"]);
    assert!(
        wrong.out().contains("there is no generator “hug”"),
        "{}",
        wrong.out()
    );
    assert!(
        wrong.out().contains("did you mean `topics`?"),
        "{}",
        wrong.out()
    );
}
