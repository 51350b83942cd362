"""What a check is: a function from the register (and what was last submitted) to findings.

Nothing raises on bad data. A rule that fails itself is our bug; the others still run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import Message
from mineaction_desktop.storage.snapshots import Snapshot
from mineaction_desktop.storage.view import View


@dataclass(frozen=True)
class Case:
    """What a rule looks at: a year of the register, and the last report submitted before it.

    ``earlier`` are the snapshots of the years before, newest first; ``sent`` those of this year.
    """

    view: View
    earlier: tuple[Snapshot, ...] = ()
    sent: tuple[Snapshot, ...] = ()

    @property
    def previous(self) -> Snapshot | None:
        """The last report submitted for an earlier year."""
        return self.earlier[0] if self.earlier else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found: the sentence with its values, and the records to open.

    ``subject`` names what it is about in a way that stays the same next year (a readable number,
    a place, a type), so that an explanation can be carried over. ``value`` is what makes it
    concrete where one number does.
    """

    message: Message
    subject: str
    records: tuple[tuple[str, str], ...] = ()
    value: str | None = None


Check = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its code in the domain reference, its severity and its wording in plain words.

    ``form`` is the form of the report it concerns (``A`` … ``J``, ``cover``, ``general``) or
    ``records`` for checks on single records and across them. ``advice`` says what to do; it is
    said after each finding, unless the findings say it themselves.
    """

    code: str
    severity: Severity
    form: str
    summary: str
    check: Check
    advice: str = ""
