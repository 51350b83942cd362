"""What a release of the toolkit must not do."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPen


def test_qt_calls_leave_none_alone() -> None:
    pen, before = QPen(), sys.getrefcount(None)
    for _ in range(1000):
        pen.setCosmetic(True)
    assert abs(sys.getrefcount(None) - before) < 100
