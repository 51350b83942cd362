"""Which record of the register a row is: by id, by number, by what the thing is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from mineaction_desktop.exchange.drafts import Draft, Faults
from mineaction_desktop.exchange.linking import Directory, Entry, comparable, names_of
from mineaction_desktop.exchange.plans import RecordPlan
from mineaction_desktop.formdef.types_text import as_text
from mineaction_desktop.storage.ids import endless_ids, new_id

NATURAL: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "organisation": (("name",),),
    "admin_unit": (("code",), ("name", "level")),
    "ordnance_type": (("name",),),
    "state_profile": (("iso3",),),
}
"""Columns by which things of the real world are recognised when a row gives no number."""

STATE = "state_profile"
"""A register has one: that of its State, whatever number the row has where it comes from."""

_NUMBERS = ("local_id", "external_id")

TAKEN_BACK = "import taken back"
"""Why records are hidden that an import made and somebody undid; importing shows them again."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


class Recogniser:
    """Gives each draft its entry; ``hidden_reason`` says why a record of a kind is hidden."""

    def __init__(
        self,
        directory: Directory,
        faults: Faults,
        linked: Collection[str | None],
        hidden_reason: Callable[[str, str], str],
    ) -> None:
        self._directory = directory
        self._faults = faults
        self._linked = linked
        self._hidden_reason = hidden_reason
        self._matched: dict[tuple[object, ...], Draft] = {}
        self._by_number: dict[tuple[str, str, object], Draft] = {}
        self.by_id: dict[str, Draft] = {}
        self._ids = endless_ids()
        self._is_nameless: dict[RecordPlan, bool] = {}

    def recognise(self, draft: Draft) -> Draft:
        """Find the record that a row is; the draft of an earlier row if that is the same one."""
        plan = draft.plan
        if plan not in self._is_nameless:
            self._is_nameless[plan] = _is_nameless(plan)
        if self._is_nameless[plan]:
            draft.entry = found = self._new(draft)
        else:
            known = self._state(draft) if plan.kind == STATE else None
            known = known or self._identified(draft) or self._matching(draft)
            draft.entry = found = known or self._new(draft)
            earlier = self.by_id.get(found.id) or self._with_same_number(draft)
            if earlier is not None:
                return self._again(draft, earlier)
        self.by_id[found.id] = draft
        if not found.is_stored and plan.kind in self._linked:
            self._directory.index(plan.kind).add(found)
        return draft

    def _new(self, draft: Draft, given_id: str | None = None) -> Entry:
        """How a new record will be known; by its names only where something may link to it."""
        names = names_of(draft.kind, draft.values.get) if draft.kind in self._linked else ()
        return Entry(given_id or next(self._ids), _number(draft), names, is_stored=False)

    def _with_same_number(self, draft: Draft) -> Draft | None:
        """An earlier row that gives the same number to a new record."""
        for name in _NUMBERS:
            number = draft.values.get(name)
            if number is not None:
                earlier = self._by_number.setdefault((draft.kind, name, number), draft)
                if earlier is not draft:
                    return earlier
        return None

    def _state(self, draft: Draft) -> Entry | None:
        """The register's own State, if the row is about it; another one is a mistake."""
        states = self._directory.by_columns(STATE, ("iso3",))
        code = comparable(draft.values.get("iso3"))
        id_text = self._id_text(draft)
        if code is None or not states or any(e.id == id_text for es in states.values() for e in es):
            return None
        if (code,) not in states:
            own = ", ".join(str(entry) for entries in states.values() for entry in entries)
            self._faults.add(draft, "IMPORT-008", "iso3", own=own, value=draft.values["iso3"])
            return self._new(draft)
        found = states[code,][0]
        number = draft.values.pop("local_id", None)
        if number is not None:  # other rows of the file know the State by it
            self._directory.index(STATE).by_number.setdefault(str(number), found)
        draft.says_all = bool(id_text)
        return found

    @staticmethod
    def _id_text(draft: Draft) -> str:
        """What the row gives as the id of its record."""
        cell = None if draft.plan.id_cell is None else draft.cells[draft.plan.id_cell]
        return (as_text(cell) or "").strip().lower() if cell is not None else ""

    def _identified(self, draft: Draft) -> Entry | None:
        """The stored record whose id, number or number elsewhere the row gives."""
        text = self._id_text(draft)
        number, external = draft.values.get("local_id"), draft.values.get("external_id")
        if not text and number is None and external is None:
            return None
        index = self._directory.index(draft.kind)
        by_number = index.by_number.get(str(number)) if number is not None else None
        if text:
            draft.says_all = True
            if text in index.by_id:
                found = index.by_id[text]
                if by_number is not None and by_number is not found:
                    self._faults.add(draft, "IMPORT-002", "local_id", value=number)
                return self._shown(draft, found)
            if not _UUID.match(text):
                self._faults.add(draft, "IMPORT-004", None, value=text)
                return None
            if by_number is None:
                return self._new(draft, text)
            if draft.kind not in NATURAL or not self._has_same_name(draft, by_number):
                self._faults.add(draft, "IMPORT-002", "local_id", value=number)
        if by_number is not None:
            return self._shown(draft, by_number)
        found_elsewhere = index.by_external.get(str(external)) if external is not None else None
        return self._shown(draft, found_elsewhere) if found_elsewhere else None

    def _shown(self, draft: Draft, found: Entry) -> Entry:
        """A record that is hidden is not changed, unless only an undone import has hidden it."""
        if found.is_hidden and found.is_stored:
            reason = self._hidden_reason(draft.kind, found.id)
            if not reason.startswith(TAKEN_BACK):
                number = found.local_id
                self._faults.add(draft, "IMPORT-003", "local_id", value=number, reason=reason)
            found.is_hidden = False
            self._directory.index(draft.kind).add(found)
        return found

    @staticmethod
    def _has_same_name(draft: Draft, found: Entry) -> bool:
        names = {comparable(name) for name in found.names}
        wanted = names_of(draft.kind, draft.values.get)
        return bool(names & {comparable(name) for name in wanted})

    def _matching(self, draft: Draft) -> Entry | None:
        """The record that has the same values in the columns by which records are recognised."""
        groups: tuple[tuple[str, ...], ...] = (draft.plan.match,) if draft.plan.match else ()
        if not groups and draft.values.get("local_id") is None and not draft.says_all:
            groups = NATURAL.get(draft.kind, ())
        for columns in groups:
            if any(draft.values.get(column) is None for column in columns):
                continue
            values = tuple(comparable(draft.values[column]) for column in columns)
            earlier = self._matched.get((draft.kind, *columns, *values))
            if earlier is not None:
                return earlier.entry
            found = self._directory.by_columns(draft.kind, columns).get(values, [])
            if len(found) > 1:
                name = ", ".join(str(draft.values[column]) for column in columns)
                self._faults.add(draft, "IMPORT-005", columns[0], name=name)
                return None
            self._matched[(draft.kind, *columns, *values)] = draft
            if found:
                return found[0]
        return None

    def _again(self, draft: Draft, earlier: Draft) -> Draft:
        """The same record in another row: right if a mapping recognises it so, else a mistake."""
        name = draft.name() or earlier.name()
        if not draft.plan.match:
            self._faults.add(draft, "IMPORT-001", "local_id", other=earlier.row, name=name)
            return draft
        if not _is_joined(draft, earlier):
            match = draft.plan.match[0]
            self._faults.add(draft, "IMPORT-006", match, other=earlier.row, name=name)
            return draft
        return earlier


