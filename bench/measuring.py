"""Every operation with a bound, in the order in which they are measured."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from statistics import median

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connections, transaction
from django.urls import reverse

from openipt.cli.simulate import filling
from openipt.core.measures import load_measures
from openipt.people.models import Person
from openipt.questionnaires import operations as questionnaires
from openipt.questionnaires.models import Answering
from openipt.vault import keys
from openipt.web.clock import now

from . import cast as casting
from . import pages, serving
from .asking import Product, Timing, Visitor, several, sign_in
from .cast import MEASURE, SEED, Cast
from .table import Line
from .urls import EMPTY, EMPTY_FOR_NOBODY
from .weight import first_load

SENT_BY_ONE, SENT_BY_EIGHT, CLIENTS = 80, 400, 8
KILOBYTE = 1000
FIRST_LOAD = 60.0


class Bench:
    """One run on one folder: among few courses first, then among many."""

    def __init__(self, *, few: int, many: int) -> None:
        self._few, self._many = few, many
        self._at = filling.day_of(SEED, _today())
        self.cast: Cast
        self.product = Product()
        self._floors: list[float] = []

    def parts(self) -> Iterator[tuple[str, Callable[[], Iterable[Line]]]]:
        """Yield what is done in turn: its name, and what does it."""
        yield f"filling {self._few} courses", self.fill
        yield "sending questionnaires", self.submitting
        yield "asking for lists", self.lists
        yield "asking for pages of the person", self.pages_of_the_person
        yield "asking for pages of the staff", self.pages_of_the_staff
        yield f"filling {self._many} courses, and asking again", self.growth

    def fill(self) -> Iterable[Line]:
        """Make everybody, and take the floor."""
        _fill(self._few, self._at)
        self.cast = casting.gather(self._at)
        casting.begin_answering(self.cast, now())
        self.person = Visitor(self.cast.person.member)
        self.small, self.large = Visitor(self.cast.small), Visitor(self.cast.large)
        self.product.ask(self.person, EMPTY)
        return ()

    def growth(self) -> Iterator[Line]:
        """Yield how much slower the lists are among many courses than among few.

        In multiples of the empty view: minutes lie between the two, in which the machine
        itself becomes twice as slow or as fast.
        """
        before = self._compared()
        _fill(self._many, self._at)
        compared = self._compared()
        # What is common to all, and would hide its own growth in the multiples.
        empty, now_empty = _floor_of(before), _floor_of(compared)
        yield Line(
            what=f"empty view: {self._many} courses against {self._few}",
            value=now_empty / empty,
            shown=f"{now_empty:.1f} ms, {now_empty / empty:.2f} times",
        )
        for name, after in compared.items():
            ratio = after.times / before[name].times
            yield Line(
                what=f"{name}: {self._many} courses against {self._few}",
                value=ratio,
                shown=f"{after.middle:.1f} ms, {ratio:.2f} times",
                bound=1.5,
                goal=1.1,
            )

    def pages_of_the_person(self) -> Iterator[Line]:
        """Yield every page of the person; the worst comes with its bounds in queries."""
        values = self.cast.arguments(now())
        most = 0
        for name, takes in pages.PAGES_OF_THE_PERSON.items():
            timing = self._page(self.person, name, takes, values)
            most = max(most, timing.queries)
            yield self._line(f"{name}, {timing.queries} queries", timing, 15, 8)
        yield Line(
            what="most queries of a page of the person",
            value=most,
            shown=f"{most}",
            bound=12,
        )
        yield self._first_load()

    def pages_of_the_staff(self) -> Iterator[Line]:
        """Yield what a therapist opens all day."""
        values = self.cast.arguments(now())
        for name, takes in pages.PAGES_OF_THE_STAFF.items():
            timing = self._page(self.small, name, takes, values)
            yield self._line(f"{name}, {timing.queries} queries", timing)

    def lists(self) -> Iterator[Line]:
        """Yield the history and the caseloads."""
        history, small, large = self._compared().values()
        yield self._line("history of 100 answers", history, 12, 8)
        yield self._line("caseload of 20", small, 15, 13)
        yield self._line("caseload of 200", large, 30, 18)

    def submitting(self) -> Iterator[Line]:
        """Yield what sending a questionnaire costs, and the memory after it."""
        sheets = _begun(SENT_BY_ONE + SENT_BY_EIGHT)
        connections.close_all()
        with serving.serving() as server:
            floor = median(several(self._empty))
            connections.close_all()
            taken = serving.one_after_the_other(server, sheets[:SENT_BY_ONE])
            a_second = serving.at_once(server, sheets[SENT_BY_ONE:], CLIENTS)
            memory = server.memory()
        times = taken / floor
        yield Line(
            what="submit a 9-item measure through HTTP, 1 client",
            value=times,
            shown=f"{taken:.1f} ms",
            times=times,
            bound=12,
            goal=6,
            unit="x",
        )
        yield Line(
            what=f"the same, {CLIENTS} clients",
            value=a_second,
            shown=f"{a_second:.0f}/s",
            bound=85,
            goal=170,
            unit="/s",
            more=True,
        )
        yield Line(
            what=f"memory of all {len(memory)} processes after it",
            value=sum(memory.values()),
            shown=f"{sum(memory.values())} MiB",
            bound=200,
            goal=150,
            unit=" MiB",
        )

    def _time(self, who: Visitor, path: str, *, rounds: int = 40) -> Timing:
        timing = self.product.time(who, path, floor=self._empty, rounds=rounds)
        self._floors.append(timing.floor)
        return timing

    def _empty(self) -> None:
        self.product.ask(self.person, EMPTY)

    @property
    def floor(self) -> float:
        """The median of the empty view over the whole run, in milliseconds."""
        return median(self._floors)

    def floor_for_nobody(self) -> float:
        """What an empty view takes that asks for no session."""
        return self._time(Visitor(), EMPTY_FOR_NOBODY).middle

    def _compared(self) -> dict[str, Timing]:
        caseload = reverse("home:caseload")
        return {
            "history": self._time(self.person, reverse("home:progress")),
            "caseload of 20": self._time(self.small, caseload),
            "caseload of 200": self._time(self.large, caseload, rounds=25),
        }

    def _page(
        self,
        who: Visitor,
        name: str,
        takes: tuple[str, ...],
        values: dict[str, object],
    ) -> Timing:
        address = reverse(name, args=[values[word] for word in takes])
        return self._time(who, address)

    def _line(
        self,
        what: str,
        timing: Timing,
        bound: float | None = None,
        goal: float | None = None,
    ) -> Line:
        return Line(
            what=what,
            value=timing.times,
            shown=f"{timing.middle:.1f} ms",
            times=timing.times,
            bound=bound,
            goal=goal,
            unit="x",
        )

    def _first_load(self) -> Line:
        _status, body = self.product.ask(self.person, reverse("home:today"))
        page = gzip.decompress(body).decode()
        sizes = first_load(page, len(body), _file)
        total = sum(sizes.values()) / KILOBYTE
        return Line(
            what=f"first load of today, {len(sizes)} files without fonts",
            value=total,
            shown=f"{total:.1f} kB",
            bound=FIRST_LOAD,
            unit=" kB",
        )


def _fill(wanted: int, at: datetime) -> None:
    made = filling.courses_made(SEED)
    if made < wanted:
        filling.fill(wanted=wanted, seed=SEED, at=at, tell=lambda _made: None)


def _floor_of(timings: dict[str, Timing]) -> float:
    return median(timing.floor for timing in timings.values())


def _today() -> datetime:
    return now().replace(hour=0, minute=0, second=0, microsecond=0)


def _begun(count: int) -> list[serving.Sheet]:
    """Begin a questionnaire for so many people who are asked now."""
    measure, at = load_measures()[MEASURE], now()
    # A total of four rises by less than what would raise an alert, whatever was before.
    answers = {
        f"item-{item.number}": str(int(item.number <= 4)) for item in measure.items
    }
    answers |= {f"item-{extra.key}": str(extra.codes[0]) for extra in measure.extras}
    sheets: list[serving.Sheet] = []
    with transaction.atomic():
        for person in Person.objects.select_related("member__account").order_by("pk"):
            if len(sheets) == count:
                break
            with keys.scope():
                begun = _begin(person, at)
            if begun is not None and person.member is not None:
                sheets.append(_sheet(begun, sign_in(person.member), answers))
    if len(sheets) < count:
        raise AssertionError(f"only {len(sheets)} people are asked now")
    return sheets


def _begin(person: Person, at: datetime) -> Answering | None:
    from openipt.core.errors import Refused

    if person.member is None:
        return None
    try:
        return questionnaires.start_answering(
            person=person, measure=MEASURE, by=person.member, at=at
        )
    except Refused:
        return None


def _sheet(begun: Answering, session: str, answers: dict[str, str]) -> serving.Sheet:
    from django.conf import settings

    return serving.Sheet(
        cookie=f"{settings.SESSION_COOKIE_NAME}={session}",
        path=reverse("questionnaires:page", args=[MEASURE]),
        fields={**answers, "answering": str(begun.pk)},
    )


def _file(address: str) -> bytes:
    name = address.removeprefix("/static/")
    with staticfiles_storage.open(name) as file:
        content: bytes = file.read()
        return content
