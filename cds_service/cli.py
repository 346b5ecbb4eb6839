"""nen-cds: serve, check, show, read, diff, new, book, demo, db upgrade, config check.

Exit 0 when all is well, 1 when what was checked is not, 2 on wrong use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from .app import checked_knowledge, configure_logging, create_app
from .authoring.book import write_book
from .authoring.calendar import calendar
from .authoring.compare import compare
from .authoring.reading import source_of, told
from .authoring.schemas import write_schemas
from .authoring.skeleton import new_rule
from .authoring.summary import drafts, of_overlay, summary
from .cards.basis import overlay_stamp
from .domain.call import Setting
from .domain.knowledge import ClinicalCase, Knowledge
from .errors import CdsError, KnowledgeError, SettingsError
from .harness.demo import run_demo
from .hooks.routes import today
from .hooks.services import TEMPLATES
from .knowledge_base import FORMAT, knowledge_folder, load, load_cases, load_local_cases, write_stamp
from .ledger.store import prepare, upgrade
from .preflight import overlay_faults, preflight
from .server import Server, in_url, is_loopback, require_free, warm_up
from .settings import read_settings
from .show import show


@click.group()
@click.version_option(package_name="nen-cds")
def main() -> None:
    """CDS Hooks decision support for gastroenteropancreatic neuroendocrine neoplasms."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Start the service."""
    with _refusals():
        settings = read_settings(os.environ)
        if settings.auth == "off" and not is_loopback(host):
            raise SettingsError([f"NENCDS_AUTH is off: the service listens on loopback only, not on {host}"])
        require_free(host, port)
        configure_logging()
        knowledge = checked_knowledge(knowledge_folder(), settings.overlay)
        prepare(settings.database_url)
        app = create_app(settings, knowledge=knowledge)
        warm_up(knowledge)
    address = settings.public_url or f"http://{in_url(host)}:{port}"
    site = f", overlay {overlay_stamp(knowledge)}" if knowledge.site else ""
    click.echo(f"nen-cds, knowledge {knowledge.version}{site}: {address}/cds-services")
    Server(app, f"{in_url(host)}:{port}", workers).run()


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command()
@click.argument("folder", required=False, type=FOLDER)
@click.option("--overlay", type=FOLDER, help="Check this site's additions too, and tell what they change.")
@click.option("--stamp", is_flag=True, help="Where nothing is wrong, write the stamp that serve verifies.")
@click.option("--calendar", "dates", is_flag=True, help="Tell what falls due: reviews, and entries that expire.")
def check(folder: Path | None, overlay: Path | None, stamp: bool, dates: bool) -> None:
    """Check all of knowledge/ (or FOLDER) and print every fault."""
    folder = folder or knowledge_folder()
    with _refusals():
        knowledge, cases = _checked(folder)
        merged = load(folder, overlay) if overlay else knowledge
        if overlay and (faults := overlay_faults(merged, folder, overlay)):
            raise KnowledgeError(faults)
    if stamp:
        write_stamp(folder, knowledge.hash, FORMAT)
    due = calendar(knowledge) if dates else ()
    for line in (*due, *drafts(knowledge), *of_overlay(knowledge, merged, cases), summary(knowledge, cases)):
        click.echo(line)


def _checked(folder: Path) -> tuple[Knowledge, tuple[ClinicalCase, ...]]:
    """What is in the folder, with its cases; raises KnowledgeError."""
    knowledge = load(folder)
    cases = load_cases(folder, knowledge)
    if faults := preflight(knowledge, cases, folder=folder):
        raise KnowledgeError(faults)
    return knowledge, cases


def _with_overlay(overlay: Path | None) -> tuple[Knowledge, tuple[ClinicalCase, ...]]:
    """Knowledge with the overlay in it, the cases of the base as the base reads them, and the site's own."""
    knowledge = load(knowledge_folder(), overlay)
    cases = load_cases(knowledge_folder())
    return knowledge, cases + (load_local_cases(overlay, knowledge) if overlay else ())


@main.command(name="show")
@click.argument("rule_id", metavar="RULE")
@click.option("--ja", is_flag=True, help="In Japanese.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Answer its cases as of this day.")
@click.option("--overlay", type=FOLDER, help="With this site's additions.")
def show_rule(rule_id: str, ja: bool, on: datetime | None, overlay: Path | None) -> None:
    """Print a rule as a clinician reads it, its cards filled from its cases."""
    with _refusals():
        knowledge, cases = _with_overlay(overlay)
    rule = knowledge.rule(rule_id)
    if rule is None:
        raise click.BadParameter(f"no such rule; there are {', '.join(each.id for each in knowledge.rules)}")
    click.echo(show(rule, knowledge, cases, "ja" if ja else "en", on.date() if on else None))


