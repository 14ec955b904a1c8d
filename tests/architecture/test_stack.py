"""What the import contracts cannot see: foreign keys, names of pages in templates, sentences, sizes, audit."""

import ast
import re
from pathlib import Path

import pghistory
import pytest
from django.apps import apps

from casework.registry import timeline_sentences

ROOT = Path(__file__).parents[2]
STACK = ("casework", "exclusions", "panels", "wsoa", "reporting")
# Pages of the accounts package, and the gallery, belong to no app of ours.
OPEN_TO_ALL = re.compile(r"^(account_|mfa_|gallery$|mailbox$)")
OURS = [app for app in STACK if (ROOT / app).is_dir()]

# Why a model of ours needs no history of its own.
UNTRACKED = {
    "casework.DocumentContent": "is append-only; its fingerprint stands in the document, which is tracked",
    "wsoa.EvidenceContent": "is append-only; its fingerprint stands in the evidence, which is tracked",
    "casework.Reading": "is an audit itself, append-only",
    "casework.Job": "holds ids and states of work, and the work's result is tracked",
    "casework.FormUse": "holds a token that was used",
    "casework.Draft": "is what somebody has not sent yet",
    "casework.SavedFilter": "is a convenience of one person, of codes and dates",
    "casework.ReferenceSeries": "holds the last number given; the cases that have them are tracked",
    "casework.ImportFile": "is a file on its way in; what it changed is tracked",
    "casework.ImportChange": "is a history itself, append-only",
    "casework.AccountChange": "is a history itself, append-only",
    "wsoa.RoundState": "is a history itself, append-only",
    "reporting.PublishedFigure": "is a copy of what the Department published",
    "reporting.ReportFile": "holds its own fingerprint; the report it belongs to is tracked",
}


def rank(app: str) -> int:
    return STACK.index(app)


def test_foreign_keys_point_down_the_stack() -> None:
    wrong = []
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.get_fields():
                related = field.related_model if field.is_relation and field.concrete else None
                theirs = related._meta.app_label if related else app
                if theirs in STACK and rank(theirs) > rank(app):
                    wrong.append(f"{model._meta.label}.{field.name} points up to {theirs}")

    assert not wrong


def test_templates_name_only_pages_of_their_own_app_or_a_lower_one() -> None:
    wrong = []
    for file in (ROOT / "templates").rglob("*.html"):
        folder = file.relative_to(ROOT / "templates").parts[0]
        highest = rank(folder) if folder in STACK else rank("casework")
        for name in re.findall(r"""{%\s*url\s+["']([^"']+)""", file.read_text()):
            app = name.split(":")[0] if ":" in name else ""
            if OPEN_TO_ALL.match(name) or (app in STACK and rank(app) <= highest):
                continue
            wrong.append(f"{file.relative_to(ROOT)}: {name}")

    assert not wrong


def test_views_name_only_pages_of_their_own_app_or_a_lower_one() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}: {name}"
        for app in OURS
        for file in (ROOT / app).rglob("*.py")
        for name in re.findall(r"""(?:reverse|redirect)\(["'](\w+):""", file.read_text())
        if name in STACK and rank(name) > rank(app)
    ]

    assert not wrong


def test_every_event_that_a_service_writes_has_its_sentence() -> None:
    written = {
        name
        for app in OURS
        for file in (ROOT / app).rglob("*.py")
        for name in re.findall(r"""\bevent=["'](\w+)["']""", file.read_text())
        if "TimelineEvent" in file.read_text()
    }

    assert written, "Nothing was found, so nothing was looked at."
    assert written <= set(timeline_sentences)


def sources() -> list[Path]:
    folders = [*OURS, "config", "tests"]
    found = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return [file for file in found if "migrations" not in file.parts]


def test_no_file_is_longer_than_500_lines() -> None:
    assert len(sources()) > 100
    long = {str(file.relative_to(ROOT)) for file in sources() if len(file.read_text().splitlines()) > 500}
    assert not long


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > 60
    ]

    assert not long


@pytest.mark.parametrize("app", OURS)
def test_every_model_is_tracked_or_says_why_not(app: str) -> None:
    models = [model for model in apps.get_app_config(app).get_models() if not issubclass(model, pghistory.models.Event)]
    events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    followed = [getattr(each, "pgh_tracked_model", None) for each in events]
    tracked = {model._meta.label for model in followed if model is not None}

    undecided = [
        model._meta.label for model in models if model._meta.label not in tracked and model._meta.label not in UNTRACKED
    ]

    assert not undecided, "Track the model with pghistory, or say in UNTRACKED why it needs no history."


def test_every_reason_for_no_history_is_of_a_model_that_there_is() -> None:
    assert {name for name in UNTRACKED if name not in {model._meta.label for model in apps.get_models()}} == set()


def test_no_app_reaches_around_the_policy_with_a_raw_login_exemption() -> None:
    exempt = [
        str(file.relative_to(ROOT))
        for app in OURS
        for file in (ROOT / app).rglob("*.py")
        if "login_not_required" in file.read_text() or "csrf_exempt" in file.read_text()
    ]

    assert exempt == ["casework/policy.py"]
