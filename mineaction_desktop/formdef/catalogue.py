"""All forms and choice lists, read once and ready for use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mineaction_desktop import paths
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.choices import ChoiceList, choice_list, conflicts
from mineaction_desktop.formdef.findings import Findings, near
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.loading import Source, choice_files, entry_files
from mineaction_desktop.formdef.model import AdditionFile, ChoiceListDef, CommonFile, FormFile
from mineaction_desktop.formdef.recordfields import RecordKind, fixed_codes, record_kinds
from mineaction_desktop.formdef.resolving import Resolver, Sources
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import kinds

ALL_KINDS = mark(" The kinds of record are: {kinds}.")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The forms by record kind, and the choice lists by name."""

    forms: Mapping[str, Form]
    lists: Mapping[str, ChoiceList]

    def form(self, kind: str) -> Form:
        """The form of a kind; a name that is no kind is refused with the nearest ones."""
        found = self.forms.get(kind)
        if found is None:
            message = mark("There is no form for “{name}”.{near}")
            known = Message(ALL_KINDS, {"kinds": ", ".join(sorted(self.forms))})
            hint = near(kind, self.forms)
            hint = hint if hint.text else known
            raise UserError(Message(message, {"name": kind, "near": hint}))
        return found

    def choices(self, name: str) -> ChoiceList:
        """A choice list by its name."""
        found = self.lists.get(name)
        if found is None:
            message = mark("There is no choice list “{name}”.{near}")
            raise UserError(Message(message, {"name": name, "near": near(name, self.lists)}))
        return found

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have a form."""
        return tuple(self.forms)


def load_catalogue(folder: Path | None = None, extra_folders: Sequence[Path] = ()) -> Catalogue:
    """Read all forms and lists; raise ``UserError`` with every mistake if there is any.

    Without ``folder`` these are the program's own, with those of the office beside them.
    ``extra_folders`` are laid out like ``folder``: they hold forms of further kinds, additions to
    forms that exist, and further choice lists.
    """
    if folder is None:
        national = paths.national_forms_dir()
        found = (national,) if national.is_dir() else ()
        return _kept((paths.forms_dir(), *found, *extra_folders), tuple(kinds()))
    return _read([folder, *extra_folders])


@cache  # the program's files stay as they are while it runs; a later kind makes another catalogue
def _kept(folders: tuple[Path, ...], _: tuple[str, ...]) -> Catalogue:
    return _read(folders)


def _read(folders: Sequence[Path]) -> Catalogue:
    findings = Findings()
    known = record_kinds()
    lists = _lists(folders, fixed_codes(known), findings)
    sources = _sources(folders, known, lists, findings)
    resolver = Resolver(sources, findings)
    forms = {kind: resolver.form(kind) for kind in sources.forms}
    findings.refuse_if_any()
    return Catalogue(forms, lists)


def _sources(
    folders: Sequence[Path],
    known: Mapping[str, RecordKind],
    lists: Mapping[str, ChoiceList],
    findings: Findings,
) -> Sources:
    forms: dict[str, Source[FormFile]] = {}
    additions: list[Source[AdditionFile]] = []
    common: list[Source[CommonFile]] = []
    for folder in folders:
        for source in entry_files(folder, findings):
            match source.content:
                case CommonFile():
                    common.append(Source(source.file, source.content))
                case AdditionFile():
                    additions.append(Source(source.file, source.content))
                case FormFile() if _is_acceptable(
                    Source(source.file, source.content), known, forms, findings
                ):
                    forms[source.content.kind] = Source(source.file, source.content)
    for addition in additions:
        name = addition.content.extends
        if name not in forms:
            hint = near(name, forms)
            findings.add("FORM-005", addition.file, "extends", name=name, near=hint)
    return Sources(forms, additions, common, lists, known)


def _is_acceptable(
    source: Source[FormFile],
    known: Mapping[str, RecordKind],
    forms: Mapping[str, Source[FormFile]],
    findings: Findings,
) -> bool:
    """Whether the file is the first for a kind that exists, and named after it."""
    kind, file = source.content.kind, source.file
    if kind not in known:
        findings.add("FORM-005", file, "kind", name=kind, near=near(kind, known))
        return False
    if Path(file).stem != kind:
        findings.add("FORM-006", file, "kind", name=kind)
    if kind in forms:
        findings.add("FORM-007", file, "kind", name=kind, other=forms[kind].file)
        return False
    return True


def _lists(
    folders: Sequence[Path], fixed: Mapping[str, frozenset[str]], findings: Findings
) -> dict[str, ChoiceList]:
    found: dict[str, ChoiceList] = {}
    origin: dict[str, tuple[str, ChoiceListDef]] = {}
    for folder in folders:
        for source in choice_files(folder, findings):
            for name, definition in source.content.items():
                if name in origin:
                    findings.add("FORM-053", source.file, name, name=name, other=origin[name][0])
                    continue
                origin[name] = source.file, definition
                found[name] = choice_list(name, definition)
    codes = {code for choices in found.values() for code in choices.choices}
    for name, (file, definition) in origin.items():
        _check_list(file, name, definition, codes, findings)
        if name in fixed and fixed[name] != set(found[name].choices):
            findings.add(
                "FORM-052",
                file,
                name,
                expected=", ".join(sorted(fixed[name])),
                found=", ".join(sorted(found[name].choices)),
            )
    return found


def _check_list(
    file: str, name: str, definition: ChoiceListDef, codes: set[str], findings: Findings
) -> None:
    seen: set[str] = set()
    if not definition.title.strip():
        findings.add("FORM-008", file, f"{name}.title", name="title")
    for choice in definition.choices:
        path = f"{name}.choices[{choice.code}]"
        if choice.code in seen:
            findings.add("FORM-050", file, path, name=choice.code)
        seen.add(choice.code)
        for key in ("code", "label"):
            if not getattr(choice, key).strip():
                findings.add("FORM-008", file, f"{path}.{key}", name=key)
        if choice.parent is not None and choice.parent not in codes:
            hint = near(choice.parent, codes)
            findings.add("FORM-054", file, f"{path}.parent", name=choice.parent, near=hint)
    for spelling, one, other in conflicts(definition.choices):
        findings.add(
            "FORM-051", file, f"{name}.choices[{other}]", text=spelling, one=one, other=other
        )
