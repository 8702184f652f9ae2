"""Draws the numbers of notices, and keeps what each says before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.checks import said_of
from selfaudit.model.disposition.notice import Notice, Said
from selfaudit.model.kit.dispositions import NoticeKind, filled, slots_in
from selfaudit.reports.build.notice import notice_letter
from selfaudit.reports.setting import Setting

NOT_APPROVED = error(
    "notice.not-approved", N_("{id} is not approved, or no longer in force"), N_("Only what is approved is told.")
)
OTHER_ACTION = error(
    "notice.other-action",
    N_("{id} was approved as “{action}”; “{kind}” is the notice of another action ({others})"),
    N_("Have that action approved first, or make the notice of this one."),
)
HAS_ONE = error(
    "notice.has-one",
    N_("there is a notice about {id} already: {number}"),
    N_("If it is wrong, withdraw it first: selfaudit notice withdraw {number} --reason TEXT."),
)
NO_FACT = error(
    "notice.no-fact",
    N_("the number of a notice needs “{id}”, which is empty"),
    N_("Write it into profile.yaml."),
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What numbers are drawn for: a kind of notice, of a day, by whom, and the facts of findings by short id."""

    kind: NoticeKind
    on: date
    by: str
    facts: Mapping[str, str]

    def draw(self, setting: Setting, book: Book, ids: Sequence[str]) -> Iterator[tuple[str, Notice]]:
        """Yield the notices about some dispositions, each with its number, the next in its series."""
        series = self._series(setting)
        last = max((one.n for one in book.notices.values() if one.series == series), default=0)
        for n, says in enumerate(self._grouped(book, ids), last + 1):
            number = series.replace("{n}", str(n))
            drawn = Notice(
                kind=self.kind.id, title=self.kind.title, series=series, n=n, on=self.on, says=says, made_by=self.by
            )
            yield number, drawn.model_copy(update={"to": notice_letter(setting, self.kind, number, drawn).addressee})

    def _series(self, setting: Setting) -> str:
        """Return the number with everything filled in but the count."""
        values = {**setting.facts, "year": str(self.on.year), "n": "{n}"}
        lacking = [name for name in slots_in(self.kind.number) if not values.get(name, "").strip()]
        if lacking:
            raise UserError([NO_FACT(id=name) for name in lacking])
        return filled(self.kind.number, values)

    def _grouped(self, book: Book, ids: Sequence[str]) -> list[tuple[Said, ...]]:
        """Return what is said in each notice."""
        groups: dict[str, list[Said]] = {}
        for key in ids:
            one = book.dispositions[key]
            facts = "\n".join(self.facts[name] for name in book.findings_of(one) if self.facts.get(name))
            together = {"disposition": key, "party": one.party or key, "all": ""}[self.kind.one_for]
            groups.setdefault(together, []).append(said_of(book, key, facts))
        return [tuple(group) for group in groups.values()]


def due(book: Book, kind: NoticeKind) -> list[str]:
    """Return the dispositions in force that need a notice of this kind and have none."""
    return [
        key
        for key, one in book.dispositions.items()
        if book.action(one).notice == kind.id and book.tellable(key) and not book.notice_of(key)
    ]


def hindrances(book: Book, kind: NoticeKind, key: str) -> list[Problem]:
    """Return why there can be no notice of a kind about a disposition: it would say more than was approved."""
    if not book.tellable(key):
        return [NOT_APPROVED(id=key)]
    if number := book.notice_of(key):
        return [HAS_ONE(id=key, number=number)]
    one = book.dispositions[key]
    meant = book.action(one)
    others = [action.title for action in book.actions(one) if action.notice == kind.id]
    if others and meant.notice != kind.id:
        return [OTHER_ACTION(id=key, action=meant.title, kind=kind.title, others=others)]
    return []
