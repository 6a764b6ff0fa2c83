//! Generator markup, and what a reader sees of it.

use super::*;

fn plain(markdown: &str) -> String {
    plain_markdown(markdown).into_owned()
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
fn imports_are_not_seen() {
    assert_eq!(plain("import Tabs from '@theme/Tabs';\n\na"), "\na\n");
    assert_eq!(
        plain("import duties rose from 'low' to high\n{{"),
        "import duties rose from 'low' to high\n{{\n"
    );
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
    ] {
        assert_eq!(plain(body), body);
    }
}
