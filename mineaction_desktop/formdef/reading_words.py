"""Words that stand for yes, for no and for nothing, in the languages of the reports."""

from __future__ import annotations

from mineaction_desktop.formdef.wording import key

NOT_GIVEN = frozenset({"", "-", "--", "---", "–", "—", "n/a", "n.a.", "n.a", "s/o", "n/d", "н/д"})
"""What stands for an empty field everywhere; an obligatory field is then reported as missing."""

_UNKNOWN = (
    "unknown",
    "not known",
    "not recorded",
    "unk",
    "inconnu",
    "desconocido",
    "desconhecido",
    "неизвестно",
    "غير معروف",
)
NOT_KNOWN = frozenset({"na", *_UNKNOWN})
"""What stands for an empty field where empty means exactly that: dates, positions, yes or no."""

_NOTHING = (
    "nil",
    "none",
    "no",
    "zero",
    "nothing",
    "some",
    "several",
    "many",
    "various",
    "unclear",
    "aucun",
    "néant",
    "ninguno",
    "nenhum",
    "нет",
    "لا يوجد",
    "?",
)
NO_NUMBER = frozenset(key(word) for word in ("na", *_UNKNOWN, *_NOTHING))
"""What people write in place of a number without saying whether it is nought or not known."""

_YES = ("yes", "y", "true", "t", "1", "oui", "o", "vrai", "sí", "verdadero", "sim", "s")
_YES_ELSEWHERE = ("verdadeiro", "да", "истина", "نعم", "صحيح")
_NO = ("no", "n", "false", "f", "0", "non", "faux", "falso", "não")
_NO_ELSEWHERE = ("нет", "ложь", "لا", "خطأ")
ANSWERS = {
    **{key(word): True for word in (*_YES, *_YES_ELSEWHERE)},
    **{key(word): False for word in (*_NO, *_NO_ELSEWHERE)},
}
"""Yes and no by matching key."""
