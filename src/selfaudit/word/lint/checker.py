"""Whether the names, fields, filters and loops of a template fit what the context contains."""

from collections import ChainMap
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from jinja2 import nodes

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error
from selfaudit.word.environment import environment
from selfaudit.word.lint.shapes import ANY, NUMBER, TEXT, Shape, fields_of

_NEAREST = N_("Did you mean “{nearest}”?")
_NAME = error("template.name", N_("there is no “{name}” here"), _NEAREST)
_FIELD = error("template.field", N_("“{owner}” has no “{name}”"), _NEAREST)
_FILTER = error("template.filter", N_("there is no filter “{name}”"), _NEAREST)
_TEST = error("template.test", N_("there is no test “{name}”"), _NEAREST)
_IS_LIST = error(
    "template.is-list",
    N_("“{owner}” is a list, so it has no “{name}”"),
    N_("Use a loop: {{%p for row in {owner} %}}."),
)
_SINGLE = error("template.single", N_("“{owner}” is a single value and has no “{name}”"))
_NOT_LIST = error("template.not-list", N_("“{owner}” is not a list, so there is nothing to loop over"))
_NOT_TEXT = error(
    "template.not-text",
    N_("“{owner}” contains several values and cannot be printed as one text"),
    N_("It has: {names}."),
)

_SAME = {"sort", "list", "reverse", "unique", "selectattr", "rejectattr", "select", "reject", "batch"}
_ONE = {"first", "last", "random", "min", "max"}
_BY_ATTRIBUTE = {"selectattr", "rejectattr", "sort", "map", "groupby", "sum", "unique", "min", "max"}
_COUNTING = {"length", "count", "sum", "int", "float", "abs", "round"}
_TYPES = {"text": str, "number": int, "flag": bool, "list": tuple}
_MOST_NAMES = 12

Scope = ChainMap[str, Shape]


class Checker:
    """Walks through the syntax tree of a part; ``place_of`` says where in Word a line of it is."""

    def __init__(self, context_class: type, place_of: Callable[[int], Where]) -> None:
        """Take the class of the context."""
        self.problems: list[Problem] = []
        self._place_of = place_of
        self._sandbox = environment(lambda _data: "")
        context = {name: field.shape for name, field in fields_of(context_class).items()}
        self._globals: Scope = ChainMap(context, dict.fromkeys(self._sandbox.globals, ANY))

    def check(self, source: str) -> None:
        """Check a Jinja text."""
        self._block(self._sandbox.parse(source).body, self._globals.new_child())

    def _block(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for child in node.nodes:
                    self._printed(child, scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.If():
                self._shape(node.test, scope)
                self._block([*node.body, *node.elif_, *node.else_], scope)
            case nodes.Assign():
                self._bind(node.target, self._shape(node.node, scope), scope)
            case nodes.AssignBlock():
                self._block(node.body, scope.new_child())
                self._bind(node.target, TEXT, scope)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, scope)
            case nodes.With():
                inner = scope.new_child()
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self._shape(value, scope), inner)
                self._block(node.body, inner)
            case _:
                self._children(node, scope)

    def _children(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self._shape(child, scope)
            else:
                self._statement(child, scope)

    def _printed(self, node: nodes.Node, scope: Scope) -> None:
        shape = self._shape(node, scope)
        if shape.kind in {"list", "record"}:
            names = list(fields_of(shape.record))[:_MOST_NAMES] if shape.record else ["for"]
            self._report(_NOT_TEXT, node, owner=_text(node), names=names)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        over = self._shape(node.iter, scope)
        if over.kind not in {"list", "any", "text"}:
            self._report(_NOT_LIST, node, owner=_text(node.iter))
        inner = scope.new_child({"loop": ANY})
        self._bind(node.target, over.item_or_any, inner)
        if node.test is not None:
            self._shape(node.test, inner)
        self._block(node.body, inner)
        self._block(node.else_, scope)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        if isinstance(node, nodes.Macro):
            scope[node.name] = ANY
        else:
            self._shape(node.call, scope)
        names = {argument.name: ANY for argument in node.args}
        self._block(node.body, scope.new_child(names | {"caller": ANY, "varargs": ANY, "kwargs": ANY}))

    def _bind(self, target: nodes.Node, shape: Shape, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = shape
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, ANY, scope)

    def _shape(self, node: nodes.Node, scope: Scope) -> Shape:
        """Return what an expression is, reporting what is wrong inside it."""
        match node:
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr():
                return self._field(node, node.attr, self._shape(node.node, scope))
            case nodes.Getitem(arg=nodes.Const(value=str(key))):
                return self._field(node, key, self._shape(node.node, scope))
            case nodes.Getitem():
                self._shape(node.arg, scope)
                return self._shape(node.node, scope).item_or_any
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Test():
                self._known(_TEST, node, node.name, self._sandbox.tests)
        self._children(node, scope)
        return ANY

    def _name(self, node: nodes.Name, scope: Scope) -> Shape:
        if node.name not in scope:
            self._report_name(_NAME, node, node.name, [name for name in scope if name not in self._sandbox.globals])
        return scope.get(node.name, ANY)

    def _field(self, node: Any, name: str, owner: Shape) -> Shape:
        known = fields_of(owner.record) if owner.record is not None else {}
        if name in known:
            return known[name].shape
        if owner.kind == "any" or hasattr(_TYPES.get(owner.kind, object), name):
            return ANY
        if known:
            self._report_name(_FIELD, node, name, list(known), owner=_text(node.node))
        else:
            self._report(_IS_LIST if owner.kind == "list" else _SINGLE, node, owner=_text(node.node), name=name)
        return ANY

    def _filter(self, node: nodes.Filter, scope: Scope) -> Shape:
        inner = self._shape(node.node, scope) if node.node is not None else TEXT
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self._shape(argument, scope)
        if not self._known(_FILTER, node, node.name, self._sandbox.filters):
            return ANY
        found = self._attribute(node, inner) if node.name in _BY_ATTRIBUTE else ANY
        if node.name == "map":
            return Shape("list", item=found)
        if node.name in _SAME or node.name in {"default", "d"}:
            return inner
        if node.name in _ONE:
            return inner.item_or_any
        return NUMBER if node.name in _COUNTING else ANY if node.name == "groupby" else TEXT

    def _attribute(self, node: nodes.Filter, inner: Shape) -> Shape:
        """Return the shape of the field that a filter such as ``map(attribute='title')`` names."""
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        if not named and node.name in {"selectattr", "rejectattr", "groupby"}:
            named = node.args[:1]
        shape = inner.item_or_any
        if not named or not isinstance(named[0], nodes.Const) or not isinstance(named[0].value, str):
            return ANY
        for name in named[0].value.split("."):
            shape = self._field(node, name, shape)
        return shape

    def _known(self, kind: Kind, node: nodes.Node, name: str, known: Iterable[str]) -> bool:
        if name in known:
            return True
        self._report_name(kind, node, name, list(known))
        return False

    def _report_name(self, kind: Kind, node: nodes.Node, name: str, known: list[str], **args: Any) -> None:
        nearest = get_close_matches(name, known, 1, 0)
        self._report(kind, node, name=name, nearest=nearest[0], **args)

    def _report(self, kind: Kind, node: nodes.Node, **args: Any) -> None:
        self.problems.append(kind(self._place_of(node.lineno), **args))


def _text(node: nodes.Node) -> str:
    """Return an expression as its author wrote it, as far as it is made of names."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_text(node.node)}.{node.attr}"
        case nodes.Filter() | nodes.Getitem() if node.node is not None:
            return _text(node.node)
    return "…"
