//! The tables as one Excel workbook, a sheet each. Texts are inline strings,
//! which no spreadsheet runs.

use super::catalogue::{Export, File};
use super::tables::{Cell, Table, entities, quotations};
use super::{xml, zip};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/// What Excel takes in a cell, in UTF-16 units.
const CELL_LENGTH: usize = 32_767;

/// Writes one workbook.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let tables = [quotations(export.documents), entities(export.documents)];
    let mut parts = vec![
        part("[Content_Types].xml", &content_types(tables.len())),
        part("_rels/.rels", &relationships(&[("officeDocument", "xl/workbook.xml")])),
        part("xl/workbook.xml", &workbook(&tables)),
        part("xl/styles.xml", &styles()),
    ];
    let mut links: Vec<(&str, String)> = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let number = index + 1;
        parts.push(part(&format!("xl/worksheets/sheet{number}.xml"), &sheet(table)));
        links.push(("worksheet", format!("worksheets/sheet{number}.xml")));
    }
    links.push(("styles", "styles.xml".to_owned()));
    let links: Vec<(&str, &str)> =
        links.iter().map(|(kind, path)| (*kind, path.as_str())).collect();
    parts.push(part("xl/_rels/workbook.xml.rels", &relationships(&links)));
    vec![File { name: export.file("xlsx"), bytes: zip::pack(&parts) }]
}

fn part(name: &str, body: &str) -> File {
    File::text(name, format!("{DECLARATION}{body}"))
}

fn content_types(sheets: usize) -> String {
    let mut out = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEET}.styles+xml\"/>"
    );
    for number in 1..=sheets {
        out += &format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SHEET}.worksheet+xml\"/>"
        );
    }
    out + "</Types>"
}

fn relationships(links: &[(&str, &str)]) -> String {
    let mut out = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (index, (kind, path)) in links.iter().enumerate() {
        let number = index + 1;
        out += &format!(
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{path}\"/>"
        );
    }
    out + "</Relationships>"
}

fn workbook(tables: &[Table]) -> String {
    let mut out = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    for (index, table) in tables.iter().enumerate() {
        let number = index + 1;
        let name = table.name;
        out += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
    }
    out + "</sheets></workbook>"
}

/// Two styles: plain, and bold for the head.
fn styles() -> String {
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font/><font><b/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

fn sheet(table: &Table) -> String {
    let mut out = format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><sheetData>"
    );
    for (index, row) in table.rows.iter().enumerate() {
        let number = index + 1;
        let style = if index == 0 { " s=\"1\"" } else { "" };
        out += &format!("<row r=\"{number}\">");
        for (column, cell) in (b'A'..=b'Z').zip(row) {
            let place = format!("r=\"{}{number}\"{style}", char::from(column));
            match cell {
                Cell::Number(n) => out += &format!("<c {place}><v>{n}</v></c>"),
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    let text = xml::content(&inline(text));
                    out += &format!(
                        "<c {place} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                    );
                }
            }
        }
        out += "</row>";
    }
    out + "</sheetData></worksheet>"
}

/// A text as Excel reads it back: `_x0041_` would be a letter there, and what
/// is too long is cut at its end.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut units = 0;
    for (at, c) in text.char_indices() {
        let is_code = |code: &[u8]| matches!(code, [b'_', b'x', digits @ .., b'_'] if digits.iter().all(u8::is_ascii_hexdigit));
        let written = if text.as_bytes().get(at..at + 7).is_some_and(is_code) {
            "_x005F_".to_owned()
        } else {
            c.to_string()
        };
        units += written.encode_utf16().count();
        if units > CELL_LENGTH - 1 {
            out.push('…');
            break;
        }
        out += &written;
    }
    out
}
