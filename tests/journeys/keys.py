"""Somebody who uses the keyboard alone, and looks at where they are at every stop."""

MOST_STOPS = 60

WHERE = """async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const words = [at.getAttribute("aria-label"), ...[...(at.labels ?? [])]
        .map((label) => label.innerText), at.innerText];
    const drawn = (element, part) => {
        const style = getComputedStyle(element, part);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== "none";
    };
    const around = [at, at.nextElementSibling, at.parentElement, at.closest("label")];
    const box = (at.closest("label") ?? at).getBoundingClientRect();
    const hit = document.elementFromPoint(
        Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1),
        Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1));
    return {
        name: words.filter(Boolean).join(" ").trim(),
        kind: at.type ?? at.tagName.toLowerCase(),
        seen: around.filter(Boolean).some((one) => drawn(one)) || drawn(at, "::after"),
        covered: !hit || !(at.contains(hit) || hit.contains(at)
            || (at.closest("label") ?? at).contains(hit)),
        html: `${at.outerHTML.slice(0, 160)} under ${hit?.outerHTML.slice(0, 160)}`,
    };
}"""


class Keys:
    """The keyboard of a visitor; never the mouse."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def tab_to(self, name, kind="", back=False):
        """Go on stop by stop until something of that name; each stop must be seen."""
        passed = []
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            stop = self.look()
            if stop and name in stop["name"] and kind in stop["kind"]:
                return
            passed.append(stop and stop["name"])
        raise AssertionError(f"{self.page.url}: no stop {name!r} among {passed}")

    def look(self):
        """Return where the focus is, or None; it is shown and nothing lies over it."""
        for _blink in range(10):  # what moves aside may take a moment
            stop = self.page.evaluate(WHERE)
            if not stop or (stop["seen"] and not stop["covered"]):
                break
            self.page.wait_for_timeout(50)
        if stop:
            assert stop["seen"], f"{self.page.url}: focus not shown on {stop['html']}"
            assert not stop["covered"], f"{self.page.url}: covered: {stop['html']}"
        return stop

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def leads(self, key="Enter", name=""):
        """Press a key that leads to another page, and look at that page."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)
        self.visitor.check(name)

    def skip_to_the_content(self):
        """The first stop of a page is the way past its head."""
        self.press("Tab")
        assert self.look()["name"] == "Go to the content"
        self.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main"
