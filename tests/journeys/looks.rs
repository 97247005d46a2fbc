//! How the page looks: within every window, in both themes, in both
//! languages, and without moving what a person reads.

use std::collections::BTreeSet;

use guillemet::lab::reports;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::desk::{LINES, TEXT, dispatch};

/// Windows from a small phone to a desk, in CSS pixels.
const WINDOWS: [(u32, u32); 6] =
    [(320, 568), (360, 740), (390, 844), (768, 1024), (1024, 700), (1280, 900)];

/// How far the page is too wide and too high for the window, and whether that
/// made the window wider.
fn overflow(browser: &Browser) -> Value {
    let body = "
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        return [scrollWidth - clientWidth, scrollHeight - clientHeight, innerWidth];";
    browser.script(body, &[])
}

#[test]
fn the_page_fits_every_window() {
    let browser = Browser::open();
    for (width, height) in WINDOWS {
        browser.as_phone(width, height);
        browser.forget_all();
        browser.wait_for(".welcome");
        let here = |what: &str| {
            browser.wait(&format!("{what} to fit {width} by {height}"), || {
                overflow(&browser) == json!([0, 0, width])
            });
        };
        here("the start");
        browser.take_in(&dispatch());
        here("the text");
        assert!(browser.is_visible("header .export"));
        browser.click_in_text(LINES, "Nous");
        browser.wait_for(".card");
        here("the card of a quotation");
        browser.press("Escape");
        browser.click_in_text(LINES, "port");
        browser.wait_for(".palette");
        here("the palette");
        let body = "
            const { left, right, bottom } = document.querySelector('.palette').getBoundingClientRect();
            return left >= 0 && right <= innerWidth && bottom <= innerHeight;";
        browser.wait("the palette in the window", || browser.script(body, &[]) == true);
        browser.press("Escape");
        for key in ["?", "Ctrl+s"] {
            browser.press(key);
            browser.wait_for("dialog");
            here("a dialog");
            browser.press("Escape");
            browser.wait("the dialog to close", || browser.count("dialog") == 0);
        }
    }
}

/// Where each word of the text is that is in the window.
fn places(browser: &Browser) -> Vec<(String, f64, f64)> {
    let body = "
        const found = [], range = document.createRange(), top = document.querySelector('main').getBoundingClientRect().top;
        const paragraphs = [...document.querySelectorAll('.line p')];
        paragraphs.forEach((p, line) => {
          const nodes = [], walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
          for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push([at, walker.currentNode]);
          for (const word of p.textContent.matchAll(/(?<!\\S)\\p{L}/gu)) {
            const [at, node] = nodes.findLast(([at]) => at <= word.index);
            range.setStart(node, word.index - at);
            range.setEnd(node, word.index - at + 1);
            const box = range.getBoundingClientRect();
            if (box.top < top || box.bottom > innerHeight) continue;
            found.push([`${line}:${word.index}`, box.left, box.top]);
          }
        });
        return found;";
    serde_json::from_value(browser.script(body, &[])).unwrap()
}

/// Who measures a line that was drawn again, in the task that drew it, finds
/// it where the next frames show it: handles and the palette stand by that.
#[test]
fn a_line_that_is_drawn_again_has_its_place_at_once() {
    let browser = Browser::open_on(&dispatch());
    let watch = "
        const tops = () => [...document.querySelectorAll('.lines p')].map(p => Math.round(p.getBoundingClientRect().top));
        window.seen = [];
        new MutationObserver(() => seen.push(String(tops())))
          .observe(document.querySelector('.lines'), { childList: true, subtree: true });
        return String(tops());";
    let standing = browser.script(watch, &[]);
    browser.click_in_text(LINES, "lundi");
    browser.wait_for_text(".card-words", "lundi");
    let seen = browser.script("return seen", &[]);
    let seen = seen.as_array().expect("it is a list");
    assert!(!seen.is_empty(), "no line was drawn again");
    assert!(seen.iter().all(|tops| *tops == standing), "{standing} became {seen:?}");
}

#[test]
fn nothing_moves_when_tags_arrive() {
    let file = include_str!("../dispatches/wire.txt");
    let wire = reports::dispatches(file, "wire").unwrap().swap_remove(0).text;
    // Quotations line on line, each with a note beside it.
    let dense = "« Oui », a dit Ana Roy.\n« Non », a répondu Jean-Baptiste de la Rochefoucauld-Doudeauville.\n";
    let texts = [wire.clone(), dense.repeat(3), format!("{wire}\n{dense}\n").repeat(8)];
    let browser = Browser::open();
    for (width, height) in [(1280, 900), (1700, 900), (390, 844)] {
        browser.resize(width, height);
        for text in &texts {
            browser.forget_all();
            browser.wait_for(".welcome");
            let file = json!({
                "format": "guillemet", "version": 1,
                "documents": [{ "id": "d", "title": "d", "text": text, "spans": [] }],
            });
            browser.take_in(&file.to_string());
            browser.script("document.querySelector('main').scrollTop = document.querySelector('.lines').scrollHeight / 3", &[]);
            let mut before = places(&browser);
            browser.wait("the text to stand", || {
                let last = std::mem::replace(&mut before, places(&browser));
                last == before && !last.is_empty()
            });
            browser.click_on(".bulk button", "Étiqueter à nouveau");
            browser.wait_for(".piece.tagged");
            let after = places(&browser);
            for (word, x, y) in &before {
                let Some((_, to_x, to_y)) = after.iter().find(|(other, ..)| other == word) else {
                    continue;
                };
                assert!(
                    (x - to_x).abs() < 1.0 && (y - to_y).abs() < 0.6,
                    "{width}: {word} goes from {x}, {y} to {to_x}, {to_y}"
                );
            }
            assert!(after.len() + 3 > before.len(), "{width}: words left the window");
        }
    }
}

