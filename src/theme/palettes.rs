//! The colours of well-known terminals, for tests.

use super::colour::Rgb;
use super::terminal::Terminal;

/// Text, background, and the colours with the numbers 1 to 6: red to cyan.
const PALETTES: [(&str, &str, &str, [&str; 6]); 14] = [
    (
        "xterm, dark",
        "#e5e5e5",
        "#000000",
        [
            "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd",
        ],
    ),
    (
        "Solarized dark",
        "#839496",
        "#002b36",
        [
            "#dc322f", "#859900", "#b58900", "#268bd2", "#d33682", "#2aa198",
        ],
    ),
    (
        "Solarized light",
        "#657b83",
        "#fdf6e3",
        [
            "#dc322f", "#859900", "#b58900", "#268bd2", "#d33682", "#2aa198",
        ],
    ),
    (
        "Gruvbox dark",
        "#ebdbb2",
        "#282828",
        [
            "#cc241d", "#98971a", "#d79921", "#458588", "#b16286", "#689d6a",
        ],
    ),
    (
        "Gruvbox light",
        "#3c3836",
        "#fbf1c7",
        [
            "#cc241d", "#98971a", "#d79921", "#458588", "#b16286", "#689d6a",
        ],
    ),
    (
        "Dracula",
        "#f8f8f2",
        "#282a36",
        [
            "#ff5555", "#50fa7b", "#f1fa8c", "#bd93f9", "#ff79c6", "#8be9fd",
        ],
    ),
    (
        "Nord",
        "#d8dee9",
        "#2e3440",
        [
            "#bf616a", "#a3be8c", "#ebcb8b", "#81a1c1", "#b48ead", "#88c0d0",
        ],
    ),
    (
        "One Dark",
        "#abb2bf",
        "#282c34",
        [
            "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2",
        ],
    ),
    (
        "Tokyo Night",
        "#c0caf5",
        "#1a1b26",
        [
            "#f7768e", "#9ece6a", "#e0af68", "#7aa2f7", "#bb9af7", "#7dcfff",
        ],
    ),
    (
        "Catppuccin Latte",
        "#4c4f69",
        "#eff1f5",
        [
            "#d20f39", "#40a02b", "#df8e1d", "#1e66f5", "#ea76cb", "#179299",
        ],
    ),
    (
        "Campbell",
        "#cccccc",
        "#0c0c0c",
        [
            "#c50f1f", "#13a10e", "#c19c00", "#0037da", "#881798", "#3a96dd",
        ],
    ),
    (
        "macOS Basic",
        "#000000",
        "#ffffff",
        [
            "#990000", "#00a600", "#999900", "#0000b2", "#b200b2", "#00a6b2",
        ],
    ),
    (
        "Linux console",
        "#aaaaaa",
        "#000000",
        [
            "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa",
        ],
    ),
    (
        "Zenburn",
        "#dcdccc",
        "#3f3f3f",
        [
            "#cc9393", "#7f9f7f", "#d0bf8f", "#6ca0a3", "#dc8cc3", "#93e0e3",
        ],
    ),
];

/// Each with its name.
pub fn palettes() -> impl Iterator<Item = (&'static str, Terminal)> {
    let rgb = |text: &str| Rgb::parse(text);
    PALETTES
        .into_iter()
        .map(move |(name, text, background, hues)| {
            let mut terminal = Terminal {
                text: rgb(text),
                background: rgb(background),
                ..Terminal::default()
            };
            for (named, hue) in terminal.named[1..].iter_mut().zip(hues) {
                *named = rgb(hue);
            }
            (name, terminal)
        })
}
