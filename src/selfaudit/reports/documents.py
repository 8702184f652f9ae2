"""The documents there are."""

from selfaudit.reports.build import final, paper, person, unit

DOCUMENTS = {
    document.name: document
    for document in (person.DOCUMENT, unit.DOCUMENT, unit.BRANCH_DOCUMENT, final.DOCUMENT, paper.DOCUMENT)
}
"""Every document by name, in the order in which they are listed."""
