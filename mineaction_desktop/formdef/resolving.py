"""From the contents of files to forms ready for use; every mistake is found, none is passed on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.conditions import Scope, condition
from mineaction_desktop.formdef.fieldmaking import FieldMaker, Laid
from mineaction_desktop.formdef.findings import Findings, near
from mineaction_desktop.formdef.form import Field, Form, Group, Rule, Section
from mineaction_desktop.formdef.loading import Source
from mineaction_desktop.formdef.model import AdditionFile, CommonFile, FormFile, RuleDef, SectionDef
from mineaction_desktop.formdef.recordfields import RecordKind

_RULE = re.compile(r"[A-Z][A-Z0-9_]*-\d{3}\Z")


@dataclass(frozen=True, slots=True)
class Sources:
    """The decoded files of all folders."""

    forms: Mapping[str, Source[FormFile]]
    additions: Sequence[Source[AdditionFile]]
    common: Sequence[Source[CommonFile]]
    lists: Mapping[str, ChoiceList]
    kinds: Mapping[str, RecordKind]


class Resolver:
    """Makes each form once; the forms of its groups are made on the way."""

    def __init__(self, sources: Sources, findings: Findings) -> None:
        self._sources = sources
        self._findings = findings
        self._made: dict[str, Form] = {}
        self._rule_codes: set[str] = set()

    def form(self, kind: str) -> Form:
        """The form of a kind that has a file."""
        if kind not in self._made:
            self._made[kind] = self._resolved(self._sources.forms[kind])
        return self._made[kind]

    def _resolved(self, source: Source[FormFile]) -> Form:
        definition = source.content
        parts = [(source.file, definition.sections), *self._further_sections(definition.kind)]
        fields = self._fields(definition.kind, parts, source.file)
        self._check_head(source, fields)
        sections = [
            self._section(file, section, fields, definition.kind)
            for file, section in _unique_sections(parts, self._findings)
        ]
        return Form(
            kind=definition.kind,
            title=definition.title,
            plural=definition.plural,
            subject=definition.subject,
            help=definition.help,
            label=definition.label,
            list_columns=definition.list_columns,
            code=definition.code,
            sections=tuple(sections),
            rules=tuple(self._rules(source, fields)),
            fields=fields,
        )

    def _further_sections(self, kind: str) -> Iterator[tuple[str, tuple[SectionDef, ...]]]:
        """What offices add to the form, and what every form ends with."""
        for addition in self._sources.additions:
            if addition.content.extends == kind:
                yield addition.file, addition.content.sections
        for common in self._sources.common:
            yield common.file, common.content.sections

    def _fields(
        self, kind: str, parts: Sequence[tuple[str, tuple[SectionDef, ...]]], file: str
    ) -> dict[str, Field]:
        """All fields of the form, in form order."""
        maker = FieldMaker(kind, self._sources.kinds, self._sources.lists, self._findings)
        laid: dict[str, Laid] = {}
        bases: dict[str, Field] = {}
        for one in _laid_out(parts):
            name = one.definition.name
            if name in laid:
                self._findings.add("FORM-012", one.file, one.path, name=name)
                continue
            laid[name] = one
            if basis := maker.basis(one):
                bases[name] = basis
        for name in maker.missing(laid):
            self._findings.add("FORM-011", file, "sections", name=name)
        return {name: maker.finished(laid[name], basis, bases) for name, basis in bases.items()}

    def _section(
        self, file: str, section: SectionDef, fields: Mapping[str, Field], kind: str
    ) -> Section:
        path = f"sections[{section.id}]"
        if not section.title.strip():
            self._findings.add("FORM-008", file, f"{path}.title", name="title")
        if bool(section.fields) == (section.group is not None):
            self._findings.add("FORM-034", file, path)
        own = [fields[one.name] for one in section.fields if one.name in fields]
        if section.relevant is not None:
            for one in own:
                if one.obligatory:
                    self._findings.add("FORM-018", file, f"{path}.relevant", name=one.name)
        return Section(
            id=section.id,
            title=section.title,
            help=section.help,
            relevant=condition(
                section.relevant, f"{path}.relevant", Scope(file, fields, self._findings)
            ),
            fields=tuple(own),
            group=self._group(file, f"{path}.group", section.group, kind),
        )

    def _group(self, file: str, path: str, kind: str | None, parent: str) -> Group | None:
        if kind is None:
            return None
        kinds = self._sources.kinds
        if kind not in kinds:
            self._findings.add("FORM-005", file, path, name=kind, near=near(kind, kinds))
            return None
        link = kinds[kind].link_to(parent)
        if link is None:
            self._findings.add("FORM-031", file, path, name=kind, parent=parent)
        elif kind not in self._sources.forms:
            self._findings.add("FORM-032", file, path, name=kind)
        else:
            return Group(kind=kind, link_field=link, form=self.form(kind))
        return None

    def _check_head(self, source: Source[FormFile], fields: Mapping[str, Field]) -> None:
        """Title, label, list columns and code."""
        definition, note = source.content, self._findings.add
        for key in ("title", "plural", "help", "label"):
            if not getattr(definition, key).strip():
                note("FORM-008", source.file, key, name=key)
        prefix = self._sources.kinds[definition.kind].prefix
        if definition.code != prefix:
            note("FORM-009", source.file, "code", name="code", expected=prefix)
        named = _names_in(definition.label)
        if named is None:
            note("FORM-041", source.file, "label", example="{local_id} {name}")
        for key, names in (("label", named or []), ("list_columns", definition.list_columns)):
            for name in names:
                if name not in fields:
                    note("FORM-040", source.file, key, name=name, near=near(name, fields))

    def _rules(self, source: Source[FormFile], fields: Mapping[str, Field]) -> Iterator[Rule]:
        files: list[tuple[str, tuple[RuleDef, ...]]] = [(source.file, source.content.rules)]
        files += [
            (addition.file, addition.content.rules)
            for addition in self._sources.additions
            if addition.content.extends == source.content.kind
        ]
        for file, rules in files:
            for rule in rules:
                if made := self._rule(file, rule, fields):
                    yield made

    def _rule(self, file: str, rule: RuleDef, fields: Mapping[str, Field]) -> Rule | None:
        path, note = f"rules[{rule.code}]", self._findings.add
        if not _RULE.match(rule.code) or rule.code.startswith(("FIELD-", "FORM-")):
            note("FORM-043", file, f"{path}.code", name=rule.code)
        if rule.code in self._rule_codes:
            note("FORM-042", file, f"{path}.code", name=rule.code)
        self._rule_codes.add(rule.code)
        if not rule.message.strip():
            note("FORM-008", file, f"{path}.message", name="message")
        if rule.field is not None and rule.field not in fields:
            hint = near(rule.field, fields)
            note("FORM-040", file, f"{path}.field", name=rule.field, near=hint)
        check = condition(rule.check, f"{path}.check", Scope(file, fields, self._findings))
        if check is None:
            return None
        return Rule(
            code=rule.code,
            check=check,
            message=rule.message,
            field=rule.field,
            severity=Severity(rule.severity),
        )


def _laid_out(parts: Sequence[tuple[str, tuple[SectionDef, ...]]]) -> Iterator[Laid]:
    for file, sections in parts:
        for section in sections:
            for one in section.fields:
                yield Laid(one, file, f"sections[{section.id}].fields[{one.name}]")


def _unique_sections(
    parts: Sequence[tuple[str, tuple[SectionDef, ...]]], findings: Findings
) -> Iterator[tuple[str, SectionDef]]:
    seen: set[str] = set()
    for file, sections in parts:
        for section in sections:
            if section.id in seen:
                findings.add("FORM-033", file, f"sections[{section.id}]", name=section.id)
            seen.add(section.id)
            yield file, section


def _names_in(template: str) -> list[str] | None:
    """The fields that a label names; ``None`` if it is no such text."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return None
    if any(conversion or layout for _, _, layout, conversion in parts):
        return None
    names = [name for _, name, _, _ in parts if name is not None]
    return names if all(name.isidentifier() for name in names) else None
