"""The canary sweep: no sentence that anybody typed lies about in clear, wherever it went.

Every sealed field of a small world gets a word of its own. Then mails go out, pages fail,
the record is copied, and every byte and row that is left is searched for those words.
"""

import json
import re

from tests.keeping.places import openipt

FILL = """
import json
from openipt.cli.ready import load_django
load_django()
from django.core import mail
from openipt.outbox.worker import run_due
from openipt.vault import keys
from tests import people
from tests.access import canaries, story
import time_machine
with time_machine.travel(people.NOW, tick=False), keys.scope():
    world = story.build()
    planted = canaries.plant(world)
    run_due(people.NOW)
client = people.signed_in(world.cast.ana.member)
client.raise_request_exception = False
for path in ("/today/", "/week/", "/my/data/", "/progress/", "/nowhere/"):
    client.get(path)
client.post("/my/data/page/", {})
print(json.dumps({
    "planted": planted,
    "mail": [letter.message().as_string() for letter in mail.outbox],
}))
"""
ROWS = """
import base64, json, re
from openipt.cli.ready import load_django
load_django()
from django.contrib.sessions.models import Session
from django.db import connection
WORD = re.compile(rb"zq[a-z]+7[A-Za-z]+7[a-z]+7[0-9]+zq")


def plain(table, value):
    # What lies packed in the cache is unpacked first.
    if isinstance(value, (bytes, memoryview)):
        return bytes(value)
    if table == "cache":
        try:
            return base64.b64decode(str(value))
        except ValueError:
            return str(value).encode()
    return str(value).encode("utf-8", "replace")


found = []
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        for column in connection.introspection.get_table_description(cursor, table):
            cursor.execute(f'SELECT "{column.name}" FROM "{table}"')
            if any(WORD.search(plain(table, value)) for (value,) in cursor.fetchall()):
                found.append(f"{table}.{column.name}")
found += [
    "a session"
    for session in Session.objects.all()
    if WORD.search(json.dumps(session.get_decoded()).encode())
]
print(json.dumps(found))
"""
CANARY = re.compile(rb"zq[a-z]+7[A-Za-z]+7[a-z]+7\d+zq")


def test_no_word_lies_in_clear_in_files_rows_mail_or_copies(machines, tmp_path):
    machine = machines("world")
    done = machine.run_code(FILL)
    told = json.loads(done.splitlines()[-1])
    copies = tmp_path / "copies"
    ended = openipt(machine, "backup", str(copies), "--keys", str(tmp_path / "safe"))
    assert ended.returncode == 0, ended.stderr

    files = [
        path
        for place in (machine.folder, copies, tmp_path / "safe")
        for path in place.rglob("*")
        if path.is_file()
    ]
    everything_said = (done + ended.stdout + ended.stderr).encode()

    assert told["planted"] > 100
    assert told["mail"], "no mail went out, so none was searched"
    assert len(files) > 5
    assert [path.name for path in files if CANARY.search(path.read_bytes())] == []
    assert json.loads(machine.run_code(ROWS)) == []
    assert not CANARY.search(everything_said)


def test_a_word_in_clear_would_be_found(machines):
    machine = machines("leaky")
    machine.run_code(
        "from openipt.cli.ready import load_django\n"
        "load_django()\n"
        "from django.core.cache import cache\n"
        "cache.set('k', 'zqana7Note7text71zq')\n"
        "from tests import people\n"
        "cast = people.gather.__wrapped__()\n"
        "cast.service.contact = 'zqana7Note7text71zq'\n"
        "cast.service.save()\n"
    )

    assert {"people_service.contact", "cache.value"} <= set(
        json.loads(machine.run_code(ROWS))
    )
