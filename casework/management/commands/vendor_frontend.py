"""Maintainers' command: fetch the front-end packages, check them, copy what is used."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.management.commands.frontend_packages import (
    AXE,
    GOVUK,
    GOVUK_COMPONENTS,
    GOVUK_LICENCE_HOLDER,
    MIT,
    MOJ,
    MOJ_ICONS,
    MOJ_LICENCE_HOLDER,
    RENDERER_PACKAGES,
    Package,
    clean_css,
    clean_js,
)

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "casework" / "static" / "vendor"
FIXTURES = ROOT / "tests" / "fixtures"
RENDER_SCRIPT = Path(__file__).with_name("render_moj_fixtures.js")
FIXTURE_FIELDS = ("name", "options", "html")


class Command(BaseCommand):
    help = "Fetch GOV.UK Frontend, MoJ Frontend and axe-core with npm and copy what is used."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if shutil.which("npm") is None:
            raise CommandError("npm is needed to fetch the packages. Users of the site do not need it.")
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            copy_govuk(fetch(GOVUK, work))
            copy_moj(fetch(MOJ, work))
            copy_axe(fetch(AXE, work))
            render_moj_fixtures(work)
        self.stdout.write("Vendored. Look at the difference before committing it.")


def fetch(package: Package, work: Path) -> Path:
    """Download one package, refuse it if its hash is not the one written here, and unpack it."""
    npm(["pack", f"{package.name}@{package.version}"], work)
    archive = work / package.archive
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise CommandError(f"{package.archive} has hash {found}, expected {package.sha256}.")
    target = work / "node_modules" / package.name
    with tarfile.open(archive) as bundle:
        bundle.extractall(work / "unpacked" / package.archive, filter="data")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(work / "unpacked" / package.archive / "package", target)
    return target


def npm(arguments: list[str], work: Path) -> None:
    """Run npm in the working folder."""
    subprocess.run(
        ["npm", *arguments, "--silent", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=work,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def emptied(folder: Path) -> Path:
    """Return the folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def copy_govuk(package: Path) -> None:
    """Copy GOV.UK Frontend's compiled files and the fixtures of the components we draw."""
    source = package / "dist" / "govuk"
    target = emptied(VENDOR / "govuk-frontend")
    write_text(target / "govuk-frontend.min.css", clean_css(read(source / "govuk-frontend.min.css")))
    write_text(target / "govuk-frontend.min.js", clean_js(read(source / "govuk-frontend.min.js")))
    write_text(target / "LICENCE.txt", MIT.format(holder=GOVUK_LICENCE_HOLDER))
    fixtures = emptied(FIXTURES / "govuk")
    for component in GOVUK_COMPONENTS:
        published = json.loads(read(source / "components" / component / "fixtures.json"))
        kept = [{field: one[field] for field in FIXTURE_FIELDS} for one in published["fixtures"]]
        write_json(fixtures / f"{component}.json", {"version": GOVUK.version, "fixtures": kept})


def copy_moj(package: Path) -> None:
    """Copy MoJ Frontend's compiled files and those icons that its style sheet names."""
    source = package / "moj"
    target = emptied(VENDOR / "moj-frontend")
    css = clean_css(read(source / "moj-frontend.min.css"))
    write_text(target / "moj-frontend.min.css", css)
    write_text(target / "moj-frontend.min.js", clean_js(read(source / "moj-frontend.min.js")))
    write_text(target / "LICENCE.txt", MIT.format(holder=MOJ_LICENCE_HOLDER))
    (target / "images").mkdir()
    for icon in sorted((source / "assets" / "images").iterdir()):
        if MOJ_ICONS.match(icon.name) and f"images/{icon.name}" in css:
            shutil.copyfile(icon, target / "images" / icon.name)


def copy_axe(package: Path) -> None:
    """Copy axe-core, which only the tests use, with its licences."""
    target = emptied(ROOT / "tests" / "vendor")
    shutil.copyfile(package / "axe.min.js", target / "axe.min.js")
    shutil.copyfile(package / "LICENSE", target / "axe.LICENSE.txt")
    shutil.copyfile(package / "LICENSE-3RD-PARTY.txt", target / "axe.LICENSE-3RD-PARTY.txt")


def render_moj_fixtures(work: Path) -> None:
    """Render MoJ's own templates, which ship without fixtures, for the parameters we test with."""
    npm(["install", "--no-save", "--no-package-lock", "--prefix", ".", *RENDERER_PACKAGES], work)
    # npm removes what it did not install itself, so both packages are unpacked again.
    for package in (GOVUK, MOJ):
        if not (work / "node_modules" / package.name).exists():
            (work / package.archive).unlink(missing_ok=True)
            fetch(package, work)
    script = work / "render.js"
    shutil.copyfile(RENDER_SCRIPT, script)
    result = subprocess.run(["node", str(script)], cwd=work, check=True, capture_output=True, text=True)
    folder = emptied(FIXTURES / "moj")
    for component, fixtures in json.loads(result.stdout).items():
        write_json(folder / f"{component}.json", {"version": MOJ.version, "fixtures": fixtures})


def read(path: Path) -> str:
    """Return a file's text."""
    return path.read_text(encoding="utf-8")


def write_text(path: Path, text: str) -> None:
    """Write a file."""
    path.write_text(text, encoding="utf-8")


def write_json(path: Path, value: object) -> None:
    """Write a file of readable JSON."""
    write_text(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
