"""One audit record whose text is compared with others."""

from pydantic import Field

from selfaudit.model.base import Model


class CaseRecord(Model):
    """A file of a case, or a row of a table of texts. Empty: not known.

    ``id`` is the path below the folder of case files, members of a zip as ``a.zip/b.docx``, or the id of the row.
    ``digest`` is the SHA-256 of the file's bytes, or of the text of a row. ``period`` is the day on which the audit
    began, or what the path says of it. ``case`` is the number by which registers know the audit. ``characters`` counts
    the extracted text.
    """

    id: str
    digest: str
    standard: str = ""
    organisation: str = ""
    period: str = ""
    auditors: tuple[str, ...] = ()
    case: str = ""
    characters: int = Field(ge=0)

    def same_audit(self, other: "CaseRecord") -> bool:
        """Return whether both are files of one audit, which repeat each other by nature.

        An organisation audited against several standards at once has one audit.
        """
        if self.case and self.case == other.case:
            return True
        known = bool(self.organisation and self.period)
        return known and (self.organisation, self.period) == (other.organisation, other.period)
