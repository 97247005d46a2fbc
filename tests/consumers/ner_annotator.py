"""NER Annotator: offsets in the UTF-16 units of JavaScript."""

import json

import golden


def check(case):
    file = json.loads((case.convert("ner-annotator") / "out.json").read_text("utf-8"))
    compared = 0
    for (text, notes), document in zip(file["annotations"], case.documents, strict=True):
        golden.same(text, document["text"], "text")
        units = text.encode("utf-16-le")
        got = [(label, units[2 * start : 2 * end].decode("utf-16-le")) for start, end, label in notes["entities"]]
        wanted = [(label, words) for _, _, label, words in golden.outer(golden.layer(document, quotations=False))]
        golden.same(got, wanted, "entities")
        assert {label for label, _ in got} <= set(file["classes"])
        compared += len(got)
    return compared


golden.run(check)
