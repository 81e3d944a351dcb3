"""Our commands, each a thin door to a plain function."""

from pathlib import Path
from typing import Annotated

import typer

from openipt import __version__

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="OpenIPT carries a whole course of interpersonal psychotherapy.",
)
audit_app = typer.Typer(no_args_is_help=True, help="The audit trail.")
app.add_typer(audit_app, name="audit")
protocols_app = typer.Typer(
    no_args_is_help=True, help="The ways of doing IPT that are installed."
)
app.add_typer(protocols_app, name="protocols")

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Where to listen.")]


@app.callback(invoke_without_command=True)
def openipt(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version.")
    ] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command(context_settings={"ignore_unknown_options": True})
def score(
    measure: Annotated[str, typer.Argument(help="The measure's id, such as phq9.")],
    items: Annotated[
        list[str], typer.Argument(help="One code an item; - where it is unanswered.")
    ],
    json: Json = False,
) -> int:
    """Score a questionnaire; needs no database."""
    from .score import print_score

    return print_score(measure, items, as_json=json)


@app.command()
def init(
    name: Annotated[str, typer.Option(prompt="Name of the service")],
    email: Annotated[str, typer.Option(prompt="E-mail of its administrator")],
    zone: Annotated[str, typer.Option(prompt="Time zone, such as Europe/Berlin")],
    country: Annotated[str, typer.Option(prompt="Country, two letters such as DE")],
    json: Json = False,
) -> int:
    """Make the first service and its administrator, with a one-time code."""
    from .init import make_first_service

    return make_first_service(
        name=name, email=email, zone=zone, country=country, as_json=json
    )


@app.command()
def serve(
    port: Port = None,
    host: Annotated[str, typer.Option(help="127.0.0.1 unless told otherwise.")] = (
        "127.0.0.1"
    ),
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Web processes.")
    ] = None,
) -> int:
    """Serve the product, with the worker inside."""
    from .server import serve_for_real

    return serve_for_real(host=host, port=port or 8000, workers=workers)


@app.command()
def worker() -> int:
    """Do the work that must happen: mails, escalations, sealing of the audit trail."""
    from .worker import run_worker

    return run_worker()


@app.command()
def backup(
    place: Annotated[Path, typer.Argument(help="The folder that gets the copy.")],
    keys: Annotated[
        Path | None, typer.Option(help="A place of its own for the key files.")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Remove all but so many copies there.")
    ] = None,
    json: Json = False,
) -> int:
    """Copy the record while everybody goes on working."""
    from .keeping import backup as run

    return run(place, keys_to=keys, keep=keep, as_json=json)


@app.command()
def drill(
    place: Annotated[Path, typer.Argument(help="A copy, or the folder of several.")],
    json: Json = False,
) -> int:
    """Try the newest copy: bring it back beside the record, check it, take it away."""
    from .keeping import drill as run

    return run(place, as_json=json)


@app.command()
def restore(
    place: Annotated[Path, typer.Argument(help="A copy, or the folder of several.")],
    keys: Annotated[
        Path | None, typer.Option(help="Where the key files were kept.")
    ] = None,
    keyring: Annotated[
        Path | None, typer.Option(help="Another keyring than the newest beside it.")
    ] = None,
    json: Json = False,
) -> int:
    """Bring a copy back into an empty data folder, in recovery mode."""
    from .keeping import restore as run

    return run(place, keys_from=keys, keyring=keyring, as_json=json)


@app.command()
def upgrade(
    copy: Annotated[
        Path | None, typer.Option(help="The folder that gets the copy made first.")
    ] = None,
    json: Json = False,
) -> int:
    """Bring the record to this version: all of it, or it stays as it was."""
    from .keeping import upgrade as run

    return run(copy, as_json=json)


@app.command()
def doctor(json: Json = False) -> int:
    """Look at everything that must be right for people to be safe here."""
    from .doctor import print_findings

    return print_findings(as_json=json)


@app.command()
def demo(
    port: Port = None,
    seed: Annotated[int, typer.Option(min=0, help="Which invented people.")] = 1,
    now: Annotated[str | None, typer.Option(help="The demo's today, as ISO.")] = None,
    fresh: Annotated[bool, typer.Option(help="Start anew.")] = False,
    host: Annotated[str, typer.Option(help="This machine only.")] = "127.0.0.1",
    folder: Annotated[Path, typer.Option(hidden=True)] = Path("demo-data"),
) -> int:
    """Serve a living demo service on this machine."""
    from .demo import only_this_machine, serve_demo

    only_this_machine(host)
    return serve_demo(folder=folder, port=port, seed=seed, now=now, fresh=fresh)


@app.command()
def simulate(
    courses: Annotated[int, typer.Option(help="How many courses there shall be.")],
    seed: Annotated[int, typer.Option(help="Which invented people.")] = 1,
    today: Annotated[
        str | None, typer.Option(help="The day they lead up to, such as 2026-11-24.")
    ] = None,
) -> int:
    """Fill an empty database with whole courses of invented people, to measure with."""
    from .simulate import simulate as run

    return run(courses=courses, seed=seed, today=today)


@audit_app.command()
def verify(json: Json = False) -> int:
    """Check the chain of the audit trail and its anchors."""
    from .audit import print_verdict

    return print_verdict(as_json=json)


@protocols_app.command("list")
def list_protocols(json: Json = False) -> int:
    """List the variants, one a line: id, version, name."""
    from .protocols import print_list

    return print_list(as_json=json)


@protocols_app.command("show")
def show_protocol(
    variant: Annotated[str, typer.Argument(help="Its id, such as ipt_brief.")],
    json: Json = False,
) -> int:
    """Show a variant whole, with the source of everything and what nobody has read."""
    from .protocols import print_variant

    return print_variant(variant, as_json=json)


@protocols_app.command("check")
def check_protocol(
    file: Annotated[Path, typer.Argument(help="A TOML file with one variant.")],
    json: Json = False,
) -> int:
    """Check a file before it is dropped in; names the first mistake exactly."""
    from .protocols import print_check

    return print_check(file, as_json=json)
