"""A person who has a keyboard and nothing else."""

from playwright.sync_api import Locator, Page, expect

FARTHEST = 150
RING = """element => {
  const ring = getComputedStyle(element);
  return ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
}"""


class Keyboard:
    """Reaches things with the Tab key. Whatever is reached shows the ring that says where one is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Presses Tab until `target` has the focus."""
        expect(target).to_be_visible()
        for _ in range(FARTHEST):
            if target.evaluate("element => element === document.activeElement"):
                assert target.evaluate(RING), f"nothing shows that {target} has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not reach {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.reach(target)
        self.page.keyboard.press(key)

    def type(self, target: Locator, words: str) -> None:
        """Takes the place of what stands there."""
        self.reach(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def tick(self, target: Locator) -> None:
        self.press(target, "Space")
        expect(target).to_be_checked()

    def choose(self, target: Locator, words: str) -> None:
        """An option of a list, by its first letters."""
        self.reach(target)
        self.page.keyboard.type(words)

    def link(self, name: str) -> None:
        """Follows a link of the page, or of the way around."""
        self.press(self.page.get_by_role("link", name=name).first)
        self.page.wait_for_load_state()

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name).first)
        self.page.wait_for_load_state()
