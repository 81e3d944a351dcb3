"""The table, the policies on the views and the world agree with each other."""

import pytest
from django.db.models import Q

from openipt.people.models import CareRelationship, Supervision
from openipt.people.queries import has_agreed, has_second_factor
from openipt.safety.models import AlertRecipient
from tests import people

from . import canaries
from .addresses import addresses
from .sending import FORMS
from .table import Row
from .walk import TABLE
from .world import ACTORS, NOBODY, RELATIONS

pytestmark = pytest.mark.django_db


def disagreements():
    """Yield what the table and the views say differently."""
    known = {address.name: address for address in addresses()}
    yield from (f"{name} is missing in the table" for name in known.keys() - TABLE)
    yield from (f"{name} is in the table alone" for name in TABLE.keys() - known)
    for name in known.keys() & TABLE:
        said, declared = declaration(TABLE[name]), known[name].policy
        if declared is None:
            yield f"{name} declares nothing"
        elif said != declaration_of(declared):
            yield f"{name}: {said} and {declaration_of(declared)}"


def declaration(row: Row):
    return (
        frozenset(row.roles),
        row.allowed_methods,
        "agreement" in row.early,
        "second factor" in row.early,
    )


def declaration_of(policy):
    return (
        policy.roles,
        policy.methods,
        policy.before_agreement,
        policy.before_second_factor,
    )


def test_the_table_and_the_views_declare_the_same():
    assert list(disagreements()) == []


def test_every_argument_of_an_address_is_known(standing):
    unknown = {
        name
        for address in addresses()
        for name in address.arguments
        if name not in standing.objects
    }

    assert not unknown, (
        f"Addresses take {sorted(unknown)}: teach story.py to make one of each, and "
        f"table.toml who may open it."
    )


def test_every_address_about_something_says_to_whom_it_opens():
    silent = [a.name for a in addresses() if a.arguments and TABLE[a.name].to is None]

    assert silent == ["account_reset_password_from_key"]


def test_every_address_about_something_is_tried_with_things_of_several_people(standing):
    alone = [
        address.name
        for address in addresses()
        if address.arguments
        and "anybody" not in (TABLE[address.name].to or ["anybody"])
        and len({k.split("/")[0] for k in standing.keys(address.arguments)}) < 2
    ]

    assert alone == []


def test_every_form_has_words_in_the_table():
    nothing_typed = [n for n in FORMS if TABLE[n].form is None and not TABLE[n].fields]

    assert nothing_typed == [
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_remove_webauthn",
    ]


def test_every_key_of_the_world_has_relations(standing):
    keys = {key.split("/")[0] for known in standing.objects.values() for key in known}

    assert keys <= RELATIONS.keys() | {"any", NOBODY}
    assert set(ACTORS) == set(standing.actors)


def test_the_relations_are_true_of_care(standing):
    """Asked of the rows alone, not of the queries that the product asks."""
    at = people.NOW
    for whose, kin in RELATIONS.items():
        named = [pk for pk, label in standing.labels.items() if label == whose]
        rows = CareRelationship.objects.filter(
            Q(person_id__in=named) | Q(course_id__in=named),
            state="active",
            starts_at__lte=at,
            ends_at=None,
            member__state="active",
        )
        team = {standing.labels[row.member_id] for row in rows}
        said = {actor for actor, names in kin.items() if "team" in names}
        assert team - {"nosecondfactor"} == said, whose


def test_the_relations_are_true_of_supervision_and_alerts(standing):
    label = standing.labels
    supervised = {
        (label[row.supervisor_id], label[row.therapist_id])
        for row in Supervision.objects.filter(ends_at=None)
    }
    told = {
        (label[row.alert.person_id], label[row.member_id])
        for row in AlertRecipient.objects.select_related("alert")
    }

    assert supervised == {("sofia", "tomas"), ("hill", "omar")}
    assert told == {
        ("ana", "tomas"),
        ("ana", "ines"),
        ("ana", "nosecondfactor"),
        ("bea", "tomas"),
        ("bea", "ines"),
        ("eva", "omar"),
        ("eva", "mia"),
    }


def test_those_who_lack_something_lack_only_that(standing):
    """Each was let in but for the one thing that the walk is about."""
    former, suspended = standing.actors["former"], standing.actors["suspended"]
    unsafe, noah = standing.actors["no_second_factor"], standing.actors["not_agreed"]

    assert [row.state for row in former.care.all()] == ["ended"]
    assert [row.state for row in suspended.care.all()] == ["active"]
    assert (former.state, suspended.state) == ("active", "suspended")
    assert [row.state for row in unsafe.care.all()] == ["active"]
    assert not has_second_factor(unsafe)
    assert not has_agreed(noah)


def test_every_sealed_field_says_who_may_find_it():
    sealed = {
        canaries.place_of(model, field)
        for model, fields in canaries.sealed_fields()
        for field in fields
    }
    told_apart = {"Entry.private", "Entry.shared", "Formulation.unshown"}
    said = set(canaries.MAY_FIND) | canaries.NO_WORDS

    assert (said - told_apart) | {"Entry.content"} == sealed
