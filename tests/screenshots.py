"""Take the pictures of docs/pictures from the running sandbox: python -m tests.screenshots"""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from tests.scenarios.browser import photograph
from tests.scenarios.world import running_world

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
RECTUM = {"patient": "nen-demo-rectum-g2", "hook": "order-select", "drug": "sunitinib"}
NET_G3 = {"patient": "nen-demo-pancreas-net-g3", "hook": "order-sign", "drug": "carboplatin"}
SPARSE = {"patient": "nen-demo-sparse", "hook": "patient-view"}
SILENT = {"patient": "nen-demo-pancreas-nec", "hook": "order-select", "drug": "carboplatin"}
SHOTS = {
    "carboplatin-net-g3-en": (NET_G3, "en", 1280, 1480),
    "carboplatin-net-g3-ja": (NET_G3, "ja", 1280, 1400),
    "missing-facts-en": (SPARSE, "en", 1280, 1100),
    "silence-en": (SILENT, "en", 1280, 720),
    "sunitinib-rectum-ja": (RECTUM, "ja", 900, 1500),
}


def take_all() -> None:
    """Every picture, of servers that are started for it and ended after it."""
    with tempfile.TemporaryDirectory(prefix="nen-cds-pictures-") as folder, running_world(Path(folder)) as world:
        for name, (chosen, language, width, height) in SHOTS.items():
            address = f"{world.service}/sandbox?{urlencode({**chosen, 'lang': language, 'send': '1'})}"
            photograph(address, PICTURES / f"{name}.png", width, height)


if __name__ == "__main__":
    take_all()
