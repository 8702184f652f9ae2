"""What is kept of a comparison comes back as it was, or not at all."""

import pytest

from selfaudit.casefiles import keeping
from selfaudit.casefiles.comparing import Earlier
from selfaudit.casefiles.shingling import ALGORITHM
from tests.casefiles.bodies import Body


def test_a_comparison_with_kept_templates_goes_on_where_the_one_before_ended() -> None:
    body = Body()
    body.fill(45)
    own = body.paragraphs(900)
    for _ in range(6):
        body.add(own)
    first = body.compared(body.blank())
    kept = keeping.to_bytes(first.templates, first.spread)
    taken = keeping.from_bytes(kept)
    assert taken is not None
    templates, spread = taken
    assert keeping.to_bytes(templates, spread) == kept
    assert templates.of("QMS").tolist() == first.templates.of("QMS").tolist()
    digests = {one.id: one.digest for one in body.records}
    again = body.compared(body.blank(), earlier=Earlier(templates, digests, first.found.pairs))
    assert again.found == first.found
    assert again.found.learned


def test_what_is_damaged_or_of_another_release_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Body().compared()
    kept = keeping.to_bytes(first.templates, first.spread)
    assert keeping.from_bytes(kept) is not None
    assert [keeping.from_bytes(each) for each in (b"", b"PK\x03\x04", kept[:-30], b"x" + kept[1:])] == [None] * 4
    monkeypatch.setattr(keeping, "ALGORITHM", ALGORITHM + 1)
    assert keeping.from_bytes(kept) is None
