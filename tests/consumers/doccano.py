"""doccano's own importer, in its own database: the spans and relations that it
has afterwards are those of the document. It refuses a line without text."""

import os
import pathlib
import sys

import golden

FILES = pathlib.Path(os.environ["FILES"])
os.environ["DATABASE_URL"] = f"sqlite:///{FILES}/doccano.sqlite3"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
package = next(pathlib.Path(path) / "backend" for path in sys.path if (pathlib.Path(path) / "backend/data_import").is_dir())
sys.path.insert(0, str(package))

import django  # noqa: E402

django.setup()

from data_import.datasets import load_dataset  # noqa: E402
from data_import.pipeline.catalog import create_file_format  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from examples.models import Example  # noqa: E402
from labels.models import Relation, Span  # noqa: E402
from projects.models import ProjectType, SequenceLabelingProject  # noqa: E402

call_command("migrate", verbosity=0)
USER = get_user_model().objects.create_user("reader")


def taken(path, task, relations, empty):
    """The examples of a project that took the file, in order; `empty` are the
    lines without text."""
    project = SequenceLabelingProject.objects.create(
        name="case",
        project_type=ProjectType.SEQUENCE_LABELING,
        created_by=USER,
        allow_overlapping=True,
        use_relation=relations,
    )
    dataset = load_dataset(task, create_file_format("JSONL"), [FileName(str(path), path.name, path.name)], project, encoding="utf_8")
    dataset.save(USER)
    golden.same([error.dict()["line"] for error in dataset.errors], empty, "the lines that doccano refuses")
    return Example.objects.filter(project=project).order_by("id")


def placed(span):
    return (span.start_offset, span.end_offset, span.label.text)


def check(case):
    compared = 0
    for to, task in (("doccano", "SequenceLabeling"), ("doccano-relations", "RelationExtraction")):
        path = case.convert(to) / "out.jsonl"
        empty = [line for line, document in enumerate(case.documents, 1) if not document["text"]]
        documents = [document for document in case.documents if document["text"]]
        for example, document in zip(taken(path, task, to != "doccano", empty), documents, strict=True):
            golden.same(example.text, document["text"], "text")
            got = sorted((*placed(s), example.text[s.start_offset : s.end_offset]) for s in Span.objects.filter(example=example))
            golden.same(got, golden.spans(document), "spans")
            compared += len(got)
            if to != "doccano":
                links = ((r.type.text, placed(r.from_id), placed(r.to_id)) for r in Relation.objects.filter(example=example))
                golden.same(sorted(links), golden.relations(document), "relations")
    return compared


golden.run(check)
