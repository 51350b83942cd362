"""Texts about accidents and survivors must not say who somebody is.

A finding names the record and the field, never the text: the list of findings is read by people
who may not see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import finding
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import TEXTS, columns, field_label, kind_title

KINDS = ("accident", "casualty", "survivor", "survivor_service", "referral")
NEVER_EXPORTED = ("local_id", "external_id", "position_text")

E_MAIL, TELEPHONE = mark("an e-mail address"), mark("a telephone number")
DOCUMENT, NAME = mark("the number of an identity document"), mark("a name")

SIGNS = (
    (E_MAIL, re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")),
    (
        TELEPHONE,
        re.compile(
            r"\+\d[\d ().-]{7,}\d"
            r"|\b(?:tel|phone|mobile|tél|teléfono|телефон|هاتف|电话)\w*\W{0,3}\d[\d ().-]{5,}\d",
            re.IGNORECASE,
        ),
    ),
    (
        DOCUMENT,
        re.compile(
            r"\b(?:passport|national id|identity card|id card|id no|passeport|pasaporte|cédula"
            r"|паспорт)\b\W{0,3}(?:(?:no|number|nr|n°|№)\W{0,3})?\w*\d{4,}"
            r"|\b\d{9,}\b",
            re.IGNORECASE,
        ),
    ),
    (
        NAME,
        re.compile(
            r"\b(?:(?:full |first |last |family )?name|nom|prénom|nombre|apellidos?|nome|имя"
            r"|фамилия|الاسم|姓名)\s*[:=：]\s*\w"
            r"|\b(?i:victim|survivor|child|boy|girl|man|woman)s? (?:named|called) (?-i:[A-Z])",
            re.IGNORECASE,
        ),
    ),
)
"""What gives somebody away, in the six languages of the reports and Portuguese."""

HINT = re.compile(r"[@:=：\d]|named|called", re.IGNORECASE)
"""What every one of these signs has in it; most texts have none of it."""

TOLD = mark(
    "{kind} {number}: the text under “{field}” seems to hold {what}, which says who somebody is."
)


@cache
def _texts(kind: str) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in columns(kind)
        if column.info.get("type") in TEXTS and column.name not in NEVER_EXPORTED
    )


def _told(text: str | None) -> str | None:
    """What a text gives away, if anything."""
    if not text or not HINT.search(text):
        return None
    return next((what for what, sign in SIGNS if sign.search(text)), None)


def _identifying(case: Case) -> Iterator[Finding]:
    for kind in KINDS:
        names = _texts(kind)
        for row in case.view.all(kind, names):
            for name in names:
                what = _told(row[name])
                if what is not None:
                    yield finding(
                        TOLD,
                        f"{row['local_id']}/{name}",
                        [(kind, row["id"])],
                        kind=kind_title(kind),
                        number=row["local_id"],
                        field=field_label(kind, name),
                        what=Message(what),
                    )


RULES = (
    Rule(
        "V-VA-08",
        Severity.ERROR,
        "J",
        mark("No text that leaves the register says who a victim is."),
        _identifying,
        mark("Remove it from the text; identities have fields of their own, which are encrypted."),
    ),
)
