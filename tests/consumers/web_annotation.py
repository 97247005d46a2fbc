"""W3C Web Annotation: its shapes, its selectors over the text in code points
and in UTF-16 units, as a reader of the standard and one of the DOM do; and the
graph that rdflib makes of the page."""

import json
from urllib.parse import unquote

import golden
from rdflib import RDF, RDFS, Graph, Namespace

OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
# What the terms mean (Web Annotation Vocabulary): the address of the context
# is not asked for while the checks run.
NODES = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
WORDS = {"motivation": "motivatedBy", "purpose": "hasPurpose"}
VALUES = ["start", "end", "exact", "prefix", "suffix"]
TYPES = ["Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector"]
PURPOSES = ["tagging", "classifying", "commenting", "assessing", "identifying", "linking"]
TERMS = {
    "id": "@id",
    "type": "@type",
    "value": str(RDF.value),
    "label": str(RDFS.label),
    "items": {"@id": AS["items"], "@type": "@id", "@container": "@list"},
    "AnnotationPage": AS["OrderedCollectionPage"],
    **{term: {"@id": OA[name], "@type": "@id"} for term, name in NODES.items()},
    **{term: {"@id": OA[name], "@type": "@vocab"} for term, name in WORDS.items()},
    **{term: OA[term] for term in VALUES + TYPES + PURPOSES},
}


def keys(value):
    """The keys of all objects in a value."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield key
        yield from keys(inner)
    for inner in value if isinstance(value, list) else ():
        yield from keys(inner)


def graph(page, document, name):
    """Compares the graph of the page with the document."""
    unknown = set(keys(page)) - set(TERMS) - {"@context"}
    assert not unknown, f"no terms of the standard: {unknown}"
    read = Graph().parse(data=json.dumps({**page, "@context": TERMS}), format="json-ld", publicID="file:///")
    place, labels = {}, {}
    for item in read.subjects(OA.motivatedBy, OA.tagging):
        [target] = read.objects(item, OA.hasTarget)
        golden.same(unquote(str(read.value(target, OA.hasSource))).rsplit("/", 1)[-1], name, "source of the graph")
        bodies = read.objects(item, OA.hasBody)
        [labels[item]] = [str(read.value(b, RDF.value)) for b in bodies if (b, OA.hasPurpose, OA.tagging) in read]
        for selector in read.objects(target, OA.hasSelector):
            if (selector, RDF.type, OA.TextPositionSelector) in read:
                place[item] = tuple(int(read.value(selector, end)) for end in (OA.start, OA.end))
    got = sorted((*place[item], label) for item, label in labels.items())
    golden.same(got, [span[:3] for span in golden.spans(document)], "spans of the graph")
    links = [set(read.objects(item, OA.hasTarget)) for item in read.subjects(OA.motivatedBy, OA.linking)]
    assert len(links) == len(document["relations"]) and all(ends <= set(labels) for ends in links), "links of the graph"


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
            if not options:
                graph(page, document, path.with_suffix(".txt").name)
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
