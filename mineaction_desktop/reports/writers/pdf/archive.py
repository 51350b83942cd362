"""What makes the file last: its description, its colours and the data inside (PDF/A-3, level B)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pikepdf

from mineaction_desktop.paths import resources_dir
from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.writers.pdf.clean import one_line

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_COLOURS = "sRGB IEC61966-2.1"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF, such as the data of the report."""

    name: str
    media_type: str
    content: bytes
    description: str


def language_of(report: Report) -> str:
    """The language of a report as files name it."""
    return report.language.replace("_", "-")


def describe(pdf: pikepdf.Pdf, report: Report) -> None:
    """Say in both places of a file what it is, by whom and from when: they have to agree."""
    moment = report.origin.changed_at.astimezone(UTC).replace(microsecond=0)
    title = one_line(report.title)
    author = one_line(report.authority or report.state_name)
    program = one_line(report.origin.program)
    pdf.docinfo = pdf.make_indirect(
        pikepdf.Dictionary(
            Title=title,
            Author=author,
            Creator=program,
            Producer=program,
            CreationDate=_stamp(moment),
            ModDate=_stamp(moment),
        )
    )
    packet = _packet(report, title, author, program, moment)
    pdf.Root.Metadata = pdf.make_stream(
        packet.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
    )


def _stamp(moment: datetime) -> str:
    return moment.strftime("D:%Y%m%d%H%M%S+00'00'")


def _packet(report: Report, title: str, author: str, program: str, moment: datetime) -> str:
    """The description as XML: one part for each vocabulary, as some readers insist on."""
    when = moment.isoformat()
    identifier = f"{report.stem}:{report.origin.fingerprint}"
    parts = {
        "dc": _element("dc:title", _list("Alt", title, ' xml:lang="x-default"'))
        + _element("dc:creator", _list("Seq", author))
        + _element("dc:language", _list("Bag", language_of(report)))
        + _element("dc:identifier", escape(identifier)),
        "pdf": _element("pdf:Producer", escape(program)),
        "pdfaid": _element("pdfaid:part", "3") + _element("pdfaid:conformance", "B"),
        "xmp": _element("xmp:CreatorTool", escape(program))
        + _element("xmp:CreateDate", when)
        + _element("xmp:ModifyDate", when),
    }
    body = "\n".join(
        f'<rdf:Description rdf:about="" xmlns:{name}="{_SPACES[name]}">{part}</rdf:Description>'
        for name, part in parts.items()
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">\n{body}\n'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


def _list(kind: str, text: str, language: str = "") -> str:
    return f"<rdf:{kind}><rdf:li{language}>{escape(text)}</rdf:li></rdf:{kind}>"


def name_colours(pdf: pikepdf.Pdf) -> None:
    """Say which red, green and blue are meant."""
    profile = (resources_dir() / "colours" / "sRGB.icc").read_bytes()
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=_COLOURS,
        Info=_COLOURS,
        DestOutputProfile=pdf.make_stream(profile, N=3),
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])


def attach(pdf: pikepdf.Pdf, report: Report, attachments: Sequence[Attachment]) -> None:
    """Put files inside the file, as the data that the report shows."""
    stamp = _stamp(report.origin.changed_at.astimezone(UTC))
    for attachment in attachments:
        pdf.attachments[attachment.name] = pikepdf.AttachedFileSpec(
            pdf,
            attachment.content,
            description=attachment.description,
            filename=attachment.name,
            mime_type=attachment.media_type,
            creation_date=stamp,
            mod_date=stamp,
            relationship=pikepdf.Name.Data,
        )
    if attachments:
        pdf.Root.AF = pikepdf.Array([pdf.attachments[each.name].obj for each in attachments])
