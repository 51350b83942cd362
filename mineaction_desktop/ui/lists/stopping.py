"""Whether anybody still waits for what a job does."""

from __future__ import annotations

from collections.abc import Callable

from mineaction_desktop.services.progress import Progress
from mineaction_desktop.ui.jobs import Cancelled


def stopper(report: Progress) -> Callable[[], bool]:
    """A question that long work can ask now and then, made from the ``Progress`` of its job."""

    def stopped() -> bool:
        try:
            report(0, 0)
        except Cancelled:
            return True
        return False

    return stopped
