"""A new rule as a folder of questions: `check` names each one until it is answered."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import Fault, KnowledgeError
from ..knowledge_base import UNWRITTEN

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LISTED = re.compile(r"^rules:\n(?:  - \S+\n)+", re.MULTILINE)

RULE = """\
id: RULE
status: draft                        # active once every statement is traced to a source that was read
title:
  en: "WRITE what this rule is about, in a few words"
  ja: "WRITE the same in Japanese"
question: "WRITE the one question this rule asks of a patient or an order"
asked_at: [order-select, order-sign]
evidence:
  for: ["WRITE the studies in evidence/ that speak for it"]
  against: ["WRITE those that speak against it, or leave the list empty"]

# Considered only where every fact here is known and fits.
applies_when:
  ordered_drug: "WRITE the drug or the group of drugs; at patient-view take this out"

# Exactly one row fits any patient, `unclear` included. At most five inputs.
table:
  inputs: [differentiation]
  rows:
    - {row: silent, differentiation: [poor, mixed], say: nothing, because: "WRITE why silence is right here"}
    - {row: speaks, differentiation: well, say: speaks}
    - {row: unclear, differentiation: unclear, say: which-differentiation}

reviewed: []
review_due: "WRITE the month in which somebody looks again, as 2027-01"
"""
CARDS = """\
speaks:
  verdict: context                   # supports, context, ask, or against (which is warning or critical)
  indicator: info
  source: "WRITE the study this card cites first"
  summary:
    en: "WRITE one sentence under the limit: what is wrong or worth knowing for this patient"
    ja: "WRITE the same in natural clinical Japanese"
  detail:
    en: "WRITE a few bullets: why for this patient, figures by name as {study.figure}, what instead, approval here"
    ja: "WRITE the same in Japanese"
  override_reasons: [mdt-decision, not-this-patient]

which-differentiation:
  verdict: ask
  asks: differentiation
  indicator: info
  source: "WRITE the study this card cites"
  summary:
    en: "WRITE which fact is missing and why it matters here"
    ja: "WRITE the same in Japanese"
  detail:
    en: "WRITE what would settle it ({differentiation.why})"
    ja: "WRITE the same in Japanese"
  suggest: ["?path"]
  override_reasons: [pathology-or-results-pending, not-this-patient]
"""
CASES = """\
# Silent cases first: out of scope by each fact of the scope, another disease, a continuation. Then each row, each cut
# on both sides and on it, each unclear.
- case: "WRITE a patient of whom this rule says nothing"
  on: "WRITE the day the order is written, as 2026-01-15"
  given: {diagnosis: nen, differentiation: poor}
  expect: {row: silent, say: nothing}
  why: "WRITE why silence is the right answer"

- case: "WRITE a patient of whom it speaks"
  on: "WRITE the day"
  given: {diagnosis: nen, differentiation: well}
  expect: {row: speaks, say: speaks}
  why: "WRITE why"
"""


def new_rule(folder: Path, name: str) -> list[Path]:
    """Write the skeleton of a rule and list it in the manifest; raises KnowledgeError where there is one already."""
    place, manifest = folder / "guidance" / name, folder / "manifest.yaml"
    text = manifest.read_text(encoding="utf-8") if manifest.is_file() else ""
    listed = _LISTED.search(text)
    wrong = _wrong(name, place, bool(listed))
    if wrong or listed is None:
        raise KnowledgeError([Fault(f"guidance/{name}", None, wrong)])
    place.mkdir(parents=True)
    written = []
    for file, content in (("rule.yaml", RULE), ("cards.yaml", CARDS), ("cases.yaml", CASES)):
        path = place / file
        path.write_text(content.replace("RULE", name).replace("WRITE", UNWRITTEN), encoding="utf-8")
        written.append(path)
    manifest.write_text(f"{text[: listed.end()]}  - {name}\n{text[listed.end() :]}", encoding="utf-8")
    return written


def _wrong(name: str, place: Path, has_manifest: bool) -> str:
    if not ID.fullmatch(name):
        return "a rule is named in lower case with hyphens, as platinum-on-net-g3"
    if place.exists():
        return "there is such a rule already"
    return "" if has_manifest else "there is no manifest.yaml with a list of rules beside it"
