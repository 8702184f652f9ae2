"""The texts of records that are alike, read again to be shown side by side."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.casefiles.arrays import Keys
from selfaudit.casefiles.keeping import from_bytes
from selfaudit.casefiles.passages import own_in, passages, template_in
from selfaudit.casefiles.spread import Spread
from selfaudit.casefiles.templates import Templates
from selfaudit.model.casefiles.compared import CaseText, Compared, Side, Span, span
from selfaudit.model.casefiles.comparison import STATE, Comparison
from selfaudit.model.casefiles.found import Pair
from selfaudit.model.casefiles.joining import joined, outside
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.store.texts import Texts, TextsDamagedError
from selfaudit.store.workspace import Workspace

LOST = error(
    "similar.texts-lost", N_("the texts that were compared are not there any more"), N_("Run selfaudit similar again.")
)


@dataclass(frozen=True)
class Reading:
    """Reads records of a comparison again; ``say`` translates the places in their files."""

    made: Comparison
    texts: Texts
    templates: Templates
    spread: Spread
    say: Callable[[str], str]

    def compared(self, pair: Pair) -> Compared:
        """Return a pair with its texts and passages."""
        a, b = self.made.both(pair)
        one, other = self._text(a), self._text(b)
        template = self.templates.both(a.standard, b.standard)
        found = passages(one.text, other.text, template, self.templates.settings, self.spread)
        ours = self._counted(one, template, [span(each, Side.A) for each in found])
        theirs = self._counted(other, template, [span(each, Side.B) for each in found])
        return Compared(pair, ours, theirs, joined(found))

    def most_alike(self, most: int) -> Iterator[Compared]:
        """Yield the pairs that are most alike, of each ring one only."""
        rings: set[str] = set()
        for pair in self.made.found.ranked:
            source = self.made.sources.get(pair.a, "")
            if most and source not in rings:
                most -= 1
                rings |= {source} - {""}
                yield self.compared(pair)

    def _text(self, record: CaseRecord) -> CaseText:
        read = self.texts.extracted(record.digest)
        if read is None:
            raise UserError(LOST())
        return CaseText(
            record,
            read.text,
            lambda at: read.place(at, self.say),
            [mark.at for mark in read.marks],
            template_in(read.text, self.templates.of(record.standard), self.templates.settings),
        )

    def _counted(self, text: CaseText, template: Keys, found: Sequence[Span]) -> CaseText:
        """Return a text of whose passages only that is template which does not count at all.

        Where what counts and what does not meet, they overlap by a few characters.
        """
        own = own_in(text.text, template, self.templates.settings)
        counted = outside(own, outside(own, found))
        return replace(text, template=outside(text.template, counted))


def state_of(texts: Texts) -> str:
    """Return the SHA-256 of what the last comparison left in the cache."""
    return sha256(texts.kept(STATE)).hexdigest()


@contextmanager
def reading(workspace: Workspace, made: Comparison, say: Callable[[str], str]) -> Iterator[Reading]:
    """Open the texts of a comparison; stops if they are not those any more."""
    if not workspace.texts_file.exists():
        raise UserError(LOST())
    try:
        with Texts.open(workspace.texts_file) as texts:
            state = from_bytes(texts.kept(STATE))
            if state is None or made.state != state_of(texts):
                raise UserError(LOST())
            yield Reading(made, texts, state[0], state[1], say)
    except TextsDamagedError:
        raise UserError(LOST()) from None
