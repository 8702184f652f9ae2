"""Reads the codes of fields, out of however many pieces, and tells where another reader would see another code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

_SIMPLE, _MARK, _CODE = "fldSimple", "fldChar", "instrText"
_TEXTS, _DELETED = ("t", "delText"), ("delText", "delInstrText")
_PIECES = (_SIMPLE, _MARK, _CODE, *_TEXTS, "delInstrText")
"""What fields are made of, in any namespace."""
_ATTRIBUTES = {_SIMPLE: "instr", _MARK: "fldCharType"}
"""The attribute of an element that says what it is."""
_BEGIN, _SEPARATE, _END = "begin", "separate", "end"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The namespaces of the two versions of the format; whatever is called the same in another one, Word does not read."""
NESTED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a field inside the code of another one."""


@dataclass(slots=True)
class _Field:
    """A field of which the end has not been seen."""

    element: Any
    code: list[str] = field(default_factory=list)
    in_code: bool = True


def codes(root: Any) -> Iterator[tuple[Any, str | None]]:
    """Yield every field of a part: the element in which it begins, and its code without that of fields inside it.

    There is no code where it cannot be told for certain.
    """
    open_fields: list[_Field] = []
    for node in root.iter(*(f"{{*}}{name}" for name in _PIECES)):
        name = etree.QName(node).localname
        innermost = open_fields[-1] if open_fields else None
        is_code = innermost is not None and innermost.in_code
        step = _attribute(node, name)
        if name in _TEXTS and not (innermost and is_code and _is_in(node, innermost)):
            continue
        if _is_apart(node, name, step, innermost) or _is_strange(node, name, step):
            yield node, None
        elif name == _SIMPLE:
            yield node, step
        elif name == _MARK:
            yield from _marked(node, step, open_fields)
        elif innermost and is_code:
            # what is typed there, Word takes for code as well
            innermost.code.append(node.text or "")
        else:
            yield node, node.text or ""
    for left in open_fields:
        yield left.element, "".join(left.code)


def _marked(node: Any, step: str, open_fields: list[_Field]) -> Iterator[tuple[Any, str]]:
    """Go on with what begins or ends at a mark; yield the field that ends there."""
    innermost = open_fields[-1] if open_fields else None
    if step == _BEGIN:
        if innermost and innermost.in_code:
            innermost.code.append(NESTED)
        open_fields.append(_Field(node))
    elif innermost and step == _SEPARATE:
        innermost.in_code = False
    elif innermost:
        open_fields.pop()
        yield innermost.element, "".join(innermost.code)


def _is_apart(node: Any, name: str, step: str, innermost: _Field | None) -> bool:
    """Return whether a piece of a field is where its beginning is not."""
    return innermost is not None and name != _SIMPLE and step != _BEGIN and not _is_in(node, innermost)


def _attribute(node: Any, name: str) -> str:
    """Return what an element says it is, in the namespace of the element: attributes of another one are not read."""
    return str(node.get(f"{{{etree.QName(node).namespace}}}{_ATTRIBUTES.get(name, name)}", ""))


def _is_strange(node: Any, name: str, step: str) -> bool:
    """Return whether readers may differ about a piece of a field."""
    key = _ATTRIBUTES.get(name)
    return (
        etree.QName(node).namespace not in _WORD
        or (name in {_CODE, *_TEXTS} and len(node) > 0)
        or (name == _MARK and step not in {_BEGIN, _SEPARATE, _END})
        or (name in _DELETED and not any(etree.QName(above).localname == "del" for above in node.iterancestors()))
        or sum(etree.QName(other).localname == key for other in node.attrib) > 1
    )


def _is_in(node: Any, of: _Field) -> bool:
    """Return whether a piece of a field is read wherever its beginning is read.

    Other formats than Word's have text boxes, alternatives and what readers may ignore.
    """
    return _holder(node) is _holder(of.element)


def _holder(node: Any) -> Any:
    return next((above for above in node.iterancestors() if etree.QName(above).namespace not in _WORD), None)
