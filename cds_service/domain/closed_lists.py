"""The names of knowledge/ that this program reads, besides facts, reasons and small sentences.

A name that knowledge/ lacks or misspells would silence a rule without a word; preflight holds both sides together.
"""

from __future__ import annotations

from collections.abc import Mapping

# How long something on the record counts (manifest.yaml, windows_days).
WINDOWS = frozenset(
    {
        "liver-volume",
        "continuation",
        "continuation-prrt",
        "ordered-before",
        "progression",
        "symptoms-absent",
        "one-regimen",
        "prrt-keeps-ssa",
        "before-tumour",
        "around-resection",
        "one-prrt-dose",
        # safety
        "laboratory",
        "heart",
        "chest-ct",
        "pregnancy-test",
        "pregnancy",
        "performance-status",
        "uncontrolled-hypertension",
        "thromboembolism",
        "recent-surgery",
        "recent-diagnosis",
        "interacting-drug",
        "steroid-course",
        "between-doses",
        "s1-washout",
    }
)

# What the codes and words of each value set may mean (value_sets/).
MEANINGS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "answer": "well poor mixed positive negative lost retained mutated wild-type present absent functioning "
        "non-functioning unresectable metastatic recurrent resectable no-residual-disease diffuse-bilobar not-diffuse "
        "rapid slow rapid-progression slow-progression G1 G2 G3 improved stable worsened deficient proficient "
        "methylated unmethylated no-liver-metastases yes no pregnant not-pregnant mild moderate severe "
        "complete-deficiency partial-deficiency normal high not-high child-pugh-a child-pugh-b child-pugh-c nyha-1 "
        "nyha-2 nyha-3 nyha-4 symptomatic symptom-free kras dpyd no-mutation",
        "cyp3a4-inhibitor": "strong moderate",
        "differentiation": "well poor mixed ask well-if-net poor-if-since-2020 mixed-if-since-2021 no-diagnosis",
        "drug-act": "given about beside with",
        "drug-class": "platinum fluoropyrimidine ssa-long prrt ici",
        "family-history": "family",
        "functional-status": "functioning non-functioning",
        "hormone-syndrome": "carcinoid gastrinoma vipoma insulinoma other",
        "interacting-drug": "coumarin ace-inhibitor beta-blocker ciclosporin bromocriptine glucose-lowering "
        "corticosteroid live-vaccine",
        "liver-metastasis-pattern": "diffuse-bilobar not-diffuse",
        "metastasis-site": "liver lymph-node bone peritoneum lung other",
        "modifier": "suspected no-neoplasm",
        "metastasis": "liver lymph-node distant-lymph-node bone peritoneum lung other unspecified",
        "observation": "ki67 ki67-presence ki67-breast mitoses-per-2mm2 mitoses-per-10hpf grade histology "
        "differentiation sstr-imaging sstr-scintigraphy sstr2-ihc rb-status kras-status genomic-variant gene-studied "
        "mgmt-status vhl-status hepatic-tumour-load liver-metastasis-pattern disease-extent functional-status "
        "progression-tempo disease-status tumour-symptoms tmb msi pd-l1",
        "other-malignancy": "malignant excepted no-diagnosis",
        "patient-finding": "creatinine creatinine-clearance egfr urinalysis glucose platelets neutrophils lvef qtc "
        "nyha blood-pressure hbs-antigen hbc-antibody hbv-dna pregnancy-status pregnancy-test dpyd comfort-care-only "
        "leukocytes lymphocytes child-pugh platelet-decrease-grade pneumonitis-grade performance-status "
        "drug-metabolism in-brackets",
        "precaution": "pneumonitis hepatitis-b pregnancy liver-severe heart-failure long-qt gallstones "
        "thromboembolism haemorrhage perforation vhl no-hepatitis-b menopause hysterectomy liver-impairment liver-mild "
        "liver-moderate child-pugh-a child-pugh-b child-pugh-c nyha-1 nyha-2 nyha-3 nyha-4 bradycardia "
        "uncontrolled-hypertension lymphopenia platelet-decrease jaw-osteonecrosis surgery dpd-deficiency "
        "dpd-deficiency-complete no-thromboembolism no-perforation no-hysterectomy",
        "primary-site": "pancreas stomach duodenum small-bowel appendix caecum colon rectum oesophagus hepatobiliary "
        "lung thymus other-site unknown-primary",
        "procedure": "resection resection-of-primary pancreatoduodenectomy pancreatectomy gastrectomy "
        "small-bowel-resection right-hemicolectomy colectomy proctectomy appendectomy oesophagectomy hepatectomy "
        "local-treatment local-treatment-of-liver liver another-organ polyp prrt-unnamed chemotherapy-unnamed "
        "no-chemotherapy other-radionuclide regimen-initials",
        "route": "intra-arterial local into-a-cavity subcutaneous intramuscular intravenous",
        "specimen": "biopsy resection cytology liver lymph-node bone peritoneum",
        "sstr-study": "sstr-imaging sstr-scintigraphy",
        "study": "chest-ct urinalysis dpyd imaging ct",
        "symptom": "symptom due-to-tumour",
        "treatment-intent": "perioperative palliative symptom-relief",
        "tumour-class": "net nec minen nen small-cell look-alike benign no-diagnosis",
        "written-findings": "extrahepatic liver-only primary-resected primary-in-place",
    }.items()
}

# Groups of words that computed facts ask for by name (facts.yaml).
FACT_GROUPS: Mapping[str, frozenset[str]] = {
    "primary_site": frozenset({"gep", "gi-tract", "midgut", "foregut-gi", "hindgut"}),
    "progression": frozenset({"progressive"}),
}
