"""Where a person has been, for back and forward."""

from __future__ import annotations


class Visits:
    """The addresses of screens in the order in which they were seen."""

    def __init__(self) -> None:
        self._seen: list[str] = []
        self._at = -1

    @property
    def here(self) -> str | None:
        """The address that is shown."""
        return self._seen[self._at] if self._seen else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a screen before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether a step back can be taken again."""
        return self._at < len(self._seen) - 1

    def go(self, address: str) -> None:
        """Go to a screen; what lay ahead is forgotten."""
        if address == self.here:
            return
        del self._seen[self._at + 1 :]
        self._seen.append(address)
        self._at += 1

    def back(self) -> str | None:
        """Take a step back."""
        self._at = max(self._at - 1, 0) if self._seen else -1
        return self.here

    def forward(self) -> str | None:
        """Take the step again."""
        self._at = min(self._at + 1, len(self._seen) - 1)
        return self.here

    def rename(self, old: str, new: str) -> None:
        """A screen has another address now, such as a new record that was saved."""
        self._seen = [new if address == old else address for address in self._seen]

    def forget(self, address: str) -> None:
        """Forget a screen that has been closed."""
        before = self._seen[: self._at + 1]
        self._at -= before.count(address)
        self._seen = [seen for seen in self._seen if seen != address]
        if self._seen:
            self._at = max(self._at, 0)
