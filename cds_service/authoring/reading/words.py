"""The words of the reading report in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.knowledge import Knowledge
from ...domain.set_aside import Aside
from ...domain.values import Why

WORDS: Mapping[str, dict[str, str]] = {
    "en": {
        "record": "Searches, and how many resources each brought",
        "troubles": "Trouble while reading",
        "recorded_grade": "recorded grade",
        "sstr2_ihc": "SSTR2 immunohistochemistry",
        "unfit_for_platinum": "unfit for platinum",
        "facts": "Facts of the record",
        "computed": "Computed from them",
        "treatment": "Drugs on record",
        "history": "Treatment history",
        "read": "read in full",
        "allergies": "Allergies to listed drugs",
        "allergy": "allergy or intolerance",
        "order": "Draft order",
        "several": "names several drugs",
        "unclear": "unclear",
        "deceased": "the patient has died, or another record has taken this one's place: nothing is said",
        "uninformed": "the record is tagged as not told to the patient",
        "in-plan": "in plan",
        "stale": "active, without a sign of supply",
        "past": "had earlier",
        "not-recognised": "no listed drug recognised",
        "says-nothing": "(does not say which drug)",
        "drugs-listed": "Records of listed drugs",
        "drugs-other": "Records of other drugs that rules ask about",
        "drugs-not-recognised": "Records of drugs not recognised",
        "set-aside": "Resources set aside",
        "would-have-been-used": "Of these a fact would have used",
        "not-asked-for": "Of these no fact would have used",
    },
    "ja": {
        "record": "検索とリソース数",
        "troubles": "読み取り時の問題",
        "recorded_grade": "記録上のGrade",
        "sstr2_ihc": "SSTR2免疫染色",
        "unfit_for_platinum": "プラチナ製剤不適",
        "facts": "記録から読み取った項目",
        "computed": "上記から導いた項目",
        "treatment": "記録上の薬剤",
        "history": "治療歴",
        "read": "すべて読み取り済み",
        "allergies": "対象薬のアレルギー",
        "allergy": "アレルギー・不耐の記録あり",
        "order": "未確定オーダー",
        "several": "複数の薬剤名を含む",
        "unclear": "確認できず",
        "deceased": "死亡、または別の記録に統合済み：何も表示しない",
        "uninformed": "未告知のタグあり",
        "in-plan": "投与中または予定",
        "stale": "指示は有効だが最近の処方・投与記録なし",
        "past": "投与歴あり",
        "not-recognised": "対象薬として認識できず",
        "says-nothing": "（薬剤名の記載なし）",
        "drugs-listed": "対象薬の記録",
        "drugs-other": "ルールが参照するその他の薬剤の記録",
        "drugs-not-recognised": "認識できない薬剤の記録",
        "set-aside": "使用しなかったリソース",
        "would-have-been-used": "うち、判定項目に該当したもの",
        "not-asked-for": "うち、判定項目に該当しないもの",
    },
}

ASIDE: Mapping[Aside, dict[str, str]] = {
    Aside.ENTERED_IN_ERROR: {"en": "entered in error", "ja": "誤入力"},
    Aside.REFUTED: {"en": "refuted", "ja": "否定された診断"},
    Aside.CANCELLED: {"en": "cancelled", "ja": "取り消し"},
    Aside.PRELIMINARY: {"en": "preliminary or not yet reported", "ja": "暫定・未報告"},
    Aside.NOT_DONE: {"en": "not done, not given, or not yet", "ja": "未実施・未投与"},
    Aside.NOT_AN_ORDER: {
        "en": "a plan, a proposal or a draft, not an order",
        "ja": "計画・提案・未確定であり正式なオーダーではない",
    },
    Aside.UNKNOWN_STATUS: {"en": "without a status that says it stands", "ja": "確定を示すステータスなし"},
    Aside.UNKNOWN_MODIFIER: {"en": "modified by an extension we do not know", "ja": "未知のmodifierExtensionあり"},
    Aside.FORBIDS: {"en": "an order not to do something", "ja": "実施しない旨のオーダー"},
    Aside.SOMEBODY_ELSE: {"en": "about somebody else", "ja": "患者以外に関する記録"},
    Aside.FAMILY_HISTORY: {"en": "a history of the family", "ja": "家族歴"},
    Aside.OWNER_UNTOLD: {
        "en": "does not say by a reference whose it is",
        "ja": "患者参照がなく本人の記録と確認できず",
    },
    Aside.ANOTHER_COPY: {"en": "another copy of a resource that was read", "ja": "同一リソースの別の版を使用"},
    Aside.INVALID: {"en": "not valid FHIR R4", "ja": "FHIR R4として不正"},
    Aside.CONTAINED: {"en": "holds a result inside itself", "ja": "結果がリソース内に埋め込まれている"},
    Aside.SUPERSEDED: {"en": "replaced by its correction", "ja": "訂正版あり"},
    Aside.UNDATED: {"en": "without a date", "ja": "日付なし"},
    Aside.TO_COME: {"en": "dated in the future", "ja": "未来の日付"},
    Aside.TOO_OLD: {"en": "too old for the fact", "ja": "古い記録のため判定に用いず"},
    Aside.ANOTHER_TUMOUR: {"en": "of another tumour", "ja": "別の腫瘍の記録"},
    Aside.NOT_LINKED: {"en": "not linked to this tumour", "ja": "本腫瘍との関連が不明"},
    Aside.NOT_CONFIRMED: {"en": "suspected, provisional or denied", "ja": "疑い・暫定・否定の診断"},
    Aside.OVER: {"en": "no longer active", "ja": "現在は活動性なし（終了）"},
    Aside.BENIGN: {"en": "a benign tumour", "ja": "良性腫瘍"},
    Aside.LOOK_ALIKE: {"en": "a look-alike that is no NEN", "ja": "NENと紛らわしい別の腫瘍"},
    Aside.TOO_MANY: {"en": "left unread, for there are too many", "ja": "件数が上限を超え未確認"},
}


def reason_words(why: str, knowledge: Knowledge, language: str) -> str:
    """Why something was set aside or not read; a reason that has no words is told by its code."""
    if why in set(Aside):
        return ASIDE[Aside(why)][language]
    return knowledge.reasons_unclear[why][language] if why in set(Why) else why
