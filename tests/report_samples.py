"""Made-up reports that the tests of the writers share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import (
    Block,
    Chart,
    ChartKind,
    Choice,
    Choices,
    Column,
    ColumnKind,
    Fields,
    Form,
    Heading,
    MapMark,
    Origin,
    Outline,
    Paragraph,
    Picture,
    Report,
    Row,
    RowRole,
    Series,
    SketchMap,
    Table,
    TextRole,
)
from mineaction_desktop.reports.figures import (
    Contribution,
    Figure,
    Records,
    Unit,
    counted,
    total,
    without_number,
)

STATED = (
    State.NONE,
    State.NOT_APPLICABLE,
    State.UNCHANGED,
    State.UNKNOWN,
    State.NOT_COLLECTED,
    State.WITHHELD,
)


def figure(key: str, value: int, unit: Unit = Unit.MINE, *, currency: str | None = None) -> Figure:
    """A figure that rests on one record, which contributes all of it."""
    part = Contribution("stock_movement", f"record of {key}", value)
    return counted(key, value, unit, Records(lambda: (part,)), currency=currency)


def report_of(
    forms: Iterable[Form], *, language: str = "en", right_to_left: bool = False
) -> Report:
    """A report of the given forms, with everything else filled in."""
    return Report(
        instrument="apmbc",
        layout="classic",
        edition="public",
        language=language,
        right_to_left=right_to_left,
        title="Report of Sandovia under Article 7, 2025",
        short_title="Article 7 report 2025",
        state_name="Republic of Sandovia",
        iso3="XSA",
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        as_of=date(2026, 3, 14),
        is_final=True,
        stem=f"XSA-apmbc-2025-{language}",
        footer="Republic of Sandovia – Article 7 report – calendar year 2025 – final",
        page_label="Page {page} of {pages}",
        mark=None,
        notice=None,
        authority="Sandovia Mine Action Authority",
        origin=Origin(
            register_id="0190c0de-0000-7000-8000-000000000001",
            change_number=4711,
            fingerprint="9f2d4c1b7a6e58d3",
            changed_at=datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC),
            program="Mine Action Desktop 0.1.0",
        ),
        forms=tuple(forms),
    )


def sample_report() -> Report:
    """A front page, a cover page, a form of stocks, one of areas, and one of every state."""
    return report_of((_front(), _cover(), _stocks(), _areas(), _other()))


def empty_report() -> Report:
    """A report without any form."""
    return report_of(())


def draft_report() -> Report:
    """The sample as a draft for an exercise, with a mark and a notice on each page."""
    return replace(
        sample_report(),
        is_final=False,
        mark="DRAFT",
        notice="Exercise. The figures in this paper are made up.",
        footer="Republic of Sandovia – Article 7 report – calendar year 2025 – draft",
    )


def large_report(rows: int) -> Report:
    """A report of one table with as many rows, of eight columns."""
    columns = (
        Column(key="area", title="Area", kind=ColumnKind.CODE),
        Column(key="name", title="Name", weight=2),
        Column(key="province", title="Province"),
        Column(key="kind", title="Kind"),
        Column(key="released", title="Released", kind=ColumnKind.NUMBER, unit="m²"),
        Column(key="mines", title="Mines destroyed", kind=ColumnKind.NUMBER),
        Column(key="done", title="Completed", kind=ColumnKind.DATE),
        Column(key="note", title="Supplementary information", weight=3),
    )
    body = tuple(_large_row(number) for number in range(rows))
    table = Table(key="releases", title="Areas released in the period", columns=columns, rows=body)
    form = Form(key="annex", sheet="Annex", label="Annex 1", title="Areas", blocks=(table,))
    return report_of((form,))


def _large_row(number: int) -> Row:
    provinces = ("Amber Coast", "Northern Hills", "Lower Sand", "Tamarisk Valley")
    day = date(2025, 1 + number % 12, 1 + number % 28)
    return Row(
        f"r{number}",
        (
            f"HA-{number:06d}",
            f"Field {number} near the well",
            provinces[number % 4],
            "Confirmed" if number % 3 else "Suspected",
            figure(f"released.{number}", 137 * number % 90_000, Unit.AREA),
            figure(f"mines.{number}", number % 17),
            day,
            "Handed over to the community after quality control." if number % 5 else None,
        ),
    )


def photograph(kind: str = "JPEG", *, turned: bool = False) -> bytes:
    """A made-up photograph of a hill under a sky, wider than high; turned, it says so itself."""
    image = Image.new("RGB", (640, 480), (196, 214, 226))
    pen = ImageDraw.Draw(image)
    pen.polygon(
        [(0, 480), (0, 330), (210, 210), (430, 320), (640, 260), (640, 480)], (124, 134, 92)
    )
    pen.ellipse((500, 60, 560, 120), (240, 226, 170))
    out = BytesIO()
    if not turned:
        image.save(out, kind)
        return out.getvalue()
    upright = Image.Exif()
    upright[0x0112] = 6  # to be shown a quarter turn to the right
    image.transpose(Image.Transpose.ROTATE_90).save(out, kind, exif=upright)
    return out.getvalue()


def drawings_report() -> Report:
    """Charts of each kind, photographs, a map, and figures that lead to their evidence."""
    return report_of((_front(), _drawings(), _stocks(), _linked(), _evidence()))


def _drawings() -> Form:
    years = tuple(str(year) for year in range(2021, 2026))
    methods = (
        Series("Cancelled", (810_000, 402_500, 655_000, None, 1_204_300)),
        Series("Reduced", (120_000, 98_000, 310_200, None, 402_000)),
        Series("Cleared", (1_420_000, 1_685_300, 1_902_000, None, 2_250_000)),
    )
    blocks: tuple[Block, ...] = (
        Heading("Charts"),
        Chart(
            key="released",
            title="Land released by year and method",
            kind=ChartKind.STACKED,
            categories=years,
            series=methods,
            unit="m²",
            alt="Bars of land released in each year, by method.",
        ),
        Chart(
            key="methods",
            title="The same beside each other",
            kind=ChartKind.BARS,
            categories=years,
            series=methods,
        ),
        Chart(
            key="retained",
            title="Mines retained at the end of each year",
            kind=ChartKind.LINES,
            categories=years,
            series=(Series("Mines retained", (4_010, 3_600, None, 3_150, 2_905)),),
            alt="A line of mines retained, falling.",
        ),
        Chart(
            key="casualties",
            title="Casualties",
            kind=ChartKind.LINES,
            categories=years,
            series=(Series("Men", (41, 33, 28, 22, 19)), Series("Women", (12, 9, 11, 7, 4))),
        ),
        Picture(key="hill", content=photograph(), caption="A field near Port Amber, 2025."),
        Picture(key="broken", content=b"no picture", caption="A picture that was damaged."),
        sketch_map(),
    )
    return Form(key="pictures", sheet="Pictures", label="Form P", title="To look at", blocks=blocks)


def sketch_map() -> SketchMap:
    """A made-up country of two provinces with areas in three places."""
    north = (
        (20.0, 4.0),
        (21.4, 4.3),
        (23.0, 3.9),
        (23.2, 2.6),
        (21.6, 2.4),
        (20.1, 2.7),
        (20.0, 4.0),
    )
    south = (
        (20.1, 2.7),
        (21.6, 2.4),
        (23.2, 2.6),
        (23.0, 1.3),
        (21.5, 0.9),
        (20.3, 1.4),
        (20.1, 2.7),
    )
    return SketchMap(
        key="areas",
        title="Areas by district",
        outlines=(Outline("Northern Hills", (north,)), Outline("Lower Sand", (south,))),
        marks=(
            MapMark("Port Amber", 20.9, 1.6, 14, "known"),
            MapMark("Port Amber", 20.9, 1.6, 3, "suspected"),
            MapMark("Tamarisk", 22.4, 2.0, 128, "known"),
            MapMark("High Well", 21.9, 3.7, 1, "suspected"),
        ),
        legend=(("known", "Areas known"), ("suspected", "Areas suspected")),
        caption="Sketch only. Borders shown do not imply any opinion on their legal status.",
        alt="A sketch map with the number of mined areas in each of three districts.",
    )


def _linked() -> Form:
    columns = (
        Column(key="matter", title="Matter", weight=2),
        Column(key="amount", title="Amount", kind=ColumnKind.NUMBER),
    )
    rows = tuple(
        Row(f"l{at}", (f"Matter {at}", figure(f"linked.{at}", 100 * at))) for at in range(3)
    )
    return Form(
        key="linked",
        sheet="Linked",
        label="Form L",
        title="Figures that lead to their evidence",
        blocks=(Table(key="linked", title="Linked", columns=columns, rows=rows),),
    )


def _evidence() -> Form:
    columns = (
        Column(key="figure", title="Figure", weight=2),
        Column(key="records", title="Records", weight=3),
    )
    rows = tuple(
        Row(f"e{at}", (f"Form L, matter {at}", f"SM-{at:04d}: {100 * at}"), opens=f"linked.{at}")
        for at in range(3)
    )
    return Form(
        key="evidence",
        sheet="Evidence",
        label="Annex",
        title="Evidence",
        blocks=(Table(key="evidence", title=None, columns=columns, rows=rows),),
    )


def _front() -> Form:
    contact = "Sandovia Mine Action Authority\n4 Harbour Road, Port Amber\nreports@sandovia.example"
    return Form(
        key="front",
        sheet="Front",
        title="Convention on the Prohibition of Anti-Personnel Mines: reporting formats, Article 7",
        blocks=(
            Fields(
                (
                    ("State Party", "Republic of Sandovia"),
                    ("Date of submission", date(2026, 4, 2)),
                    ("Reporting period", PartialDate.parse("2025-01-01/2025-12-31")),
                    ("Point of contact", contact),
                    ("Earlier reports", figure("front.reports", 17, Unit.COUNT)),
                    ("Website", State.NONE),
                )
            ),
            Paragraph("For the purposes of clarification only.", TextRole.NOTE),
        ),
    )


def _cover() -> Form:
    def choice(label: str, ticked: int) -> Choice:
        names = ("changed", "unchanged (last reporting: 2023)", "not applicable")
        return Choice(label, tuple((name, at == ticked) for at, name in enumerate(names)))

    return Form(
        key="cover",
        sheet="Cover",
        title="Cover page of the annual Article 7 report",
        blocks=(
            Choices(
                left=(
                    choice("Form A: National implementation measures", 1),
                    choice("Form B: Stockpiled anti-personnel mines", 0),
                    choice("Form C: Location of mined areas", 0),
                ),
                right=(
                    choice("Form F: Program of destruction of anti-personnel mines", 2),
                    choice("Form G: Anti-personnel mines destroyed after entry into force", 0),
                    choice("Form H: Technical characteristics", 1),
                ),
            ),
            Paragraph("A form that is unchanged need not be attached.", TextRole.NOTE),
        ),
    )


def _stocks() -> Form:
    kinds = (
        ("PMN", "Depot Alpha", (1200, 340), "12-77; 3-81"),
        ("PMN-2", "Depot Bravo", (85_310, 0), None),
        ("POMZ-2M", "Depot Bravo", (9_999,), "unmarked"),
    )
    rows: list[Row] = []
    subtotals: list[Figure] = []
    for name, depot, amounts, lots in kinds:
        rows.append(Row(f"{name}.group", (name, None, None, None), RowRole.GROUP))
        parts = [figure(f"b.{name}.{at}", amount) for at, amount in enumerate(amounts)]
        for at, part in enumerate(parts):
            words = "Held apart since the inventory of the depot." if at else None
            rows.append(Row(f"{name}.{at}", (depot, part, lots, words)))
        subtotals.append(total(f"b.{name}", parts, Unit.MINE))
        rows.append(
            Row(f"{name}.sum", (f"Subtotal {name}", subtotals[-1], None, None), RowRole.SUBTOTAL)
        )
    everything = total("b.total", subtotals, Unit.MINE)
    rows.append(Row("total", ("Total", everything, None, None), RowRole.TOTAL))
    columns = (
        Column(key="type", title="Type", weight=1.4),
        Column(key="quantity", title="Quantity", kind=ColumnKind.NUMBER),
        Column(key="lot", title="Lot # (if possible)", kind=ColumnKind.CODE),
        Column(key="information", title="Supplementary information", weight=2),
    )
    found = without_rows(columns, key="b.found", title="2. Previously unknown stockpiles")
    return Form(
        key="b",
        sheet="B",
        label="Form B",
        title="Stockpiled anti-personnel mines",
        preamble=(
            Paragraph(
                "Article 7.1 (b): each State Party reports on the total of its stocks,"
                " with a breakdown by type, quantity and, if possible, lot numbers.",
                TextRole.LEGAL,
            ),
            Paragraph("Remark: the state at the end of the period.", TextRole.REMARK),
        ),
        period_line="State Party: Republic of Sandovia, reporting for time period from"
        " 1 Jan 2025 to 31 Dec 2025",
        blocks=(
            Table(
                key="b.stock",
                title="1. Total of stockpiled anti-personnel mines",
                columns=columns,
                rows=tuple(rows),
                notes=("Quantities were counted by hand.", "Lots as stamped on the crates."),
            ),
            found,
        ),
    )


def without_rows(columns: tuple[Column, ...], *, key: str, title: str) -> Table:
    """A table of these columns without rows."""
    return Table(key=key, title=title, columns=columns, rows=())


def _areas() -> Form:
    columns = (
        Column(key="code", title="Code", kind=ColumnKind.CODE),
        Column(key="place", title="Place", weight=2),
        Column(key="since", title="Mined in", kind=ColumnKind.DATE),
        Column(key="open", title="At the start", kind=ColumnKind.NUMBER, unit="m²"),
        Column(key="released", title="Released", kind=ColumnKind.NUMBER, unit="m²"),
        Column(key="left", title="At the end", kind=ColumnKind.NUMBER, unit="m²"),
        Column(key="cost", title="Cost", kind=ColumnKind.NUMBER, unit="EUR"),
        Column(key="information", title="Supplementary information", weight=2.5),
    )
    given = (
        ("HA-001", "Amber Coast, Port Amber", "1992", 120_000, 20_000),
        ("HA-002", "Northern Hills, Tall Pass", "1994-06", 45_500, 0),
        ("HA-003", "Lower Sand, Old Bridge", "1992/1995", 1_234_567, 1_034_567),
        ("HA-004", "Tamarisk Valley, Well of the Two Sisters", "2019-08-06", 800, 800),
    )
    rows: list[Row] = []
    sums: dict[str, list[Figure]] = {"open": [], "released": [], "left": [], "cost": []}
    for code, place, since, opening, released in given:
        parts = {
            "open": figure(f"c.{code}.open", opening, Unit.AREA),
            "released": figure(f"c.{code}.released", released, Unit.AREA),
            "left": figure(f"c.{code}.left", opening - released, Unit.AREA),
            "cost": figure(f"c.{code}.cost", released * 135, Unit.MONEY, currency="EUR"),
        }
        if code == "HA-002":
            parts["released"] = without_number(f"c.{code}.released", State.UNKNOWN, Unit.AREA)
        for name, part in parts.items():
            sums[name].append(part)
        words = "Clearance by hand and by machine; every metre was checked twice." * (
            code > "HA-002"
        )
        rows.append(
            Row(code, (code, place, PartialDate.parse(since), *parts.values(), words or None))
        )
    totals = [
        total(
            f"c.total.{name}",
            parts,
            Unit.MONEY if name == "cost" else Unit.AREA,
            currency="EUR" if name == "cost" else None,
        )
        for name, parts in sums.items()
    ]
    rows.append(Row("total", ("Total", None, None, *totals, None), RowRole.TOTAL))
    return Form(
        key="c",
        sheet="C",
        label="Form C",
        title="Location of mined areas",
        period_line="State Party: Republic of Sandovia",
        blocks=(
            Heading("Areas known to contain mines"),
            Paragraph("Areas are measured on the ellipsoid.\nThey are given in square metres."),
            Table(key="c.areas", title=None, columns=columns, rows=tuple(rows)),
        ),
    )


def _other() -> Form:
    columns = (
        Column(key="matter", title="Matter"),
        Column(key="amount", title="Amount", kind=ColumnKind.NUMBER, help="As of the last day."),
        Column(key="day", title="Day", kind=ColumnKind.DATE),
    )
    rows = [
        Row(f"state.{state}", (str(state), without_number(f"j.{state}", state, Unit.MINE), state))
        for state in STATED
    ]
    rows.append(Row("zero", ("zero", figure("j.zero", 0), date(2025, 6, 30))))
    rows.append(Row("formula", ("=1+1", figure("j.formula", -3), None)))
    return Form(
        key="j",
        sheet="J",
        label="Form J",
        title="Other relevant matters",
        blocks=(
            Heading("Ways to have no number"),
            Heading("In one table", 2),
            Table(key="j.states", title="Every state", columns=columns, rows=tuple(rows)),
            Table(
                key="j.empty",
                title="Conversion of production facilities",
                columns=columns,
                rows=(),
                empty=State.NOT_APPLICABLE,
                empty_text="Not applicable: there never was a facility.",
            ),
        ),
    )


def arabic_report() -> Report:
    """A report in Arabic with Latin codes, dates and brackets inside its texts."""
    columns = (
        Column(key="code", title="الرمز", kind=ColumnKind.CODE),
        Column(key="type", title="النوع"),
        Column(key="quantity", title="الكمية", kind=ColumnKind.NUMBER),
        Column(key="area", title="المساحة", kind=ColumnKind.NUMBER, unit="م²"),
        Column(key="information", title="معلومات تكميلية", weight=2.5),
    )
    amounts = (1_250, 87, 0)
    quantities = [figure(f"q.{at}", amount) for at, amount in enumerate(amounts)]
    areas = [figure(f"m.{at}", 4_000 * amount, Unit.AREA) for at, amount in enumerate(amounts)]
    words = (
        "أُتلفت في 2025-03-01 (الموقع HA-0012) بحضور المراقبين.",
        "ألغام من طراز PMN-2 و POMZ-2M، للاتصال: +999 21 555 0100.",
        None,
    )
    rows = [
        Row(f"r{at}", (f"HA-{at:04d}/B", "PMN-2" if at else "لغم مضاد للأفراد", *pair, text))
        for at, (*pair, text) in enumerate(zip(quantities, areas, words, strict=True))
    ]
    sums = (total("q", quantities, Unit.MINE), total("m", areas, Unit.AREA))
    rows.append(Row("total", ("المجموع", None, *sums, None), RowRole.TOTAL))
    options = (("تغيّر", True), ("دون تغيير", False), ("لا ينطبق", False))
    front = Form(
        key="front",
        sheet="الغلاف",
        title="تقرير جمهورية ساندوفيا بموجب المادة 7",
        blocks=(
            Fields(
                (
                    ("الدولة الطرف", "جمهورية ساندوفيا"),
                    ("تاريخ التقديم", date(2026, 4, 2)),
                    ("جهة الاتصال", "reports@sandovia.example"),
                    ("الموقع الشبكي", State.NONE),
                )
            ),
            Choices(
                left=(Choice("الاستمارة ألف: تدابير التنفيذ الوطنية", options),),
                right=(Choice("الاستمارة واو: برامج التدمير", options),),
            ),
        ),
    )
    stocks = Form(
        key="b",
        sheet="باء",
        label="الاستمارة باء",
        title="الألغام المضادة للأفراد المخزونة",
        preamble=(
            Paragraph("المادة 7-1 (ب): تقدم كل دولة طرف تقريراً عن مجموع مخزونها.", TextRole.LEGAL),
        ),
        period_line="الدولة الطرف: جمهورية ساندوفيا",
        blocks=(
            Heading("مجموع المخزون"),
            Table(
                key="b.stock",
                title="1. الألغام المخزونة",
                columns=columns,
                rows=tuple(rows),
                notes=("عُدّت الكميات باليد.",),
            ),
            Table(key="b.found", title="2. مخزونات لم تكن معروفة", columns=columns, rows=()),
            _arabic_chart(),
            replace(sketch_map(), title="المناطق حسب المديرية", caption="رسم تقريبي فقط."),
            Picture(key="hill", content=photograph("PNG"), caption="حقل قرب الميناء، 2025."),
        ),
    )
    return replace(
        report_of((front, stocks), language="ar", right_to_left=True),
        title="تقرير ساندوفيا بموجب المادة 7، 2025",
        short_title="تقرير المادة 7 لعام 2025",
        state_name="جمهورية ساندوفيا",
        footer="جمهورية ساندوفيا – تقرير المادة 7 – 2025 – نهائي",
        page_label="الصفحة {page} من {pages}",
    )


def _arabic_chart() -> Chart:
    return Chart(
        key="b.chart",
        title="الأراضي المحررة حسب السنة",
        kind=ChartKind.STACKED,
        categories=("2023", "2024", "2025"),
        series=(Series("مُلغاة", (80, 120, 95)), Series("مطهّرة", (210, 180, 340))),
        unit="م²",
        alt="أعمدة للأراضي المحررة في كل سنة.",
    )


def chinese_report() -> Report:
    """A report in Chinese whose texts have to be broken between ideographs."""
    columns = (
        Column(key="type", title="类型"),
        Column(key="quantity", title="数量", kind=ColumnKind.NUMBER, unit="枚"),
        Column(key="information", title="补充资料", weight=2),
    )
    words = (
        "根据缔约国的记录（编号 HA-0012），这些地雷已于二〇二五年三月一日全部销毁，没有遗留。" * 3
    )
    amounts = [figure(f"q.{at}", 1_000 * (at + 1)) for at in range(3)]
    rows = [Row(f"r{at}", (f"PMN-{at}", amount, words)) for at, amount in enumerate(amounts)]
    rows.append(Row("total", ("共计", total("q", amounts, Unit.MINE), None), RowRole.TOTAL))
    form = Form(
        key="b",
        sheet="表格B",
        label="表格 B",
        title="库存杀伤人员地雷",
        preamble=(Paragraph("第七条第一款：各缔约国应提出报告。", TextRole.LEGAL),),
        blocks=(
            Paragraph(words * 4),
            Table(key="b.stock", title="一、库存总数", columns=columns, rows=tuple(rows)),
        ),
    )
    return replace(
        report_of((form,), language="zh_Hans_CN"),
        title="沙多维亚根据第七条提出的报告",
        short_title="第七条报告",
        state_name="沙多维亚共和国",
        footer="沙多维亚共和国 – 第七条报告 – 2025",
        page_label="第 {page} 页，共 {pages} 页",
    )


def russian_report() -> Report:
    """A report in Russian, with one table."""
    columns = (
        Column(key="type", title="Тип"),
        Column(key="quantity", title="Количество", kind=ColumnKind.NUMBER),
        Column(key="information", title="Дополнительная информация", weight=2),
    )
    row = Row("r", ("ПМН-2", figure("q", 12_345), "Уничтожены в присутствии наблюдателей."))
    table = Table(key="b", title="Противопехотные мины", columns=columns, rows=(row,))
    form = Form(key="b", sheet="B", label="Форма B", title="Запасы", blocks=(table,))
    return replace(report_of((form,), language="ru"), page_label="Страница {page} из {pages}")