@main.command()
@click.argument("bundle", required=False, type=FILE)
@click.option("--fhir", metavar="URL", help="Read a FHIR server in place of a Bundle.")
@click.option("--patient", metavar="ID", help="Whose record it is; needed with --fhir.")
@click.option("--token-file", type=FILE, help="Holds a bearer token for the FHIR server.")
@click.option("--ja", is_flag=True, help="In Japanese.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day.")
@click.option("--overlay", type=FOLDER, help="With this site's additions.")
def read(bundle: Path | None, fhir: str | None, patient: str | None, token_file: Path | None, **more: Any) -> None:
    """Print every fact of a record with its source, every drug, and what was set aside; 1 where not read in full."""
    try:
        source = source_of(bundle, fhir, patient, token_file)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from None
    with _refusals():
        settings = read_settings(os.environ)
        day = more["on"].date() if more["on"] else today(settings, datetime.now(UTC))
        knowledge, _ = _with_overlay(more["overlay"] or settings.overlay)
        setting = Setting(settings.jurisdiction, day, "ja" if more["ja"] else "en")
        lines, in_full = told(source, setting, TEMPLATES, knowledge, partial(click.echo, err=True))
    for line in lines:
        click.echo(line)
    sys.exit(0 if in_full else 1)


@main.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
def diff(old: Path, new: Path) -> None:
    """Which cases two knowledge folders answer differently: row, card, indicator, words."""
    with _refusals():
        for line in compare(old, new):
            click.echo(line)


@main.command()
@click.argument("rule_id", metavar="RULE")
@click.option("--folder", type=FOLDER, help="Another folder than this checkout's knowledge/.")
def new(rule_id: str, folder: Path | None) -> None:
    """Begin a rule: files that `check` refuses, with a fault for everything still to write."""
    with _refusals():
        for path in new_rule(folder or knowledge_folder(), rule_id):
            click.echo(str(path))


@main.command()
@click.option("--out", default="build/book", show_default=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--overlay", type=FOLDER, help="With this site's additions.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Answer all cases as of this day.")
def book(out: Path, overlay: Path | None, on: datetime | None) -> None:
    """Write every rule and case as pages to read, print and sign."""
    with _refusals():
        knowledge, cases = _with_overlay(overlay)
    written = write_book(knowledge, cases, out, on.date() if on else None)
    click.echo(f"{len(written)} pages, begin with {written[0]}")


@main.command()
@click.option("--out", default="schemas", show_default=True, type=click.Path(file_okay=False, path_type=Path))
def schemas(out: Path) -> None:
    """Write the JSON Schemas of knowledge/ for editors."""
    click.echo(f"{write_schemas(out)} schemas in {out}")


@main.command()
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fhir-port", default=8091, show_default=True, type=click.IntRange(1, 65535))
@click.option("--sekmet", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def demo(port: int, fhir_port: int, sekmet: Path) -> None:
    """Start a FHIR server with synthetic patients and the service, and say where the sandbox page is."""
    with _refusals():
        run_demo(port, fhir_port, sekmet, on=read_settings(os.environ).on, say=click.echo)


@main.group()
def db() -> None:
    """The database that keeps what was acknowledged."""


@db.command(name="upgrade")
def upgrade_database() -> None:
    """Bring the database to the schema of this version."""
    with _refusals():
        upgrade(read_settings(os.environ).database_url)
    click.echo("the database is up to date")


@main.group()
def config() -> None:
    """The settings of this environment."""


@config.command(name="check")
def check_config() -> None:
    """Read the settings of this environment and print every fault."""
    with _refusals():
        settings = read_settings(os.environ)
    click.echo(f"{settings.env}, jurisdiction {settings.jurisdiction}, language {settings.language}: 0 faults")


@contextmanager
def _refusals() -> Iterator[None]:
    """Print every fault and end with 1."""
    try:
        yield
    except (KnowledgeError, SettingsError) as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        click.echo(f"{len(error.faults)} faults", err=True)
        sys.exit(1)
    except CdsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
