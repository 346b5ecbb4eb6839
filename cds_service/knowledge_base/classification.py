"""classifications/who-2019-grade.yaml: the published cut points."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from marshmallow import ValidationError, fields

from ..domain.grading import GRADES, Bands
from ..domain.interval import Interval
from .fields import Named, Strict, a_text
from .provenance import CheckedSchema
from .reading import Shelf

FILE = "classifications/who-2019-grade.yaml"
INDICES = ("ki67_percent", "mitoses_per_2mm2")


class IntervalField(fields.Field[Interval]):
    """An interval as cells write it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Interval:
        try:
            return Interval.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from None


class BandSchema(Strict):
    ki67_percent = IntervalField(required=True)
    mitoses_per_2mm2 = IntervalField(required=True)


class GradeSchema(Strict):
    id = a_text()
    cite = a_text()
    applies_to = a_text()
    grades = Named(fields.Nested(BandSchema), names="|".join(GRADES), required=True)
    checked = fields.List(fields.Nested(CheckedSchema), required=True)


def read_grade_bands(shelf: Shelf) -> Bands:
    """Grade -> index -> interval. The bands of an index leave no gap and do not overlap."""
    found = shelf.check(FILE, GradeSchema())
    if found is None or not shelf.name_fits(FILE, found["id"], "who-2019-grade"):
        return {}
    bands: Bands = found["grades"]
    if missing := [grade for grade in GRADES if grade not in bands]:
        shelf.fault(FILE, ("grades",), f"grades: {', '.join(missing)} is missing")
        return {}
    for index in INDICES:
        for lower, higher in pairwise(GRADES):
            if not _adjoin(bands[lower][index], bands[higher][index]):
                shelf.fault(FILE, ("grades", higher, index), f"{index}: {higher} does not begin where {lower} ends")
    return bands


def _adjoin(lower: Interval, higher: Interval) -> bool:
    """True when nothing lies between the two and nothing in both; 2 and 3 with `<3` and `3..20` do."""
    return lower.high is not None and lower.high == higher.low and lower.high_closed is not higher.low_closed
