"""Build what the final report says of dispositions: what was approved, how far it is, which notice told it."""

from collections.abc import Iterator

from selfaudit.model.disposition.disposition import STATES
from selfaudit.reports.context.findings import DecidedRow
from selfaudit.reports.setting import Setting


def decided_rows(setting: Setting) -> Iterator[DecidedRow]:
    """Yield every disposition that was approved and not withdrawn, class by class as the kit has them."""
    book, tr = setting.book, setting.wording.tr
    if book is None:
        return
    order = {kind: n for n, kind in enumerate(book.classes)}
    found = [(key, one) for key, one in book.dispositions.items() if book.tellable(key)]
    for key, one in sorted(found, key=lambda pair: order.get(pair[1].kind, len(order))):
        ending = book.ending(key)
        how = book.action(book.dispositions[ending.how]).title if ending and ending.how in book.dispositions else ""
        yield DecidedRow(
            id=key,
            kind=book.class_title(one.kind),
            target=setting.text(one.target),
            party=setting.text(one.party),
            action=setting.text(book.action(one).title),
            reason=setting.text(book.reason(one)),
            effective=setting.wording.date(one.effective),
            state=setting.wording.aside(tr(STATES[book.state(key)]), how or setting.text(ending.how if ending else "")),
            notice=book.notice_of(key),
            findings=setting.wording.join(book.findings_of(one)),
        )
