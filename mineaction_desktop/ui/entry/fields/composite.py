"""Several fields that are keyed as one: each part reads its own field, values go as a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import FieldEditor
from mineaction_desktop.ui.theme import space


class CompositeEditor(FieldEditor):
    """A widget made of the widgets of its fields; ``committed`` carries the fields that changed.

    ``host`` is the field in whose place it stands, with the label and help for all of them.
    """

    def __init__(
        self,
        host: Field,
        fields: Sequence[Field],
        scene: FieldScene,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(host, scene, parent)
        self.fields = {field.name: field for field in fields}
        self.parts: dict[str, FieldEditor] = {}
        self._inner = replace(scene, values=self._all_values)
        self._shown = frozenset(self.fields)

    def add_part(self, name: str, part: FieldEditor) -> FieldEditor:
        """Take a widget as the part for a field, and listen to it."""
        self.parts[name] = part
        part.committed.connect(lambda value: self.on_committed(name, value))
        part.texted.connect(self.texted)
        part.typing.connect(self.typing)
        part.noted.connect(self.noted)
        return part

    def lay_in_line(self, first: FieldEditor, second: FieldEditor) -> None:
        """Put two parts side by side; the second takes the room that is left."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(8))
        row.addWidget(first)
        row.addWidget(second, 1)
        for part in (first, second):
            self.add_part(part.field.name, part)

    def on_committed(self, name: str, value: object) -> None:
        """A part was changed by the person."""
        self.committed.emit({name: value})

    def stores(self) -> tuple[str, ...]:
        return tuple(self.fields)

    def value(self) -> object:
        return {name: part.value() for name, part in self.parts.items()}

    def set_value(self, value: object) -> None:
        if isinstance(value, Mapping):
            for name, part in self.parts.items():
                if name in value:
                    part.set_value(value[name])

    def text(self) -> str:
        return self.parts[self.field.name].text()

    def set_text(self, text: str) -> None:
        self.parts[self.field.name].set_text(text)

    def texts(self) -> dict[str, str]:
        return {name: text for part in self.parts.values() for name, text in part.texts().items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        for part in self.parts.values():
            part.set_texts(texts)

    def commit(self) -> bool:
        read = [
            part.commit() for part in self.parts.values()
        ]  # every part, whatever the first says
        return all(read)

    def problem(self) -> Problem | None:
        found = (part.problem() for part in self.parts.values())
        return next((one for one in found if one is not None), None)

    def in_order(self) -> list[FieldEditor]:
        """The parts that are shown, in the order of the keyboard."""
        return [part for name, part in self.parts.items() if name in self._shown]

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        parts = self.in_order()
        if parts:
            parts[0].take_focus(reason)

    def last_focus(self) -> None:
        parts = self.in_order()
        if parts:
            parts[-1].last_focus()

    def part_with_focus(self) -> FieldEditor | None:
        """The part that has the keyboard."""
        return next((part for part in self.in_order() if has_keyboard(part)), None)

    def set_read_only(self, *, on: bool) -> None:
        for part in self.parts.values():
            part.set_read_only(on=on)

    def set_compact(self, *, on: bool) -> None:
        for part in self.parts.values():
            part.set_compact(on=on)

    def set_shown(self, names: frozenset[str]) -> None:
        self._shown = names
        for name, part in self.parts.items():
            part.setVisible(name in names)

    def refresh(self) -> None:
        for part in self.parts.values():
            part.refresh()

    def _all_values(self) -> Mapping[str, object]:
        """The values of the record with those of the parts, which may be newer."""
        own = {name: part.value() for name, part in self.parts.items()}
        return {**self.scene.values(), **own}


def has_keyboard(part: QWidget) -> bool:
    """Whether a widget or something in it has the keyboard."""
    focused = part.window().focusWidget()
    return focused is not None and (focused is part or part.isAncestorOf(focused))
