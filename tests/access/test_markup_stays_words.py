"""With markup in every field there is, every page still shows it as words."""

import pytest
from django.db import models

from openipt.vault.fields import SealedJSON, SealedText

from . import canaries, hostile, sending
from .looking import faults_of_page
from .world import ACTORS

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

CODES = {
    "state", "status", "role", "kind", "level", "country", "zone", "measure", "band",
    "measure_version", "language", "condition", "variant_id", "variant_version", "area",
    "kind_version", "what", "step", "key", "code_digest", "address_digest", "email",
    "password", "dedupe_key", "risk", "resource", "action", "kek_id", "scale", "went",
    "reading", "ended_why",
}  # fmt: skip
"""Columns of plain text that hold codes of ours, which nobody types."""


@pytest.fixture(scope="module")
def marked(standing):
    """The standing world with markup wherever somebody can write."""
    for model, fields in canaries.sealed_fields():
        for row in model._default_manager.all():
            names = [f.name for f in fields if f.name not in {"born_on", "items"}]
            names = [name for name in names if getattr(row, name)]
            for name in names:
                field = row._meta.get_field(name)
                markup = hostile.MARKUP[: getattr(field, "max_length", None)]
                words = canaries._in_leaves(getattr(row, name), markup)
                setattr(row, name, words)
            row.save(update_fields=names)
    for model in sending.ours():
        if model._meta.label in {"audit.AuditEvent", "vault.DataKey"}:
            continue
        for field in written_in_clear(model):
            longest = field.max_length or 200
            for number, row in enumerate(model._default_manager.all()):
                # Numbered, for some are unique together with others.
                words = f"{number}{hostile.MARKUP}"[:longest]
                model._default_manager.filter(pk=row.pk).update(**{field.name: words})
    return standing


def written_in_clear(model):
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, SealedText | SealedJSON)
        and field.name not in CODES
        and not field.unique
        and not field.primary_key
    ]


@pytest.mark.parametrize("actor", ACTORS)
def test_markup_comes_back_as_words(marked, actor):
    faults = []
    for name, answer in sending.answers(marked, actor):
        if answer.status >= 500 and name != "healthz":
            faults.append(f"{name}: {answer.status}")
        if f"<{hostile.MARK}" in answer.all_of_it:
            faults.append(f"{name}: markup")
        faults += [f"{name}: {fault}" for fault in faults_of_page(answer)]

    assert not faults, "\n".join(faults[:40])


def test_the_markup_is_on_the_pages(marked):
    """Else the test above would see nothing whatever happened."""
    shown = {
        name
        for actor in ("ana", "tomas", "ada")
        for name, answer in sending.answers(marked, actor, ["GET"])
        if f"&lt;{hostile.MARK}" in answer.text
    }

    assert len(shown) > 20
