"""A small folder of form files that the tests of the form engine share."""

from __future__ import annotations

from pathlib import Path

from mineaction_desktop.formdef.choices import ChoiceList, choice_list
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.model import ChoiceDef, ChoiceListDef

COMMON = """\
format = 1

[[sections]]
id = "record"
title = "Source and review"
fields = [
  { name = "local_id", label = "Record number" },
  { name = "external_id", label = "Number elsewhere" },
  { name = "source", label = "Source", pinned = true },
  { name = "date_of_information", label = "Date of information" },
  { name = "classification", label = "Classification" },
  { name = "notes", label = "Notes" },
  { name = "review_state", label = "Review state", default = "entered" },
]
"""

VISIT = """\
format = 1
kind = "quality_visit"
title = "Quality visit"
plural = "Quality visits"
subject = "land"
help = "One inspection."
label = "{local_id} {kind} ({findings})"
list_columns = ["local_id", "date", "kind"]
code = "QUA"

[[sections]]
id = "visit"
title = "Visit"

[[sections.fields]]
name = "date"
label = "Date of visit"
constraint = "date <= today"
constraint_message = "The visit lies in the future. Correct the date."
default = "today"
aliases = ["Inspected on", "Datum"]

[[sections.fields]]
name = "kind"
label = "Kind of visit"
default = "internal"

[[sections.fields]]
name = "activity_id"
label = "Activity"
filter = "option_kind != 'eod' and option_organisation_id == inspected_id"

[[sections.fields]]
name = "inspected_id"
label = "Inspected"

[[sections.fields]]
name = "inspecting_id"
label = "Inspecting"
required = "kind == 'external'"

[[sections.fields]]
name = "sample_m2"
label = "Sample"
unit = "ha"
relevant = "kind == 'external'"
aliases = ["Datum"]

[[sections.fields]]
name = "checked_all"
extra = true
type = "yes_no"
label = "Everything checked"

[[sections.fields]]
name = "visitors"
extra = true
type = "integer"
minimum = 1
maximum = 20
label = "Visitors"

[[sections.fields]]
name = "cost"
extra = true
type = "money"
currency_field = "paid_in"
constraint = "cost < 1000000"
label = "Cost"

[[sections.fields]]
name = "paid_in"
extra = true
type = "text"
label = "Currency"

[[sections.fields]]
name = "strip_m2"
extra = true
type = "area"
label = "Strip checked"

[[sections.fields]]
name = "load"
extra = true
type = "number"
unit = "kilos"
label = "Load"

[[sections.fields]]
name = "next_visit"
extra = true
type = "partial_date"
label = "Next visit"
relevant = "visitors > 2"

[[sections]]
id = "result"
title = "Result"
relevant = "not checked_all or checked_all == None or result == None"
fields = [{ name = "findings", label = "Findings" }]

[[sections]]
id = "outcome"
title = "Outcome"
[[sections.fields]]
name = "result"
label = "Result"
filter = "option_parent == kind or option_parent == None"

[[sections]]
id = "nonconformities"
title = "What was wrong"
group = "nonconformity"

[[rules]]
code = "QUA-001"
check = "inspected_id != inspecting_id"
field = "inspecting_id"
message = "Nobody inspects itself. Correct one of the two."

[[rules]]
code = "QUA-002"
check = "result == 'passed' or filled(findings)"
field = "findings"
message = "Say what was found."
severity = "warning"
"""

NONCONFORMITY = """\
format = 1
kind = "nonconformity"
title = "Nonconformity"
plural = "Nonconformities"
subject = "land"
help = "One thing that was wrong."
label = "{kind}"
list_columns = ["kind", "severity"]
code = "NCF"

[[sections]]
id = "what"
title = "What"
fields = [
  { name = "quality_visit_id", label = "Visit" },
  { name = "kind", label = "Kind" },
  { name = "severity", label = "Severity" },
  { name = "measure", label = "Measure" },
  { name = "due_on", label = "Due on" },
  { name = "closed_on", label = "Closed on" },
]
"""

CHOICES = """\
format = 1

[classification]
title = "Classification"
choices = [{ code = "open", label = "Open" }]

[review_state]
title = "Review state"
choices = [
  { code = "entered", label = "Entered" },
  { code = "verified", label = "Verified" },
  { code = "accepted", label = "Accepted" },
  { code = "rejected", label = "Rejected" },
]

[quality_kind]
title = "Kind of visit"
choices = [
  { code = "internal", label = "By the operator itself", aliases = ["QC"] },
  { code = "external", label = "By another body", aliases = ["QA"] },
]

[quality_result]
title = "Result"
choices = [
  { code = "passed", label = "Passed" },
  { code = "failed", label = "Failed", parent = "external" },
]

[nonconformity_severity]
title = "Severity"
choices = [{ code = "minor", label = "Minor" }, { code = "major", label = "Major" }]
"""

FILES = {
    "entry/_every_kind.toml": COMMON,
    "entry/quality_visit.toml": VISIT,
    "entry/nonconformity.toml": NONCONFORMITY,
    "choices/all.toml": CHOICES,
}


def write_forms(folder: Path, **changes: tuple[str, str]) -> Path:
    """Write the sample folder; a change names a file by its stem and replaces a piece of text."""
    for name, content in FILES.items():
        old, new = changes.get(Path(name).stem, ("", ""))
        assert old in content, f"{name} does not hold what the test replaces"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.replace(old, new, 1) if old else content, encoding="utf-8")
    return folder


def a_list(*choices: ChoiceDef, is_open: bool = False) -> ChoiceList:
    """A choice list of the given choices."""
    return choice_list("fruit", ChoiceListDef(title="Fruit", choices=choices, open=is_open))


def a_field(type_name: str, **more: object) -> Field:
    """A field of a type, with what the test wants to say about it."""
    return Field(kind="hazardous_area", name="it", label="It", type=type_name, **more)  # type: ignore[arg-type]  # tables of cases hold any value
