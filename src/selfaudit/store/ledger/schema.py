"""The tables of the ledger, one script for each version of the file."""

FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE respondents (
    key TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, active INTEGER NOT NULL,
    due TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE questions (digest TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
CREATE TABLE forms (
    passport TEXT PRIMARY KEY, respondent TEXT NOT NULL REFERENCES respondents, questions TEXT NOT NULL
    REFERENCES questions, serial INTEGER NOT NULL, issued_at TEXT NOT NULL, file TEXT NOT NULL) STRICT;
CREATE INDEX forms_of ON forms (respondent, serial);
CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, received_at TEXT NOT NULL,
    outcome TEXT NOT NULL, respondent TEXT NOT NULL, digest TEXT NOT NULL, problems TEXT NOT NULL) STRICT;
CREATE TABLE responses (
    respondent TEXT NOT NULL REFERENCES respondents, digest TEXT NOT NULL, passport TEXT NOT NULL
    REFERENCES forms, filled_by TEXT NOT NULL, filled_on TEXT NOT NULL, content TEXT NOT NULL, gaps TEXT NOT NULL,
    received_at TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (respondent, digest)) STRICT;
CREATE TABLE shown (
    respondent TEXT PRIMARY KEY REFERENCES respondents, digest TEXT NOT NULL, rivals TEXT NOT NULL) STRICT;
CREATE TABLE choices (
    respondent TEXT PRIMARY KEY REFERENCES respondents, digest TEXT NOT NULL, considered TEXT NOT NULL,
    chosen_by TEXT NOT NULL, reason TEXT NOT NULL, chosen_at TEXT NOT NULL) STRICT;
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
"""

SECOND = """
CREATE TABLE reminders (
    respondent TEXT NOT NULL REFERENCES respondents, stage TEXT NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL,
    addressee TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (respondent, stage, day)) STRICT;
CREATE TABLE scans (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL, pages INTEGER NOT NULL,
    received_at TEXT NOT NULL, problems TEXT NOT NULL) STRICT;
CREATE TABLE papers (
    scan TEXT NOT NULL REFERENCES scans, respondent TEXT NOT NULL REFERENCES respondents, content TEXT NOT NULL,
    pages TEXT NOT NULL, file TEXT NOT NULL, how TEXT NOT NULL, matched_at TEXT NOT NULL, matched_by TEXT NOT NULL,
    verdict TEXT NOT NULL DEFAULT '', verdict_by TEXT NOT NULL DEFAULT '', verdict_at TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (scan, respondent, content)) STRICT;
"""

# the files of a form were lines of one text
THIRD = """
CREATE TABLE form_files (
    passport TEXT NOT NULL REFERENCES forms, position INTEGER NOT NULL, file TEXT NOT NULL,
    PRIMARY KEY (passport, position)) STRICT, WITHOUT ROWID;
WITH RECURSIVE lines (passport, position, file, rest) AS (
    SELECT passport, -1, '', file || char(10) FROM forms
    UNION ALL
    SELECT passport, position + 1, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
    FROM lines WHERE rest <> '')
INSERT INTO form_files SELECT passport, position, file FROM lines WHERE position >= 0;
ALTER TABLE forms DROP COLUMN file;
CREATE INDEX respondents_in_order ON respondents (position, key);
"""

# merged.yaml was written again after every change; triggers mark whose part of it is out of date, whoever changes what.
# Inside a trigger the statement that fired it says what happens in a conflict, so none may arise.
FOURTH = """
CREATE TABLE merged (
    respondent TEXT PRIMARY KEY REFERENCES respondents, position INTEGER NOT NULL, size INTEGER NOT NULL,
    unit TEXT NOT NULL, digest TEXT NOT NULL, questions TEXT NOT NULL) STRICT;
CREATE TABLE merged_file (
    one INTEGER PRIMARY KEY CHECK (one = 1), start INTEGER NOT NULL, size INTEGER NOT NULL,
    written_at INTEGER NOT NULL) STRICT;
CREATE TABLE merged_units (unit TEXT PRIMARY KEY, people INTEGER NOT NULL, counts TEXT NOT NULL) STRICT;
CREATE TABLE unmerged (part TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER unmerged_respondent AFTER INSERT ON respondents
    BEGIN INSERT INTO unmerged SELECT NEW.key WHERE NEW.key NOT IN unmerged; END;
CREATE TRIGGER unmerged_respondent_changed AFTER UPDATE ON respondents
    WHEN OLD.data <> NEW.data OR OLD.position <> NEW.position OR OLD.active <> NEW.active
    BEGIN INSERT INTO unmerged SELECT NEW.key WHERE NEW.key NOT IN unmerged; END;
CREATE TRIGGER unmerged_form AFTER INSERT ON forms
    BEGIN INSERT INTO unmerged SELECT NEW.respondent WHERE NEW.respondent NOT IN unmerged; END;
CREATE TRIGGER unmerged_form_again AFTER UPDATE OF serial ON forms
    BEGIN INSERT INTO unmerged SELECT NEW.respondent WHERE NEW.respondent NOT IN unmerged; END;
CREATE TRIGGER unmerged_shown AFTER INSERT ON shown
    BEGIN INSERT INTO unmerged SELECT NEW.respondent WHERE NEW.respondent NOT IN unmerged; END;
CREATE TRIGGER unmerged_gaps AFTER UPDATE OF gaps ON responses
    BEGIN INSERT INTO unmerged SELECT NEW.respondent WHERE NEW.respondent NOT IN unmerged; END;
CREATE TRIGGER unmerged_campaign AFTER INSERT ON meta WHEN NEW.key IN ('id', 'units', 'body')
    BEGIN INSERT INTO unmerged SELECT '' WHERE '' NOT IN unmerged; END;
INSERT INTO unmerged SELECT key FROM respondents;
DELETE FROM meta WHERE key = 'merged';
"""

# a form that is out bears the name that its respondent had when it was issued
FIFTH = """
CREATE TABLE called (
    respondent TEXT NOT NULL REFERENCES respondents, name TEXT NOT NULL, unit TEXT NOT NULL,
    PRIMARY KEY (respondent, name, unit)) STRICT, WITHOUT ROWID;
CREATE VIEW called_now AS
    SELECT key AS respondent, coalesce(data ->> '$.name', '') AS name, coalesce(data ->> '$.unit_name', '') AS unit
    FROM respondents;
CREATE TRIGGER called_first AFTER INSERT ON respondents
    BEGIN INSERT INTO called SELECT * FROM called_now WHERE respondent = NEW.key; END;
CREATE TRIGGER called_otherwise AFTER UPDATE OF data ON respondents WHEN OLD.data <> NEW.data
    BEGIN INSERT INTO called SELECT * FROM called_now WHERE respondent = NEW.key
        AND (respondent, name, unit) NOT IN (SELECT respondent, name, unit FROM called); END;
INSERT INTO called SELECT * FROM called_now;
"""

# what is shown no longer was not marked, so nothing that was merged is relied on
SIXTH = """
CREATE TRIGGER unmerged_shown_no_more AFTER DELETE ON shown
    BEGIN INSERT INTO unmerged SELECT OLD.respondent WHERE OLD.respondent NOT IN unmerged; END;
INSERT INTO unmerged SELECT key FROM respondents WHERE key NOT IN unmerged;
"""

SEVENTH = """
CREATE TABLE decisions (
    kind TEXT NOT NULL, about TEXT NOT NULL, decided_by TEXT NOT NULL, reason TEXT NOT NULL, data TEXT NOT NULL,
    decided_at TEXT NOT NULL, PRIMARY KEY (kind, about)) STRICT, WITHOUT ROWID;
"""

# a form is written again, under its passport, when what it shows beside its questions has changed
EIGHTH = """
ALTER TABLE forms ADD COLUMN edition TEXT NOT NULL DEFAULT '';
"""

# a response that was taken back is kept and counts no more
NINTH = """
CREATE VIEW counting AS SELECT r.rowid AS arrival, r.* FROM responses r
    WHERE NOT EXISTS (SELECT * FROM decisions WHERE kind = 'withdraw' AND about = r.respondent || ' ' || r.digest);
"""

# of two responses of one day, or one whose date cannot be right, the run of collect says which came later
TENTH = """
ALTER TABLE responses ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
CREATE INDEX responses_by_run ON responses (run);
"""

# what somebody says depends on the words asked now and on which of them are declared to ask the same as before, so
# what the roll-up counts of them is kept, to be taken out again
ELEVENTH = """
DROP TABLE merged;
CREATE TABLE merged (
    respondent TEXT PRIMARY KEY REFERENCES respondents, position INTEGER NOT NULL, size INTEGER NOT NULL,
    unit TEXT NOT NULL, answers TEXT NOT NULL) STRICT;
DELETE FROM merged_units;
DELETE FROM merged_file;
INSERT INTO unmerged SELECT key FROM respondents WHERE key NOT IN unmerged;
CREATE TRIGGER unmerged_editorial AFTER INSERT ON decisions WHEN NEW.kind = 'editorial'
    BEGIN INSERT INTO unmerged SELECT key FROM respondents WHERE key NOT IN unmerged; END;
CREATE TRIGGER unmerged_editorial_no_more AFTER DELETE ON decisions WHEN OLD.kind = 'editorial'
    BEGIN INSERT INTO unmerged SELECT key FROM respondents WHERE key NOT IN unmerged; END;
"""

# a response to a form that was issued again is completed by what was answered before under the same words; and what a
# form showed beside its questions when it was issued is known, to be told from what somebody wrote there
TWELFTH = """
CREATE TABLE carried (
    respondent TEXT NOT NULL REFERENCES respondents, digest TEXT NOT NULL, response TEXT NOT NULL,
    source TEXT NOT NULL, content TEXT NOT NULL, gaps TEXT NOT NULL, taken TEXT NOT NULL, left_out TEXT NOT NULL,
    PRIMARY KEY (respondent, digest)) STRICT;
CREATE TABLE editions (questions TEXT NOT NULL REFERENCES questions, data TEXT NOT NULL) STRICT;
CREATE INDEX editions_of ON editions (questions);
CREATE TRIGGER shown_otherwise AFTER UPDATE OF data ON questions WHEN OLD.data <> NEW.data
    BEGIN INSERT INTO editions SELECT OLD.digest, OLD.data
        WHERE OLD.data NOT IN (SELECT data FROM editions WHERE questions = OLD.digest); END;
"""

# a finding is told by a short number that nobody else gets, whatever becomes of it
THIRTEENTH = """
CREATE TABLE finding_numbers (
    respondent TEXT NOT NULL REFERENCES respondents, item TEXT NOT NULL, own INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (respondent, item, own), UNIQUE (item, number)) STRICT, WITHOUT ROWID;
CREATE VIEW findings_said AS
    SELECT c.respondent, c.digest, c.arrival, coalesce(f.value ->> '$.item', '') AS item, f.value ->> '$.number' AS own
    FROM (SELECT respondent, digest, content, rowid AS arrival FROM responses
          UNION ALL SELECT respondent, digest, content, 1e18 FROM carried) c, json_each(c.content, '$.findings') f;
INSERT INTO finding_numbers
    SELECT respondent, item, own, row_number() OVER (PARTITION BY item ORDER BY min(arrival), respondent, own)
    FROM findings_said GROUP BY respondent, item, own;
CREATE TRIGGER numbered_response AFTER INSERT ON responses BEGIN
    INSERT INTO finding_numbers SELECT respondent, item, own, row_number() OVER (PARTITION BY item ORDER BY own)
        + (SELECT coalesce(max(number), 0) FROM finding_numbers n WHERE n.item = said.item)
    FROM findings_said said WHERE respondent = NEW.respondent AND digest = NEW.digest
        AND (respondent, item, own) NOT IN (SELECT respondent, item, own FROM finding_numbers);
END;
CREATE TRIGGER numbered_carried AFTER INSERT ON carried BEGIN
    INSERT INTO finding_numbers SELECT respondent, item, own, row_number() OVER (PARTITION BY item ORDER BY own)
        + (SELECT coalesce(max(number), 0) FROM finding_numbers n WHERE n.item = said.item)
    FROM findings_said said WHERE respondent = NEW.respondent AND digest = NEW.digest
        AND (respondent, item, own) NOT IN (SELECT respondent, item, own FROM finding_numbers);
END;
"""

# the roll-up counts apart who returned nothing
FOURTEENTH = """
DELETE FROM merged;
DELETE FROM merged_units;
DELETE FROM merged_file;
INSERT INTO unmerged SELECT key FROM respondents WHERE key NOT IN unmerged;
"""

# who answers after a deadline was moved is in time only because it was: what it was when the form went out is kept
FIFTEENTH = """
CREATE TABLE first_dues (respondent TEXT PRIMARY KEY REFERENCES respondents, due TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER due_moved AFTER UPDATE OF due ON respondents
    WHEN OLD.due <> NEW.due AND EXISTS (SELECT * FROM forms WHERE respondent = OLD.key)
    BEGIN INSERT INTO first_dues SELECT OLD.key, OLD.due
        WHERE OLD.key NOT IN (SELECT respondent FROM first_dues); END;
"""

# who moves to another unit has not said of it what they said of the one before
SIXTEENTH = """
CREATE TABLE answered_in (
    respondent TEXT NOT NULL REFERENCES respondents, digest TEXT NOT NULL, unit TEXT NOT NULL,
    PRIMARY KEY (respondent, digest)) STRICT, WITHOUT ROWID;
INSERT INTO answered_in SELECT p.respondent, p.digest, coalesce(r.data ->> '$.unit', '')
    FROM responses p JOIN respondents r ON r.key = p.respondent;
CREATE TRIGGER answered_now AFTER INSERT ON responses BEGIN
    INSERT INTO answered_in SELECT NEW.respondent, NEW.digest, coalesce(r.data ->> '$.unit', '')
    FROM respondents r WHERE r.key = NEW.respondent;
END;
"""

# what people keep up to date (findings, dispositions, notices …) is added to, never overwritten
SEVENTEENTH = """
CREATE TABLE records (
    kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL, changed_by TEXT NOT NULL,
    reason TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (kind, id, version)) STRICT, WITHOUT ROWID;
CREATE VIEW records_now AS SELECT * FROM records r
    WHERE version = (SELECT max(version) FROM records n WHERE n.kind = r.kind AND n.id = r.id);
"""

VERSIONS = (
    FIRST,
    SECOND,
    THIRD,
    FOURTH,
    FIFTH,
    SIXTH,
    SEVENTH,
    EIGHTH,
    NINTH,
    TENTH,
    ELEVENTH,
    TWELFTH,
    THIRTEENTH,
    FOURTEENTH,
    FIFTEENTH,
    SIXTEENTH,
    SEVENTEENTH,
)
"""A ledger of version n was made by the first n scripts; the others bring it up to date."""
