//! Generator markup, and what a reader sees of it.

use super::*;

fn plain(markdown: &str) -> String {
    plain_markdown(markdown, Flavour::Markdown).into_owned()
}

fn plain_mdx(mdx: &str) -> String {
    plain_markdown(mdx, Flavour::Mdx).into_owned()
}

#[test]
fn code_of_templates_is_code() {
    let body = "Type:\n\n{% highlight ruby %}\ndef hi\n  # greets {{ x }}\nend\n{% endhighlight %}\n\nRun.";
    assert_eq!(
        plain(body),
        format!("Type:\n\n{FENCE}\ndef hi\n  # greets {{{{ x }}}}\nend\n{FENCE}\n\nRun.\n")
    );
    let toggle = plain("{{< code-toggle file=x >}}\n[a]\n  b = 1\n{{< /code-toggle >}}");
    assert_eq!(toggle, format!("{FENCE}\n[a]\n  b = 1\n{FENCE}\n"));
}

#[test]
fn what_is_raw_stays_and_comments_go() {
    let body = "{% raw %}\n```liquid\n{{ page.title }}\n```\n{% endraw %}\n{% comment %}no{% endcomment %}\n\
                {% assign a = b | first %}\nUse.";
    assert_eq!(
        plain(body),
        "```liquid\n{{ page.title }}\n```\nno\n\nUse.\n".replace("no\n", "\n")
    );
}

#[test]
fn links_and_players_lead_where_they_say() {
    for (written, expected) in [
        ("[a]({% link _posts/x.md %})", "[a](_posts/x.md)"),
        (
            "{% post_url 2020-01-01-x %}",
            "[2020-01-01-x](<2020-01-01-x>)",
        ),
        ("[a]({{< ref \"b.md\" >}})", "[a](b.md)"),
        (
            "{{< youtube abc >}}",
            "[[video: www.youtube.com/watch]](<https://www.youtube.com/watch?v=abc>)",
        ),
        (
            "{{< figure src=\"a.png\" caption=\"Two words\" >}}",
            "![Two words](<a.png>)",
        ),
        ("{% asset_img b.jpg %}", "![](<b.jpg>)"),
        ("{{% alert title=\"Careful\" color=\"w\" %}}", "**Careful**"),
        ("x {% include a.html %}y", "x y"),
        (
            "by {{ page.author }}",
            "by <x-template>{{ page.author }}</x-template>",
        ),
        ("{/* truncate */}", ""),
    ] {
        assert_eq!(plain(written), format!("{expected}\n"), "{written}");
    }
}

#[test]
fn attributes_are_not_seen() {
    let body = "## Herbs\n{: .no_toc #herbs }\n\n* TOC\n{:toc}\n\n[g](https://g.example){:target=\"_blank\"} say.\n{: .note}";
    assert_eq!(plain(body), "## Herbs\n\n\n[g](https://g.example) say.\n");
}

#[test]
fn admonitions_are_quotes_with_a_label() {
    assert_eq!(
        plain(":::note[Mind]\na\n:::\nb"),
        "\n> **Note** Mind\n> \n> a\n\nb\n"
    );
    assert_eq!(
        plain("::: {.callout-tip title=\"T\"}\na\n:::"),
        "\n> **Tip** T\n> \n> a\n\n"
    );
    assert_eq!(
        plain("!!! warning \"W\"\n    a\n\nb"),
        "\n> **Warning** W\n> \n> a\n> \nb\n"
    );
    assert_eq!(
        plain("> [!WARNING]\n> loose\n\n> [!note]- Folded\n> b"),
        "> **WARNING**\n>\n> loose\n\n> **Note** Folded\n>\n> b\n"
    );
}

#[test]
fn divisions_for_layout_are_not_seen() {
    assert_eq!(
        plain("::: {.columns}\n::: {.column width=\"50%\"}\na\n:::\n:::\nb"),
        "\n\na\n\n\nb\n"
    );
    for tip in [":::tip", "::: {#x .wide .callout-tip}"] {
        assert_eq!(
            plain(&format!("{tip}\n::: {{.grid}}\na\n:::\nb\n:::\nc")),
            "\n> **Tip**\n> \n> \n> a\n> \n> b\n\nc\n"
        );
    }
}

