"""The closed list of what a rule may ask (rules.md section 1), by where each answer comes from.

A fact of RECORD is read from the chart by mappers/ and is a field of Case. Every other fact is a function of
rules/facts.py, computed from the record, the order asked about, the setting and the drug files.
tests/architecture/test_names.py holds this list, knowledge/facts.yaml and rules/facts.py to each other.
"""

from __future__ import annotations

RECORD = (
    # patient and tumour (1a)
    "diagnosis",
    "primary_site",
    "differentiation",
    "ki67_percent",
    "mitoses_per_2mm2",
    "functional_status",
    "hormone_syndrome",
    "sstr_imaging",
    "liver_tumour_volume_percent",
    "diffuse_liver_metastases",
    "extent",
    "progression",
    "tumour_symptoms",
    "platinum_marker",
    "tmb_msi",
    "mgmt",
    "pdl1",
    "vhl",
    "recent_diagnosis",
    "platinum_unfit",
    "age",
    "trial",
    # history (1b)
    "line_of_therapy",
    "had_ssa",
    "had_prrt",
    "had_non_ssa",
    "had_platinum",
    "prrt_doses_given",
    "extrahepatic_metastases",
    "primary_resected",
    # safety (1c)
    "dpyd",
    "hbv",
    "chest_ct",
    "pneumonitis",
    "pregnancy",
    "allergy_to_ordered_drug",
    "liver_impairment",
    "lvef",
    "qtc",
    "creatinine",
    "creatinine_clearance_ml_per_min",
    "urinalysis",
    "glucose",
    "neutrophils_10e9_per_l",
    "platelets_10e9_per_l",
    "ssa_gap_days",
)

COMPUTED = (
    "grade",
    "grade_agreement",
    "differentiation_agreement",
    "ki67_agreement",
    "site_group",
    "sstr_status",
    "treatment_setting",
    "jurisdiction",
    "on",
    "ordered_drug",
    "order_reason",
    "order_kind",
    "platinum_state",
    "capecitabine_state",
    "ssa_in_plan",
    "prrt_in_plan",
    "ssa_alone",
    "on_antitumour",
    "order_class",
    "drug_class",
    "platinum_agent",
    "tki",
    "dll3_drug",
    "ici_regimen",
    "other_ssa",
    "partner",
    "doxorubicin_route",
    "fluoropyrimidine_block",
    "starter_population",
    "everolimus_case",
    "prrt_trial_fit",
    "label_fit",
)

FACTS = RECORD + COMPUTED

# Readings of the record that feed a fact and that no table may ask by themselves.
READINGS = ("recorded_grade", "sstr2_ihc")
