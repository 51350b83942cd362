"""One condition on one field, put together with the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.browsing import (
    DATES,
    TEXTS,
    Column,
    Filter,
    Operator,
    operators,
)
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.lists.cells import unsteered, value_text
from mineaction_desktop.ui.lists.wording import NO_VALUE, operator_name
from mineaction_desktop.ui.theme import em

TITLE = mark("Filter the list")
FIELD, ASKED, VALUE, TO = mark("Field"), mark("Comparison"), mark("Value"), mark("To")
YES, NO = mark("Yes"), mark("No")
GIVE_VALUE = mark("Give a value to compare with.")
CHOOSE_FIELD = mark("Choose a field from the list.")
DATES_HELP = mark("A day, a month or a year: 2024-05-14, 2024-05, 2024.")


class FilterDialog(QDialog):
    """Asks for a condition; ``filter`` is the answer once it is accepted."""

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column],
        start: Filter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._columns = [column for column in columns if column.field.type != "sealed"]
        self._filter: Filter | None = None
        self.setWindowTitle(desk.say(TITLE))
        self.setMinimumWidth(em(28))
        self._build()
        if start is not None:
            self._start_with(start)

    @property
    def filter(self) -> Filter | None:
        """The condition that was put together."""
        return self._filter

    def choose(self, name: str) -> None:
        """Begin with a field."""
        names = [column.name for column in self._columns]
        if name in names:
            self.field.setCurrentIndex(names.index(name))

    def _build(self) -> None:
        desk = self._desk
        self.field = QComboBox()
        self.field.setEditable(True)
        self.field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.field.addItems([column.label for column in self._columns])
        completer = QCompleter([column.label for column in self._columns], self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.operator = QComboBox()
        self.value, self.other = TypedLine(), TypedLine()
        self.choices = QListWidget()
        self.choices.setMinimumHeight(em(9))
        self._stack = QStackedWidget()
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        self._to = QLabel(desk.say(TO))
        self._help = QLabel()
        self._help.setProperty("role", "soft")
        for part in (self.value, self._to, self.other, self._help):
            column.addWidget(part)
        column.addStretch(1)
        self._stack.addWidget(line)
        self._stack.addWidget(self.choices)
        self._said = QLabel()
        self._said.setProperty("tone", "error")
        self._said.setWordWrap(True)
        self._lay_out()
        for widget, name in (
            (self.field, FIELD),
            (self.operator, ASKED),
            (self.value, VALUE),
            (self.other, TO),
            (self.choices, VALUE),
        ):
            widget.setAccessibleName(desk.say(name))
        self.field.currentIndexChanged.connect(self._take_field)
        self.operator.currentIndexChanged.connect(self._take_operator)
        self._take_field()
        if (line_of_field := self.field.lineEdit()) is not None:
            line_of_field.selectAll()

    def _lay_out(self) -> None:
        desk = self._desk
        form = QFormLayout()
        form.addRow(desk.say(FIELD), self.field)
        form.addRow(desk.say(ASKED), self.operator)
        form.addRow(desk.say(VALUE), self._stack)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        whole = QVBoxLayout(self)
        whole.addLayout(form)
        whole.addWidget(self._said)
        whole.addWidget(buttons)

    def _start_with(self, start: Filter) -> None:
        names = [column.name for column in self._columns]
        if start.field not in names:
            return
        self.field.setCurrentIndex(names.index(start.field))
        self.operator.setCurrentIndex(max(0, self.operator.findData(start.operator)))
        values = list(start.value) if isinstance(start.value, tuple) else [start.value]
        field = self._column().field
        if self._has_choices():
            for row in range(self.choices.count()):
                item = self.choices.item(row)
                if item.data(Qt.ItemDataRole.UserRole) in values:
                    item.setCheckState(Qt.CheckState.Checked)
            return
        texts = ["" if value is None else value_text(self._desk, field, value) for value in values]
        self.value.setText(unsteered(texts[0]))
        self.other.setText(unsteered(texts[-1]))

    def _column(self) -> Column:
        return self._columns[max(0, self.field.currentIndex())]

    def _operator(self) -> Operator:
        found = self.operator.currentData()
        return Operator(found) if found else Operator.EQUALS

    def _has_choices(self) -> bool:
        return self._stack.currentIndex() == 1

    def _take_field(self) -> None:
        column = self._column()
        self.operator.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.operator.clear()
        known = operators(column.field.type)
        if column.field.link:
            known = tuple(one for one in known if one not in {Operator.ANY_OF, Operator.NONE_OF})
        for one in known:
            self.operator.addItem(operator_name(self._desk, column, one), one.value)
        self.operator.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.choices.clear()
        for code, label in self._offered(column):
            item = QListWidgetItem(label)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.choices.addItem(item)
        self.choices.setCurrentRow(0)
        self._help.setText(self._desk.say(DATES_HELP) if column.field.type in DATES else "")
        self._take_operator()

    def _offered(self, column: Column) -> list[tuple[object, str]]:
        field, words = column.field, self._desk.words
        if field.type == "yes_no":
            return [(True, self._desk.say(YES)), (False, self._desk.say(NO))]
        if field.choices is None:
            return []
        return [(one.code, words.gettext(one.label)) for one in field.choices]

    def _take_operator(self) -> None:
        operator, column = self._operator(), self._column()
        is_asked = operator not in NO_VALUE
        self._stack.setVisible(is_asked)
        self._stack.setCurrentIndex(1 if self.choices.count() else 0)
        is_between = operator is Operator.BETWEEN
        self._to.setVisible(is_between)
        self.other.setVisible(is_between)
        is_from_left = column.field.type not in TEXTS and not column.field.link
        direction = Qt.LayoutDirection.LeftToRight if is_from_left else self.layoutDirection()
        for line in (self.value, self.other):
            line.setLayoutDirection(direction)

    def _accept(self) -> None:
        if self.field.findText(self.field.currentText()) < 0:
            self._said.setText(self._desk.say(CHOOSE_FIELD))
            self.field.setFocus()
            return
        operator = self._operator()
        if operator in NO_VALUE:
            self._finish(None)
        elif self._has_choices():
            self._take_choices(operator)
        else:
            self._take_texts(operator)

    def _take_choices(self, operator: Operator) -> None:
        items = [self.choices.item(row) for row in range(self.choices.count())]
        chosen = [one for one in items if one.checkState() == Qt.CheckState.Checked]
        current = self.choices.currentItem()
        if not chosen and current is not None and self.choices.hasFocus():
            chosen = [current]
        values = tuple(one.data(Qt.ItemDataRole.UserRole) for one in chosen)
        if not values:
            self._said.setText(self._desk.say(GIVE_VALUE))
            self.choices.setFocus()
            return
        self._finish(values[0] if operator is Operator.EQUALS else values)

    def _take_texts(self, operator: Operator) -> None:
        lines = [self.value, self.other] if operator is Operator.BETWEEN else [self.value]
        values = []
        for line in lines:
            read = self._read(line.text())
            if isinstance(read, Problem) or read is None:
                self._refuse(line, read)
                return
            values.append(read)
        self._finish(tuple(values) if operator is Operator.BETWEEN else values[0])

    def _refuse(self, line: QLineEdit, problem: Problem | None) -> None:
        words = self._desk.words
        self._said.setText(problem.message.render(words) if problem else self._desk.say(GIVE_VALUE))
        line.setFocus()
        line.selectAll()

    def _read(self, text: str) -> object:
        field = self._column().field
        if field.type in TEXTS or field.link:
            return text.strip() or None
        kind = "partial_date" if field.type in DATES else field.type
        mark_of_decimals = self._desk.locale.decimalPoint()
        context = FieldContext(decimal_mark="," if mark_of_decimals == "," else ".")
        return TYPES[kind].read(text, field, context)

    def _finish(self, value: object) -> None:
        self._filter = Filter(self._column().name, self._operator(), value)
        self.accept()
