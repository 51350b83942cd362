"""Printing on paper forms: a record as its filled form, or the blank form of a kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Desk, Session
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.screen import Screen

if TYPE_CHECKING:
    from mineaction_desktop.reports.present import Presenter

PRINT = mark("Print to a PDF file")
PDF = mark("PDF document (*.pdf)")
WRITING = mark("Writing {file}…")
WRITTEN = mark("{file} is written.")
OPEN = mark("Open it")
_NOTICE = "paper"


def print_record(screen: Screen, session: Session, kind: str, record_id: str, name: str) -> None:
    """Ask for a file and write a record as its filled form there."""
    path = _ask(screen, session.desk, name)
    if path is not None:
        print_record_to(screen, session, kind, record_id, path)


def print_record_to(
    screen: Screen, session: Session, kind: str, record_id: str, path: Path
) -> None:
    """Write a record as its filled form, in the background."""

    def work() -> object:
        from mineaction_desktop.services.paper import filled_form  # noqa: PLC0415 - slow to import

        presenter, known = _presenter(session.desk), session.catalogue
        store = session.store
        return filled_form(store, kind, record_id, path, presenter=presenter, catalogue=known)

    _write(screen, session.desk, path, work)


def print_blank(screen: Screen, session: Session, kind: str) -> None:
    """Ask for a file and write the blank form of a kind there."""
    path = _ask(screen, session.desk, kind)
    if path is not None:
        print_blank_to(screen, session, kind, path)


def print_blank_to(screen: Screen, session: Session, kind: str, path: Path) -> None:
    """Write the blank form of a kind, in the background."""

    def work() -> object:
        from mineaction_desktop.services.paper import blank_form  # noqa: PLC0415 - slow to import

        presenter, known = _presenter(session.desk), session.catalogue
        return blank_form(kind, path, presenter=presenter, catalogue=known, store=session.store)

    _write(screen, session.desk, path, work)


def _ask(screen: Screen, desk: Desk, name: str) -> Path | None:
    suggested = str(Path.home() / f"{name}.pdf")
    chosen, _ = QFileDialog.getSaveFileName(screen, desk.say(PRINT), suggested, desk.say(PDF))
    return Path(chosen) if chosen else None


def _presenter(desk: Desk) -> Presenter:
    from mineaction_desktop.reports.present import Presenter  # noqa: PLC0415 - slow to import

    return Presenter(desk.locale.name().partition("_")[0], desk.words)


def _write(screen: Screen, desk: Desk, path: Path, work: Callable[[], object]) -> None:
    jobs = Jobs(screen)

    def done(_: object) -> None:
        act = (desk.say(OPEN), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        screen.notice(Notice(desk.say(WRITTEN, file=path.name), "info", _NOTICE, act))

    def refuse(error: object) -> None:
        if not isinstance(error, UserError):
            raise TypeError(error)
        screen.notice(Notice(error.render(desk.words), "error", _NOTICE))

    screen.notice(Notice(desk.say(WRITING, file=path.name), "info", _NOTICE))
    job = jobs.do(lambda _: work(), done, refuse)
    job.finished.connect(jobs.close)
