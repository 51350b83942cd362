"""Registers that many tests read; they are made once and never changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is asked for a window

from mineaction_desktop.reports.document import Report
from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.store import Author, Reader, Store

pytest_plugins = ["desk_fixtures"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have counted, also when they ran in other processes."""
    for report in terminalreporter.getreports("passed"):
        for name, words in getattr(report, "user_properties", ()):
            if name == "said":
                terminalreporter.write_line(str(words))


@pytest.fixture(autouse=True)
def own_rescue_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test could not keep in its register must not be offered to the next one, or to us."""
    monkeypatch.setenv("MINEACTION_RESCUE", str(tmp_path / "rescued"))


@pytest.fixture(scope="session")
def author() -> Author:
    return Author("tester", "test office")


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.mineaction"
    demo_register(path)
    return path


@pytest.fixture(scope="session")
def demo(demo_path: Path) -> Iterator[tuple[Store, Reader]]:
    """The made-up country, open for reading."""
    with Store.open(demo_path) as store, store.read() as reader:
        yield store, reader


@pytest.fixture(scope="session")
def demo_reports(demo: tuple[Store, Reader]) -> dict[int, Report]:
    """The report of each year of the made-up country, in the fullest edition."""
    store, reader = demo
    return {
        year: build_report(store, reader, ReportRequest(year, edition="internal"))
        for year in range(2021, 2026)
    }
