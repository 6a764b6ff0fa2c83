//! Numbers for people, with thousands separators.

/// `1284` as `1,284`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        grouped.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 article`, `1,284 articles`.
pub fn articles(count: usize) -> String {
    match count {
        1 => "1 article".to_owned(),
        _ => format!("{} articles", grouped(count as i64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let said: Vec<String> = [0, 7, 999, 1_000, -1_284, 1_234_567]
            .into_iter()
            .map(grouped)
            .collect();
        assert_eq!(said, ["0", "7", "999", "1,000", "-1,284", "1,234,567"]);
    }

    #[test]
    fn one_article_is_not_several() {
        let said = [0, 1, 2, 100_000].map(articles);
        assert_eq!(
            said,
            ["0 articles", "1 article", "2 articles", "100,000 articles"]
        );
    }
}