#[test]
fn who_wants_no_motion_sees_none() {
    let browser = Browser::open_on(&dispatch());
    let body = "
        return [...document.querySelectorAll('*')].flatMap(e => ['', '::before', '::after'].map(p => getComputedStyle(e, p)))
          .filter(s => [s.transitionDuration, s.animationDuration].some(d => d.split(', ').some(d => parseFloat(d) > 0))
            || s.scrollBehavior === 'smooth').length;";
    assert_ne!(browser.script(body, &[]), 0);
    browser.prefer(&[("prefers-reduced-motion", "reduce")]);
    assert_eq!(browser.script(body, &[]), 0);
}

/// Texts whose contrast with what is behind them is below what WCAG 2 asks
/// for (AA, 1.4.3), with the contrast.
fn pale_texts(browser: &Browser) -> Vec<String> {
    let body = "
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        const rgba = color => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
          return [r, g, b, a / 255];
        };
        const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
        const light = ([r, g, b]) => {
          const f = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
        };
        // The tint of a piece is the last layer of its background.
        const tint = e => {
          const image = getComputedStyle(e).backgroundImage;
          const at = image.lastIndexOf('linear-gradient(');
          if (at < 0) return null;
          let depth = 0, color = '';
          for (const c of image.slice(at + 16)) {
            if (c === ',' && depth === 0) break;
            depth += (c === '(') - (c === ')');
            color += c;
          }
          return rgba(color);
        };
        const behind = (e, tinted) => {
          const layers = [];
          for (; e; e = e.parentElement) {
            if (tinted && e.matches('.piece')) layers.push(tint(e) ?? [0, 0, 0, 0]);
            layers.push(rgba(getComputedStyle(e).backgroundColor));
          }
          return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
        };
        const pale = new Set();
        const check = (what, style, back) => {
          const [a, b] = [light(over(rgba(style.color), back)), light(back)].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          const size = parseFloat(style.fontSize);
          const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
          if (ratio < (large ? 3 : 4.5)) pale.add(`${ratio.toFixed(2)} ${what}`);
        };
        const name = e => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} ${e.textContent.trim().slice(0, 30)}`;
        for (const e of document.querySelectorAll('body *')) {
          if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || e.closest('.spoken')) continue;
          if (e.matches(':disabled') || e.closest(':disabled')) continue;
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          if (own || e.matches('input, textarea, select')) check(name(e), getComputedStyle(e), behind(e, true));
          if (e.placeholder && !e.value) check(name(e) + ' placeholder', getComputedStyle(e, '::placeholder'), behind(e, true));
          if (e.matches('.tagged')) check(name(e) + ' tag', getComputedStyle(e, '::before'), behind(e, false));
        }
        return [...pale];";
    serde_json::from_value(browser.script(body, &[])).unwrap()
}

#[test]
fn every_text_stands_out_in_both_themes() {
    let browser = Browser::open();
    for theme in ["light", "dark"] {
        browser.prefer(&[("prefers-color-scheme", theme)]);
        browser.forget_all();
        browser.wait_for(".welcome");
        let check = |what: &str| {
            let pale = pale_texts(&browser);
            assert!(pale.is_empty(), "{theme}, {what}: {pale:#?}");
        };
        check("the start");
        browser.take_in(&every_label());
        check("the text");
        for part in ["Un", "bateau", "gris", "coule", "lundi", "Nous", "dort"] {
            browser.click_in_text(LINES, part);
            browser.wait_for_text(".card-words", part);
            check(part);
            browser.press("Escape");
        }
        browser.press("Ctrl+Enter");
        check("all accepted");
        browser.click_in_text(LINES, "encore");
        browser.wait_for(".palette");
        check("the palette");
        browser.press("Escape");
        browser.click_in_text(LINES, "Nous");
        for key in ["?", "Ctrl+s", "s"] {
            browser.press(key);
            browser.wait_for("dialog");
            check("a dialog");
            browser.press("Escape");
            browser.wait("the dialog to close", || browser.count("dialog") == 0);
        }
        browser.drop_file("body", "vide.txt", b"");
        browser.wait_for(".notice");
        check("a notice");
        browser.click(".add-more button");
        check("another text");
        browser.hover(browser.point_of(".entity", ""));
        browser.click(".entity .more");
        check("an entity");
        browser.as_phone(390, 844);
        browser.click_on(".tabs button", "Citations");
        check("the tabs");
        browser.resize(1280, 900);
        browser.click("header button[aria-label='Thème clair ou sombre']");
        let dark = browser.script("return getComputedStyle(document.body).colorScheme", &[]);
        assert_ne!(dark, theme);
    }
}

/// The dispatch with a proposal of every label.
fn every_label() -> String {
    let mut file: Value = serde_json::from_str(&dispatch()).unwrap();
    let words = [
        ("Un", "PERSON"),
        ("bateau", "ORG"),
        ("gris", "MISC"),
        ("coule", "QUANTITY"),
        ("dort", "ROLE"),
    ];
    let spans = file["documents"][0]["spans"].as_array_mut().unwrap();
    for (at, (words, label)) in words.into_iter().enumerate() {
        let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
        spans.push(json!({
            "id": format!("s{}", 10 + at), "start": start, "end": start + words.len(),
            "label": label, "origin": "engine", "status": "proposed",
        }));
    }
    file.to_string()
}

/// The two languages of each phrase of the page, from its own table.
fn phrases() -> Vec<(String, String)> {
    let source = include_str!("../../src/app/words.rs");
    let table =
        source.split("\nwords! {").nth(1).and_then(|rest| rest.split("\n}\n").next()).unwrap();
    let literals: Vec<&str> = table
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .collect();
    let pairs = literals.chunks_exact(2);
    assert!(pairs.len() > 100 && pairs.remainder().is_empty());
    pairs.map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

/// All that the page says: texts, names of controls, tags; not the dispatch,
/// nor what is drawn from it.
fn said(browser: &Browser) -> BTreeSet<String> {
    let body = "
        const found = [];
        const own = '.lines p, kbd, textarea.preview, .name, .what, .who b, .note b, .card-words, .spoken, .notice, .brand';
        for (const e of document.querySelectorAll('body *')) {
          if (!e.checkVisibility()) continue;
          for (const a of ['aria-label', 'title', 'placeholder']) if (e.hasAttribute(a)) found.push(e.getAttribute(a));
          if (e.hasAttribute('data-tag')) found.push(...e.getAttribute('data-tag').split(' · '));
          if (e.closest(own)) continue;
          for (const n of e.childNodes) if (n.nodeType === 3) found.push(n.data);
        }
        return found.map(t => t.trim()).filter(t => /\\p{L}{2}/u.test(t));";
    serde_json::from_value(browser.script(body, &[])).unwrap()
}

#[test]
fn the_page_speaks_one_language_at_a_time() {
    let browser = Browser::open();
    let collect = |english: bool| {
        let mut all = BTreeSet::new();
        browser.forget_all();
        browser.wait_for(".welcome");
        if english {
            browser.click("header .lang");
        }
        all.extend(said(&browser));
        browser.take_in(&every_label());
        // What is on the page already changes too.
        browser.click("header .lang");
        browser.click("header .lang");
        all.extend(said(&browser));
        for part in ["lundi", "Nous", "dit"] {
            browser.click_in_text(LINES, part);
            browser.wait_for(".card");
            all.extend(said(&browser));
        }
        browser.press("Escape");
        browser.click_in_text(LINES, "encore");
        browser.wait_for(".palette");
        all.extend(said(&browser));
        browser.press("Escape");
        browser.click_in_text(LINES, "Nous");
        for key in ["?", "Ctrl+s", "s"] {
            browser.press(key);
            browser.wait_for("dialog");
            all.extend(said(&browser));
            browser.press("Escape");
            browser.wait("the dialog to close", || browser.count("dialog") == 0);
        }
        browser.click(".add-more button");
        browser.hover(browser.point_of(".entity", ""));
        browser.click(".entity .more");
        all.extend(said(&browser));
        all
    };
    let (french, english) = (collect(false), collect(true));
    for (fr, en) in phrases().iter().filter(|(fr, en)| fr != en) {
        // The switch names the other language in that language.
        if fr == "English" {
            continue;
        }
        let strayed = french.contains(en) && !phrases().iter().any(|(other, _)| other == en);
        assert!(!strayed, "in French: {en}");
        let strayed = english.contains(fr) && !phrases().iter().any(|(_, other)| other == fr);
        assert!(!strayed, "in English: {fr}");
    }
    // Words that both languages share, and no other.
    let same: Vec<&String> = french.intersection(&english).collect();
    let known = |text: &str| {
        let both = phrases().iter().any(|(fr, en)| fr == text && en == text);
        let drawn = TEXT.contains(text.trim_start_matches("· ")) || text.ends_with(".json");
        let format =
            include_str!("../../src/app/format_words.rs").contains(&format!("[\"{text}\"; 2]"));
        both || drawn || format || ["DATE", "Date", "ORG", "Organisation", "PERS"].contains(&text)
    };
    let strange: Vec<_> = same.into_iter().filter(|text| !known(text)).collect();
    assert_eq!(strange, Vec::<&String>::new());
    assert_eq!(browser.attribute("html", "lang").as_deref(), Some("en"));
}