def _is_nameless(plan: RecordPlan) -> bool:
    """Whether nothing in a row says which record it is, so that each is a new one."""
    names = {column.field.name for column in plan.early}
    says_nothing = plan.id_cell is None and names.isdisjoint(_NUMBERS)
    return says_nothing and not plan.match and plan.kind not in NATURAL


def new_entry(draft: Draft) -> Entry:
    """How a new record will be known."""
    names = names_of(draft.kind, draft.values.get)
    return Entry(new_id(), _number(draft), names, is_stored=False)


def _number(draft: Draft) -> str | None:
    number = draft.values.get("local_id")
    return None if number is None else str(number)


def _is_joined(draft: Draft, earlier: Draft) -> bool:
    """Give an earlier draft of the same record what a row adds; false if the two disagree."""
    late, earlier_late = _late(draft), _late(earlier)
    if _disagree(draft.values, earlier.values) or _disagree(late, earlier_late):
        return False
    if any(text is not None and late[name] is None for name, text in earlier_late.items()):
        if any(text is not None and earlier_late[name] is None for name, text in late.items()):
            return False
    else:
        earlier.cells = draft.cells
    for name, value in draft.values.items():
        if earlier.values.get(name) is None:
            earlier.values[name] = value
    return True


def _disagree(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return any(
        value is not None and other.get(name) not in (None, value) for name, value in one.items()
    )


def _late(draft: Draft) -> dict[str, object]:
    """What a row writes for links and amounts, which are read later."""
    return {
        column.field.name: as_text(column.given(draft.cells))
        for column in draft.plan.columns
        if column.is_late
    }
