"""What every rule asks before its own conditions (rules/scope.py), in a sentence for the reader of its page."""

from __future__ import annotations

from ...domain.knowledge import Rule


def gates_of(rule: Rule) -> str:
    """Which patients and orders the rule is silent about, whatever its table says."""
    asked = ["a neuroendocrine neoplasm on record"]
    if any(hook.startswith("order") for hook in rule.asked_at):
        asked += _order_gates(rule)
    return f"For every patient: {'; '.join(asked)}."


def _order_gates(rule: Rule) -> list[str]:
    found = ["not ordered for another disease"]
    if not (rule.label_rule or "site" in rule.lift or "primary_site" in rule.applies_when):
        found.append("primary in the digestive tract or pancreas, or unclear")
    if not (rule.label_rule or "setting" in rule.lift or "treatment_setting" in rule.applies_when):
        found.append("not around a resection")
    if rule.continuation_speaks or rule.label_rule:
        return [*found, "also where treatment goes on"]
    return [*found, "not where treatment goes on"]
