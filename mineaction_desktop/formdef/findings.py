"""What can be wrong with a form file: one stable code each, with the place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.formdef.wording import closest
from mineaction_desktop.i18n import Message, mark

MESSAGES: Mapping[str, str] = {
    "FORM-001": mark("The file cannot be read: {reason}"),
    "FORM-002": mark("The file does not have the shape of its kind: {reason}"),
    "FORM-003": mark("“{name}” is no key of a form file.{near}"),
    "FORM-004": mark("The file is of format {found}; this program reads format {known}."),
    "FORM-005": mark("There is no record kind “{name}”.{near}"),
    "FORM-006": mark("The file is for “{name}” and must be called {name}.toml."),
    "FORM-007": mark("“{name}” has a form already, in {other}. To add fields to it write extends."),
    "FORM-008": mark("“{name}” must not be empty."),
    "FORM-009": mark("Write {expected} for “{name}”: the records of this kind are numbered so."),
    "FORM-010": mark("The record has no field “{name}”.{near} A national field says extra = true."),
    "FORM-011": mark("The field “{name}” of the record is not laid out anywhere."),
    "FORM-012": mark("The field “{name}” is laid out twice."),
    "FORM-013": mark("The national field “{name}” needs a type."),
    "FORM-014": mark("“{name}” comes from the record and cannot be said here."),
    "FORM-015": mark(
        "“{name}” cannot be the name of a national field: it is taken, or is not made of small "
        "letters, digits and underscores."
    ),
    "FORM-016": mark("A field of the type {type} cannot have “{name}”, or cannot do without it."),
    "FORM-017": mark("The default is no value of this field: {reason}"),
    "FORM-018": mark(
        "“{name}” is obligatory in the record and cannot be hidden. Take the condition away."
    ),
    "FORM-019": mark("A message needs a constraint that it explains."),
    "FORM-020": mark("“{text}” is no condition: at character {position}, {reason}."),
    "FORM-021": mark("The condition names “{name}”, which is no field of this form.{near}"),
    "FORM-022": mark(
        "The condition holds “{name}” against “{value}”, which it can never be.{near}"
    ),
    "FORM-023": mark("“{name}” is not a yes/no field. Write filled({name}) or a comparison."),
    "FORM-024": mark("“{value}” cannot be typed where {unit} is kept."),
    "FORM-025": mark(
        "“{value}” names no value that can be taken: write a link of this form, a point, and a "
        "field of the linked record that holds the same."
    ),
    "FORM-030": mark("There is no choice list “{name}”.{near}"),
    "FORM-031": mark("The records of “{name}” are not rows of “{parent}”, so they are no group."),
    "FORM-032": mark("The group needs a form for “{name}”, and there is none."),
    "FORM-033": mark("There are two sections called “{name}”."),
    "FORM-034": mark("A section has either fields or a group."),
    "FORM-040": mark("“{name}” is no field of this form.{near}"),
    "FORM-041": mark("The label is no text with fields in braces, such as “{example}”."),
    "FORM-042": mark("The code {name} is used by another rule."),
    "FORM-043": mark("{name} is no code of a rule: capital letters, a dash and three digits."),
    "FORM-050": mark("The code “{name}” is in the list twice."),
    "FORM-051": mark("“{text}” stands for {one} and for {other}: a file could mean either."),
    "FORM-052": mark("The program needs exactly these codes here: {expected}. Found: {found}."),
    "FORM-053": mark("The list “{name}” is there already, in {other}."),
    "FORM-054": mark("“{name}” is no code of any list.{near}"),
    "FORM-060": mark(
        "The file lies where no form is looked for. Put it into the folder {folder}, or take it "
        "away."
    ),
    "FORM-061": mark("Forms end with “.toml”. Name the file so, or take it away."),
}
"""The sentence behind each code."""


@dataclass(slots=True)
class Findings:
    """Collects what is wrong in the form files, so that one look shows all of it."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, file: str, path: str, **values: object) -> None:
        """Note one mistake at a place of a file."""
        message = Message(MESSAGES[code], values)
        self.problems.append(Problem(code, message, Place(file=file, field=path or None)))

    def refuse_if_any(self) -> None:
        """Raise what was found, if anything was."""
        if not self.problems:
            return
        first = self.problems[0]
        message = Message(
            mark("The form files cannot be used. {file}, {path}: {reason}"),
            {
                "file": first.place.file or "",
                "path": first.place.field or "",
                "reason": first.message,
                "n": len(self.problems),
            },
            mark("The form files have {n} mistakes. The first: {file}, {path}: {reason}"),
        )
        raise UserError(message, tuple(self.problems))


def near(wanted: str, known: Iterable[str]) -> Message:
    """A hint at the names most like the wanted one; nothing if none is."""
    found = closest(wanted, known)
    if not found:
        return Message("")
    return Message(mark(" Did you mean {names}?"), {"names": ", ".join(found)})
