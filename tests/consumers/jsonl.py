"""doccano: the shapes that its importer takes, read as its back end does.

doccano 1.8.4 checks: text and label present, 0 <= start < end, label not
empty; its back end slices by code point.
"""

import golden
import jsonschema

offset = {"type": "integer", "minimum": 0}
triple = {"type": "array", "prefixItems": [offset, offset, {"type": "string", "minLength": 1}], "minItems": 3, "maxItems": 3}
span_row = {"type": "object", "required": ["text", "label"], "properties": {"text": {"type": "string"}, "label": {"type": "array", "items": triple}}}
entity = {
    "type": "object",
    "required": ["id", "label", "start_offset", "end_offset"],
    "properties": {"id": {"type": "integer"}, "label": {"type": "string", "minLength": 1}, "start_offset": offset, "end_offset": offset},
}
relation = {
    "type": "object",
    "required": ["id", "from_id", "to_id", "type"],
    "properties": {"id": {"type": "integer"}, "from_id": {"type": "integer"}, "to_id": {"type": "integer"}, "type": {"type": "string", "minLength": 1}},
}
relation_row = {
    "type": "object",
    "required": ["text", "entities", "relations"],
    "properties": {"entities": {"type": "array", "items": entity}, "relations": {"type": "array", "items": relation}},
}


def check(case):
    compared = 0
    rows = golden.lines(case.convert("doccano") / "out.jsonl")
    for row, document in zip(rows, case.documents, strict=True):
        jsonschema.validate(row, span_row)
        got = sorted((start, end, label, row["text"][start:end]) for start, end, label in row["label"])
        golden.same(got, golden.spans(document), "spans")
        compared += len(got)
    rows = golden.lines(case.convert("doccano-relations") / "out.jsonl")
    for row, document in zip(rows, case.documents, strict=True):
        jsonschema.validate(row, relation_row)
        place = {e["id"]: (e["start_offset"], e["end_offset"], e["label"]) for e in row["entities"]}
        got = sorted((*p, row["text"][p[0] : p[1]]) for p in place.values())
        golden.same(got, golden.spans(document), "entities")
        links = sorted((r["type"], place[r["from_id"]], place[r["to_id"]]) for r in row["relations"])
        golden.same(links, golden.relations(document), "relations")
    # The interface of doccano counts UTF-16 units.
    rows = golden.lines(case.convert("doccano", "--unit", "utf16") / "out.jsonl")
    for row, document in zip(rows, case.documents, strict=True):
        units = row["text"].encode("utf-16-le")
        got = sorted((label, units[2 * start : 2 * end].decode("utf-16-le")) for start, end, label in row["label"])
        golden.same(got, sorted((s["label"], s["text"]) for s in document["spans"]), "spans in UTF-16 units")
    return compared


golden.run(check)
