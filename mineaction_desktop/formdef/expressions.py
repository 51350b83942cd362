"""Conditions of form files: read once, checked part by part, never run as code.

The logic has three values. ``None`` is unknown: whatever is compared with an empty field is
unknown, and so is a comparison of partial dates whose days could fall either way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mineaction_desktop.formdef import operations as op
from mineaction_desktop.formdef.steps import (
    Columns,
    Step,
    Values,
    applied,
    constant,
    every,
    listed,
    named,
    some,
    this_day,
)
from mineaction_desktop.i18n import Message, mark

LONGEST = 1000
DEEPEST = 20
LARGEST = 200
FUNCTIONS = ("filled", "total", "has", "year")

_SINGLE = re.compile(r"(?<![=!<>:])=(?!=)")


class ExpressionError(Exception):
    """Text is not an expression that a form file may hold; ``position`` counts from one."""

    def __init__(self, reason: Message, position: int) -> None:
        super().__init__(reason.render())
        self.reason = reason
        self.position = position


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition ready to be asked.

    ``conditions`` are the names whose own value decides, which only yes/no fields can;
    ``compared`` are the texts that a name is held against, for checking them against choice lists.
    """

    text: str
    names: frozenset[str]
    conditions: frozenset[str]
    compared: tuple[tuple[str, str], ...]
    step: Step = field(repr=False, compare=False)

    def truth(self, values: Values, today: date) -> bool | None:
        """True, false, or ``None`` for unknown."""
        return op.truth(self.step.one(values, today))

    def truths(self, columns: Columns, today: date, count: int) -> Sequence[bool | None]:
        """The truth for each of ``count`` records, given by column in normal values."""
        found = listed(self.step.many(columns, today), count)
        return [value if value is True or value is False else None for value in found]


def parse(text: str) -> Expression:
    """Read an expression; raise :class:`ExpressionError` with the position and the reason."""
    if len(text) > LONGEST:
        raise ExpressionError(Message(mark("it is longer than {n} characters"), {"n": LONGEST}), 1)
    if "\\" in text:
        reason = Message(mark("a backslash has no meaning here"))
        raise ExpressionError(reason, text.index("\\") + 1)
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise _unreadable(text, error) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError(Message(mark("it cannot be understood")), 1) from None
    if sum(1 for _ in ast.walk(tree)) > LARGEST:
        raise ExpressionError(Message(mark("it has too many parts: split it into several")), 1)
    compiler = _Compiler()
    step = compiler.condition(tree, 0)
    return Expression(
        text=text,
        names=frozenset(compiler.names),
        conditions=frozenset(compiler.conditions),
        compared=tuple(compiler.compared),
        step=step,
    )


def _unreadable(text: str, error: SyntaxError) -> ExpressionError:
    if single := _SINGLE.search(text):
        reason = Message(mark("a single = compares nothing: write =="))
        return ExpressionError(reason, single.start() + 1)
    reason = Message(mark("it cannot be understood from here on"))
    return ExpressionError(reason, error.offset or 1)


def _refused(node: ast.AST, text: str, **values: object) -> ExpressionError:
    return ExpressionError(Message(text, values), getattr(node, "col_offset", 0) + 1)


