"""What the editor asks about records that the one being keyed may be already."""

from __future__ import annotations

from mineaction_desktop.services.duplicates import likely_duplicates
from mineaction_desktop.services.editing import Content
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.suggestions import Source, Suggestion


def likenesses(session: Session) -> Source:
    """Finds records like a new one; a record of the register is itself."""

    def found(content: Content) -> list[Suggestion]:
        if content.version is not None:
            return []
        words = session.desk.words
        with session.store.read() as reader:
            likely = likely_duplicates(reader, session.catalogue, content, words)
        return [Suggestion(one.kind, one.id, one.name, one.why.render(words)) for one in likely]

    return found
