"""Facts, figures and approvals in a reader's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from decimal import Decimal

from ..domain.approvals import in_force
from ..domain.call import Setting
from ..domain.interval import Interval
from ..domain.knowledge import Approval, Drug, Figure, Knowledge, Study
from ..domain.values import Fact, Known, Specimen, Unclear

SEPARATOR = {"en": "; ", "ja": "、"}
BRACKETS = {"en": " ({})", "ja": "（{}）"}
DECIMALS = 2  # preflight counts on no number being longer
NO_DIFFERENCE = Decimal(1)  # as a ratio of hazards
COMMA = {"en": ", ", "ja": "、"}


def value_words(name: str, known: Known, knowledge: Knowledge, language: str) -> str:
    """A known value: its word, its number with the unit, or its date."""
    value = known.value
    if isinstance(value, Interval):
        unit = knowledge.facts[name].unit.get(language, "") if name in knowledge.facts else ""
        return f"{str(_printable(value)).replace('..', '–')}{unit}"
    if isinstance(value, Date):
        return value.isoformat()
    if name == "ordered_drug":
        return knowledge.drugs[value].names[language]
    if name == "jurisdiction":
        return knowledge.jurisdictions[value][language]
    fact = knowledge.facts.get(name)
    return fact.words[value][language] if fact and value in fact.words else value


def _printable(span: Interval) -> Interval:
    """The interval with at most two decimals and no idle zeros, for the eye only: nothing is decided on it."""
    low, high = _rounded(span.low), _rounded(span.high)
    if low is not None and low == high:
        return Interval(low, high)  # closed, even where rounding closed it
    return replace(span, low=low, high=high)


def _rounded(number: Decimal | None) -> Decimal | None:
    if number is None or number == (whole := number.to_integral_value()):
        return number if number is None else whole
    rounded = round(number, DECIMALS)
    return number if number == rounded else rounded


def why_words(fact: Unclear, knowledge: Knowledge, language: str) -> str:
    """Why a fact is unclear."""
    return knowledge.reasons_unclear[fact.why][language]


def seen_words(name: str, fact: Fact, knowledge: Knowledge, language: str) -> str:
    """What was found, each with its specimen and date: the value itself, or all that could not be settled."""
    if isinstance(fact, Known):
        return _dated(name, fact, knowledge, language)
    return COMMA[language].join(dict.fromkeys(_dated(name, known, knowledge, language) for known in fact.seen))


def dated_words(name: str, fact: Fact, knowledge: Knowledge, language: str, *, short: bool = False) -> str:
    """A known value with its specimen and date, or why there is none; `short`: with its date only."""
    if isinstance(fact, Known) and short:
        fact = replace(fact, specimen=None, beside=())
    if isinstance(fact, Known):
        return _dated(name, fact, knowledge, language)
    return why_words(fact, knowledge, language)


def _dated(name: str, known: Known, knowledge: Knowledge, language: str) -> str:
    """The value with specimen and date, and the readings it stands above with theirs."""
    told = [known.date.replace("/", " – ")] if known.date else []
    told += specimen_words(known.specimen, knowledge, language) if known.specimen else []
    if known.beside:
        others = COMMA[language].join(_dated(name, one, knowledge, language) for one in known.beside)
        told.append(phrase(knowledge, "also-recorded", language, readings=others))
    words = value_words(name, known, knowledge, language)
    return words + (bracketed(COMMA[language].join(told), language) if told else "")


def specimen_words(specimen: Specimen, knowledge: Knowledge, language: str) -> list[str]:
    """How a specimen was taken, and from where."""
    kind = [phrase(knowledge, f"specimen-{specimen.kind}", language)] if specimen.kind else []
    if not specimen.organ:
        return kind
    sites = knowledge.facts["primary_site"].words
    if specimen.organ in sites:
        return [*kind, sites[specimen.organ][language]]
    return [*kind, phrase(knowledge, f"organ-{specimen.organ}", language)]


def bracketed(words: str, language: str) -> str:
    """The words in the brackets of the language, with the space it wants before them."""
    return BRACKETS[language].format(words)


def figure_words(study: Study, figure: Figure, knowledge: Knowledge, language: str, listed: bool = False) -> str:
    """An endpoint as printed: `median PFS 11.4 months (sunitinib) vs 5.5 months (placebo); HR 0.42, 95% CI ...`.

    `listed`: in a list of options interval and P are told only where the interval leaves the difference open.
    """
    arms = [
        _measured(value, figure, knowledge, language) + bracketed(study.arms[arm][language], language)
        for arm, value in figure.values.items()
    ]
    words = f"{figure.endpoint[language]} {' vs '.join(arms)}"
    settled = listed and _settled(figure)
    if figure.hazard_ratio:
        interval = f", 95% CI {'–'.join(figure.ci95)}" if figure.ci95 and not settled else ""
        words += f"{SEPARATOR[language]}HR {figure.hazard_ratio}{interval}"
    if figure.p and not settled:
        words += f"{COMMA[language]}P={figure.p}"
    return words + (bracketed(figure.note[language], language) if figure.note else "")


def _settled(figure: Figure) -> bool:
    """Whether the whole interval of the hazard ratio lies on one side of no difference."""
    if not figure.ci95:
        return False
    low, high = map(Decimal, figure.ci95)
    return high < NO_DIFFERENCE or low > NO_DIFFERENCE


def _measured(value: str, figure: Figure, knowledge: Knowledge, language: str) -> str:
    """A figure with its unit; one that is a word (not-reached) has none."""
    if value in knowledge.phrases:
        return knowledge.phrases[value][language]
    return f"{value}{knowledge.phrases[f'unit-{figure.unit}'][language]}"


def study_words(study: Study, part: str, knowledge: Knowledge, language: str, listed: bool = False) -> str:
    """A part of a study: its population, limits, title, citation, or a figure by name."""
    if part == "population":
        return study.population[language]
    if part == "limits":
        return SEPARATOR[language].join(limit[language] for limit in study.limits)
    if part == "title":
        return study.title
    if part == "citation":
        return citation(study)["text"]
    return figure_words(study, study.figures[part], knowledge, language, listed)


def citation(study: Study) -> dict[str, str]:
    """The study's first citation: text, and doi where one is known."""
    return dict(next(iter(study.cites.values())))


