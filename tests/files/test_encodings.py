"""From bytes to text: nothing is a reason to stop, and nothing is read as what it is not."""

from hypothesis import given
from hypothesis import strategies as st

from selfaudit.files.encodings import decode

plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2028\u2029\ufeff\ufffd"),
    min_size=5,
)


@given(st.binary(max_size=400))
def test_no_bytes_are_a_reason_to_stop(data: bytes) -> None:
    decoded = decode(data, "x")
    assert bool(decoded.text) or bool(decoded.errors)


@given(plain, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_text_with_or_without_a_mark_is_the_text_that_was_saved(text: str, encoding: str) -> None:
    whole = f"selfaudit: {text}\n"
    decoded = decode(whole.replace("\n", "\r\n").encode(encoding), "x")
    assert (decoded.text, decoded.errors) == (whole, [])


@given(st.text("技术部审核员张三李四王五符合发现问题，。：", min_size=8))
def test_a_chinese_text_saved_by_an_old_editor_is_read_and_noted(text: str) -> None:
    decoded = decode(f"selfaudit: {text}\n".encode("gb18030"), "x")
    assert decoded.text == f"selfaudit: {text}\n"
    assert [note.code for note in decoded.notes] == ["file.read-as"]


def test_noise_is_no_text_and_may_be_what_company_software_encrypted() -> None:
    noise = bytes((n * n * 37 + n // 7) % 256 for n in range(1, 2_000))
    (told,) = decode(noise, "自查表.xlsx").errors
    assert told.code == "file.binary"
    assert told.hint.startswith("If it opens only on the computer it comes from, company software has encrypted it")


def test_a_text_in_an_unknown_encoding_is_told_as_one() -> None:
    (told,) = decode("Größe: Übersicht über alles\n".encode("cp1252") * 9 + b"\xff\n", "x").errors
    assert told.code == "file.encoding"
