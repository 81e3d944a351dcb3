"""A table of sealed letters, made for these tests and known to no app.

`python -m tests.vault.letters SECONDS` is the race: first four threads write the first
letter of the same people, then they write and read the same rows. What anybody sees that
was not written is printed.
"""

import os
import sys
import threading
import uuid

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")
    django.setup()

from django.apps.registry import Apps
from django.db import connection, models

from openipt.core.ids import new_id
from openipt.vault import keys
from openipt.vault.fields import SealedJSON, SealedText

SERVICE = uuid.UUID("00000000-0000-7000-8000-00000000000a")


class Letter(models.Model):  # noqa: DJ008 -- never shown
    """What a person wrote, and to whom."""

    sealed_for = "person_id"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service_id = models.UUIDField(default=SERVICE)
    person_id = models.UUIDField(default=new_id)
    text = SealedText(max_length=2_000_000)
    note = SealedText(max_length=10, null=True, blank=True)
    facts = SealedJSON(null=True, blank=True)
    place = models.CharField(max_length=20, default="home")

    class Meta:
        apps = Apps()
        app_label = "letters"


def make_table():
    with connection.schema_editor() as editor:
        editor.create_model(Letter)


def first_letters(people: int) -> list[str]:
    """Let four threads make the keys of the same people; return what does not open."""
    persons = [new_id() for _person in range(people)]
    together = threading.Barrier(4)

    def write():
        for person in persons:
            together.wait()
            Letter.objects.create(text="first", person_id=person)
        connection.close()

    threads = [threading.Thread(target=write) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = [letter.text for letter in Letter.objects.filter(person_id__in=persons)]
    return [] if texts == ["first"] * 4 * people else [f"{len(texts)} first letters"]


TEXTS = [f"{word} {'x' * 500}" for word in ("north", "south", "east", "west")]


class Race:
    """Two threads write and two read the same rows, as fast as it goes."""

    def __init__(self):
        self.rows = [
            Letter.objects.create(text=TEXTS[0], facts=TEXTS[0]).pk for _row in range(3)
        ]
        self.ends = threading.Event()
        self.strange = []
        self.reads = 0

    def run(self, seconds: float) -> list[str]:
        """Return what was seen that nobody wrote."""
        threads = [
            threading.Thread(target=self.guard, args=(work, TEXTS[number]))
            for number, work in enumerate(
                (self.write, self.write, self.read, self.read)
            )
        ]
        for thread in threads:
            thread.start()
        self.ends.wait(seconds)
        self.ends.set()
        for thread in threads:
            thread.join()
        if self.reads < 100:
            self.strange.append(f"only {self.reads} reads")
        return self.strange

    def write(self, text):
        with keys.scope():
            for letter in Letter.objects.filter(pk__in=self.rows):
                letter.text = letter.facts = text
                letter.full_clean()
                letter.save(update_fields=["text", "facts"])

    def read(self, _text):
        with keys.scope():
            for letter in Letter.objects.filter(pk__in=self.rows):
                seen = {letter.text, letter.facts}
                self.strange.extend(repr(s)[:60] for s in seen.difference(TEXTS))
                self.reads += 1

    def guard(self, work, text):
        try:
            while not self.ends.is_set():
                work(text)
        except Exception as fault:  # noqa: BLE001 -- a fault in a thread is a finding
            self.strange.append(repr(fault)[:200])
            self.ends.set()
        finally:
            connection.close()


if __name__ == "__main__":
    make_table()
    found = first_letters(people=50) + Race().run(seconds=float(sys.argv[1]))
    print("\n".join(found[:20]))
    sys.exit(bool(found))
