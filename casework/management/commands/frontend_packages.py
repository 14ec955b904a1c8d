"""What is taken from each front-end package, and the hashes it must have."""

import re
from dataclasses import dataclass

GOVUK_LICENCE_HOLDER = "Copyright (C) 2017 Crown Copyright (Government Digital Service)"
MOJ_LICENCE_HOLDER = "Copyright (C) Crown Copyright (Ministry of Justice)"

# Neither package carries its licence file in what npm publishes; both name MIT in package.json.
MIT = """The MIT License (MIT)

{holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


@dataclass(frozen=True)
class Package:
    """One npm package: its exact version and the SHA-256 of the archive npm gives for it."""

    name: str
    version: str
    sha256: str

    @property
    def archive(self) -> str:
        """Return the file name that `npm pack` writes."""
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


GOVUK = Package(
    "govuk-frontend",
    "6.6.0",
    "52c4eb554e54d8a6e4ba801e9da5ec3a5b930fd2f117a39677f0b6296e954751",
)
MOJ = Package(
    "@ministryofjustice/frontend",
    "11.1.0",
    "9ec6ccf0739cefee1fdc663ca61387204dcf3fd9bfcfafa8b9159d993f38984b",
)
AXE = Package(
    "axe-core",
    "4.14.1",
    "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
)
# Used once, in a temporary folder, to render MoJ's own templates; never kept.
RENDERER_PACKAGES = ("nunjucks@3.2.4", "moment@2.30.1")

GOVUK_COMPONENTS = (
    "back-link", "breadcrumbs", "button", "checkboxes", "details", "error-message",
    "error-summary", "fieldset", "file-upload", "hint", "input", "inset-text", "label",
    "notification-banner", "pagination", "panel", "password-input", "radios", "select",
    "service-navigation", "skip-link", "summary-list", "table", "tag", "task-list",
    "textarea", "warning-text",
)  # fmt: skip

# The crest, the crown and the GDS Transport fonts are for GOV.UK alone and are never copied.
MOJ_ICONS = re.compile(r"^icon-.*\.svg$")

_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_FONT_FAMILY = re.compile(r"""font-family:\s*["']?GDS Transport["']?\s*,\s*arial\s*,\s*sans-serif""")
_CREST = re.compile(r"[a-z-]+:[^;{}]*govuk-crest\.svg[^;{}]*;?")
_ABSOLUTE = re.compile(r"url\((['\"]?)/assets/")
_SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)")


def clean_css(css: str) -> str:
    """Return the style sheet without GOV.UK's fonts, crest and absolute addresses."""
    css = _FONT_FACE.sub("", css)
    css = _FONT_FAMILY.sub("font-family:arial,sans-serif", css)
    css = _CREST.sub("", css)
    css = _ABSOLUTE.sub(r"url(\1", css)
    return clean_js(css)


def clean_js(script: str) -> str:
    """Return the script without the address of a source map that is not copied."""
    return _SOURCE_MAP.sub("", script).rstrip() + "\n"