#[test]
fn a_fence_in_a_quote_or_item_ends_where_it_ends() {
    for (body, expected) in [
        (
            "> ```sh\n> {{ x }}\n> ```\n{% a %}b\n",
            "> ```sh\n> {{ x }}\n> ```\nb\n",
        ),
        ("> ```\n> {{ x }}\n{% a %}b\n", "> ```\n> {{ x }}\nb\n"),
        ("> ```\n```\n{{ kept }}\n", "> ```\n```\n{{ kept }}\n"),
        (
            "1. ```sh\n   {{ x }}\n   ```\n\n{: .a}\nb\n",
            "1. ```sh\n   {{ x }}\n   ```\n\nb\n",
        ),
        (
            "12) ```\n    {{ x }}\n{% a %}b\n",
            "12) ```\n    {{ x }}\nb\n",
        ),
        (
            "- a\n\n    ```\n    {{ x }}\n    ```\n{% a %}b\n",
            "- a\n\n    ```\n    {{ x }}\n    ```\nb\n",
        ),
        (
            "> - ~~~\n>   {{ x }}\n> {% a %}b\n",
            "> - ~~~\n>   {{ x }}\n> b\n",
        ),
        (
            "```\n> ```\n{{ x }}\n```\n{% a %}b\n",
            "```\n> ```\n{{ x }}\n```\nb\n",
        ),
        ("> a\n> {: .note}\n", "> a\n"),
    ] {
        assert_eq!(plain(body), expected, "{body}");
    }
}

#[test]
fn notes_to_oneself_are_not_seen() {
    for (body, expected) in [
        ("a\n{::comment}\nb\n{:/comment}\nc\n", "a\nc\n"),
        ("a\n%%\nb\n%%\nc\n", "a\nc\n"),
        ("a\n%% b\nc %%\nd\n", "a\nd\n"),
        ("%% a %%\nb %%c%% d %%e%%.\n", "\nb  d .\n"),
        ("{/* a\nb */}\nc\n", "c\n"),
        ("*[HTML]: Hyper\na\n", "a\n"),
        ("![a](b.png){#fig-1 .wide width=50%} c\n", "![a](b.png) c\n"),
        ("`a`{.r} [b](c){target=_blank}\n", "`a` [b](c)\n"),
    ] {
        assert_eq!(plain(body), expected, "{body}");
    }
}

#[test]
fn imports_are_not_seen_in_mdx() {
    let body = "import {\n  Tabs,\n} from \"@theme/Tabs\";\n\nexport const a = {\n  b: 1,\n\n};\n\nText.\n\n\
                <Foo bar={x > 1} />\n\n```\nimport c from 'd'\n```\n";
    assert_eq!(
        plain_mdx(body),
        "\n\nText.\n\n<Foo  />\n\n```\nimport c from 'd'\n```\n"
    );
    let docusaurus = "import Tabs from '@theme/Tabs';\n\n<Tabs>\n";
    assert_eq!(plain(docusaurus), "\n<Tabs>\n");
    for prose in [
        "It came to\nimport grain from \"the south\"\n{{\n",
        "It came to\nimport grain from 'egypt'\n<Tabs>\n",
        "import duties rose from 'low' to high\n{{\n",
        "import grain from 'egypt'\n{{\n",
    ] {
        assert_eq!(plain(prose), prose);
    }
}

#[test]
fn formulas_keep_their_lines() {
    assert_eq!(
        plain("$$\na &= b \\\\\n*c*\n$$\n$1 and *$2*"),
        format!("{FENCE}\na &= b \\\\\n*c*\n{FENCE}\n$1 and *$2*\n")
    );
}

#[test]
fn code_and_what_only_looks_like_it_stays() {
    for body in [
        "```\n{% raw %} {{ x }}\n:::note\n> [!NOTE]\n{: .x}\n```\n",
        "~~~~ md\n```\n{{ x }}\n~~~~\n",
        "a\n\n    {{ x }}\n    {: .y}\n",
        "Use `{{ x }}` and ``{% a ` %}``.\n",
        "Braces {{ that go on, {% too, and {:smile.\n",
        "> ```\n> [!NOTE] {{ x }}\n> ```\n",
        "[!NOTE] is no callout\n",
        "Wow!!! really ::: so\n",
        "$$\nnever ended\n",
        "See <https://a.example/$x_1$> or <a title=\"$y_1$\" href='b'>it</a>.\n",
        "a\n```\n$$\n```\n",
        "100%% sure, 50%% not\n",
        "a\n%%\nnever ended\n",
        "*[a] b\n",
        "[a]{b} and f(x){#y}\n",
    ] {
        assert_eq!(plain(body), body);
    }
}
