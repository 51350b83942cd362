"""``check`` and ``explain``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from mineaction_desktop.cli.output import author_of, give, problem_data, tell, tell_carried
from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.services.changing import changed
from mineaction_desktop.services.checking import CheckedProblem, CheckResult, check_year
from mineaction_desktop.services.explaining import carried_over, explain
from mineaction_desktop.storage.store import Store

HEADINGS = {
    Severity.ERROR: "Errors: a final report has to wait until these are mended",
    Severity.WARNING: "Warnings: mend these, or explain them in writing",
    Severity.INFO: "Worth knowing",
}


def check_verb(arguments: Namespace) -> int:
    """Show what does not add up in a year, worst first."""
    with Store.open(arguments.store) as store, store.read() as reader:
        result = check_year(store, reader, arguments.year, arguments.instrument)
        carried = carried_over(reader, arguments.year)
    if arguments.json:
        give({**_data(result), "explanations_to_review": [asdict(one) for one in carried]})
    else:
        _tell(result)
        tell_carried(carried)
    return 0


def explain_verb(arguments: Namespace) -> int:
    """Explain a warning in writing."""
    made = changed(
        arguments.store,
        author_of(arguments),
        lambda store: explain(
            store,
            arguments.year,
            arguments.check,
            subject=arguments.about,
            text=arguments.text,
            decided_by=arguments.decided_by,
        ),
    )
    if arguments.json:
        give(asdict(made))
    tell(f"Explained {made.check}, {made.subject}, for {made.year} ({made.local_id}): {made.text}")
    return 0


def _checked_data(found: CheckedProblem) -> dict[str, object]:
    return {
        **problem_data(found.problem),
        "form": found.rule.form,
        "subject": found.finding.subject,
        "records": [{"kind": kind, "id": record} for kind, record in found.finding.records],
        "explanation": found.explanation,
        "offered": found.offered,
    }


def _data(result: CheckResult) -> dict[str, object]:
    return {
        "year": result.year,
        "instrument": result.instrument,
        "blocks_final": result.blocks_final,
        "failed_rules": list(result.failed_rules),
        "problems": [
            *(problem_data(problem) for problem in result.failures),
            *(_checked_data(found) for found in result.problems),
        ],
    }


def _tell(result: CheckResult) -> None:
    for problem in result.failures:
        _say(problem)
    for severity, heading in HEADINGS.items():
        found = result.of(severity)
        if found:
            tell(f"{heading} ({len(found):,})")
        for checked in found:
            _say(checked.problem)
            if checked.explanation:
                tell(f"            explained: {checked.explanation}")
            elif checked.offered:
                tell(f"            explained in an earlier year: {checked.offered}")
    if not result.all_problems:
        tell(f"Nothing is wrong with {result.year}.")


def _say(problem: Problem) -> None:
    tell(f"  {problem.code:<9} {problem.message}")
