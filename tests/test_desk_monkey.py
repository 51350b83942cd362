"""Any keys in the whole window: nothing is raised, and the register is sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from monkey_desk import play
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


@pytest.mark.parametrize(("seed", "language"), [(1, "en"), (2, "ar")])
def test_any_keys_break_nothing(
    dressed: QApplication,
    register: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    language: str,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    wrong = play(dressed, register, tmp_path, seed, 1500, language)
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert wrong == ""
