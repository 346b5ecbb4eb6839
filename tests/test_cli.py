"""The command: what it prints and with what it ends."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cds_service.app import checked_knowledge
from cds_service.cli import main
from cds_service.errors import KnowledgeError
from cds_service.knowledge_base import FORMAT, content_hash, knowledge_folder, stamp_is_valid, write_stamp
from cds_service.knowledge_base.folder import STAMP
from cds_service.server import is_loopback
from tests.hooks.process import clean_environ
from tests.sekmet import free_port

WITHOUT_STAMP = shutil.ignore_patterns(STAMP)

RULE = "sunitinib-outside-pancreas"


def run(*words: str, **environ: str) -> Result:
    """The command with exactly these settings."""
    unset = {name: None for name in clean_environ() if name == "FLASK_DEBUG"}
    return CliRunner().invoke(main, words, env={**unset, **environ})


def serve(*words: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """`nen-cds serve`, which must end by itself."""
    command = [sys.executable, "-m", "cds_service.cli", "serve", *words]
    here = str(Path(__file__).parents[1])
    return subprocess.run(
        command,
        cwd=cwd,
        env=clean_environ(PYTHONPATH=here, **environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of knowledge/ to break."""
    return Path(shutil.copytree(knowledge_folder(), tmp_path / "knowledge", ignore=WITHOUT_STAMP))


def test_check_tells_what_it_checked_and_leaves_nothing_behind() -> None:
    before = {path: path.stat().st_mtime_ns for path in knowledge_folder().rglob("*")}
    result = run("check")
    assert result.exit_code == 0, result.output
    assert result.output.strip().endswith("0 faults")
    assert {path: path.stat().st_mtime_ns for path in knowledge_folder().rglob("*")} == before


def test_check_prints_every_fault_and_ends_with_1(copy: Path) -> None:
    for rule in ("classify", RULE):
        cards = copy / "guidance" / rule / "rule.yaml"
        cards.write_text(cards.read_text("utf-8") + "\nnonsense: 1\n", "utf-8")
    result = run("check", str(copy), "--stamp")
    assert result.exit_code == 1
    assert f"guidance/{RULE}/rule.yaml" in result.output
    assert "guidance/classify/rule.yaml" in result.output
    assert not (copy / ".checked.json").exists()


def test_check_stamps_a_folder_without_faults_when_told_to(copy: Path) -> None:
    assert not stamp_is_valid(copy)
    assert run("check", str(copy), "--stamp").exit_code == 0
    assert stamp_is_valid(copy)
    (copy / "manifest.yaml").write_text((copy / "manifest.yaml").read_text("utf-8") + "\n", "utf-8")
    assert not stamp_is_valid(copy)


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A site's additions: one rule switched off."""
    place = tmp_path / "site"
    (place / "guidance" / RULE).mkdir(parents=True)
    (place / "site.yaml").write_text(
        "id: demo\nname: {en: Demo, ja: 架空}\nversion: 2026.1\nformat: 1\n", encoding="utf-8"
    )
    (place / "guidance" / RULE / "site.yaml").write_text("off: true\nbecause: a test\n", encoding="utf-8")
    return place


def test_check_tells_what_an_overlay_does(overlay: Path) -> None:
    result = run("check", "--overlay", str(overlay))
    assert result.exit_code == 0, result.output
    assert f"switched off: {RULE}: a test" in result.output
    assert "of 100 statements covered" in result.output
    (overlay / "guidance" / RULE / "site.yaml").write_text("off: true\n", encoding="utf-8")
    result = run("check", "--overlay", str(overlay))
    assert result.exit_code == 1
    assert f"overlay/guidance/{RULE}/site.yaml:1: " in result.output


def test_show_tells_what_a_site_says_of_a_rule(overlay: Path) -> None:
    result = run("show", RULE, "--overlay", str(overlay))
    assert result.exit_code == 0, result.output
    assert "switched off at this site: a test" in result.output


FILLED_MAP = """\
grid: {">50": [S, T, T, C]}
transcribed:
  - {by: One, on: 2026-01-01, from: a made-up figure}
  - {by: Two, on: 2026-01-02, from: a made-up figure}
"""


def test_show_and_book_answer_the_cases_of_the_base_with_a_filled_map(overlay: Path, tmp_path: Path) -> None:
    place = overlay / "guidance" / "first-line-map"
    place.mkdir()
    (place / "site.yaml").write_text(FILLED_MAP, encoding="utf-8")
    shown = run("show", "first-line-map", "--overlay", str(overlay))
    assert shown.exit_code == 0, shown.output
    assert "c-band-4-band-4" in shown.output
    printed = run("book", "--overlay", str(overlay), "--out", str(tmp_path / "book"))
    assert printed.exit_code == 0, printed.output
    assert "<td>C (map-cytotoxic)</td>" in (tmp_path / "book" / "first-line-map.html").read_text("utf-8")


