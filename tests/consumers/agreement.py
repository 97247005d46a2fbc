"""Agreement: krippendorff, NLTK and pygamma-agreement load what is written, by
the very code that the card gives, and find what is to be found."""

import contextlib
import io
import json
import logging
import os
import re

import golden


# pygamma-agreement tells which solver it takes, at each measure.
logging.disable(logging.WARNING)


def changed(case):
    """A second annotator: the first span of each dispatch gone, the next one of another label."""
    folder = golden.FILES / "agreement-in"
    folder.mkdir(exist_ok=True)
    file = json.loads(case.path.read_text("utf-8"))
    for document in file["documents"]:
        document["relations"] = []
        spans = document["spans"]
        for span in spans[1:2]:
            span["label"] = "MISC" if span["label"] not in golden.QUOTATIONS else span["label"]
        document["spans"] = spans[1:]
    path = folder / f"other {case.name}.json"
    path.write_text(json.dumps(file), "utf-8")
    return path


def convert(case, other):
    folder = golden.FILES / "agreement" / case.name
    command = [os.environ["GUILLEMET"], "convert", "--from", "native", "--to", "agreement", "--out", str(folder), str(case.path), str(other)]
    done = golden.subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def said(folder):
    """What the code of the card prints, for a layer at a time."""
    card = (folder / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", card, re.S)
    assert len(blocks) == 3, "the card has three pieces of code"
    out, before = {}, os.getcwd()
    os.chdir(folder)
    try:
        for name, block in zip(("krippendorff", "nltk", "gamma"), blocks):
            for layer in ("mentions", "quotations"):
                table = folder / f"{layer}.csv"
                if name != "gamma" and (not table.exists() or len(values(table)) < 2):
                    continue
                with contextlib.redirect_stdout(io.StringIO()) as printed:
                    exec(block.replace("mentions.", f"{layer}."), {})
                out[name, layer] = printed.getvalue()
    finally:
        os.chdir(before)
    return out


def values(table):
    rows = read(table)
    return {label for row in rows for label in list(row.values())[5:] if label}


def read(path):
    import csv

    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def check(case):
    if sum(len(d["spans"]) for d in case.documents) < 2:
        return 0
    other = changed(case)
    folder = convert(case, other)
    names = [case.name, f"other {case.name}"]
    # Each annotator's spans are in the continua, at the right places.
    # A continuum holds equal units once.
    units = lambda d: {(s["start"], s["end"], s["label"]) for s in d["spans"]}
    wanted = [sorted(unit for d in documents for unit in units(d)) for documents in (case.documents, json.loads(other.read_text("utf-8"))["documents"])]
    from pygamma_agreement import Continuum

    got = [[], []]
    for path in sorted((folder / "gamma").glob("*.csv")):
        for annotator, unit in Continuum.from_csv(path):
            got[names.index(annotator)].append((int(unit.segment.start), int(unit.segment.end), unit.annotation))
    for mine, theirs in zip(got, wanted):
        golden.same(sorted(mine), theirs, "units of the continua")
    printed = said(folder)
    for layer in ("mentions", "quotations"):
        alpha = printed.get(("krippendorff", layer))
        if alpha:
            # Two libraries measure the same in the two shapes.
            ours, theirs = float(alpha.split()[1]), float(printed["nltk", layer].split()[1])
            assert abs(ours - theirs) < 1e-9, f"alpha {ours} and {theirs}"
            agree = all(row[names[0]] == row[names[1]] for row in read(folder / f"{layer}.csv"))
            assert (ours == 1) == agree, f"alpha {ours}"
    for row in read(folder / "units.csv"):
        document = next(d for d in case.documents if d["id"] == row["document"])
        stretch = document["text"][int(row["start"]) : int(row["end"])]
        golden.same(row["text"].removeprefix("'") if row["text"][1:2] in "=+-@\t\r" else row["text"], stretch, "words")
    return sum(map(len, got))


golden.run(check)
