"""The forms issued, with the questions on them and the files that contain them, as the ledger keeps them."""

import json
from collections.abc import Iterable

from selfaudit.model.form.form import Form, Questions, Respondent
from selfaudit.store.ledger.ledger import Ledger


class Forms:
    """The forms of a ledger. Questions that many share are read once."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger."""
        self._db = ledger.db
        self._questions: dict[str, Questions] = {}
        self._former: dict[str, tuple[Questions, ...]] = {}
        self._put: set[str] = set()

    def files(self) -> dict[str, tuple[str, ...]]:
        """Return the files, relative to the campaign, of every form issued, by passport; one for each format."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys(self.passports(), ())
        for passport, file in self._db.execute("SELECT passport, file FROM form_files ORDER BY passport, position"):
            found[passport] += (file,)
        return found

    def passports(self) -> list[str]:
        """Return the passport of every form issued, in the order in which they were."""
        return [passport for (passport,) in self._db.execute("SELECT passport FROM forms ORDER BY serial")]

    def owners(self) -> dict[str, str]:
        """Return the key of the respondent of every form issued, by passport."""
        return dict(self._db.execute("SELECT passport, respondent FROM forms"))

    def latest(self) -> dict[str, str]:
        """Return the passport of the form issued last to every respondent."""
        return dict(self._db.execute("SELECT respondent, passport FROM forms ORDER BY serial"))

    def editions(self) -> dict[str, str]:
        """Return the edition, by passport, in which every form was written last."""
        return dict(self._db.execute("SELECT passport, edition FROM forms"))

    def reissued(self) -> set[str]:
        """Return the respondents to whom more than one form was issued, so that the newest replaces another."""
        rows = self._db.execute("SELECT respondent FROM forms GROUP BY respondent HAVING count(*) > 1")
        return {respondent for (respondent,) in rows}

    def latest_of(self, respondent: str) -> str:
        """Return the passport of the form issued last to a respondent, or an empty text."""
        row = self._db.execute(
            "SELECT passport FROM forms WHERE respondent = ? ORDER BY serial DESC LIMIT 1", (respondent,)
        ).fetchone()
        return row[0] if row else ""

    def issued_at(self, passport: str) -> str:
        """Return the moment at which a form was issued, or an empty text."""
        row = self._db.execute("SELECT issued_at FROM forms WHERE passport = ?", (passport,)).fetchone()
        return row[0] if row else ""

    def get(self, passport: str) -> Form | None:
        """Return an issued form."""
        row = self._db.execute(
            "SELECT r.data, f.questions FROM forms f JOIN respondents r ON r.key = f.respondent WHERE f.passport = ?",
            (passport,),
        ).fetchone()
        if row is None:
            return None
        who = Respondent.model_validate_json(row[0])
        named = self._db.execute("SELECT name, unit FROM called WHERE respondent = ?", (who.key,))
        former = tuple((name, unit) for name, unit in named if (name, unit) != (who.name, who.unit_name))
        return Form.model_construct(
            passport=passport,
            respondent=who,
            questions=self.questions(row[1]),
            former_names=former,
            former_editions=self._former_editions(row[1]),
        )

    def _former_editions(self, digest: str) -> tuple[Questions, ...]:
        """Return some questions as they were shown before, with other words around them."""
        if digest not in self._former:
            rows = self._db.execute("SELECT data FROM editions WHERE questions = ? ORDER BY rowid", (digest,))
            self._former[digest] = tuple(Questions.model_validate_json(data) for (data,) in rows)
        return self._former[digest]

    def asked(self) -> dict[str, Questions]:
        """Return the questions issued last to every respondent; those with the same questions share them."""
        rows = self._db.execute("SELECT respondent, questions FROM forms ORDER BY serial")
        return {key: self.questions(digest) for key, digest in dict(rows).items()}

    def answered(self) -> dict[str, str]:
        """Return the digest of the questions that the response shown answers, for every respondent who has one."""
        rows = self._db.execute(
            "SELECT s.respondent, f.questions FROM shown s"
            " LEFT JOIN carried c ON c.respondent = s.respondent AND c.digest = s.digest"
            " JOIN responses p ON p.respondent = s.respondent AND p.digest = coalesce(c.response, s.digest)"
            " JOIN forms f ON f.passport = p.passport"
        )
        return dict(rows)

    def revisions(self) -> list[Questions]:
        """Return all questions that were ever issued, those issued last first."""
        rows = self._db.execute("SELECT questions FROM forms GROUP BY questions ORDER BY max(serial) DESC")
        return [self.questions(digest) for (digest,) in rows]

    def first_issued(self) -> list[tuple[Questions, str]]:
        """Return all questions that were ever issued, each with when it first was, in the order of time."""
        rows = self._db.execute(
            "SELECT questions, min(issued_at) FROM forms GROUP BY questions ORDER BY 2, min(serial)"
        )
        return [(self.questions(digest), at) for digest, at in rows]

    def asked_last(self, respondent: str) -> Questions | None:
        """Return the questions issued last to a respondent."""
        row = self._db.execute(
            "SELECT questions FROM forms WHERE respondent = ? ORDER BY serial DESC LIMIT 1", (respondent,)
        ).fetchone()
        return self.questions(row[0]) if row else None

    def questions_of(self, respondents: Iterable[str]) -> list[Questions]:
        """Return what was asked last of some respondents, each set of questions once."""
        rows = self._db.execute(
            "SELECT DISTINCT f.questions FROM forms f JOIN json_each(?) k ON k.value = f.respondent"
            " WHERE f.serial = (SELECT max(serial) FROM forms y WHERE y.respondent = f.respondent)",
            (json.dumps(list(respondents)),),
        )
        return [self.questions(digest) for (digest,) in rows]

    def questions(self, digest: str) -> Questions:
        """Return the questions of a form by their digest."""
        if digest not in self._questions:
            row = self._db.execute("SELECT data FROM questions WHERE digest = ?", (digest,)).fetchone()
            self._questions[digest] = Questions.model_validate_json(row[0])
        return self._questions[digest]

    def put(self, forms: Iterable[tuple[Form, Iterable[str]]], issued_at: str) -> None:
        """Enter issued forms, each with the files that contain it; one written again keeps when it was first issued."""
        serial = self._db.execute("SELECT coalesce(max(serial), 0) FROM forms").fetchone()[0]
        for n, (form, files) in enumerate(forms, serial + 1):
            self._put_questions(form.questions)
            self._db.execute(
                "INSERT INTO forms (passport, respondent, questions, serial, issued_at, edition)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (passport) DO UPDATE SET serial = excluded.serial,"
                " edition = excluded.edition",
                (form.passport, form.respondent.key, form.questions.digest, n, issued_at, form.edition),
            )
            self._db.execute("DELETE FROM form_files WHERE passport = ?", (form.passport,))
            self._db.executemany(
                "INSERT INTO form_files (passport, position, file) VALUES (?, ?, ?)",
                ((form.passport, position, file) for position, file in enumerate(files)),
            )

    def _put_questions(self, asked: Questions) -> None:
        """Enter questions with what is shown beside them now; what they ask is the same under one digest."""
        if asked.shown not in self._put:
            self._put.add(asked.shown)
            row = (asked.digest, asked.model_dump_json(exclude_defaults=True, exclude={"again"}))
            self._db.execute(
                "INSERT INTO questions (digest, data) VALUES (?, ?)"
                " ON CONFLICT (digest) DO UPDATE SET data = excluded.data WHERE data <> excluded.data",
                row,
            )
