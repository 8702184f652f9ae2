"""Numbers with right check digits that cannot be anybody's: credit codes, identity numbers, certificate numbers."""

_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = tuple(pow(3, n, 31) for n in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_WEIGHTS = tuple(pow(2, 17 - n, 11) for n in range(17))
SMALL = 50
"""Up to so many people a certificate number ends in S, above in M."""
_SYSTEMS = {"QMS": "Q", "EMS": "E", "OHSMS": "S"}


def credit_code(region: str, number: int) -> str:
    """Return the credit code of an invented enterprise of a region: its own part begins with four zeros."""
    own = f"{number:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(own, _ORGANISATION_WEIGHTS, strict=True)) % 11
    code = f"91{region}{own}{'0' if rest == 11 else 'X' if rest == 10 else rest}"  # noqa: PLR2004 - as the standard says
    total = sum(_LETTERS.index(letter) * weight for letter, weight in zip(code, _CODE_WEIGHTS, strict=True))
    return code + _LETTERS[(31 - total % 31) % 31]


def identity_number(number: int) -> str:
    """Return an identity number of a region that does not exist, of somebody who would be born in 1900."""
    first = f"990000{1900}{1 + number // 1000 % 12:02d}{1 + number // 12000 % 28:02d}{number % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, _IDENTITY_WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def certificate_number(standard: str, year: int, serial: int, cycle: int, headcount: int) -> str:
    """Return the number of a certificate of the body 000."""
    size = "S" if headcount <= SMALL else "M"
    return f"000{year % 100:02d}{_SYSTEMS[standard]}{serial:05d}R{cycle}{size}"
