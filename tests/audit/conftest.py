"""A trail of its own for each test: key, anchors and somebody who acts."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest

from openipt.core.ids import new_id
from tests.installation import Installation


@dataclass(frozen=True)
class Actor:
    id: UUID = field(default_factory=new_id)
    account_id: UUID | None = field(default_factory=new_id)
    service_id: UUID = field(default_factory=new_id)
    role_set: frozenset[str] = frozenset({"therapist", "supervisor"})


@pytest.fixture
def actor():
    return Actor()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Keep key and anchors apart from all other tests."""
    settings.OPENIPT_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def installation(tmp_path):
    made = Installation(tmp_path / "installation")
    yield made
    made.remove()
