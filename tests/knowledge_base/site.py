"""A small overlay that is good, for the small folder that is good."""

from __future__ import annotations

from pathlib import Path

RULE = "guidance/alphatinib-outside-pancreas/site.yaml"
MAP = "guidance/map-of-squares/site.yaml"
DRUG = "drugs/alphatinib.yaml"
CODES = "value_sets/primary-site.yaml"
SYSTEMS = "value_sets/systems.yaml"
SITE = "site.yaml"

FILES = {
    SITE: """\
id: made-up-hospital
name: {en: Made-up Hospital, ja: 架空病院}
version: 2026.1
format: 1
""",
    RULE: """\
reviewed:
  - {by: One, role: oncologist, on: 2026-02-01, version: VERSION}
""",
    "guidance/what-is-missing/site.yaml": """\
off: true
because: this site asks elsewhere
""",
    MAP: """\
grid:
  ">30": [_, T, T]
  "<30": [S, S, _]
transcribed:
  - {by: One, on: 2026-01-01, from: a figure}
  - {by: Two, on: 2026-01-02, from: a figure}
""",
    DRUG: """\
approvals:
  US:
    - {since: "2020-01-05", sites: [rectum], wording: {en: rectum, ja: 直腸}, cite: local-label}
codes:
  - {system: local, code: D1, means: product}
cites:
  local-label: {text: a label this site read}
checked:
  - {what: all, against: the label, by: One, on: "2026-01-01"}
""",
    CODES: """\
codes:
  - {system: local, code: P1, means: pancreas}
words:
  - {means: pancreas, ja: [膵臓部]}
""",
    SYSTEMS: """\
systems:
  local: {uri: "http://hospital.example/codes", also: ["urn:oid:9.9.9"]}
""",
}


def good_overlay(place: Path, version: str, *only: str) -> Path:
    """The overlay below this place, or only these of its files beside site.yaml."""
    overlay = place / "site"
    for name, text in FILES.items():
        if not only or name in (SITE, *only):
            path = overlay / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("VERSION", version), encoding="utf-8")
    return overlay
