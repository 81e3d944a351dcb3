"""A course of every variant, from contract to ending, through the same forms."""

from datetime import timedelta

import pytest
from django.utils import timezone
from markupsafe import escape

from openipt.calendar.models import Appointment
from openipt.core.protocols import load_variants, phase_sessions
from openipt.courses.models import Course, Formulation
from tests import people
from tests.courses.starting import START, filled, text_of

VARIANTS = load_variants()


def form_for(variant):
    """Return the form of somebody for whom nothing speaks against the variant."""
    ages = variant.ages
    years = (ages.least + ages.most) // 2 if ages else 38
    return filled(
        variant_id=variant.id,
        condition=variant.conditions[0],
        sessions=str(variant.usual_sessions),
        minutes=str(variant.usual_minutes),
        born_on=f"{people.NOW.year - years}-03-09",
        prescriber="Dr Beispiel",
        # Maintenance of somebody who was treated elsewhere has one.
        reason="Well for half a year." if variant.stage == "maintenance" else "",
    )


def noted(area):
    """Return the form that takes up an area, with all that the area asks for."""
    given = {
        "text": "at work", "words": "It is new", "person": "Ruth", "yes": "on",
        "time": "last winter",
    }  # fmt: skip
    form = {"area": area.key, "reason": "They lost a home together"}
    for detail in area.details:
        stage = area.shown_stages[0].key if detail.kind == "stage" else ""
        form[f"{area.key}-{detail.key}"] = stage or given[detail.kind]
    return form


def started(client, cast, variant):
    """Return the course that the form starts, with its sessions in order."""
    response = client.post(START, form_for(variant))
    assert response.status_code == 302, text_of(response)
    course = Course.objects.get(therapist=cast.ines)
    planned = Appointment.objects.filter(series=course.series).order_by("number")
    return course, list(planned)


def sees_its_phase(client, session, span, total):
    page = text_of(client.get(f"/sessions/{session.pk}/"))
    assert f"Session {span.last} of {total}" in page
    assert span.phase.name in page
    for task in span.phase.tasks_in(span.last):
        if task.every_session:
            assert escape(task.title) in page


def goes_through_the_gate(client, course, phase):
    """Try the gate while something is missing, do what is missing, and open it."""
    page, person = f"/courses/{course.pk}/", course.person_id
    by_hand = {"inventory", "formulation"} & set(phase.needs)
    refused = client.post(f"{page}phase/open/", {"phase": phase.key})
    if by_hand:
        assert refused.status_code == 422
        assert phase.name not in text_of(client.get(page)).split("identity")[1][:600]
    if "inventory" in phase.needs:
        client.post(f"/persons/{person}/people/share/", {})
        tie = {"label": "Ruth", "kind": "friend", "ring": "close", "standing": "steady"}
        added = client.post(f"/persons/{person}/people/add/", {"version": "0", **tie})
        assert added.status_code == 302, text_of(added)
    if "formulation" in phase.needs:
        both_agree(client, course)
    if by_hand:
        opened = client.post(f"{page}phase/open/", {"phase": phase.key})
        assert opened.status_code == 302, text_of(opened)


def both_agree(client, course):
    page = f"/courses/{course.pk}/formulation/"
    drafted = client.get(page)
    assert "What stood out" in text_of(drafted)
    written = {"version": "0", "text": "This is how it hangs together."}
    assert client.post(f"{page}write/", written).status_code == 302
    version = f"{page}{Formulation.objects.get(course=course).pk}/"
    assert client.post(f"{version}show/", {}).status_code == 302
    assert client.post(f"{version}agree/", {}).status_code == 302
    on = {"spoken_on": timezone.localdate().isoformat()}
    assert client.post(f"{version}spoken/", on).status_code == 302


def ends(client, course):
    Appointment.objects.filter(series=course.series).update(
        state=Appointment.State.ATTENDED
    )
    client.post(f"/courses/{course.pk}/ending/raised/", {})
    form = {"afterwards": "Call if it comes back.", "sure": "on"}
    form["despite"] = "The plan for staying well hangs on their wall."
    response = client.post(f"/courses/{course.pk}/ending/end/", form)
    assert response.status_code == 302, text_of(response)
    course.refresh_from_db()
    assert course.ended_at is not None


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda one: one.id)
def test_from_contract_to_ending(cast, clock, variant):
    client = cast.client("ines")
    course, sessions = started(client, cast, variant)
    assert (course.variant_id, course.variant_version) == (variant.id, variant.version)
    assert len(sessions) == variant.usual_sessions
    for area in variant.shown_areas[: variant.foci.most]:
        taken = client.post(f"/courses/{course.pk}/focus/", noted(area))
        assert taken.status_code == 302, text_of(taken)

    for span in phase_sessions(variant, variant.usual_sessions):
        session = sessions[span.last - 1]
        clock.move_to(session.starts_at + timedelta(minutes=5))
        if span.phase.needs:
            goes_through_the_gate(cast.client("ines"), course, span.phase)
        sees_its_phase(cast.client("ines"), session, span, variant.usual_sessions)

    clock.move_to(sessions[-1].starts_at + timedelta(hours=3))
    ends(cast.client("ines"), course)
