"""The list of all checks as a page.

Run ``python -m mineaction_desktop.rules.page > docs/checks.md`` when a rule has changed.
"""

from __future__ import annotations

import sys

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.rules.model import Rule

FORMS = {
    "general": "The report as a whole",
    "cover": "Cover page",
    "A": "Form A: national implementation measures",
    "B": "Form B: stockpiled mines",
    "C": "Form C: mined areas",
    "D": "Form D: retained mines",
    "E": "Form E: production facilities",
    "F": "Form F: programmes of destruction",
    "G": "Form G: mines destroyed",
    "H": "Form H: technical characteristics",
    "I": "Form I: warning the population",
    "J": "Form J: other matters, victims above all",
    "records": "Records, whatever form they are for",
}

INTRODUCTION = """\
# Checks

`mineaction check STORE --year Y` looks at one year of a register and lists what does not add up,
worst first. Nothing is changed, and an unfinished year can be checked at any time.

| Severity | What it means |
| --- | --- |
| error | A final report has to wait until it is mended; a draft never waits. |
| warning | Mend it, or explain it in writing; the explanation is printed with the report. |
| info | Good to know; nothing has to be done. |

A check of a year speaks of what happened in it and of what lasts into it: an area as long as it is
in the books, a survivor until death, an activity until its end, a balance below zero until it is
mended, a law or an organisation always. A date in the future is named in every year that had begun
when it was entered, because nobody knows to which of them it belongs.

An explanation belongs to a check, to what it was found on and to a year. In the next year it is
offered again for review.

This page is made from the checks themselves: `python -m mineaction_desktop.rules.page`.
"""

GENERAL_ADVICE = {
    Severity.ERROR: "Correct the records that it names.",
    Severity.WARNING: "Correct the records that it names, or explain why they are right.",
    Severity.INFO: "Look at it.",
}

HEAD = "| Code | Severity | What should be so | What to do if not |\n| --- | --- | --- | --- |\n"


def _row(rule: Rule) -> str:
    advice = rule.advice or GENERAL_ADVICE[rule.severity]
    return f"| {rule.code} | {rule.severity} | {rule.summary} | {advice} |\n"


def page() -> str:
    """Return the page: one table for each form, in the order of the report."""
    parts = [INTRODUCTION]
    for form, title in FORMS.items():
        rules = [rule for rule in ALL_RULES if rule.form == form]
        if rules:
            parts.append(f"\n## {title}\n\n{HEAD}{''.join(map(_row, rules))}")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
