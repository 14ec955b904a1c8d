"""What people do, by the keyboard alone; each key that is pressed is counted."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass
class Keyboard:
    """The keyboard of one page, and how many keys were pressed on it."""

    page: Page
    pressed: int = 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.pressed += 1 + key.count("+")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def tab_to(self, name: str, limit: int = 40) -> None:
        """Press Tab until the field of that name has the focus."""
        for _ in range(limit):
            if self.page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} was not reached in {limit} tabs")


def log_permanent_exclusion(page: Page, *, find: str, first_day: str, told: str, reason: str = "PP") -> int:
    """Log a permanent exclusion of a known child by keyboard alone, from any page; return how many keys it took."""
    keyboard = Keyboard(page)
    keyboard.press("n")
    page.wait_for_url("**/exclusions/log-a-notice/")
    expect(page.locator("#id_q")).to_be_focused()
    keyboard.type(find)
    page.wait_for_selector(".app-option")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    page.wait_for_selector(".app-chosen")
    expect(page.locator("[name=kind]:focus")).to_have_count(1)
    keyboard.press("ArrowDown")
    keyboard.tab_to("first_day")
    keyboard.type(first_day)
    keyboard.tab_to("reason_1")
    keyboard.type(reason)
    keyboard.tab_to("council_told")
    keyboard.type(told)
    keyboard.press("Alt+Enter")
    page.wait_for_url("**/check/**")
    expect(page.locator(":focus", has_text="Log this notice").last).to_be_focused()
    keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/exclusions/\d\d-\d{4}/$"))
    return keyboard.pressed
