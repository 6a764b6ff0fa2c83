//! Frames in the output of a program. Each is a synchronized update, so that half of one is never taken for
//! the screen.

/// The synchronized update around each frame (private mode 2026).
const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

/// The number of bytes before a frame that has not ended.
pub fn whole_frames(output: &[u8]) -> usize {
    let last = |sequence: &[u8]| {
        let mut windows = output.windows(sequence.len());
        windows.rposition(|it| it == sequence)
    };
    match (last(FRAME_BEGINS), last(FRAME_ENDS)) {
        (Some(begin), end) if end.is_none_or(|end| end < begin) => begin,
        _ => {
            let parts = (1..FRAME_BEGINS.len()).rev();
            let begun = parts
                .map(|it| &FRAME_BEGINS[..it])
                .find(|it| output.ends_with(it));
            output.len() - begun.map_or(0, <[u8]>::len)
        }
    }
}

#[test]
fn half_a_frame_is_not_on_the_screen_yet() {
    for (output, whole) in [
        ("text", "text"),
        ("\x1b[?2026hhalf", ""),
        ("\x1b[?2026hone\x1b[?2026l", "\x1b[?2026hone\x1b[?2026l"),
        (
            "\x1b[?2026hone\x1b[?2026l\x1b[?20",
            "\x1b[?2026hone\x1b[?2026l",
        ),
        ("before\x1b", "before"),
        (
            "\x1b[?2026hone\x1b[?2026l\x1b[?2026htwo",
            "\x1b[?2026hone\x1b[?2026l",
        ),
    ] {
        assert_eq!(
            &output[..whole_frames(output.as_bytes())],
            whole,
            "{output:?}"
        );
    }
}