def approved_for(drug: Drug, setting: Setting) -> str:
    """The wording of the entries in force here on this day."""
    entries = [entry for entry in _here(drug, setting) if entry.approved]
    return SEPARATOR[setting.language].join(entry.wording[setting.language] for entry in entries)


def label_words(drug: Drug, setting: Setting, knowledge: Knowledge) -> str:
    """One clause on the drug's approval here: for what, not approved, or not held."""
    entries = _here(drug, setting)
    approved = [entry for entry in entries if entry.approved]
    name = drug.names[setting.language]
    if approved:
        return phrase(knowledge, "label-approved", setting.language, drug=name, wording=approved_for(drug, setting))
    if entries:
        last = entries[-1]
        said, date = ("", last.last_check) if last.last_check else ("-until", last.until)
        return phrase(knowledge, f"label-not-approved{said}", setting.language, drug=name, date=date)
    return phrase(knowledge, "label-not-held", setting.language, drug=name)


def approval_words(drug: Drug, fit: str, setting: Setting, knowledge: Knowledge) -> str:
    """The drug's approval here in a few words, for a list of options; its wording only where `fit` is not within."""
    entries = _here(drug, setting)
    if any(entry.approved for entry in entries):
        name = {"within": "option-approved", "outside": "option-outside"}.get(fit, "option-approved-for")
        return phrase(knowledge, name, setting.language, wording=approved_for(drug, setting))
    if entries:
        checked = entries[-1].last_check or entries[-1].since or entries[-1].until
        return phrase(knowledge, "option-not-approved", setting.language, date=checked)
    return phrase(knowledge, "option-not-held", setting.language)


def phrase(knowledge: Knowledge, name: str, language: str, /, **values: str) -> str:
    """A small sentence of manifest.yaml with its {names} filled."""
    words = knowledge.phrases[name][language]
    for key, value in values.items():
        words = words.replace("{" + key + "}", value)
    return words


def _here(drug: Drug, setting: Setting) -> tuple[Approval, ...]:
    return in_force(drug.approvals.get(setting.jurisdiction, ()), setting.on)
