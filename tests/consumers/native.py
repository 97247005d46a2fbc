"""The native JSON and JSONL against the schema of the format."""

import json
import pathlib

import golden
import jsonschema

schema = json.loads((pathlib.Path(__file__).parents[2] / "src/formats/native.schema.json").read_text("utf-8"))
validator = jsonschema.Draft202012Validator(schema)


def check(case):
    written = json.loads((case.convert("native") / "out.json").read_text("utf-8"))
    validator.validate(written)
    rows = golden.lines(case.convert("native-jsonl") / "out.jsonl")
    for row in rows:
        validator.validate(row)
    golden.same([row["documents"][0] for row in rows], written["documents"], "the lines hold the documents")
    for got, document in zip(written["documents"], case.documents, strict=True):
        golden.same(got["text"], document["text"], "text")
        golden.same(golden.spans(got), golden.spans(document), "spans")
    return sum(len(document["spans"]) for document in case.documents)


golden.run(check)
