"""The golden cases, and what `guillemet convert` writes of them.

Every check compares what a tool loaded with the native files, read here by
the json module alone.
"""

import json
import os
import pathlib
import subprocess
import sys

GOLDEN = pathlib.Path(os.environ["GOLDEN"])
FILES = pathlib.Path(os.environ["FILES"])
QUOTATIONS = {"QUOTE", "CUE", "SPEAKER"}


class Case:
    def __init__(self, path):
        self.path = path
        self.name = path.stem
        self.file = json.loads(path.read_text("utf-8"))
        self.documents = self.file["documents"]
        for document in self.documents:
            for span in document["spans"]:
                assert document["text"][span["start"] : span["end"]] == span["text"], span

    def convert(self, to, *options):
        """The folder with the files that the format wrote."""
        folder = FILES / to / "-".join([self.name, *(o.strip("-") for o in options)])
        command = [os.environ["GUILLEMET"], "convert", "--from", "native", "--to", to, "--out", str(folder), "--stem", "out", *options, str(self.path)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{self.name}: {' '.join(command[1:6])} failed: {done.stderr}")
        return folder


def cases():
    found = [Case(path) for path in sorted(GOLDEN.glob("*.json"))]
    assert len(found) >= 12, "the golden cases are missing"
    return found


def spans(document, keep=lambda span: True):
    """(start, end, label, text) of a native document, in order."""
    return sorted((s["start"], s["end"], s["label"], s["text"]) for s in document["spans"] if keep(s))


def layer(document, quotations):
    return spans(document, lambda span: (span["label"] in QUOTATIONS) == quotations)


def outer(found):
    """Of overlapping spans the longest, of equals the first."""
    kept = []
    for index, span in sorted(enumerate(found), key=lambda item: (item[1][0] - item[1][1], item[1][0], item[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def nested(found):
    """The spans without those that cross a longer one."""
    kept = []
    for index, span in sorted(enumerate(found), key=lambda item: (item[1][0] - item[1][1], item[1][0], item[0])):
        if not any(span[0] < o[0] < span[1] < o[1] or o[0] < span[0] < o[1] < span[1] for o in kept):
            kept.append(span)
    return sorted(kept)


def relations(document):
    """(label, (start, end, label) from, (…) to), sorted."""
    place = {s["id"]: (s["start"], s["end"], s["label"]) for s in document["spans"]}
    return sorted((r["label"], place[r["from"]], place[r["to"]]) for r in document["relations"])


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def squeezed(text):
    return "".join(text.split())


def run(check):
    """Runs a check over all cases and says what was compared."""
    failures, compared = [], 0
    for case in cases():
        try:
            compared += check(case) or 0
        except Exception as error:  # one case must not hide the others
            failures.append(f"{case.name}: {type(error).__name__}: {error}")
    name = pathlib.Path(sys.argv[0]).stem
    for failure in failures:
        print(f"FAILED {name} {failure}", file=sys.stderr)
    print(f"{name}: {compared} spans compared, {len(failures)} cases failed")
    if failures or not compared:
        sys.exit(1)


def same(got, wanted, what):
    assert got == wanted, f"{what}\n  got    {got}\n  wanted {wanted}"
