"""W3C Web Annotation: its shapes, its selectors over the text in code points
and in UTF-16 units, as a reader of the standard and one of the DOM do."""

import json
from urllib.parse import unquote

import golden


def check(case):
    compared = 0
    for options, encoding, width in (([], "utf-32-le", 4), (["--unit", "utf16"], "utf-16-le", 2)):
        folder = case.convert("web-annotation", *options)
        for path in sorted(folder.glob("*.jsonld")):
            page = json.loads(path.read_text("utf-8"))
            golden.same((page["@context"], page["type"]), ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage"), "page")
            with open(path.with_suffix(".txt"), encoding="utf-8", newline="") as file:
                text = file.read()
            document = next(d for d in case.documents if d["text"] == text)
            units, found, links = text.encode(encoding), {}, []
            for item in page["items"]:
                golden.same(item["type"], "Annotation", "type")
                if item["motivation"] == "linking":
                    links.append((item["body"]["value"], *item["target"]))
                    continue
                golden.same(unquote(item["target"]["source"]), path.with_suffix(".txt").name, "source")
                quote, position = item["target"]["selector"]
                words = units[width * position["start"] : width * position["end"]].decode(encoding)
                golden.same(words, quote["exact"], "exact")
                assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
                [label] = [body["value"] for body in item["body"] if body["purpose"] == "tagging"]
                found[item["id"]] = (label, words)
            assert len(found) == len(document["spans"]), "an id is given twice"
            golden.same(sorted(found.values()), sorted((s["label"], s["text"]) for s in document["spans"]), "spans")
            text_of = {s["id"]: (s["label"], s["text"]) for s in document["spans"]}
            wanted = sorted((r["label"], text_of[r["from"]], text_of[r["to"]]) for r in document["relations"])
            golden.same(sorted((label, found[a], found[b]) for label, a, b in links), wanted, "relations")
            compared += len(found)
    return compared


golden.run(check)
