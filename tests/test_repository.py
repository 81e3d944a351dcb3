"""The whole repository held to its word."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "openipt"
PYTHON = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(SOURCE.rglob("*.html"))
SCRIPTS = sorted((SOURCE / "web" / "static").rglob("*.js"))
BANNED_NAMES = {"utils", "helpers", "common", "misc", "handler", "manager", "services"}


def code_lines(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def ids(paths):
    return [str(path.relative_to(SOURCE)) for path in paths]


def test_there_is_something_to_look_at():
    assert len(PYTHON) > 50
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", PYTHON, ids=ids(PYTHON))
def test_a_module_is_small_enough_to_read(path):
    assert code_lines(path) <= 300


@pytest.mark.parametrize("path", TEMPLATES, ids=ids(TEMPLATES))
def test_a_template_is_small_and_says_nothing_inline(path):
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 160
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "hx-on" not in text
    assert "js:" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "|safe" not in text
    assert "autoescape off" not in text
    assert not re.search(r"""(src|href)=["']https?://""", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=[p.name for p in SCRIPTS])
def test_a_script_is_small_and_builds_no_html(path):
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 120
    assert "eval(" not in text
    assert "insertAdjacentHTML" not in text
    assert not re.search(r"https?://", text)


def test_no_name_hides_what_a_file_is_about():
    assert not [p for p in SOURCE.rglob("*") if p.stem in BANNED_NAMES]


def test_the_clock_is_read_in_one_place():
    readers = [
        p
        for p in PYTHON
        if re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(", p.read_text())
    ]
    assert [p.relative_to(SOURCE).as_posix() for p in readers] == ["web/clock.py"]


def test_the_clock_is_asked_only_where_requests_and_jobs_come_in():
    below = {"access", "queries", "operations", "forms", "models"}
    asking = [
        p
        for p in PYTHON
        if "web.clock import" in p.read_text()
        and (below & {p.stem, *p.relative_to(SOURCE).parts[:-1]})
    ]
    assert asking == []


def test_personal_rows_name_whose_key_seals_them():
    from django.apps import apps

    from openipt.vault.fields import SealedJSON, SealedText

    for model in apps.get_models():
        sealed = [
            f for f in model._meta.fields if isinstance(f, SealedText | SealedJSON)
        ]
        if sealed:
            assert hasattr(model, "sealed_for"), model


def test_every_row_of_a_tenant_carries_its_service():
    from django.apps import apps

    ours = [m for m in apps.get_models() if m.__module__.startswith("openipt.")]
    without = {
        m.__name__
        for m in ours
        if not any(f.attname == "service_id" for f in m._meta.fields)
    }
    assert without == {"Service", "Account", "Heartbeat", "Periodic", "Happening"}


def test_the_core_imports_without_django():
    code = (
        "import pkgutil, importlib, sys, openipt.core as core\n"
        "for m in pkgutil.walk_packages(core.__path__, 'openipt.core.'):\n"
        "    importlib.import_module(m.name)\n"
        "assert not {'django', 'jinja2', 'cryptography'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT / "src")


REGISTRIES = (
    ("py", "pi.", "org"),
    ("python", "hosted.", "org"),
    ("registry.", "npm", "js"),
    ("deb.", "debian"),
)
"""Hosts in pieces, for this file is committed too."""


def test_no_committed_file_names_a_registry_or_a_machine():
    tracked = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    parts = ["".join(pieces) for pieces in REGISTRIES]
    found = []
    for name in tracked:
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".woff2", ".ico"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [name for part in parts if part in text]
    assert found == []


def test_states_by_and_at_are_set_together():
    """Every pair X_at / X_by of a model is kept together by a constraint or both required."""
    from django.apps import apps

    loose = []
    for model in apps.get_models():
        if not model.__module__.startswith("openipt."):
            continue
        fields = {f.name: f for f in model._meta.fields}
        for name, at in fields.items():
            by = fields.get(name.removesuffix("_at") + "_by")
            if not name.endswith("_at") or by is None:
                continue
            named = [
                str(c.condition)
                for c in model._meta.constraints
                if hasattr(c, "condition")
            ]
            both = any(name in text and by.name in text for text in named)
            if at.null and not both:
                loose.append(f"{model.__name__}.{name}")
    assert loose == []
