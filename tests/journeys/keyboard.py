"""Hands that know no mouse: where Tab leads, what is seen of it, and whether it gets out again."""

from playwright.sync_api import Locator, Page

MOST_STOPS = 300

# Of the element that has the focus. What shows the focus is what changes when it goes away, on the
# element or the box around it; so the one before is looked at once more. Where the element is drawn
# by its label, as in a gallery, the label is looked at.
LOOK = """() => {
  const drawn = (element) =>
    getComputedStyle(element).opacity === "0" ? element.labels[0] : element;
  const looks = (element) => {
    const seen = [];
    for (let box = drawn(element), up = 0; box && up < 4; box = box.parentElement, up += 1) {
      const style = getComputedStyle(box);
      seen.push(style.outlineStyle === "none" ? "" : style.outline, style.boxShadow);
    }
    return seen.join("|");
  };
  const name = (element) => element.outerHTML.slice(0, 100);
  const faults = [];
  const walk = (window.walk ??= { visited: new Set() });
  const here = document.activeElement;
  if (walk.last && looks(walk.last) === walk.looked) {
    faults.push(`nothing shows the focus: ${name(walk.last)}`);
  }
  if (here === document.body && !walk.last) return { faults, over: false };
  if (here === document.body || walk.visited.has(here)) {
    const wanted = "a[href], button, input, select, textarea, summary";
    for (const control of document.querySelectorAll(wanted)) {
      const inGroup = control.type === "radio" && [...walk.visited].some(
        (other) => other.name === control.name && other.form === control.form
      );
      const used = control.checkVisibility({ visibilityProperty: true }) && !control.disabled;
      if (used && control.tabIndex >= 0 && !inGroup && !walk.visited.has(control)) {
        faults.push(`Tab never comes to: ${name(control)}`);
      }
    }
    return { faults, over: true };
  }
  if (walk.last && !(walk.last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    faults.push(`comes after what follows it: ${name(here)}`);
  }
  for (let box = here; box; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (style.order !== "0" || style.flexDirection.endsWith("reverse")) {
      faults.push(`stands elsewhere than it is read: ${name(here)} by ${box.className}`);
    }
  }
  const shown = drawn(here);
  const [box] = shown.getClientRects();
  const label = shown.closest("label");
  const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!hit || !(shown.contains(hit) || hit.contains(shown) || label?.contains(hit))) {
    faults.push(`has the focus and is covered: ${name(here)}`);
  }
  walk.visited.add(here);
  walk.last = here;
  walk.looked = looks(here);
  return { faults, over: false };
}"""


def faults_of_walk(page: Page) -> list[str]:
    """From where the focus is to the end of the page by Tab alone; a trap never ends."""
    faults: list[str] = []
    for _stop in range(MOST_STOPS):
        said = page.evaluate(LOOK)
        faults += said["faults"]
        if said["over"]:
            return faults
        page.keyboard.press("Tab")
    return [*faults, "Tab does not come to the end of the page"]


def reach(page: Page, control: Locator, key: str = "Tab") -> None:
    """By that key alone, from wherever the focus is."""
    control = control.first
    for _stop in range(MOST_STOPS):
        page.keyboard.press(key)
        if control.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{key} does not lead to {control}")


def use(page: Page, control: Locator, key: str = "Enter") -> None:
    reach(page, control)
    page.keyboard.press(key)


def follow(page: Page, control: Locator, key: str = "Enter") -> None:
    """What leads to another page."""
    reach(page, control)
    with page.expect_navigation():
        page.keyboard.press(key)
