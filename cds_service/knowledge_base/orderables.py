"""tests.yaml and override_reasons.yaml: what a card can offer to order, and the reasons for not following it."""

from __future__ import annotations

from marshmallow import fields

from ..domain.facts import FACTS
from ..domain.knowledge import OverrideReason, Test
from .fields import ID, Named, Pair, Strict, a_text, one_of
from .reading import Shelf
from .value_sets import Systems, system_uri

TESTS = "tests.yaml"
REASONS = "override_reasons.yaml"


class TestSchema(Strict):
    label = Pair(required=True)
    system = a_text()
    code = a_text()
    answers = one_of("", *FACTS, load_default="")


class ReasonSchema(Strict):
    code = a_text()
    display = a_text()
    ja = a_text()


ALL_TESTS = Named(fields.Nested(TestSchema), names=ID)
ALL_REASONS = Named(fields.Nested(ReasonSchema), names=ID)


def read_tests(shelf: Shelf, systems: Systems) -> dict[str, Test]:
    """Every investigation by its id."""
    found = shelf.check(TESTS, ALL_TESTS) or {}
    uris = {name: system_uri(test["system"], systems, shelf, TESTS, (name, "system")) for name, test in found.items()}
    return {name: Test(name, test["label"], uris[name], test["code"], test["answers"]) for name, test in found.items()}


def read_override_reasons(shelf: Shelf) -> dict[str, OverrideReason]:
    """Every reason by its id."""
    found = shelf.check(REASONS, ALL_REASONS) or {}
    return {name: OverrideReason(name, **reason) for name, reason in found.items()}
