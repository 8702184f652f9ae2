"""Who prepared, reviewed and approved the final report: by name and day, for one content of it and no other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from selfaudit.base.text import loose

APPROVE = "approve"
"""The kind of decision by which somebody takes a step."""
WORDS: dict[int, tuple[str, ...]] = {
    1: ("approved",),
    2: ("prepared", "approved"),
    3: ("prepared", "reviewed", "approved"),
}
"""What the command line calls the steps, by how many there are."""
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Content:
    """What a report says, without how and when it was written.

    ``digest`` is the SHA-256 of everything, ``parts`` has a shorter one for each chapter and annex by its title, and
    ``figures`` the value of the main numbers by what they count.
    """

    digest: str
    parts: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """What people call the content: the first characters of the digest."""
        return self.digest[:_SHOWN]


@dataclass(frozen=True, slots=True)
class Approval:
    """A step that somebody took: its title, by whom, on which day (ISO), for which content; ``at`` in UTC.

    ``key`` is that of the person, if they are on the roster.
    """

    step: str
    by: str
    on: str
    content: Content
    reason: str = ""
    at: str = ""
    key: str = ""

    @property
    def about(self) -> str:
        """What the decision is about, unique for step and content."""
        return f"{self.step} {self.content.number}"

    def changed(self, now: Content) -> list[str]:
        """Return what is not as it was then: chapters and annexes by title, and numbers with both values."""
        then = self.content
        parts = [name for name in {**then.parts, **now.parts} if then.parts.get(name) != now.parts.get(name)]
        both = {title: (then.figures.get(title), now.figures.get(title)) for title in {**then.figures, **now.figures}}
        return parts + [
            f"{title} {'-' if old is None else old} → {'-' if new is None else new}"
            for title, (old, new) in both.items()
            if old != new
        ]


@dataclass(frozen=True, slots=True)
class Approvals:
    """The steps of a report in their order, its content as it is now, and everything that was ever approved of it."""

    steps: Sequence[str]
    content: Content
    given: Sequence[Approval] = ()

    @property
    def valid(self) -> dict[str, Approval]:
        """The steps taken for the content of now, by title, in order."""
        same = {one.step: one for one in self.given if one.content.digest == self.content.digest}
        return {step: same[step] for step in self.steps if step in same}

    @property
    def void(self) -> list[Approval]:
        """What was given for another content, in the order of time."""
        return [one for one in self.given if one.content.digest != self.content.digest]

    @property
    def overtaken(self) -> list[Approval]:
        """The newest void one of each step that nobody has taken again."""
        newest = {one.step: one for one in self.void if one.step not in self.valid}
        return list(newest.values())

    @property
    def missing(self) -> list[str]:
        """The steps that nobody has taken for the content of now."""
        return [step for step in self.steps if step not in self.valid]

    @property
    def words(self) -> dict[str, str]:
        """The steps by the words of the command line."""
        return dict(zip(WORDS.get(len(self.steps), ()), self.steps, strict=False))

    @property
    def known(self) -> list[str]:
        """The steps as they can be named, by word and title."""
        word_of = {step: word for word, step in self.words.items()}
        return [f"{word_of[step]} ({step})" if step in word_of else step for step in self.steps]

    def step_called(self, name: str) -> str | None:
        """Return the title of a step by its title or the word of the command line; None if there is none."""
        return self.words.get(name.strip().casefold()) or next((s for s in self.steps if loose(s) == loose(name)), None)

    def before(self, step: str) -> list[str]:
        """Return the steps that come before one."""
        return list(self.steps[: list(self.steps).index(step)])

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        valid = self.valid
        steps = [{"step": step, **(_plain(valid[step]) if step in valid else {"by": None})} for step in self.steps]
        void = [{"step": one.step, **_plain(one), "changed": one.changed(self.content)} for one in self.void]
        return {"content": self.content.digest, "steps": steps, "void": void}


def _plain(one: Approval) -> dict[str, Any]:
    told = {key: value for key, value in asdict(one).items() if key in ("by", "on", "reason", "at")}
    return {**told, "content": one.content.digest}


def approvals(steps: Sequence[str], content: Content, made: Iterable[Any]) -> Approvals:
    """Return what decisions of this kind say about a report."""
    given = [
        Approval(
            one.data["step"],
            one.by,
            one.data["on"],
            Content(one.data["digest"], one.data["parts"], one.data["figures"]),
            one.reason,
            one.at,
            one.data.get("key", ""),
        )
        for one in made
    ]
    return Approvals(steps, content, given)
