"""The tree of tags and the links as objects of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mineaction_desktop.reports.writers.pdf.annex import Object
from mineaction_desktop.reports.writers.pdf.leads import Leaf, Places
from mineaction_desktop.reports.writers.pdf.tags import Tags


def tree(
    tags: Tags, leaves: Sequence[Leaf], pages: Sequence[int], root: int, first: int
) -> Iterator[Object]:
    """The objects of the tree; ``root`` is the number of its root, ``first`` is free from there on.

    ``pages`` are the numbers of the pages. Element by element takes a number from ``first`` on,
    then each page one for the way back from its texts to their elements.
    """
    kids: list[list[str]] = [[] for _ in tags.roles]
    for element, parent in enumerate(tags.parents):
        if parent >= 0:
            kids[parent].append(f"{first + element} 0 R")
    page_of = _add_content(kids, leaves, pages)
    for element, role in enumerate(tags.roles):
        parent = tags.parents[element]
        above = root if parent < 0 else first + parent
        content = kids[element]
        what = content[0] if len(content) == 1 else f"[{' '.join(content)}]"
        page = f"/Pg {page_of[element]} 0 R" if page_of[element] else ""
        note = tags.notes.get(element, "")
        yield first + element, f"<</S/{role}/P {above} 0 R{page}{note}/K {what}>>"
    back = first + len(tags.roles)
    for at, leaf in enumerate(leaves):
        yield back + at, f"[{' '.join(f'{first + element} 0 R' for element in leaf.marked)}]"
    numbers = " ".join(f"{at} {back + at} 0 R" for at in range(len(leaves)))
    yield (
        root,
        f"<</Type/StructTreeRoot/K {first} 0 R"
        f"/ParentTree<</Nums[{numbers}]>>/ParentTreeNextKey {len(leaves)}>>",
    )


def _add_content(kids: list[list[str]], leaves: Sequence[Leaf], pages: Sequence[int]) -> list[int]:
    """Give each element its texts, and say on which page the first of them stands."""
    page_of = [0] * len(kids)
    for leaf, page in zip(leaves, pages, strict=True):
        for place, element in enumerate(leaf.marked):
            if not page_of[element]:
                page_of[element] = page
            if page_of[element] == page:
                kids[element].append(str(place))
            else:
                kids[element].append(f"<</Type/MCR/Pg {page} 0 R/MCID {place}>>")
    return page_of


def size(tags: Tags, leaves: Sequence[Leaf]) -> int:
    """How many free numbers the tree takes."""
    return len(tags.roles) + len(leaves)


def links(leaf: Leaf, places: Places, pages: Sequence[int]) -> str:
    """The links of a page that lead somewhere, as one object."""
    parts: list[str] = []
    for (left, foot, right, top), name in leaf.links:
        if name not in places:
            continue
        target, height = places[name]
        parts.append(
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]"
            f"/Rect[{left:.1f} {foot:.1f} {right:.1f} {top:.1f}]"
            f"/Dest[{pages[target.index]} 0 R/XYZ null {height:.1f} null]>>"
        )
    return f"[{''.join(parts)}]"
