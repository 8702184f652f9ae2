"""Which questions were reworded while the campaign ran, and how many answered the words before and those of now."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from selfaudit.base.i18n import translator
from selfaudit.model.form.asked import OFFERED, differing
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.form.carrying import answered_places
from selfaudit.model.form.form import Questions
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.rewording import Rewording
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import counted_contents
from selfaudit.workflow.common.state.asking import Asking

Worded = Mapping[str, tuple[Questions, str]]
"""The questions in which words were first issued and when, by these words."""


def rewordings(ledger: Ledger, kit: Kit) -> Iterator[Rewording]:
    """Yield every place that was issued in words that do not ask what is asked now, once for each of them."""
    asking, now, say = Asking(ledger, kit), FormBuilder(kit).everything, translator(kit.plan.language)
    holds = asking.asked(now).holds
    worded = {place: found for place, found in _worded(asking, now).items() if not all(holds(place, w) for w in found)}
    answered = _answered(ledger, asking, worded) if worded else {}
    for place, found in worded.items():
        same = [words for words in found if holds(place, words)]
        new = set[str]().union(*(answered.get((place, words), ()) for words in same))
        for words, (asked, at) in found.items():
            if words not in same:
                told = differing(asked.words(place), now.words(place))
                since = min((later for one in same if (later := found[one][1]) > at), default="")
                old = len(answered.get((place, words), ()))
                yield Rewording(say(now.called(place)), told["old"], told["new"], since, old, len(new))


def _worded(asking: Asking, now: Questions) -> dict[str, dict[str, tuple[Questions, str]]]:
    """Return by place in which words it was issued, in the order of time."""
    worded: dict[str, dict[str, tuple[Questions, str]]] = {
        place: {} for place in now.wordings if place.partition(":")[0] not in OFFERED
    }
    for asked, at in asking.forms.first_issued():
        for place, wording in asked.wordings.items():
            if place in worded:
                worded[place].setdefault(wording, (asked, at))
    return worded


def _answered(ledger: Ledger, asking: Asking, worded: Mapping[str, Worded]) -> dict[tuple[str, str], set[str]]:
    """Return the respondents who answered a place in some words."""
    found: dict[tuple[str, str], set[str]] = {}
    for respondent, questions, content in counted_contents(ledger):
        wordings = asking.forms.questions(questions).wordings
        said: Any = json.loads(content)
        for place in answered_places(said) & worded.keys():
            found.setdefault((place, wordings[place]), set()).add(respondent)
    return found
