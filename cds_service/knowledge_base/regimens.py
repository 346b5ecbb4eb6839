"""regimens.yaml: what is given together under one name."""

from __future__ import annotations

from collections.abc import Collection

from marshmallow import fields

from ..domain.knowledge import Regimen
from .fields import ID, Named, Pair, Strict, texts
from .reading import Shelf

FILE = "regimens.yaml"


class RegimenSchema(Strict):
    names = Pair(required=True)
    drugs = texts(required=True)


REGIMENS = Named(fields.Nested(RegimenSchema), names=ID)


def read_regimens(shelf: Shelf, drugs: Collection[str] | None) -> dict[str, Regimen]:
    """Every regimen by its id; a drug that drugs/ does not hold is a fault, unless drugs/ itself could not be read."""
    found = shelf.check(FILE, REGIMENS) or {}
    for name, regimen in found.items():
        if name in (drugs or ()):
            shelf.fault(FILE, (name,), f"{name} is the name of a drug")
        for place, drug in enumerate(regimen["drugs"]):
            if drugs is not None and drug not in drugs:
                shelf.fault(FILE, (name, "drugs", place), f"drugs: {drug} is no drug of drugs/")
    return {name: Regimen(name, each["names"], tuple(each["drugs"])) for name, each in found.items()}
