"""What the service says of itself, and the templates it publishes."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from cds_service.hooks.services import SERVICES, TEMPLATES, discovery
from tests.hooks.calls import PATHS, RECTAL, body_of, call

TOKEN = re.compile(r"\{\{(.*?)\}\}")


@pytest.mark.parametrize("path", ["/cds-services", "/cds-services/"])
def test_discovery_answers_with_and_without_a_slash_at_the_end(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert [service["id"] for service in body_of(answer)["services"]] == [
        "nen-patient-view",
        "nen-order-select",
        "nen-order-sign",
    ]


def test_each_service_tells_id_hook_title_description_version_and_use() -> None:
    for service in discovery()["services"]:
        assert service["id"] == f"nen-{service['hook']}"
        assert all(isinstance(service[name], str) and service[name] for name in ("title", "description"))
        assert "FHIR R4" in service["usageRequirements"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", service["version"])


def test_no_hook_version_is_claimed_while_the_published_ones_disagree() -> None:
    assert all("hookVersion" not in service for service in discovery()["services"])


@pytest.mark.parametrize("hook", PATHS)
def test_the_published_id_is_the_path_of_the_service(client: FlaskClient, hook: str) -> None:
    assert client.post(PATHS[hook], json=call(hook)).status_code == 200


def test_prefetch_is_an_object_of_query_strings() -> None:
    for service in discovery()["services"]:
        assert service["prefetch"]
        assert all(isinstance(query, str) for query in service["prefetch"].values())


def test_every_template_is_a_relative_read_or_search() -> None:
    for template in TEMPLATES:
        assert re.fullmatch(rf"{template.type}(/|\?patient=)\{{\{{context\.patientId\}}\}}", template.query)


def test_tokens_are_delimited_and_name_a_context_field() -> None:
    for template in TEMPLATES:
        assert TOKEN.findall(template.query) == ["context.patientId"]
        assert "{" not in TOKEN.sub("", template.query)


def test_no_search_filters_away_a_record_or_cuts_the_bundle() -> None:
    for template in TEMPLATES:
        assert not re.search(r"_count|_sort|status|date|category|_include|_has|:", template.query.split("}}")[1])


def test_only_the_conditions_are_required() -> None:
    assert [template.key for template in TEMPLATES if template.required] == ["conditions"]
    assert all(service.templates == TEMPLATES for service in SERVICES)


def test_discovery_asks_for_no_token_and_says_nothing_of_a_patient(client: FlaskClient) -> None:
    assert RECTAL not in client.get("/cds-services").text
