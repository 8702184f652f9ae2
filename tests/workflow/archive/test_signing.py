"""Signed archives: by whom, checked with the public key, by OpenSSL as well."""

import shutil
import subprocess
from pathlib import Path

import pytest

from selfaudit.cli.commands.archive import PASSPHRASE
from tests.support.campaign import Campaign
from tests.support.program import environment, run


@pytest.fixture(scope="module")
def signed(fresh: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two pairs of keys and a signed archive; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("signed")
    for name in ("own.pem", "other.pem"):
        assert run("archive", "keygen", folder / name).code == 0
    campaign = fresh.copy(folder / "campaign")
    ran = campaign.run("archive", "create", "-o", folder / "kept.zip", "--sign", folder / "own.pem")
    assert ran.code == 0, ran.said
    assert (folder / "own.pem.pub").read_text(encoding="utf-8").strip() in ran.out
    return folder


@pytest.fixture
def folder(signed: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be changed."""
    return Path(shutil.copytree(signed, tmp_path / "signed"))


def verified(folder: Path, key: str = "own.pem.pub") -> tuple[int, str]:
    ran = run("archive", "verify", folder / "kept.zip", "--key", folder / key)
    return ran.code, ran.said


def test_the_signature_is_that_of_the_key_and_of_no_other(folder: Path) -> None:
    code, said = verified(folder)
    assert (code, "signed with this key" in said) == (0, True)
    code, said = verified(folder, "other.pem.pub")
    assert (code, "not one of this key" in said) == (3, True)
    assert "signed with this key" not in said


@pytest.mark.parametrize("name", ["kept.zip", "kept.zip.sha256", "kept.zip.sig"])
def test_a_changed_byte_of_any_of_the_three_files_is_told(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    code, said = verified(folder)
    assert (code, "signed with this key" in said) == (3, False)


def test_a_signature_that_nobody_asked_to_check_is_pointed_out(folder: Path) -> None:
    ran = run("archive", "verify", folder / "kept.zip")
    assert (ran.code, "kept.zip.sig, which was not checked" in ran.err) == (0, True)
    assert "signed with this key" not in ran.out


@pytest.mark.parametrize("name", ["kept.zip.sha256", "kept.zip.sig"])
def test_a_signature_that_is_missing_is_no_signature(folder: Path, name: str) -> None:
    (folder / name).unlink()
    code, said = verified(folder)
    assert (code, f"{name} is missing" in said) == (3, True)


def test_openssl_checks_it_as_the_readme_says(folder: Path) -> None:
    command = "openssl pkeyutl -verify -rawin -pubin -inkey own.pem.pub -sigfile kept.zip.sig -in kept.zip.sha256"
    ran = subprocess.run(command.split(), cwd=folder, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_private_key_is_for_its_owner_and_never_overwritten(folder: Path) -> None:
    assert (folder / "own.pem").stat().st_mode & 0o077 == 0
    before = (folder / "own.pem").read_bytes()
    assert run("archive", "keygen", folder / "own.pem").code == 3
    assert (folder / "own.pem").read_bytes() == before


def test_a_key_with_a_pass_phrase_signs_only_with_it(new_campaign: Campaign) -> None:
    given = environment(**{PASSPHRASE: "open sesame"})
    assert new_campaign.run("archive", "keygen", "k.pem", env=given).code == 0
    assert "ENCRYPTED" in (new_campaign.root / "k.pem").read_text(encoding="utf-8")
    ran = new_campaign.run("archive", "create", "-o", "a.zip", "--sign", "k.pem")
    assert (ran.code, PASSPHRASE in ran.err) == (3, True)
    assert not (new_campaign.root / "a.zip").exists()
    ran = new_campaign.run("archive", "create", "-o", "a.zip", "--sign", "k.pem", env=given)
    assert ran.code == 0, ran.said
    assert "open sesame" not in ran.said


def test_a_folder_is_never_called_signed(folder: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(folder / "kept.zip", tmp_path / "out")
    for key in ("own.pem.pub", "own.pem", "none"):
        ran = run("archive", "verify", tmp_path / "out" / "kept", "--key", folder / key)
        assert (ran.code, "a folder has no signature" in ran.err, "Give the zip" in ran.err) == (3, True, True)
        assert "signed with this key" not in ran.out


@pytest.mark.parametrize("name", ["kept.zip", "own.pem"])
def test_what_is_no_public_key_is_told(folder: Path, name: str) -> None:
    code, said = verified(folder, name)
    assert (code, "no Ed25519 key" in said) == (3, True)
