"""docker-compose.yml is a demonstration that would start: read as a file, and by docker-compose itself."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from cds_service.settings import READERS, read_settings
from tests.needs import needs_program, program

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
TEXT = COMPOSE.read_text(encoding="utf-8")
OUR_IMAGE = "nen-cds:0.1.0"
EXACT = re.compile(r"[a-z/-]+:v?\d+\.\d+(\.\d+)?(-[a-z0-9]+)*")
A_PAGE = re.compile(r"# https://github\.com/\S+\n\s+image: ")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services as the file says them."""
    read: dict[str, Any] = yaml.safe_load(TEXT)
    assert "name" not in read  # Debian's docker-compose does not know it
    found: dict[str, Any] = read["services"]
    return found


def test_every_setting_is_one_that_the_service_knows(services: dict[str, Any]) -> None:
    named = {name for service in services.values() for name in service.get("environment", {}) if "NENCDS" in name}
    assert named
    assert named - set(READERS) == set()


def test_the_settings_are_accepted_together(services: dict[str, Any]) -> None:
    environment = {
        name: re.sub(r"\$\{\w+:-(\w+)\}", r"\1", text) for name, text in services["nen-cds"]["environment"].items()
    }
    settings = read_settings(environment)
    assert settings.auth == "off"
    assert not settings.production
    assert [server.base for server in settings.fhir_servers] == ["http://fhir:8080/fhir"]
    assert services["migrate"]["environment"] == services["nen-cds"]["environment"]


def test_the_service_listens_on_loopback_and_only_the_proxy_reaches_it(services: dict[str, Any]) -> None:
    command = services["nen-cds"]["command"]
    assert command[: command.index("--port")] == ["serve", "--host", "127.0.0.1"]
    assert services["proxy"]["network_mode"] == "service:nen-cds"
    assert "ports" not in services["proxy"]


def test_nothing_is_published_beyond_this_machine(services: dict[str, Any]) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert [port for port in published if not port.startswith("127.0.0.1:")] == []
    assert not any("network_mode: host" in line for line in TEXT.splitlines())


def test_it_says_that_it_is_a_demonstration() -> None:
    assert TEXT.startswith("# A DEMONSTRATION")


def test_every_image_is_an_exact_version_with_a_page_that_shows_it(services: dict[str, Any]) -> None:
    theirs = {name: service["image"] for name, service in services.items() if service["image"] != OUR_IMAGE}
    assert set(theirs) == {"proxy", "database", "fhir"}
    assert [image for image in theirs.values() if not EXACT.fullmatch(image)] == []
    assert len(A_PAGE.findall(TEXT)) == len(theirs)


def test_the_image_of_the_service_is_built_on_an_exact_version() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert EXACT.fullmatch(bases[0])
    assert "https://github.com/docker-library/repo-info/blob/" in dockerfile
    assert re.search(r"^USER (?!root|0\b)", dockerfile, re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile


def test_no_secret_stands_in_the_file(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert value.startswith("${POSTGRES_PASSWORD:?")
    [address] = {service["environment"]["NENCDS_DATABASE_URL"] for service in services.values() if _is_ours(service)}
    assert re.fullmatch(r"postgresql://nencds:\$\{POSTGRES_PASSWORD:\?[^}]+\}@database/nencds", address)


def _is_ours(service: dict[str, Any]) -> bool:
    return bool(service["image"] == OUR_IMAGE)


def test_the_fhir_server_is_started_only_when_asked_for_and_gives_its_name_in_links(services: dict[str, Any]) -> None:
    assert services["fhir"]["profiles"] == ["demo"]
    assert services["fhir"]["environment"]["hapi.fhir.server_address"] == "http://fhir:8080/fhir"
    assert services["fhir"]["environment"]["hapi.fhir.fhir_version"] == "R4"


def test_the_schema_is_made_before_the_service_starts(services: dict[str, Any]) -> None:
    assert services["migrate"]["command"] == ["db", "upgrade"]
    assert services["nen-cds"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_what_the_image_is_built_from_is_not_kept_out_of_it() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert [name for name in sorted(kept) if not (ROOT / name).exists()] == []
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in ("README.md", "LICENSE", "NOTICE", "hatch_build.py", "openapi.yaml", "knowledge"):
        assert name in project
        assert name in kept


@needs_program("docker-compose")
@pytest.mark.parametrize("profile", [[], ["--profile", "demo"]], ids=["alone", "demo"])
def test_docker_compose_accepts_the_file(profile: list[str]) -> None:
    assert _compose(profile, {"POSTGRES_PASSWORD": "x"}).returncode == 0


@needs_program("docker-compose")
def test_docker_compose_asks_for_the_password() -> None:
    done = _compose([], {})
    assert done.returncode != 0
    assert "choose a password" in done.stderr


def _compose(profile: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [program("docker-compose"), "-f", str(COMPOSE), *profile, "config", "-q"]
    clean = {name: text for name, text in os.environ.items() if name != "POSTGRES_PASSWORD"}
    return subprocess.run(command, env=clean | environment, cwd=ROOT, capture_output=True, text=True, timeout=60)
