"""Any order of keying, saving, killing, hiding and going back, against a plain model of it all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path

from entry_samples import MARCH, area, changed_row, forms, keyed, reopened, row, with_rows
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
)
from registers import AUTHOR, new_store, unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.content import Changes, Content
from mineaction_desktop.services.drafts import Draft, keep_draft, new_draft, open_drafts
from mineaction_desktop.services.editing import ConflictError, hide, save, settle, unhide
from mineaction_desktop.services.reviewing import change_many
from mineaction_desktop.services.undoing import restore, take_back, versions
from mineaction_desktop.storage.store import Store

State = tuple[object, ...]
EXAMPLES = int(os.environ.get("MINEACTION_EXAMPLES", "8"))
"""How many lives are lived in a test; more of them in a long check."""
NAMES = st.sampled_from(["North", "الشمال", "Ёлка", "a\u202eb", "", "x" * 300]).map(
    lambda text: text or None
)


def seen(content: Content) -> State:
    """What a person sees of a record: its own fields and its rows in sight."""
    values = content.values
    rows = [one.values["quantity"] for one in content.rows("contamination") if not one.hidden]
    return values["name"], values["place"], tuple(rows), content.is_hidden


class Desk(RuleBasedStateMachine):
    """One office at work; ``shown`` is what each record must look like."""

    records: Bundle[str] = Bundle("records")
    steps: Bundle[Changes] = Bundle("steps")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        os.environ["MINEACTION_RESCUE"] = str(Path(self.folder.name) / "rescued")
        self.store: Store = new_store(Path(self.folder.name))
        self.shown: dict[str, State] = {}
        self.past: dict[str, dict[int, State]] = {}
        self.drafts: dict[str, Draft] = {}
        self.stale: dict[str, Content] = {}

    def teardown(self) -> None:
        assert unsound(self.store) == []
        self.store.close()
        self.folder.cleanup()
        del os.environ["MINEACTION_RESCUE"]

    def open(self, record_id: str) -> Content:
        return reopened(self.store, replace(area(), id=record_id))

    def look(self, record_id: str) -> None:
        """Take over what a step that cannot be foretold has made of a record."""
        self.shown[record_id] = seen(self.open(record_id))

    def noted(self, record_id: str) -> None:
        """Remember how a record looks after its last entry."""
        with self.store.read() as reader:
            last = versions(reader, forms(), record_id)[0]
        self.past.setdefault(record_id, {})[last.number] = self.shown[record_id]

    @rule(target=records, name=NAMES, count=st.integers(0, 3))
    def create(self, name: str | None, count: int) -> str:
        made = keyed(area(), name=name)
        rows = [
            row(made, "contamination", family="APM", quantity_state="counted", quantity=number)
            for number in range(count)
        ]
        saved = save(self.store, forms(), with_rows(made, "contamination", *rows))
        assert saved.content.version == 1
        self.shown[made.id] = (name, None, tuple(range(count)), False)
        self.noted(made.id)
        return made.id

    @rule(target=steps, record=records, place=NAMES, quantity=st.integers(0, 9))
    def edit(self, record: str, place: str | None, quantity: int) -> Changes:
        opened = self.open(record)
        wanted = keyed(opened, place=place)
        if wanted.rows("contamination"):
            wanted = changed_row(wanted, "contamination", quantity=quantity)
        saved = save(self.store, forms(), wanted)
        name, _, rows, hidden = self.shown[record]
        assert isinstance(rows, tuple)
        rows = (quantity, *rows[1:]) if rows else rows
        self.shown[record] = (name, place, rows, hidden)
        self.noted(record)
        return saved.changes

    @rule(target=steps, record=records)
    def delete_row(self, record: str) -> Changes:
        opened = self.open(record)
        if not opened.rows("contamination"):
            return multiple()  # type: ignore[return-value]  # nothing for the bundle
        saved = save(self.store, forms(), changed_row(opened, "contamination", hidden=True))
        name, place, rows, hidden = self.shown[record]
        assert isinstance(rows, tuple)
        self.shown[record] = (name, place, rows[1:], hidden)
        return saved.changes

    @rule(record=records)
    def open_for_later(self, record: str) -> None:
        """Somebody opens a record and goes to lunch."""
        self.stale[record] = self.open(record)

    @precondition(lambda self: self.stale)
    @rule(name=NAMES, data=st.data())
    def save_what_was_opened_before(self, name: str | None, data: st.DataObject) -> None:
        record = data.draw(st.sampled_from(sorted(self.stale)))
        opened = self.stale.pop(record)
        mine = keyed(opened, name=name)
        wanted: object = self.shown[record][0] if name == opened.values["name"] else name
        try:
            save(self.store, forms(), mine)
        except ConflictError as conflict:
            side = data.draw(st.sampled_from(["yours", "theirs"]))
            choices = {one.path: side for one in conflict.fields}
            save(self.store, forms(), settle(mine, conflict, choices))  # type: ignore[arg-type]  # drawn
            if side == "theirs":
                wanted = conflict.theirs.values["name"]
        self.shown[record] = (wanted, *self.shown[record][1:])

    @rule(name=NAMES, parked=st.booleans())
    def key_a_draft(self, name: str | None, *, parked: bool) -> None:
        draft = replace(
            new_draft(keyed(area(), name=name, area_class=None), AUTHOR),
            is_parked=parked,
            texts={"survey_date": "31 Feb"},
        )
        keep_draft(self.store, draft)
        self.drafts[draft.id] = draft

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), name=NAMES)
    def go_on_with_a_draft(self, data: st.DataObject, name: str | None) -> None:
        draft = self.drafts[data.draw(st.sampled_from(sorted(self.drafts)))]
        later = replace(draft, content=keyed(draft.content, name=name))
        keep_draft(self.store, later)
        self.drafts[draft.id] = later

    @precondition(lambda self: self.drafts)
    @rule(target=records, data=st.data())
    def save_a_draft(self, data: st.DataObject) -> str:
        draft = self.drafts.pop(data.draw(st.sampled_from(sorted(self.drafts))))
        content = keyed(draft.content, area_class="SHA", survey_date=MARCH)
        save(self.store, forms(), content, draft_id=draft.id)
        self.shown[content.id] = (content.values["name"], None, (), False)
        self.noted(content.id)
        return content.id

    @rule()
    def lose_power(self) -> None:
        """What is on the disk is all that is left: the file is copied while it is open."""
        folder = Path(tempfile.mkdtemp(dir=self.folder.name))
        for name in (self.store.path.name, f"{self.store.path.name}-wal"):
            with contextlib.suppress(FileNotFoundError):
                (folder / name).write_bytes((self.store.path.parent / name).read_bytes())
        self.store.close()
        self.store = Store.open(folder / self.store.path.name, AUTHOR, write=True)

    @rule(target=steps, record=records)
    def hide_or_show(self, record: str) -> Changes:
        hidden = bool(self.shown[record][-1])
        change = unhide if hidden else hide
        done = change(self.store, "hazardous_area", [record], "counted twice, or not")
        self.look(record)
        assert self.shown[record][-1] is not hidden
        return done

    @rule(target=steps, some=st.lists(records, max_size=4, unique=True), place=NAMES)
    def change_some(self, some: list[str], place: str | None) -> Changes:
        done = change_many(
            self.store, forms(), "hazardous_area", some, "place", place, "one district"
        )
        for record in some:
            name, before, rows, hidden = self.shown[record]
            self.shown[record] = (name, before if hidden else place, rows, hidden)
        return done

    @rule(target=steps, step=consumes(steps))
    def go_back(self, step: Changes) -> Changes:
        """A step is taken back whole, or something newer that is named stands in the way."""
        if not step.batch:
            return multiple()  # type: ignore[return-value]  # as above
        try:
            done = take_back(self.store, step.batch)
        except UserError as refused:
            if not refused.problems:
                raise
            return multiple()  # type: ignore[return-value]  # as above
        for record in step.touched.get("hazardous_area", ()):
            self.look(record)
        for record in self.shown:
            if "contamination" in step.touched:
                self.look(record)
        return done

    @precondition(lambda self: self.past)
    @rule(data=st.data())
    def restore_a_version(self, data: st.DataObject) -> None:
        record = data.draw(st.sampled_from(sorted(self.past)))
        number = data.draw(st.sampled_from(sorted(self.past[record])))
        restore(self.store, forms(), "hazardous_area", record, number)
        name, place, _, hidden = self.past[record][number]
        self.shown[record] = (name, place, self.shown[record][2], hidden)

    @invariant()
    def everything_is_as_it_should_be(self) -> None:
        for record, state in self.shown.items():
            assert seen(self.open(record)) == state
        with self.store.read() as reader:
            found = {one.id: one for one in open_drafts(reader)}
        assert found.keys() == self.drafts.keys()
        for draft_id, draft in self.drafts.items():
            assert replace(found[draft_id], kept_at=draft.kept_at) == draft


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
