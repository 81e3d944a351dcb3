"""Courses that began before phases were opened by hand stay where the calendar had them.

No row says who opened the phase, for nobody did: the calendar opened it.
"""

from django.db import migrations
from django.utils import timezone

from openipt.core.course import session_by
from openipt.core.errors import DataProblem
from openipt.core.protocols import find_variant, phase_at


def stay(apps, _schema_editor):
    course_of, contract_of = (
        apps.get_model("courses", name) for name in ("Course", "Contract")
    )
    for course in course_of.objects.all().iterator():
        contract = contract_of.objects.filter(course=course).order_by("-version").first()
        if contract is None:
            continue
        on = timezone.localdate(course.ended_at or timezone.now())
        session = session_by(
            contract.first_on, on, contract.sessions, contract.days_between
        )
        try:
            variant = find_variant(course.variant_id, course.variant_version)
        except DataProblem:
            continue  # without its variant the course's pages do not open either
        course.opened_phase = phase_at(variant, session or 1, contract.sessions).key
        course.save(update_fields=["opened_phase"])


class Migration(migrations.Migration):
    dependencies = (("courses", "0005_the_therapy"),)

    operations = (migrations.RunPython(stay, migrations.RunPython.noop),)