def test_diff_new_and_book_do_what_they_say(copy: Path, tmp_path: Path) -> None:
    same = run("diff", str(copy), str(copy))
    assert same.exit_code == 0, same.output
    assert ": 0 of " in same.output
    begun = run("new", "a-new-rule", "--folder", str(copy))
    assert begun.exit_code == 0, begun.output
    assert "still to write" in run("check", str(copy)).output
    assert run("new", "a-new-rule", "--folder", str(copy)).exit_code == 1
    printed = run("book", "--out", str(tmp_path / "book"))
    assert printed.exit_code == 0, printed.output
    assert (tmp_path / "book" / f"{RULE}.html").is_file()
    assert run("schemas", "--out", str(tmp_path / "schemas")).exit_code == 0


@pytest.mark.parametrize(
    ("options", "words"), [((), "Question"), (("--ja",), "問い"), (("--on", "2026-01-15"), "2026-01-15")]
)
def test_show_prints_a_rule_for_a_clinician(options: tuple[str, ...], words: str) -> None:
    result = run("show", RULE, *options)
    assert result.exit_code == 0, result.output
    assert words in result.output
    assert RULE in result.output


@pytest.mark.parametrize(
    "words", [("show", "no-such-rule"), ("show",), ("show", RULE, "--on", "x"), ("nonsense",), ("serve", "--port", "0")]
)
def test_wrong_use_ends_with_2(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_config_check_says_what_is_set() -> None:
    result = run("config", "check", NENCDS_JURISDICTION="EU", NENCDS_LANGUAGE="ja")
    assert result.exit_code == 0
    assert "EU" in result.output
    assert "0 faults" in result.output


def test_config_check_prints_every_fault_and_ends_with_1() -> None:
    result = run("config", "check", NENCDS_NONSENSE="1", NENCDS_LANGUAGE="fr")
    assert result.exit_code == 1
    assert "NENCDS_NONSENSE" in result.output
    assert "NENCDS_LANGUAGE" in result.output
    assert "2 faults" in result.output


def test_db_upgrade_makes_the_database(tmp_path: Path) -> None:
    result = run("db", "upgrade", NENCDS_DATABASE_URL=f"sqlite:///{tmp_path}/new/nen.db")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "new" / "nen.db").is_file()


def test_demo_needs_a_fhir_server_to_start() -> None:
    assert run("demo", "--sekmet", "/nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("::", False),
        ("cds.example.org", False),
        ("10.0.0.1", False),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_without_authentication_the_service_listens_on_loopback_only(tmp_path: Path) -> None:
    ended = serve("--host", "0.0.0.0", cwd=tmp_path)
    assert ended.returncode == 1
    assert "loopback" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_an_error_that_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = serve("--port", str(taken.getsockname()[1]), cwd=tmp_path)
    assert ended.returncode == 1
    assert "is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"NENCDS_ENV": "production", "NENCDS_JURISDICTION": "JP"}, "later release"),
        ({"NENCDS_AUTH": "jwt"}, "later release"),
        ({"NENCDS_TYPO": "1"}, "NENCDS_TYPO"),
        ({"NENCDS_DATABASE_URL": "sqlite://"}, "in memory"),
    ],
)
def test_serve_refuses_settings_that_do_not_hold(tmp_path: Path, environ: dict[str, str], words: str) -> None:
    ended = serve("--port", str(free_port()), cwd=tmp_path, **environ)
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_is_wrong_with_the_knowledge_keeps_the_service_from_starting(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge_folder(), folder, ignore=WITHOUT_STAMP)
    cards = folder / "guidance" / "classify" / "cards.yaml"
    cards.write_text(
        cards.read_text(encoding="utf-8").replace("{grade|or-unclear}", "{no-such-fact}"), encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match="no-such-fact"):
        checked_knowledge(folder)


def test_a_stamped_folder_is_served_without_the_check_and_a_changed_one_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge_folder(), folder, ignore=WITHOUT_STAMP)
    table = folder / "guidance" / "sunitinib-outside-pancreas" / "rule.yaml"
    table.write_text(
        table.read_text(encoding="utf-8").replace("label_fit: within,", "label_fit: outside,"), encoding="utf-8"
    )
    write_stamp(folder, content_hash(folder), FORMAT)
    assert checked_knowledge(folder).rules  # two rows fit one patient: only the check, which the stamp spares, sees it
    table.write_text(table.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        checked_knowledge(folder)
