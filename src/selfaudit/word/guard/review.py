"""What is left of the work on a template and is not for its readers: comments, reviewers and tracked changes."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE
from docx.oxml.ns import qn

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error, warning
from selfaudit.word.guard.places import Places
from selfaudit.word.package import excerpt, root_of

_COMMENT = warning(
    "template.comment",
    N_("a comment by {author} is left out of documents: “{text}”"),
    N_("Settle it, and delete it: Review > Delete > Delete All Comments."),
)
_CHANGE = error(
    "template.change",
    N_("a tracked change by {author} would be in every document: “{text}”"),
    N_("Accept or reject it: Review > Accept > Accept All Changes and Stop Tracking."),
)

_CHANGES = tuple(
    f"{{*}}{name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange", "rPrChange",
        "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "tblGridChange",
        "customXmlInsRangeStart", "customXmlDelRangeStart", "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart",
    )
)  # fmt: skip
_COMMENTS = CONTENT_TYPE.WML_COMMENTS
_REFERENCE, _COMMENT_TAG = qn("w:commentReference"), qn("w:comment")
_TEXTS = (qn("w:t"), qn("w:delText"))
_MARKS = tuple(qn(f"w:{name}") for name in ("commentReference", "commentRangeStart", "commentRangeEnd"))
_REVIEW = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
"""Last words of the relations to what reviewers left behind."""
_NOBODY = "?"


def comment_problems(document: Document) -> Iterator[Problem]:
    """Yield every comment with the place that it is about."""
    places = Places(document.element)
    marks = {mark.get(qn("w:id")): mark for mark in document.element.iter(_REFERENCE)}
    for relation in document.part.rels.values():
        if not relation.is_external and relation.target_part.content_type == _COMMENTS:
            for comment in root_of(relation.target_part).iter(_COMMENT_TAG):
                mark = marks.get(comment.get(qn("w:id")))
                where = Where(cell=places.of(mark) if mark is not None else "")
                yield _COMMENT(where, author=_author(comment), text=_text_in(comment))


def change_problems(root: Any) -> Iterator[Problem]:
    """Yield every tracked change of a part; several in one paragraph by one author are told once."""
    told, places = set(), Places(root)
    for mark in root.iter(*_CHANGES):
        problem = _CHANGE(Where(cell=places.of(mark)), author=_author(mark), text=_text_in(mark))
        if (key := (problem.where.cell, problem.args["author"])) not in told:
            told.add(key)
            yield problem


def forget_review(document: Document) -> None:
    """Leave out comments, and the list of those who have ever commented or changed a template, which Word keeps."""
    rels = document.part.rels
    for key in [key for key, relation in rels.items() if relation.reltype.rpartition("/")[2] in _REVIEW]:
        rels.pop(key)
    for mark in list(document.element.iter(*_MARKS)):
        mark.getparent().remove(mark)


def _author(mark: Any) -> str:
    return str(mark.get(qn("w:author")) or _NOBODY)


def _text_in(mark: Any) -> str:
    return excerpt("".join(t.text or "" for t in mark.iter(*_TEXTS)))
