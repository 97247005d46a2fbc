//! Colours of labels, `#rrggbb`: whether their words can be read on a light
//! and on a dark page, and the nearest colour with which they can.
//!
//! A label's colour is that on a light page, where it may have to be darker;
//! on a dark page it is mixed with white.

/// What WCAG 2.2 asks of text (criterion 1.4.3).
pub const CONTRAST: f64 = 4.5;

/// The darkest ground of the light page that words of labels stand on, and
/// the lightest of the dark one; `style/tokens.css` has them.
const LIGHT_GROUND: &str = "#f3f1eb";
const DARK_GROUND: &str = "#26241f";

/// The share of the colour in its mixture with white on a dark page, and by
/// how much less it is tried with.
const SHARE: f64 = 0.38;
const LESS: f64 = 0.02;

/// Whether it is `#rrggbb`.
pub fn is_color(text: &str) -> bool {
    parse(text).is_some()
}

/// How much the words of a label in this colour stand out on a light page, as
/// WCAG counts it, from 1 to 21; nothing if it is no colour.
pub fn contrast(color: &str) -> Option<f64> {
    Some(ratio(parse(color)?, parse(LIGHT_GROUND)?))
}

/// The colour as it can be read on a light page: itself, or darker.
pub fn on_light(color: &str) -> Option<String> {
    let ground = parse(LIGHT_GROUND)?;
    let mut shown = parse(color)?;
    // Black is reached at last, and can be read.
    while ratio(shown, ground) < CONTRAST {
        shown = shown.map(|part| (part - 1.0 / 255.0).max(0.0));
        shown = rounded(shown);
    }
    Some(written(shown))
}

/// The colour as it can be read on a dark page: with as much white as it needs.
pub fn on_dark(color: &str) -> Option<String> {
    let (color, ground) = (parse(&on_light(color)?)?, parse(DARK_GROUND)?);
    let mut share = SHARE;
    loop {
        let shown = rounded(with_white(color, share));
        if ratio(shown, ground) >= CONTRAST || share <= 0.0 {
            return Some(written(shown));
        }
        share -= LESS;
    }
}

type Rgb = [f64; 3];

fn parse(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let mut parts = [0.0; 3];
    for (at, part) in parts.iter_mut().enumerate() {
        let digits = &digits[2 * at..2 * at + 2];
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        *part = f64::from(u8::from_str_radix(digits, 16).ok()?) / 255.0;
    }
    Some(parts)
}

fn written(color: Rgb) -> String {
    let [red, green, blue] = color.map(|part| (part * 255.0).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn rounded(color: Rgb) -> Rgb {
    color.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() / 255.0)
}

/// Contrast as WCAG 2.2 defines it.
fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Rgb) -> f64 {
    let [red, green, blue] = color.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn linear(part: f64) -> f64 {
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn gamma(part: f64) -> f64 {
    if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 }
}

/// The mixture with white in Oklab, where white is (1, 0, 0); the matrices are
/// Björn Ottosson's.
fn with_white(color: Rgb, share: f64) -> Rgb {
    let [r, g, b] = color.map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    // Oklab is linear in these roots, and white has 1 in all three.
    let [l, m, s] = [l, m, s].map(|root| (share * root + (1.0 - share)).powi(3));
    let mixed = [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ];
    mixed.map(|part| gamma(part.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    #[test]
    fn contrast_is_what_the_standard_says() {
        assert!((ratio([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
        // The lightest grey that passes on white.
        assert!(ratio(parse("#767676").unwrap(), [1.0; 3]) >= CONTRAST);
        assert!(ratio(parse("#777777").unwrap(), [1.0; 3]) < CONTRAST);
    }

    #[test]
    fn any_colour_can_be_read_on_both_pages() {
        let (light, dark) = (parse(LIGHT_GROUND).unwrap(), parse(DARK_GROUND).unwrap());
        for at in 0..=0xff_u32 {
            // Spread over the whole cube.
            let color = format!("#{:06x}", at.wrapping_mul(0x9e_3779) & 0xff_ffff);
            for color in [color, format!("#{at:02x}{at:02x}{at:02x}")] {
                let shown = [on_light(&color).unwrap(), on_dark(&color).unwrap()];
                let shown = shown.map(|shown| parse(&shown).unwrap());
                assert!(ratio(shown[0], light) >= CONTRAST, "{color} {shown:?}");
                assert!(ratio(shown[1], dark) >= CONTRAST, "{color} {shown:?}");
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays() {
        for def in Scheme::default().labels {
            assert_eq!(on_light(&def.color).unwrap(), def.color);
        }
        assert_ne!(on_light("#ffff00").unwrap(), "#ffff00");
    }

    #[test]
    fn what_is_no_colour_is_told() {
        for text in ["", "#12345", "#12345g", "#+12345", "123456", "#é2345", "red"] {
            assert!(!is_color(text), "{text}");
        }
        assert!(is_color("#a0B1c2"));
    }
}
