"""What every widget of a field can do: show a value, read what is typed, keep what is not read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import TYPES, FieldType
from mineaction_desktop.ui.entry.context import FieldScene


def em(widget: QWidget, digits: float) -> int:
    """The width of so many digits in the font of a widget; sizes follow the size of text."""
    return round(widget.fontMetrics().horizontalAdvance("0") * digits)


class FieldEditor(QWidget):
    """The widget of one field, or of several that are keyed together.

    An editor of several fields gives and takes a mapping by field name wherever one of a single
    field gives and takes the value. Enter, Tab and the function keys are left to the form, except
    where a list is open below the field. Leaving the field commits.
    """

    committed = Signal(object)
    """A value that was read and changed by the person; never what ``set_value`` brought."""

    texted = Signal(str)
    """Text that cannot be read yet; ``texts`` has it by field name."""

    typing = Signal()
    """A key has changed what stands in the field; nobody needs a long text after each of them."""

    noted = Signal(str)
    """A sentence about what the field did to the text, such as removing invisible characters."""

    def __init__(self, field: Field, scene: FieldScene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.scene = scene
        self.setAccessibleName(scene.word(field.label))

    @property
    def type(self) -> FieldType:
        """What reads and writes the field."""
        return TYPES[self.field.type]

    def stores(self) -> tuple[str, ...]:
        """The names of the fields that this widget edits."""
        return (self.field.name,)

    @property
    def is_composite(self) -> bool:
        """Whether values come and go as a mapping by field name."""
        return len(self.stores()) > 1

    def value(self) -> object:
        """The value that was last read; ``None`` while the text cannot be read."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value; nothing is emitted."""
        raise NotImplementedError

    def text(self) -> str:
        """What stands in the field."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show text that could not be read when it was typed; it is marked as such again."""
        raise NotImplementedError

    def texts(self) -> dict[str, str]:
        """The texts that cannot be read, by field name."""
        return {} if self.problem() is None else {self.field.name: self.text()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Show the texts of ``texts`` again."""
        if self.field.name in texts:
            self.set_text(texts[self.field.name])

    def commit(self) -> bool:
        """Read what is typed; ``False`` if that cannot be done, and ``problem`` says why."""
        raise NotImplementedError

    def problem(self) -> Problem | None:
        """Why the text cannot be read."""
        raise NotImplementedError

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Put the cursor into the field, into the first part if there are several."""
        proxy = self.focusProxy()
        (proxy or self).setFocus(reason)

    def is_settled(self) -> bool:
        """Whether Enter may pass over the parts behind the one with the cursor."""
        return False

    def last_focus(self) -> None:
        """Put the cursor into the last part, for those who come backwards."""
        self.take_focus(Qt.FocusReason.BacktabFocusReason)

    def set_read_only(self, *, on: bool) -> None:
        """Let the person look and copy only."""
        raise NotImplementedError

    def set_compact(self, *, on: bool) -> None:
        """Leave out the words beside the field, for the cell of a table."""

    def set_shown(self, names: frozenset[str]) -> None:
        """Which of the stored fields are relevant; a part that is not disappears."""

    def refresh(self) -> None:
        """Take over what other fields changed: the choices offered, the currency, the limits."""


class Preview(QLabel):
    """The words beside a field: how the program understands what is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "soft")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._lean()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._lean()

    def _lean(self) -> None:
        """Stand beside the field, whatever the direction of the words."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def tell(self, text: str) -> None:
        """Show a sentence, or nothing."""
        if text != self.text():
            self.setText(text)
            self.setToolTip(text)


def mark_problem(widget: QWidget, problem: Problem | None, scene: FieldScene) -> None:
    """Mark an input as unreadable or not, for the eye and for screen readers."""
    tone = "error" if problem else ""
    if (widget.property("tone") or "") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    plain = widget.property("description") or ""
    said = problem.message.render(scene.desk.words) if problem else ""
    widget.setAccessibleDescription(" ".join(filter(None, (said, plain))))


def name_input(widget: QWidget, name: str, description: str) -> None:
    """Tell screen readers what an input is for."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
    widget.setProperty("description", description)
