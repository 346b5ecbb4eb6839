"""Names of drugs in free text: which drug, and whether the text is its name and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .denial import Said, said_before
from .words import Match, Phrases, matches, without

# Brackets that hold a maker or a mark of the pharmacy, and makers that follow a name.
_QUOTED = re.compile(
    r"「[^」]*」|【[^】]*】|\[院[外内]\]|[(〔\[](?:後発品?|先発品?|先|局|般|準先発品?)[)〕\]]|®|™|\((?:r|tm)\)"
    r"|[・･ ][^\s・･()]{1,10}(?:製薬|薬品|薬品工業|ファーマ|製薬工業|化学|化学工業)$"
)
_UNIT = (
    r"(?:mg|mcg|µg|μg|ug|grams?|g|ml|l|mci|mbq|gbq|ci|million|iu|units?|u|%|mmol|m2|h|hr|hour|vial|"
    r"錠|カプセル|瓶|管|筒|バイアル|t|c)"
)
_STRENGTH = re.compile(
    rf"\d[\d.,]* ?{_UNIT}(?: ?/ ?[\d.,]* ?{_UNIT})*(?![a-z])|(?<![a-z])(?:[x×] ?)?\d[\d.,]*(?![a-z0-9])"
    r"|(?<![a-z])[tc]\d+(?![a-z0-9])|\bauc ?=? ?\d[\d.,]*"
)
# What may stand around the name of a drug without making it another: form, route, pack, salt, diluent, maker.
_AROUND = re.compile(
    r"(?<![a-z])(?:film[- ]coated|extended[- ]release|delayed[- ]release|prolonged[- ]release|long[- ]acting|oral|"
    r"tablets?|tabs?|capsules?|caps?|injections?|injectable|inj|infusions?|solutions?|soln|suspensions?|susp|powders?|"
    r"kits?|pre-?filled|syringes?|vials?|ampou?les?|bottles?|packs?|box(?:es)?|bags?|for|of|in|the|and|"
    r"reconstitution|reconstituted|recon|lyophili[sz]ed|concentrate|sterile|single|multi|use|dose|product|brand|"
    r"generic|intravenous|intramuscular|subcutaneous|subq|sub-q|subcut|deep|iv|im|sc|sq|po|ivpb|piggyback|parenteral|"
    r"by mouth|chloride|dextrose|glucose|water|saline|d5w|ns|nss|swfi|units?|million|"
    r"malate|acetate|hydrochloride|hcl|phosphate|mesylate|tosylate|maleate|sodium|(?:tri|mono)?hydrate|"
    r"novartis|sandoz|pfizer|ipsen|bayer|teva|viatris|mylan|accord|hikma|fresenius|kabi|roche|genentech|exelixis|"
    r"eisai|merck|msd|lilly|takeda|teijin|cipla|apotex|zydus)(?![a-z])"
    r"|od錠|od(?![a-z])|bs(?![a-z])|錠|カプセル|注射液|注射用|点滴静注|静注|筋注|皮下注|皮下|注射|注|散|顆粒|内服|経口|"
    r"キット|バイアル|シリンジ|懸濁用?|瓶|袋|管|筒|包|製剤|配合|用|液|リンゴ酸塩|酢酸塩|塩酸塩|リン酸エステル|"
    r"メシル酸塩|ナトリウム|三?水和物"
)
# "0.1 mg" is written as micrograms too; how many of them does not tell a form, that they are micrograms may.
_BELOW_ONE_MG = re.compile(r"(?<![\d.,])0?[.,]\d+ ?mg(?![a-z])")
_AMOUNT = re.compile(r"(?<![a-z\d.,])\d[\d.,]* ?(?=(?:mcg|µg|μg|ug|mg)(?![a-z]))")
_LEFT = re.compile(r"[^\W_]")
_DENIED = re.compile(
    r"(?: ?\([^)]*\))? ?[:,(-]? ?(?:の|は|を|も)?(?:投与|使用|服用)?(?:なし|無し?|ない|ではない|でない|否定|せず|"
    r"(?:none|no|negative|never|not (?:given|taken|used|started|ordered))(?=\W*$|[,;.]))"
)
# "ondansetron before cisplatin": the drug is named as the occasion, not as what is ordered.
_AS_OCCASION = re.compile(r"\b(?:for|before|after|during|due to|prior to|pre|post|following)[ -]$")


def drugs_named(said: str, phrases: Phrases) -> list[Match]:
    """The listed names a normalised text orders, longest first."""
    found = matches(said, phrases)
    return [match for match in found if is_ordered(match, said) and not _AS_OCCASION.search(said[: match.start])]


def is_ordered(match: Match, said: str) -> bool:
    """True unless the text denies the drug itself: "refills: none" denies something else.

    Nobody suspects a drug, and "susp" after its name is a suspension.
    """
    return said_before(said, match.start) is not Said.DENIED and not _DENIED.match(said[match.end :])


def is_only_the_name(said: str, found: Iterable[Match]) -> bool:
    """True when nothing is left after taking away the name, its forms, strength, route, pack, salt and maker."""
    rest = _QUOTED.sub(" ", without(said, found))
    rest = _AROUND.sub(" ", _STRENGTH.sub(" ", rest))
    return not _LEFT.search(rest)


def without_amounts(said: str) -> str:
    """A normalised text with the numbers before its units blanked out."""
    return _AMOUNT.sub(" ", _BELOW_ONE_MG.sub(" mcg", said))
