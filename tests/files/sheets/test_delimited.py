"""Tables saved as text: what is written plainly is what was in the file, read as a whole or line by line."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfaudit.files.sheets import delimited
from selfaudit.files.sheets.delimited import Manner, write_plain

CELLS = st.text(st.sampled_from('a中," \n'), max_size=4)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=12)
COMMAS = Manner("gb18030")


@given(TABLES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_record_comes_back_as_it_was_whether_whole_or_in_pieces(tmp_path: Path, table: list[list[str]]) -> None:
    file, plain = tmp_path / "file.csv", tmp_path / "plain.csv"
    with file.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows(table)
    for piece in (1 << 20, 5):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(delimited, "PIECE", piece)
            told = write_plain(file, COMMAS, plain)
        with plain.open(encoding="utf-8", newline="") as lines:
            assert list(csv.reader(lines)) == table
        assert (told.records, told.columns, told.unclosed) == (len(table), max(map(len, table)), ())
        assert told.several_lines == any("\n" in cell for row in table for cell in row)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,"b\nc,d\n', [["a", '"b'], ["c", "d"]]),
        ('5" pipe,x\n"y",z\n', [['5" pipe', "x"], ["y", "z"]]),
        ('"a" b,"c"\n', [["a b", "c"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
    ],
    ids=["never closed", "within a cell", "followed by more", "empty line"],
)
def test_a_text_that_is_not_well_formed_is_read_as_excel_reads_it(
    tmp_path: Path, text: str, rows: list[list[str]]
) -> None:
    file, plain = tmp_path / "file.csv", tmp_path / "plain.csv"
    file.write_text(text, encoding="utf-8")
    assert write_plain(file, Manner("utf-8"), plain).records == len(rows)
    with plain.open(encoding="utf-8", newline="") as lines:
        assert list(csv.reader(lines)) == rows
