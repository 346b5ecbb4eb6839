"""Ways to break what rules share: drugs, evidence, facts, manifest, value sets."""

from __future__ import annotations

from tests.knowledge_base.mini import Break

DRUG = "drugs/alphatinib.yaml"
OTHER_DRUG = "drugs/betaplatin.yaml"
STUDY = "evidence/trial-a.yaml"
MANIFEST = "manifest.yaml"
FACTS = "facts.yaml"
GRADES = "classifications/who-2019-grade.yaml"
SYSTEMS = "value_sets/systems.yaml"
STATEMENTS = "statements.yaml"
GLOSSARY = "glossary.yaml"
SITES = "value_sets/primary-site.yaml"

BREAKS = {
    "a duplicate key": Break(DRUG, "group: targeted", "group: targeted\ngroup: other", "group: written twice", 1),
    "an unknown field": Break(DRUG, "group: targeted", "group: targeted\ndose: none", "dose: Unknown field", 1),
    "a missing field": Break(DRUG, "window_days: 60\n", "", "window_days: Missing data", -4),
    "no YAML at all": Break(DRUG, "group: targeted", "group: [targeted", "not YAML", 1),
    "a tag": Break(DRUG, "group: targeted", "group: !!python/name:os.system targeted", "a tag"),
    "an id that is not the file's name": Break(DRUG, "id: alphatinib", "id: gammatinib", "the id is gammatinib"),
    "a number that is none": Break(DRUG, "window_days: 60", "window_days: sixty", "a whole number"),
    "a truth value that is none": Break(
        DRUG, "window_days: 60", "window_days: 60\nreason_is_this_tumour: yes", "true or false", 1
    ),
    "a group that is none": Break(DRUG, "group: targeted", "group: magic", "magic is none of platinum"),
    "a form without words": Break(
        DRUG, "window_days: 60", "window_days: 60\nneeds_form: depot", "no words in form_words", 1
    ),
    "a code system nobody named": Break(
        DRUG, "system: made-up", "system: sct", "sct is not in value_sets/systems.yaml"
    ),
    "a month that is none": Break(DRUG, '"2012-08"', '"2012-13"', "2012-13 is no date"),
    "a date made up of words": Break(DRUG, '"2012-08"', "last summer", "last summer is no date"),
    "an approval without its wording": Break(
        DRUG, "wording: {en: made-up wording, ja: 架空の効能}, ", "", "needs its wording"
    ),
    "an approval of no known site": Break(DRUG, "sites: [pancreas]", "sites: [spleen]", "spleen is neither"),
    "an approval that asks for no word": Break(DRUG, "sites: [pancreas]", "sites: unclear", "unclear is not a word"),
    "an approval that leaves open what is no fact": Break(
        DRUG, "sites: [pancreas]", "unclear_for: {spleen: [well]}", "spleen"
    ),
    "an approval that leaves open what is no word": Break(
        DRUG, "sites: [pancreas]", "unclear_for: {differentiation: [middling]}", "middling is neither"
    ),
    "an approval without its source": Break(DRUG, "cite: label", "cite: lable", "lable is not among the cites"),
    "an approval in no jurisdiction": Break(DRUG, "  JP:", "  Japan:", "Japan is no jurisdiction"),
    "a refusal nobody checked": Break(OTHER_DRUG, 'last_check: "2026-01-01", ', "", "needs last_check"),
    "a refusal with conditions": Break(
        OTHER_DRUG, "not_approved: true", "not_approved: true, sites: [pancreas]", "has no conditions"
    ),
    "a text in one language": Break(
        STUDY, "population: {en: nobody, ja: なし}", "population: {en: nobody}", "the text in ja"
    ),
    "a third language": Break(STUDY, "ja: なし}", "ja: なし, fr: personne}", "fr: not a language"),
    "a value for no arm": Break(STUDY, 'nothing: "1.0"', 'something: "1.0"', "something is no arm"),
    "a figure with a citation that is not there": Break(
        STUDY, "    cite: nobody", "    cite: somebody", "somebody is not among"
    ),
    "a check of no figure": Break(STUDY, "figures: [pfs]", "figures: [os]", "os is no figure"),
    "half an interval": Break(STUDY, '["0.40", "0.60"]', '["0.40"]', "ci95"),
    "a citation that is no DOI": Break(STUDY, 'Nowhere"}', 'Nowhere", doi: 11.1/x}', "not a DOI"),
    "a rule that is not there": Break(
        MANIFEST, "  - map-of-squares", "  - map-of-circles", "no folder guidance/map-of-circles"
    ),
    "a rule twice": Break(MANIFEST, "  - what-is-missing", "  - map-of-squares", "map-of-squares is listed twice", 1),
    "another format": Break(MANIFEST, "format: 1", "format: 2", "reads format 1, not 2"),
    "a reason without words": Break(MANIFEST, "  too-old:", "  too-young:", "too-old has no words", None),
    "a fact of two kinds": Break(FACTS, "  date: true", "  date: true\n  drug: true", "exactly one of", None),
    "a fact that is none of the program's": Break(
        FACTS, "primary_site:\n", "primary_place:\n", "primary_place is not a fact of this program"
    ),
    "a fact of the program without words": Break(
        FACTS, "primary_site:\n", "primary_place:\n", "primary_site is a fact of this program", None
    ),
    "a word called any": Break(FACTS, "    nen: {", "    any: {", "any is not a word", -1),
    "a group of nothing known": Break(FACTS, "gep: [pancreas,", "gep: [pancreatic,", "pancreatic in group gep"),
    "a gap between two grades": Break(
        GRADES, '"3..20", mitoses', '"4..20", mitoses', "G2 does not begin where G1 ends"
    ),
    "two grades that overlap": Break(GRADES, 'ki67_percent: "<3"', 'ki67_percent: "<=3"', "G2 does not begin", 1),
    "one alias of two systems": Break(
        SYSTEMS, "  made-up: {", '  other: {uri: "urn:oid:1.2.3"}\n  made-up: {', "urn:oid:1.2.3 is other already", 1
    ),
    "a code of two meanings": Break(SITES, 'code: "2"', 'code: "1"', "means something else above"),
    "a phrase of two meanings": Break(
        SITES, "ja: [膵]}", "ja: [膵]}\n  - {means: stomach, ja: [膵]}", "means pancreas already", 1
    ),
    "a statement both carried and not": Break(
        STATEMENTS, "because: nothing here is real}", "rules: [x], because: y}", "or because none does"
    ),
    "a statement of no behaviour": Break(STATEMENTS, "behaviour: info", "behaviour: shout", "shout is none of"),
    "a statement of no number": Break(STATEMENTS, "A002:", "B2:", "not a name of the form"),
    "a term that asks nothing": Break(GLOSSARY, ", never: [魔法薬]", "", "are expected here"),
    "a word of two terms": Break(GLOSSARY, "[wonder drug]", "[Primary]", "Primary is primary already"),
    "a rendering right and wrong": Break(
        GLOSSARY, "never: [元の腫瘍]", "never: [原発]", "原発 is both right and wrong"
    ),
    "a range that runs backwards": Break(SITES, "to: A09", "to: A", "A00 comes after A"),
}
