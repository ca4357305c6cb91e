//! A date in the name of a file: `2024-05-12-visit.txt`, `20240512_visit.md`, `visit (2024.5.12).html`, `2024年5月12日.txt`.
//!
//! In: a source's name. Out: the date as `2024-05-12`, only where year, month and day stand there and nothing else comes into question. A
//! number of eight digits must stand apart from letters: `doc20240512a` may be anything.

/// The date in the name of a file, without its folders.
pub(super) fn in_name(name: &str) -> Option<String> {
    let file = name.rsplit('/').next().unwrap_or_default();
    let mut found = None;
    let mut before = None;
    let mut rest = file;
    while let Some(c) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            before = Some(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let stands_apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
        let date = match digits {
            8 => Some((&rest[..4], &rest[4..6], &rest[6..8], 8))
                .filter(|_| stands_apart(before) && stands_apart(rest[8..].chars().next())),
            4 => parted(rest),
            _ => None,
        };
        let date = date.and_then(|(year, month, day, len)| Some((checked(year, month, day)?, len)));
        let len = date.as_ref().map_or(digits, |(_, len)| *len);
        if let Some((date, _)) = date {
            if found.as_ref().is_some_and(|other| *other != date) {
                return None; // From one date to another: which is it?
            }
            found = Some(date);
        }
        before = rest[..len].chars().next_back();
        rest = &rest[len..];
    }
    found
}

/// `2024-05-12`, `2024_5_12`, `2024.05.12`, `2024年5月12日` at the start: its parts and length.
fn parted(text: &str) -> Option<(&str, &str, &str, usize)> {
    let (year, rest) = (text.get(..4)?, text.get(4..)?);
    let separator = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '_' | '.' | '年'))?;
    let second = if separator == '年' { '月' } else { separator };
    let (month, rest) = rest[separator.len_utf8()..].split_once(second)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (day, after) = rest.split_at(digits);
    let ends = if separator == '年' {
        after.starts_with('日')
    } else {
        !after.starts_with(|c: char| c.is_ascii_alphabetic() && c != 'T')
    };
    ends.then_some((year, month, day, text.len() - after.len()))
}

fn checked(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str, low, high| {
        let number: u32 = Some(text)
            .filter(|text| (1..=4).contains(&text.len()))?
            .parse()
            .ok()?;
        (low..=high).contains(&number).then_some(number)
    };
    let (year, month, day) = (
        number(year, 1800, 2199)?,
        number(month, 1, 12)?,
        number(day, 1, 31)?,
    );
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_names() {
        for (name, date) in [
            ("2024-05-12-visit.txt", Some("2024-05-12")),
            ("news/20240512_visit.md", Some("2024-05-12")),
            ("会談2024.5.12.txt", Some("2024-05-12")),
            ("会談（2024年5月12日）.html", Some("2024-05-12")),
            ("2024_05_12T0900.txt", Some("2024-05-12")),
            ("report-20240512.txt", Some("2024-05-12")),
            ("記録20240512.txt", Some("2024-05-12")),
            ("2024-05-12_20240512.txt", Some("2024-05-12")),
            ("2024-05-12/visit.txt", None),
            ("2024-05-01_2024-05-12.txt", None),
            ("2024-05.txt", None),
            ("doc20240512a.txt", None),
            ("20241332.txt", None),
            ("2024-13-01.txt", None),
            ("12024-05-12.txt", None),
            ("99999999.txt", None),
            ("2024-05-123.txt", None),
            ("visit.txt", None),
            ("", None),
        ] {
            assert_eq!(in_name(name).as_deref(), date, "{name}");
        }
    }
}
