"""The preferences, as the settings declare them: one field for each, nothing listed by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGroupBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.settings import Declared, declarations
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.parts import agree_or_cancel, soft

TITLE = mark("Preferences")
KEEP = mark("Keep")


class PreferencesDialog(QDialog):
    """Every preference with its field; they are kept all at once."""

    changed = Signal(object)
    """The names of the preferences that are otherwise now, as a frozen set."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(desk.say(TITLE))
        self.fields: dict[str, QWidget] = {}
        self._read: dict[str, Callable[[], object]] = {}
        page = QWidget()
        groups = QVBoxLayout(page)
        forms: dict[str, QFormLayout] = {}
        for name, declared in declarations().items():
            if declared.group not in forms:
                forms[declared.group] = self._group(groups, declared.group)
            self._add(forms[declared.group], name, declared)
        groups.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(page)
        buttons, _ = agree_or_cancel(desk, desk.say(KEEP))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.resize(theme.em(34), theme.em(34))

    def accept(self) -> None:
        """Keep what was chosen."""
        before = self._desk.settings.value
        wished = {name: read() for name, read in self._read.items()}
        other = frozenset(name for name, value in wished.items() if value != getattr(before, name))
        self._desk.settings.change(**wished)
        super().accept()
        if other:
            self.changed.emit(other)

    def _group(self, groups: QVBoxLayout, title: str) -> QFormLayout:
        box = QGroupBox(self._desk.say(title))
        form = QFormLayout(box)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        groups.addWidget(box)
        return form

    def _add(self, form: QFormLayout, name: str, declared: Declared) -> None:
        say = self._desk.say
        value = getattr(self._desk.settings.value, name)
        field, self._read[name] = self._field(value, declared)
        field.setAccessibleName(say(declared.title))
        field.setAccessibleDescription(say(declared.help) if declared.help else "")
        self.fields[name] = field
        if isinstance(field, QCheckBox):
            form.addRow(field)
        else:
            form.addRow(say(declared.title), field)
        if declared.help:
            form.addRow(soft(say(declared.help)))

    def _field(self, value: Any, declared: Declared) -> tuple[QWidget, Callable[[], object]]:  # noqa: ANN401 - of any type that a preference has
        say = self._desk.say
        if declared.options:
            choice = QComboBox()
            for option in declared.options:
                choice.addItem(say(option.title), option.value)
            choice.setCurrentIndex(choice.findData(value))
            return choice, choice.currentData
        if isinstance(value, bool):
            tick = QCheckBox(say(declared.title))
            tick.setChecked(value)
            return tick, tick.isChecked
        line = TypedLine(str(value))
        return line, lambda: line.text().strip()
