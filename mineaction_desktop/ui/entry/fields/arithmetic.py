"""Small sums typed in place of a number: ``120+35``, ``3 x 40``, ``1.2 + 0.4 ha``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from mineaction_desktop.formdef.reading_numbers import read_number
from mineaction_desktop.formdef.wording import plain

_NUMBER = r"\d[\d.,' \u066b]*"
_SUM = re.compile(rf"({_NUMBER})((?:[-+*x×·]\s*{_NUMBER})+)([^\d+*×].*)?\Z", re.IGNORECASE)
_STEP = re.compile(rf"([-+*x×·])\s*({_NUMBER})", re.IGNORECASE)
_LONGEST = 200


def worked_out(text: str, decimal_mark: Literal[".", ","]) -> str:
    """The text with the sum at its start done; any other text as it is."""
    bare = plain(text)
    found = _SUM.match(bare) if len(bare) <= _LONGEST else None
    if found is None:
        return text
    terms = [_amount(found[1], decimal_mark)]
    for sign, written in _STEP.findall(found[2]):
        amount = _amount(written, decimal_mark)
        if amount is None or terms[-1] is None:
            return text
        if sign in "+-":
            terms.append(amount if sign == "+" else -amount)
        else:
            terms[-1] *= amount
    total = sum(term for term in terms if term is not None)
    return f"{total:f}".replace(".", decimal_mark) + (found[3] or "")


def _amount(text: str, decimal_mark: str) -> Decimal | None:
    reading = read_number(text.strip(), decimal_mark)
    return None if reading is None else reading.value
