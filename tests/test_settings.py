"""The environment in, one Settings or every fault out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cds_service.errors import SettingsError
from cds_service.settings import READERS, ServerAddress, Settings, read_settings

REFERENCE_PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


def faults(**environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as refused:
        read_settings(environ)
    return refused.value.faults


def test_an_empty_environment_is_development_in_japan_without_a_fhir_server() -> None:
    assert read_settings({}) == Settings()
    assert Settings().jurisdiction == "JP"
    assert not Settings().production


def test_every_setting_that_works_is_read() -> None:
    settings = read_settings(
        {
            "NENCDS_JURISDICTION": "EU",
            "NENCDS_LANGUAGE": "ja",
            "NENCDS_AUTH": "off",
            "NENCDS_PUBLIC_URL": "https://cds.example.org/",
            "NENCDS_FHIR_SERVERS": "https://ehr.example.org/fhir, http://127.0.0.1:8091/fhir;open",
            "NENCDS_CORS_ORIGINS": "https://ehr.example.org,http://localhost:8080",
            "NENCDS_DATABASE_URL": "postgresql://nen@db/nen",
            "NENCDS_TIMEZONE": "Asia/Tokyo",
            "NENCDS_ON": "2026-01-15",
            "NENCDS_REQUIRE_REVIEW": "0",
        }
    )
    assert settings == Settings(
        jurisdiction="EU",
        language="ja",
        public_url="https://cds.example.org",
        fhir_servers=(
            ServerAddress("https://ehr.example.org/fhir"),
            ServerAddress("http://127.0.0.1:8091/fhir", open=True),
        ),
        cors_origins=("https://ehr.example.org", "http://localhost:8080"),
        database_url="postgresql://nen@db/nen",
        timezone=ZoneInfo("Asia/Tokyo"),
        on=date(2026, 1, 15),
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({"NENCDS_CORS_ORIGINS": "", "NENCDS_OVERLAY": " "}) == Settings()


def test_an_unknown_variable_is_an_error_and_all_faults_come_at_once() -> None:
    told = faults(NENCDS_LANGAUGE="ja", NENCDS_LANGUAGE="fr", NENCDS_TIMEZONE="Asia")
    assert [fault.split(":")[0].split(" ")[0] for fault in told] == [
        "NENCDS_LANGAUGE",
        "NENCDS_LANGUAGE",
        "NENCDS_TIMEZONE",
    ]


def test_a_variable_of_the_test_suite_is_none_of_the_service() -> None:
    assert read_settings({"NENCDS_TEST_EXAMPLES": "1000"}) == Settings()


@pytest.mark.parametrize("name", ["NENCDS_CLIENTS", "NENCDS_AUDIT"])
def test_what_is_not_built_yet_is_refused_instead_of_passed_over(name: str) -> None:
    assert "not built yet" in faults(**{name: "strict"})[0]


def test_the_overlay_is_a_folder_and_review_a_switch(tmp_path: Path) -> None:
    settings = read_settings({"NENCDS_OVERLAY": str(tmp_path), "NENCDS_REQUIRE_REVIEW": "1"})
    assert (settings.overlay, settings.require_review) == (tmp_path, True)
    assert faults(NENCDS_OVERLAY=str(tmp_path / "nowhere"))[0] == "NENCDS_OVERLAY: is not a folder of this machine"
    assert faults(NENCDS_REQUIRE_REVIEW="yes")[0] == "NENCDS_REQUIRE_REVIEW: is 0 or 1"


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*.example.org",
        "https://ehr.example.org/",
        "https://ehr.example.org/path",
        "https://EHR.example.org",
        "ehr.example.org",
        "null",
        "https://ehr.example.org|https://x",
        "https://[::1]:8080",
        "https://user@ehr.example.org",
        "^https://.*$",
    ],
)
def test_an_origin_that_is_no_exact_origin_is_refused(origin: str) -> None:
    assert faults(NENCDS_CORS_ORIGINS=origin)[0].startswith("NENCDS_CORS_ORIGINS")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://ehr.example.org/fhir",
        "ehr.example.org/fhir",
        "https://",
        "https://user:pass@ehr.example.org/fhir",
        "https://ehr.example.org/fhir?x=1",
        "https://ehr.example.org/fhir#x",
        "https://ehr.example.org\\fhir",
        "https://ehr.example.org/fhir;closed",
        "https://еhr.example.org/fhir",
        "https://ehr.example.org:99999/fhir",
        "https://a.example/fhir,https://a.example/fhir;open",
    ],
)
def test_a_server_address_that_parsers_could_read_in_two_ways_is_refused(address: str) -> None:
    assert faults(NENCDS_FHIR_SERVERS=address)[0].startswith("NENCDS_FHIR_SERVERS")


@pytest.mark.parametrize("day", ["2026-13-01", "20260115", "2026-W03-4", "today"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    assert faults(NENCDS_ON=day)[0].startswith("NENCDS_ON")


@pytest.mark.parametrize("url", ["mysql://db/nen", "nen.db", "sqlite"])
def test_a_database_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    told = faults(NENCDS_DATABASE_URL=f"{url}?password=CANARY")
    assert told[0].startswith("NENCDS_DATABASE_URL")
    assert "CANARY" not in told[0]


def test_tokens_are_refused_until_they_are_built() -> None:
    assert "later release" in faults(NENCDS_AUTH="jwt")[0]


def test_production_names_its_country_and_has_no_authentication_yet() -> None:
    told = faults(NENCDS_ENV="production")
    assert any("NENCDS_JURISDICTION is required" in fault for fault in told)
    assert any("later release" in fault for fault in told)


def test_production_behind_a_trusted_neighbour_starts() -> None:
    settings = read_settings({"NENCDS_ENV": "production", "NENCDS_JURISDICTION": "US", "NENCDS_AUTH": "off"})
    assert settings.production
    assert settings.jurisdiction == "US"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NENCDS_FHIR_SERVERS", "http://ehr.example.org/fhir"),
        ("NENCDS_PUBLIC_URL", "http://cds.example.org"),
        ("NENCDS_CORS_ORIGINS", "http://ehr.example.org"),
        ("NENCDS_ON", "2026-01-15"),
        ("FLASK_DEBUG", "1"),
    ],
)
def test_production_refuses_what_development_allows(name: str, value: str) -> None:
    production = {"NENCDS_ENV": "production", "NENCDS_JURISDICTION": "US", "NENCDS_AUTH": "off"}
    assert [fault.split(":")[0].split(" ")[0] for fault in faults(**production, **{name: value})] == [name]
    assert read_settings({name: value})


def test_the_reference_page_lists_exactly_the_settings_there_are() -> None:
    rows = re.findall(r"^\| `(NENCDS_\w+)` \| (.+) \| (.+) \|$", REFERENCE_PAGE.read_text("utf-8"), re.MULTILINE)
    assert [name for name, _, _ in rows] == list(dict.fromkeys(name for name, _, _ in rows))
    assert {name for name, _, _ in rows} == set(READERS)


def test_the_reference_page_tells_the_defaults_there_are() -> None:
    page = REFERENCE_PAGE.read_text("utf-8")
    defaults = dict(re.findall(r"^\| `(NENCDS_\w+)` \|.*\| `([^`|]+)`[^|]*\|$", page, re.MULTILINE))
    fields = {READERS[name][0]: READERS[name][1](text) for name, text in defaults.items() if "//host" not in text}
    assert len(fields.keys() - {""}) >= 6
    for field in fields.keys() - {""}:
        assert str(fields[field]) == str(getattr(Settings(), field))
