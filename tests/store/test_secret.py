"""The secret of a campaign: nobody works out a colleague's passport, and no passport is lost with one of two files."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.model.passport import Passport, respondent_code
from selfaudit.store.secret import Secret
from tests.support.campaign import Campaign
from tests.support.folders import plant

KEYS = st.lists(
    st.text(st.characters(categories=("L", "N")), min_size=1).map("person:{}".format), unique=True, max_size=9
)


@given(KEYS, st.integers(0, 8))
def test_what_everybody_knows_makes_nobodys_passport(keys: list[str], begun_before: int) -> None:
    own, other = Secret.new(keys[:begun_before]), Secret.new()
    for key in keys[begun_before:]:
        code = own.code("fake-cert-2023", key)
        assert str(Passport.parse(str(Passport("FC23", code, "0000")))) == str(Passport("FC23", code, "0000"))
        assert code == own.code("fake-cert-2023", key)
        assert code not in (
            respondent_code("fake-cert-2023", key),
            other.code("fake-cert-2023", key),
            own.code("other", key),
        )
    for key in keys[:begun_before]:
        assert own.code("fake-cert-2023", key) == respondent_code("fake-cert-2023", key)
    assert Secret.read(own.text) == own


@pytest.mark.parametrize("text", ["", "# nothing\n", "5e5e\n", "no hex\nperson:P1\n"])
def test_what_is_no_secret_is_none(text: str) -> None:
    assert Secret.read(text) is None


def passports(campaign: Campaign) -> dict[str, str]:
    """Return the passport of the form issued last to everybody."""
    return dict(campaign.rows("SELECT respondent, passport FROM forms ORDER BY serial"))


def secret(campaign: Campaign) -> Path:
    return campaign.root / "campaign.secret"


def without_ledger(campaign: Campaign) -> None:
    (campaign.root / "campaign.db").unlink()


def test_a_passport_that_was_worked_out_from_ones_own_is_unknown(answered_campaign: Campaign) -> None:
    ((campaign_id,),) = answered_campaign.rows("SELECT value FROM meta WHERE key = 'id'")
    own = Passport.parse(passports(answered_campaign)["person:P2"])
    assert own
    forged = str(Passport(own.campaign, respondent_code(campaign_id, "person:P1"), own.revision))
    text = answered_campaign.filled("李四", on="2023-12-31", by="张三").replace(str(own), forged)
    answered_campaign.receive("IMG_0001.yaml", text)
    before = answered_campaign.merged()
    ran = answered_campaign.run("collect")
    assert (ran.code, "rejected 1" in ran.out) == (1, True), ran.said
    assert answered_campaign.merged() == before


def test_the_file_alone_keeps_every_passport(answered_campaign: Campaign) -> None:
    before = passports(answered_campaign)
    without_ledger(answered_campaign)
    assert answered_campaign.run("issue").code == 0
    assert passports(answered_campaign) == before
    assert answered_campaign.run("collect", "received").code == 0
    assert len(answered_campaign.merged()) == 5


def test_the_ledger_alone_keeps_every_passport_and_writes_the_file_again(answered_campaign: Campaign) -> None:
    before, text = passports(answered_campaign), secret(answered_campaign).read_text(encoding="utf-8")
    secret(answered_campaign).write_text("x", encoding="utf-8")
    assert answered_campaign.run("issue").code == 0
    assert passports(answered_campaign) == before
    assert secret(answered_campaign).read_text(encoding="utf-8") == text
    assert answered_campaign.run("issue").out.startswith("Forms in outbox/: 0 new, 0 changed, 0 rewritten, 6 unchanged")


def test_without_both_nothing_is_issued_that_would_orphan_what_came_in(answered_campaign: Campaign) -> None:
    without_ledger(answered_campaign)
    secret(answered_campaign).unlink()
    ran = answered_campaign.run("issue")
    assert ran.code == 3
    assert "neither campaign.db nor campaign.secret is there" in ran.err
    assert not secret(answered_campaign).exists()


def test_the_secret_is_told_to_nobody(answered_campaign: Campaign) -> None:
    key = secret(answered_campaign).read_text(encoding="utf-8").splitlines()[1]
    assert len(key) == 64
    assert key not in str(answered_campaign.journal())
    ran = answered_campaign.run("journal", "list", "--json")
    assert (key in ran.out, "secret" in {row["what"] for row in ran.data}) == (False, True)
    told = [path for path in answered_campaign.root.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]
    assert {path.name for path in told} == {"campaign.secret", "campaign.db"}


@pytest.fixture
def begun_before(new_campaign: Campaign) -> Campaign:
    """A campaign that was issued when there were no secrets."""
    keys = ["unit:T", "unit:A", "unit:B", "person:P1", "person:P2", "person:P3"]
    plant(new_campaign.root, {"campaign.secret": "\n".join(["5e" * 32, *keys])})
    assert new_campaign.run("issue").code == 0
    secret(new_campaign).unlink()
    with closing(sqlite3.connect(new_campaign.root / "campaign.db")) as db:
        db.execute("DELETE FROM meta WHERE key = 'secret'")
        db.commit()
    return new_campaign


def test_a_campaign_begun_without_a_secret_keeps_its_passports(begun_before: Campaign) -> None:
    ((campaign_id,),) = begun_before.rows("SELECT value FROM meta WHERE key = 'id'")
    before = passports(begun_before)
    assert {Passport.parse(text).respondent for text in before.values()} == {  # type: ignore[union-attr]
        respondent_code(campaign_id, key) for key in before
    }
    begun_before.receive("张三.yaml", begun_before.filled("张三"))
    assert begun_before.run("collect").code == 0
    begun_before.edit("roster.yaml", "people:\n", "people:\n  - {id: P9, name: 赵六, unit: T}\n")
    assert begun_before.run("issue").code == 0
    now = passports(begun_before)
    assert {key: now[key] for key in before} == before
    assert respondent_code(campaign_id, "person:P9") not in now["person:P9"]
    without_ledger(begun_before)
    begun_before.run("issue")
    assert passports(begun_before) == now


def test_the_outbox_shows_whose_passports_were_made_without_a_secret(begun_before: Campaign) -> None:
    before = passports(begun_before)
    without_ledger(begun_before)
    assert begun_before.run("issue").code == 0
    assert passports(begun_before) == before
