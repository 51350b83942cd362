"""Where the links of a row lead: to records of the register, of the same file, or to new ones."""

from __future__ import annotations

from collections.abc import Mapping

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.exchange.columns import Column
from mineaction_desktop.exchange.drafts import Draft, Faults
from mineaction_desktop.exchange.linking import Directory, Entry, comparable, name_columns
from mineaction_desktop.exchange.plans import RecordPlan
from mineaction_desktop.exchange.recognising import new_entry


class Follower:
    """Follows links; ``made`` are the records that a mapping had it make, by kind and name."""

    def __init__(self, directory: Directory, faults: Faults, by_id: dict[str, Draft]) -> None:
        self._directory = directory
        self._faults = faults
        self._by_id = by_id
        self.made: dict[tuple[str, object], Draft] = {}

    def follow(self, draft: Draft, by_name: Mapping[str, Draft]) -> None:
        """Read the links of a draft; ``by_name`` are the named records of the same row."""
        for column in draft.plan.late:
            if column.field.type == "link":
                self._follow_link(draft, column, by_name)
        for column in draft.plan.late:
            if column.field.type == "money":
                currency = draft.values.get(column.field.currency_field or "")
                known = currency if isinstance(currency, str) else None
                self._faults.put(draft, column, column.read(draft.cells, known))

    def _follow_link(self, draft: Draft, column: Column, by_name: Mapping[str, Draft]) -> None:
        name, rule = column.field.name, column.link
        if rule is not None and rule.record is not None:
            sibling = by_name.get(rule.record)
            if sibling is not None:
                self._set_link(draft, column, sibling.entry)
                return
        text = column.link_text(draft.cells)
        if text is None:
            draft.values.setdefault(name, None)
            return
        made = self.made.get((column.field.link or "", comparable(text)))
        found = made.entry if made else None
        if found is None:
            match = rule.match if rule else None
            result = self._directory.resolve(column.field, text, match)
            if isinstance(result, Problem):
                if rule is None or not rule.create or result.code == "LINK-003":
                    self._faults.put(draft, column, result)
                    return
                result = self._make(draft, column, text)
            found = result
        self._set_link(draft, column, found)
        self._keep_written(draft, column, text, found)

    def _set_link(self, draft: Draft, column: Column, entry: Entry | None) -> None:
        draft.values[column.field.name] = None if entry is None else entry.id
        needed = None if entry is None else self._by_id.get(entry.id)
        if needed is not None and needed is not draft:
            draft.needs.append(needed)
        if entry is not None and column.field.name == "parent_id" and draft.entry is not None:
            draft.entry.above = entry.id

    @staticmethod
    def _keep_written(draft: Draft, column: Column, text: str, found: Entry | None) -> None:
        """Keep a name as the source writes it, unless it is the thing's own name or number."""
        written = column.field.written_in
        if written is None or found is None or written in draft.values:
            return
        if text not in {found.id, found.local_id, *found.names[:1]}:
            draft.values[written] = text

    def _make(self, draft: Draft, column: Column, text: str) -> Entry:
        """Make the record that a link names, as the mapping asks for."""
        kind = column.field.link or ""
        form = self._directory.form(kind)
        rule = column.link
        named = (rule.match if rule else None) or name_columns(kind)[0]
        constants: dict[str, object] = {**(rule.constants if rule else {}), named: text}
        columns = tuple(
            Column(form.fields[name], constant=value, context=column.context)
            for name, value in constants.items()
            if name in form.fields
        )
        plan = RecordPlan(form, columns)
        made = Draft(plan, draft.row, (), draft.sheet, is_made_for_link=True)
        for one in columns:
            if one.field.type != "link":
                self._faults.put(made, one, one.read(()))
        made.entry = new_entry(made)
        self._by_id[made.entry.id] = made
        self.made[kind, comparable(text)] = made
        self.follow(made, {})
        return made.entry
