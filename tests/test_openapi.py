"""openapi.yaml is valid, names exactly the routes there are, and says the truth about every answer."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from flask import Flask
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance
from schemathesis.generation import GenerationMode

from cds_service.app import create_app
from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.harness.patients import demo_patients
from cds_service.hooks.services import BY_ID, discovery
from cds_service.hooks.wire import MAX_BODY
from cds_service.ledger.store import Ledger, upgrade
from cds_service.settings import Settings
from tests.hooks.calls import ON, PATHS, body_of, call, tried, with_context

DESCRIPTION = Path(__file__).parents[1] / "openapi.yaml"
EXAMPLES = os.environ.get("NENCDS_TEST_EXAMPLES")
OURS = ("hooks.", "health.")  # the other routes are pages for people
OPERATIONS = [
    (path, method, kind)
    for path, operations in yaml.safe_load(DESCRIPTION.read_text("utf-8"))["paths"].items()
    for method, kinds in (("get", [GenerationMode.POSITIVE]), ("post", list(GenerationMode)))
    for kind in kinds
    if method in operations
]
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def description() -> Json:
    found: Json = yaml.safe_load(DESCRIPTION.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def app(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    url = f"sqlite:///{tmp_path_factory.mktemp('openapi')}/ledger.db"
    upgrade(url)
    return create_app(Settings(on=ON), knowledge=knowledge, store=Ledger(url))


def validator(description: Json, name: str) -> Draft202012Validator:
    """A validator of one schema of the description."""
    whole = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    return Draft202012Validator(whole, format_checker=FormatChecker())


def paths_of(template: str) -> set[str]:
    """A path of the description with its parameters filled."""
    return {template.replace("{id}", one) for one in BY_ID}


def test_the_description_is_valid_openapi(description: Json) -> None:
    validate(description)
    assert description["openapi"].startswith("3.1")


def test_the_description_is_served_as_it_is_written(app: Flask) -> None:
    answer = app.test_client().get("/openapi.yaml")
    assert answer.data == DESCRIPTION.read_bytes()
    assert answer.content_type == "application/yaml"


def test_every_path_of_the_description_leads_to_a_route(app: Flask, description: Json) -> None:
    routes = app.url_map.bind("localhost")
    for template, operations in description["paths"].items():
        for method in METHODS & {name.upper() for name in operations}:
            for path in paths_of(template):
                endpoint, _ = routes.match(path, method=method)
                assert endpoint.startswith(OURS)


def test_every_route_for_machines_is_in_the_description(app: Flask, description: Json) -> None:
    routes = app.url_map.bind("localhost")
    described = {
        (routes.match(path, method=method)[0], method)
        for template, operations in description["paths"].items()
        for method in METHODS & {name.upper() for name in operations}
        for path in paths_of(template)
    }
    ours = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(OURS)]
    assert {(rule.endpoint, method) for rule in ours for method in METHODS & (rule.methods or set())} == described


def test_every_service_has_its_path_and_every_path_its_service(description: Json) -> None:
    found = {
        path.rsplit("/", 1)[1] for path in description["paths"] if re.fullmatch(r"/cds-services/nen-[a-z-]+", path)
    }
    assert found == set(BY_ID)
    feedback = description["paths"]["/cds-services/{id}/feedback"]["parameters"][0]["schema"]["enum"]
    assert set(feedback) == set(BY_ID)


def test_the_version_is_that_of_the_package(description: Json) -> None:
    project = Path(__file__).parents[1] / "pyproject.toml"
    assert f'version = "{description["info"]["version"]}"' in project.read_text("utf-8")


def test_the_cap_on_the_body_is_told(description: Json) -> None:
    told = description["components"]["responses"]["TooLarge"]["description"]
    assert f"{MAX_BODY // 1024**2} MB" in told


def test_the_examples_are_what_they_are_examples_of(app: Flask, description: Json) -> None:
    client = app.test_client()
    for name, hook in (
        ("PatientViewCall", "patient-view"),
        ("OrderSelectCall", "order-select"),
        ("OrderSignCall", "order-sign"),
    ):
        for example in description["components"]["schemas"][name]["examples"]:
            validator(description, name).validate(example)
            assert client.post(PATHS[hook], json=example).status_code == 200
    for example in description["components"]["schemas"]["Feedback"]["examples"]:
        validator(description, "Feedback").validate(example)
        assert client.post(f"{PATHS['patient-view']}/feedback", json=example).status_code == 200


def test_discovery_is_as_described(description: Json) -> None:
    validator(description, "Discovery").validate(discovery())


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_answer_to_the_synthetic_patients_is_as_described(
    app: Flask, description: Json, knowledge: Knowledge, language: str
) -> None:
    client, described, seen = app.test_client(), validator(description, "Answer"), 0
    for patient in demo_patients():
        bodies = [call("patient-view", patient.id)]
        bodies += [
            with_context(call("order-sign", patient.id), draftOrders=orders)
            for orders in tried(patient, knowledge.drugs)
        ]
        for body in bodies:
            answer = client.post(PATHS[body["hook"]], json=body, headers={"Accept-Language": language})
            described.validate(answer.json)
            seen += len(body_of(answer)["cards"])
    assert seen > len(demo_patients())


@pytest.fixture(scope="module")
def api(app: Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.yaml", app)


@pytest.mark.parametrize(("path", "method", "kind"), OPERATIONS)
def test_whatever_is_sent_is_answered_as_described(api: Any, path: str, method: str, kind: GenerationMode) -> None:
    """Not held to answering every described body with 200: most made-up patients have no conditions, which is 412."""

    @given(case=api[path][method].as_strategy(generation_mode=kind))
    @settings(
        max_examples=int(EXAMPLES or 15),
        derandomize=not EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: Case[Any]) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    holds()
