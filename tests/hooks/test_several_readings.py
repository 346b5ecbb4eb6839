"""On a card each of several Ki-67 readings stands with its date, specimen and organ."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from tests.hooks.calls import INSTANCE, USER
from tests.mappers.parts import condition
from tests.mappers.test_specimens import BIOPSY, NEWER_HIGHER, RESECTION, of
from tests.mappers.whole_record import prefetched

RECORD = (BIOPSY, RESECTION, of("s1", 25, "k1", "2025-01-10"), of("s2", 8, "k2", "2025-06-01"))


def card(client: FlaskClient, resources: tuple[Json, ...], language: str) -> str:
    body = {
        "hook": "patient-view",
        "hookInstance": INSTANCE,
        "context": {"patientId": "p1", "userId": USER},
        "prefetch": prefetched([condition("nen"), *resources]),
    }
    answer = client.post("/cds-services/nen-patient-view", json=body, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    found: str = "\n".join(one["detail"] for one in answer.get_json()["cards"])
    return found


@pytest.mark.parametrize(
    ("resources", "language", "said"),
    [
        (RECORD, "en", "Ki-67 on record: 8% (2025-06-01, resection specimen), 25% (2025-01-10, biopsy, liver)"),
        (RECORD, "ja", "Ki-67の記録：8%（2025-06-01、切除標本）、25%（2025-01-10、生検、肝臓）"),
        (
            NEWER_HIGHER,
            "en",
            "Ki-67: 8% (2025-06-01, resection specimen, also on record: 2% (2025-01-10, biopsy, liver))",
        ),
        (NEWER_HIGHER, "ja", "Ki-67：8%（2025-06-01、切除標本、他の記録値：2%（2025-01-10、生検、肝臓））"),
    ],
)
def test_the_card_shows_specimen_organ_and_date(
    client: FlaskClient, resources: tuple[Json, ...], language: str, said: str
) -> None:
    assert said in card(client, resources, language)
