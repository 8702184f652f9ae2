"""What a review found of a file, as its first reader and documents are told it."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.model.kit.kit import Kit
from selfaudit.model.sampling.reviewed import Review, ReviewedFile
from selfaudit.reports.wording import Wording

NO_PROBLEM = N_("no problem found")


def opinion(one: ReviewedFile, kit: Kit) -> str:
    """Return the criteria with a problem and the facts, a line each; of two reviewers what each of them found.

    What somebody wrote is read by somebody else here, so that numbers of persons are masked.
    """
    wording = Wording(kit.plan.language)
    if len(one.reviews) == 1:
        return "\n".join(_lines(one.reviews[0], kit, wording))
    told = (wording.pair(review.who.reviewer, _indented(review, kit, wording)) for review in one.reviews)
    return "\n".join(told)


def _indented(review: Review, kit: Kit, wording: Wording) -> str:
    lines = [*_lines(review, kit, wording)]
    return lines[0] if not review.findings else "\n" + "\n".join(lines)


def _lines(review: Review, kit: Kit, wording: Wording) -> Iterator[str]:
    if not review.findings:
        yield wording.tr(NO_PROBLEM)
    severities = {one.id: one.title for one in kit.plan.severities} if len(kit.plan.severities) > 1 else {}
    for finding in review.findings:
        item = kit.items.get(finding.item)
        place = f"{finding.place} {item.title}" if item else finding.place
        severity = severities.get(finding.severity, "")
        yield wording.pair(wording.aside(place, severity), mask(str(finding.data.get("fact") or "")))
