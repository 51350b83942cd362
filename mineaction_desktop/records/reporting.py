"""What people decide about a report: explanations of warnings, and boxes of the cover page."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from mineaction_desktop.records import columns as c
from mineaction_desktop.records.base import Record


class Explanation(Record, kw_only=True):
    """Why a warning of a check is right as it stands; it is printed in the annex of the report.

    ``subject`` is what the check found it on, by a name that stays the same from year to year.
    """

    prefix = "EXP"

    rule_code: Mapped[str] = c.text(required=True)
    subject: Mapped[str | None] = c.text()
    year: Mapped[int] = c.integer(required=True, minimum=1999)
    text: Mapped[str] = c.long_text(required=True)
    decided_by: Mapped[str | None] = c.text()
    reviewed_on: Mapped[dt.date | None] = c.day()


class CoverOverride(Record, kw_only=True):
    """A box of the cover page that people tick in place of the computed one, with the reason."""

    prefix = "COV"

    year: Mapped[int] = c.integer(required=True, minimum=1999)
    form: Mapped[str] = c.choice("cover_form", required=True)
    choice: Mapped[str] = c.choice("cover_choice", required=True)
    reason: Mapped[str] = c.long_text(required=True)
    decided_by: Mapped[str | None] = c.text()
