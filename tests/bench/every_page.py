"""Opens every address as every role and prints which heavy packages came along.

A process of its own: `python -m tests.bench.every_page`.
"""

import sys

HEAVY = ("numpy", "scipy", "pandas", "typst", "matplotlib")


LEFT_OUT = {"account_logout", "safety:leave", "healthz"}
"""What ends the session, and what rightly answers 503: no worker runs here."""


def main() -> None:
    from openipt.cli.ready import load_django

    load_django()
    from django.urls import reverse

    from bench.asking import Product, Visitor
    from bench.cast import Cast, begin_answering, fill_life
    from openipt.people.models import Member, Person
    from openipt.web.clock import now
    from tests.access.addresses import addresses

    known = Member.objects.filter(account__email__endswith="@simulated.example")
    person = Person.objects.order_by("pk")[0]
    cast = Cast(small=None, large=None, person=person)
    begin_answering(cast, now())
    fill_life(person, now())
    values = cast.arguments(now()) | {"day": "2026-11-23", "version": 1}
    product, opened = Product(), 0
    for member in known:
        for address in addresses():
            if not set(address.arguments) <= values.keys():
                continue
            if address.name in LEFT_OUT:
                continue
            arguments = {word: values[word] for word in address.arguments}
            path = reverse(address.name, kwargs=arguments)
            status, _body = product.ask(Visitor(member), path)
            assert status < 500, path
            opened += status == 200
    print(opened, *(name for name in HEAVY if name in sys.modules))


if __name__ == "__main__":
    main()
