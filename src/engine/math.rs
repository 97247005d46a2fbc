//! What scores need, by arithmetic that is exact to the bit on every machine:
//! the library's may differ between builds.

/// e to the power of `x`, to about six digits; 0 below -87, capped above 88.
pub fn exp(x: f32) -> f32 {
    if x < -87.0 {
        return 0.0;
    }
    let scaled = x.min(88.0) * std::f32::consts::LOG2_E;
    let whole = scaled.floor();
    let part = (scaled - whole) * std::f32::consts::LN_2;
    // Taylor's series of e^part on 0..ln 2.
    let mut sum = 1.0;
    for n in [7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0] {
        sum = 1.0 + sum * part / n;
    }
    sum * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// The natural logarithm of a positive, normal `x`, to about six digits.
pub fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    let power = (bits >> 23) as i32 - 127;
    let part = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    // ln part = 2 artanh y with y = (part - 1) / (part + 1), at most 1/3.
    let y = (part - 1.0) / (part + 1.0);
    let square = y * y;
    let mut sum = 0.0;
    for n in [11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        sum = sum * square + 1.0 / n;
    }
    power as f32 * std::f32::consts::LN_2 + 2.0 * y * sum
}

/// A number written with at most six digits, and perhaps a sign before and a
/// point among them ("-1.22"). The library's reader brings large tables.
pub fn decimal(written: &str) -> Option<f32> {
    let digits = written.strip_prefix('-').unwrap_or(written);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() + part.len() > 6 || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let number = whole.bytes().chain(part.bytes()).fold(0, |n, b| 10 * n + u32::from(b - b'0'));
    let value = number as f32 / 10u32.pow(part.len() as u32) as f32;
    Some(if digits.len() < written.len() { -value } else { value })
}

#[cfg(test)]
mod tests {
    #[test]
    fn close_to_the_library() {
        for i in -870..880 {
            let x = i as f32 / 10.0;
            let (ours, theirs) = (super::exp(x), x.exp());
            assert!((ours - theirs).abs() <= theirs * 1e-5, "{x}: {ours} {theirs}");
        }
        assert_eq!(super::exp(-1000.0), 0.0);
        for i in 1..10_000 {
            let x = i as f32 / 77.0;
            assert!((super::ln(x) - x.ln()).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn decimals_are_read_as_the_library_reads_them() {
        for written in ["0", "1", "0.00", "-1.22", "0.1", "12.345", "-0.005", "999999", "7."] {
            assert_eq!(super::decimal(written), written.parse().ok(), "{written}");
        }
        for written in ["", "-", ".", ".5", "1e5", "+1", "1.+2", "--1", "1.2.3", "1234567", "é"] {
            assert_eq!(super::decimal(written), None, "{written}");
        }
    }
}