def _not_allowed(node: ast.AST) -> ExpressionError:
    return _refused(
        node,
        mark(
            "only fields, constants, comparisons, and/or/not, + and - and the functions "
            "{functions} are allowed"
        ),
        functions=", ".join(FUNCTIONS),
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Compiler:
    """Turns the tree into closures and notes what it names."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.conditions: set[str] = set()
        self.compared: list[tuple[str, str]] = []
        self._parts: Mapping[type[ast.expr], Callable[[Any, int], Step]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.BoolOp: self._joined,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._sum,
            ast.Compare: self._chain,
            ast.Call: self._call,
        }

    def condition(self, node: ast.expr, depth: int) -> Step:
        """A part whose truth matters: a bare name here must be a yes/no field."""
        if isinstance(node, ast.Name):
            self.conditions.add(node.id)
        return self.part(node, depth)

    def part(self, node: ast.expr, depth: int) -> Step:
        """Any part of an expression."""
        if depth > DEEPEST:
            raise _refused(node, mark("it is nested too deeply"))
        make = self._parts.get(type(node))
        if make is None:
            raise _not_allowed(node)
        return make(node, depth)

    def _constant(self, node: ast.Constant, _depth: int) -> Step:
        value = node.value
        if value is not None and not isinstance(value, (bool, int, float, str)):
            raise _refused(node, mark("such a constant has no meaning here"))
        return constant(value)

    def _name(self, node: ast.Name, _depth: int) -> Step:
        name = node.id
        if name == "today":
            return this_day()
        if name in FUNCTIONS:
            raise _refused(node, mark("'{name}' is a function: write {name}(…)"), name=name)
        self.names.add(name)
        return named(name)

    def _joined(self, node: ast.BoolOp, depth: int) -> Step:
        parts = [self.condition(value, depth + 1) for value in node.values]
        return every(parts) if isinstance(node.op, ast.And) else some(parts)

    def _sum(self, node: ast.BinOp, depth: int) -> Step:
        if not isinstance(node.op, (ast.Add, ast.Sub)):
            raise _not_allowed(node)
        left, right = self.part(node.left, depth + 1), self.part(node.right, depth + 1)
        return applied(op.plus if isinstance(node.op, ast.Add) else op.minus, left, right)

    def _unary(self, node: ast.UnaryOp, depth: int) -> Step:
        if isinstance(node.op, ast.Not):
            return applied(op.negated, self.condition(node.operand, depth + 1))
        if isinstance(node.op, (ast.USub, ast.UAdd)):
            signed = op.minus if isinstance(node.op, ast.USub) else op.plus
            return applied(signed, constant(0), self.part(node.operand, depth + 1))
        raise _not_allowed(node)

    def _chain(self, node: ast.Compare, depth: int) -> Step:
        operands = [node.left, *node.comparators]
        links = [
            self._comparison(left, operator, right, depth + 1)
            for left, operator, right in zip(operands, node.ops, operands[1:], strict=False)
        ]
        return links[0] if len(links) == 1 else every(links)

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr, depth: int) -> Step:
        if isinstance(operator, (ast.In, ast.NotIn)):
            within = self._within(left, right, depth)
            return within if isinstance(operator, ast.In) else applied(op.negated, within)
        if isinstance(operator, (ast.Is, ast.IsNot)):
            raise _refused(left, mark("write == or != in place of 'is'"))
        if isinstance(operator, (ast.Eq, ast.NotEq)):
            return self._equality(left, right, depth, same=isinstance(operator, ast.Eq))
        for side in (left, right):
            if isinstance(side, ast.Constant) and not op.has_order(side.value):
                raise _refused(side, mark("only numbers and dates have an order"))
        return applied(op.ORDERS[type(operator)], self.part(left, depth), self.part(right, depth))

    def _equality(self, left: ast.expr, right: ast.expr, depth: int, *, same: bool) -> Step:
        if _is_none(left) or _is_none(right):
            tested = self.part(right if _is_none(left) else left, depth)
            return applied(op.is_empty if same else op.is_filled, tested)
        self._note(left, [right])
        self._note(right, [left])
        compared = op.same if same else op.differ
        return applied(compared, self.part(left, depth), self.part(right, depth))

    def _within(self, left: ast.expr, right: ast.expr, depth: int) -> Step:
        tested = self.part(left, depth)
        if isinstance(right, ast.Name):
            self._note(right, [left])
            return applied(op.contains, self.part(right, depth), tested)
        if not isinstance(right, (ast.List, ast.Tuple)):
            raise _refused(right, mark("after 'in' stands a list such as ['a', 'b'] or a field"))
        for item in right.elts:
            if not isinstance(item, ast.Constant):
                raise _refused(item, mark("a list holds constants only"))
        self._note(left, right.elts)
        return applied(op.one_of, tested, *(self.part(item, depth) for item in right.elts))

    def _note(self, name: ast.expr, others: Sequence[ast.expr]) -> None:
        if isinstance(name, ast.Name):
            self.compared += [
                (name.id, other.value)
                for other in others
                if isinstance(other, ast.Constant) and isinstance(other.value, str)
            ]

    def _call(self, node: ast.Call, depth: int) -> Step:
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name not in FUNCTIONS or node.keywords:
            raise _not_allowed(node)
        parts = [self.part(argument, depth + 1) for argument in node.args]
        match name, parts:
            case "filled", [one]:
                return applied(op.is_filled, one)
            case "year", [one]:
                return applied(op.year, one)
            case "has", [one, code]:
                self._note(node.args[0], node.args[1:])
                return applied(op.contains, one, code)
            case "total", [_, *_]:
                return applied(op.total, *parts)
        raise _refused(node, mark("the function {name} has another number of values"), name=name)
