//! Numbers as Japanese and Chinese write them.
//!
//! In: folded text at a place. Out: a number and where it ends.

/// The value of a digit in Han.
pub(super) fn digit(c: char) -> Option<i32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A number of digits, `0`-`9` or in Han, from byte `at` on: value, number of digits, end.
pub(super) fn digits(text: &str, at: usize) -> (i32, usize, usize) {
    let mut number = (0, 0, at);
    for c in text[at..].chars() {
        let Some(digit) = c
            .to_digit(10)
            .map(|digit| digit as i32)
            .or_else(|| digit(c))
        else {
            break;
        };
        if number.1 < 8 {
            number.0 = number.0 * 10 + digit;
        }
        number.1 += 1;
        number.2 += c.len_utf8();
    }
    number
}

/// A number below 100 from byte `at` on, as years of an era are written: `7`, `元`, `六十四`, `六四`, `廿三`.
pub(super) fn below_hundred(text: &str, at: usize) -> Option<(i32, usize)> {
    let rest = &text[at..];
    if rest.starts_with('元') {
        return Some((1, at + '元'.len_utf8()));
    }
    let (value, count, end) = digits(text, at);
    let ten = |c: char| match c {
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    };
    match (count, text[end..].chars().next().and_then(ten)) {
        (0, None) | (3.., _) | (2, Some(_)) => None,
        (_, None) => Some((value, end)),
        (_, Some(tens)) => {
            let tens = if tens == 10 { value.max(1) * 10 } else { tens };
            let after = end + '十'.len_utf8();
            let (ones, count, end) = digits(text, after);
            (count < 2).then_some((tens + ones, end))
        }
    }
}
