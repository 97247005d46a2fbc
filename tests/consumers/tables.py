"""The tables: Python's csv and openpyxl read them, and no cell is a formula."""

import csv

from html.parser import HTMLParser

import golden
import openpyxl


class Text(HTMLParser):
    """The text of each <div class="text"> of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        if tag == "div":
            self.inside = True
            self.texts.append("")

    def handle_endtag(self, tag):
        if tag == "div":
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.texts[-1] += data


def plain(cell):
    """A cell without the guard against formulas."""
    guarded = cell[:1] == "'" and cell[1:2] in "=+-@\t\r"
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), f"a formula: {cell!r}"
    return cell[1:] if guarded else cell


def read(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "no mark of UTF-8"
    with open(path, encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, strict=True)
    return [dict(zip(head, map(plain, row), strict=True)) for row in rows]


def check(case):
    quotes = [(d, s) for d in case.documents for s in sorted(d["spans"], key=lambda s: (s["start"], -s["end"])) if s["label"] == "QUOTE"]
    rows = read(case.convert("quotations-csv") / "out.quotations.csv")
    for row, (document, quote) in zip(rows, quotes, strict=True):
        names = {e["id"]: e["name"] for e in document["entities"]}
        linked = {r["label"]: next(s["text"] for s in document["spans"] if s["id"] == r["to"]) for r in document["relations"] if r["from"] == quote["id"]}
        golden.same((row["document"], row["title"]), (document["id"], document["title"]), "document")
        golden.same(row["quote"], quote["text"], "quote")
        golden.same(row["who"], names.get(quote.get("entity"), linked.get("speaker", "")), "who")
        golden.same((row["cue"], row["speaker"]), (linked.get("cue", ""), linked.get("speaker", "")), "cue and speaker")
        golden.same(row["kind"], quote["attributes"].get("kind", ""), "kind")
        golden.same(document["text"][int(row["start"]) : int(row["end"])], quote["text"], "position")
    mentions = [s["text"] for d in case.documents for s in sorted(d["spans"], key=lambda s: (s["start"], -s["end"])) if s["label"] not in golden.QUOTATIONS]
    rows = read(case.convert("entities-csv") / "out.entities.csv")
    golden.same([row["text"] for row in rows if row["text"]], mentions, "mentions")
    book = openpyxl.load_workbook(case.convert("xlsx") / "out.xlsx")
    golden.same(book.sheetnames, ["quotations", "entities"], "sheets")
    for name, sheet in (("quotations", book["quotations"]), ("entities", book["entities"])):
        head, *cells = sheet.iter_rows(values_only=True)
        got = [{key: "" if value is None else str(value) for key, value in zip(head, row)} for row in cells]
        golden.same(got, read(case.convert(f"{name}-csv") / f"out.{name}.csv"), f"the sheet {name} is the table")
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), "a formula"
    page = Text()
    page.feed((case.convert("html") / "out.html").read_bytes().decode("utf-8"))
    golden.same(page.texts, [d["text"] for d in case.documents], "texts of the page")
    return len(quotes) + len(mentions)


golden.run(check)
