"""dkpro-cassis reads CAS JSON and XMI; covered texts must be equal."""

import golden
from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem

NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def compare(cas, document):
    golden.same(cas.sofa_string, document["text"], "text")
    texts = [(a.value, a.get_covered_text()) for a in cas.select(NAMED)]
    texts += [("QUOTE", a.get_covered_text()) for a in cas.select("webanno.custom.Quotation")]
    golden.same(sorted(texts), sorted((s["label"], s["text"]) for s in document["spans"]), "covered texts")
    links = sorted((a.role, a.Governor.get_covered_text(), a.Dependent.get_covered_text()) for a in cas.select("webanno.custom.Attribution"))
    text = {s["id"]: s["text"] for s in document["spans"]}
    golden.same(links, sorted((r["label"], text[r["from"]], text[r["to"]]) for r in document["relations"]), "relations")
    names = sorted((e.name, e.label) for e in cas.select("webanno.custom.Entity"))
    golden.same(names, sorted((e["name"], e["label"]) for e in document["entities"]), "entities")
    return len(texts)


def document_of(case, cas):
    [meta] = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    return next(d for d in case.documents if d["id"] == meta.documentId)


def check(case):
    compared = 0
    for path in sorted(case.convert("cas-json").glob("*.json")):
        with open(path, "rb") as file:
            cas = load_cas_from_json(file)
        compared += compare(cas, document_of(case, cas))
    folder = case.convert("xmi")
    with open(folder / "TypeSystem.xml", "rb") as file:
        types = load_typesystem(file)
    paths = sorted(folder.glob("*.xmi"))
    assert len(paths) == len(case.documents)
    for path in paths:
        with open(path, "rb") as file:
            cas = load_cas_from_xmi(file, typesystem=types)
        compared += compare(cas, document_of(case, cas))
    return compared


golden.run(check)
