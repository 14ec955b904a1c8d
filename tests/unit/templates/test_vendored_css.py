"""What we serve from the packages carries nothing that is GOV.UK's alone."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[3] / "casework" / "static"
SHEETS = sorted(STATIC.rglob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheet_names_no_font_of_gov_uk(sheet: Path) -> None:
    css = sheet.read_text(encoding="utf-8")

    assert "@font-face" not in css
    assert "GDS Transport" not in css
    assert "sourceMappingURL" not in css


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheet_addresses_are_relative_and_present(sheet: Path) -> None:
    css = sheet.read_text(encoding="utf-8")
    addresses = [found.strip("'\"") for found in re.findall(r"url\(([^)]*)\)", css)]

    for address in addresses:
        assert not address.startswith(("/", "http", "//")), address
        assert (sheet.parent / address).is_file(), address


def test_no_crown_crest_or_font_file_is_kept() -> None:
    names = [path.name for path in STATIC.rglob("*") if path.is_file()]

    assert not [name for name in names if "crown" in name or "crest" in name]
    assert not [name for name in names if name.endswith((".woff", ".woff2", ".ttf", ".otf"))]


def test_each_vendored_package_has_its_licence() -> None:
    packages = [path for path in (STATIC / "vendor").iterdir() if path.is_dir()]

    assert packages
    assert all((package / "LICENCE.txt").is_file() for package in packages)
