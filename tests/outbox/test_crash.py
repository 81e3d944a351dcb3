"""Workers that are killed, and workers beside each other: nothing lost, nothing twice."""

import json

import pytest


def states(installation):
    code = (
        "from openipt.cli.ready import load_django; load_django();"
        "from openipt.outbox.models import Job; import json;"
        "print(json.dumps(list(Job.objects.values_list('state', 'attempts'))))"
    )
    return [tuple(row) for row in json.loads(installation.run_code(code))]


def kill(process):
    process.kill()
    process.wait()


def test_a_worker_killed_between_effect_and_mark_repeats_the_effect(
    installation, start, effects
):
    installation.run("tests.outbox.work", "write", "job", "1")
    first = start("work_but_never_mark", "first", "2")
    assert effects(1) == ["job0"]
    kill(first)
    assert states(installation) == [("queued", 1)]

    start("work", "second", "2")

    assert effects(2) == ["job0", "job0"]
    _until(lambda: states(installation) == [("done", 2)])


def test_a_worker_killed_in_the_middle_begins_again(installation, start, effects):
    installation.run("tests.outbox.work", "write_long", "job", "1500")
    first = start("work", "first", "2")
    assert effects(1) == ["job-begins"]
    kill(first)

    start("work", "second", "2")

    assert effects(3) == ["job-begins", "job-begins", "job-ends"]


def test_a_long_job_keeps_its_lease_while_its_worker_lives(
    installation, start, effects
):
    installation.run("tests.outbox.work", "write_long", "job", "5000")
    start("work", "first", "2")
    effects(1)
    start("work", "second", "2")

    assert effects(2) == ["job-begins", "job-ends"]
    _until(lambda: states(installation) == [("done", 1)])


@pytest.mark.parametrize("workers", [2])
def test_workers_beside_each_other_do_each_job_once(
    installation, start, effects, workers
):
    for number in range(workers):
        start("work", f"worker{number}", "60")
    installation.run("tests.outbox.work", "write", "job", "500")

    done = effects(500, seconds=120)

    _until(lambda: set(states(installation)) == {("done", 1)})
    assert sorted(done) == sorted(f"job{number}" for number in range(500))
    assert len(effects(500)) == 500


def _until(true, tries=40):
    for _try in range(tries):
        if true():
            return
    raise AssertionError("It never came to that.")
