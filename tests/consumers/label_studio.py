"""Label Studio's own interface checks the results against the configuration,
and its converter reads the tasks."""

import json

import golden
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface


def check(case):
    folder = case.convert("label-studio")
    tasks = json.loads((folder / "out.json").read_text("utf-8"))
    config = (folder / "out.xml").read_text("utf-8")
    interface = LabelInterface(config)
    interface.validate()
    compared = 0
    for task, document in zip(tasks, case.documents, strict=True):
        text = task["data"]["text"]
        golden.same(text, document["text"], "text")
        for annotation in task["annotations"]:
            assert interface.validate_annotation(annotation), "validate_annotation"
        for prediction in task["predictions"]:
            assert interface.validate_prediction(prediction), "validate_prediction"
        regions, links = {}, set()
        for result in (*task["annotations"], *task["predictions"]):
            for item in result["result"]:
                if item["type"] == "labels":
                    value = item["value"]
                    golden.same(text[value["start"] : value["end"]], value["text"], "text of a region")
                    regions[item["id"]] = (value["start"], value["end"], value["labels"][0])
                elif item["type"] == "relation":
                    links.add((item["labels"][0], item["from_id"], item["to_id"]))
        golden.same(sorted((*r, text[r[0] : r[1]]) for r in regions.values()), golden.spans(document), "regions")
        golden.same(sorted((label, regions[a], regions[b]) for label, a, b in links), golden.relations(document), "relations")
        accepted = golden.spans(document, lambda span: span.get("status") != "proposed")
        found = [i["value"] for a in task["annotations"] for i in a["result"] if i["type"] == "labels"]
        golden.same(sorted((v["start"], v["end"], v["labels"][0], v["text"]) for v in found), accepted, "annotations are what was accepted")
        compared += len(regions)
    out = folder / "min"
    Converter(config, str(folder), download_resources=False).convert(str(folder / "out.json"), str(out), "JSON_MIN", is_dir=False)
    rows = json.loads(next(out.glob("*.json")).read_text("utf-8"))
    found = sorted((s["start"], s["end"], s["labels"][0], s["text"]) for row in rows for s in row.get("label", []))
    wanted = sorted(s for d in case.documents for s in golden.spans(d, lambda span: span.get("status") != "proposed"))
    golden.same(found, wanted, "the converter of Label Studio")
    return compared


golden.run(check)
