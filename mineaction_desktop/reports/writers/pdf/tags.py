"""What each text of the paper is: the tree of tags by which a machine reads the report aloud.

The tree is kept as flat lists, because a long table has hundreds of thousands of cells. Whatever is
set while no tag is current belongs to the page and not to the report.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager

ARTIFACT = -1
"""The tag of running heads, lines and colours, which nobody reads aloud."""


class Tags:
    """The elements of one document; the first is the document itself."""

    def __init__(self) -> None:
        self.roles = ["Document"]
        self.parents = array("l", [ARTIFACT])
        self.notes: dict[int, str] = {}
        self.current = ARTIFACT
        self._open = [0]

    def add(self, role: str, note: str = "") -> int:
        """Add an element below the one that is open; ``note`` is what else its object says."""
        self.roles.append(role)
        self.parents.append(self._open[-1])
        element = len(self.roles) - 1
        if note:
            self.notes[element] = note
        return element

    def add_row(self, cells: int) -> int:
        """Add a row of as many cells to the open table; the cells follow it without a gap."""
        row = len(self.roles)
        self.roles.append("TR")
        self.parents.append(self._open[-1])
        self.roles += ["TD"] * cells
        self.parents.extend([row] * cells)
        return row

    @contextmanager
    def group(self, role: str, note: str = "") -> Iterator[int]:
        """Add an element and keep it open for others."""
        element = self.add(role, note)
        with self.inside(element):
            yield element

    @contextmanager
    def inside(self, element: int) -> Iterator[None]:
        """Open an element again that was added before others."""
        self._open.append(element)
        yield
        self._open.pop()

    @contextmanager
    def leaf(self, role: str, note: str = "") -> Iterator[int]:
        """Add an element that whatever is set meanwhile belongs to."""
        element = self.add(role, note)
        with self.within(element):
            yield element

    @contextmanager
    def within(self, element: int) -> Iterator[None]:
        """Let whatever is set meanwhile belong to an element."""
        before, self.current = self.current, element
        yield
        self.current = before
