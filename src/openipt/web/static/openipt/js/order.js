// Puts a list in another order: by the grip with pointer or finger, or by its arrows.
// The server keeps every order; what it refuses is shown as it is kept.
const PAUSE = 600;

export class Order {
  static selector = 'form[data-module~="order"]';

  constructor(form) {
    this.form = form;
    this.list = form.querySelector("ol");
    this.said = form.querySelector("[data-said]");
    for (const hidden of form.querySelectorAll("[data-grip], [data-grip-hint]")) hidden.hidden = false;
    for (const grip of form.querySelectorAll("[data-grip]")) this.listen(grip);
    form.addEventListener("click", (event) => this.step(event));
  }

  listen(grip) {
    const row = grip.closest("[data-issue]");
    grip.addEventListener("pointerdown", (event) => this.hold(row, grip, event));
    grip.addEventListener("pointermove", (event) => this.drag(row, event));
    grip.addEventListener("pointerup", () => this.drop(row));
    grip.addEventListener("pointercancel", () => this.leave(row));
  }

  rows() {
    return [...this.list.querySelectorAll("[data-issue]")];
  }

  hold(row, grip, event) {
    if (event.button) return;
    event.preventDefault();
    this.held = { row, before: this.rows() };
    row.classList.add("held");
    grip.setPointerCapture(event.pointerId);
  }

  // The others go around what is held: taken out of the page it would lose the finger.
  drag(row, event) {
    if (this.held?.row !== row) return;
    const others = this.rows().filter((one) => one !== row);
    const above = others.filter((one) => {
      const box = one.getBoundingClientRect();
      return event.clientY >= box.top + box.height / 2;
    });
    if (above.at(-1) === (row.previousElementSibling ?? undefined)) return;
    row.before(...above);
    row.after(...others.slice(above.length));
  }

  drop(row) {
    if (this.held?.row !== row) return;
    const moved = this.held.before.some((one, place) => one !== this.rows()[place]);
    this.release(row);
    if (moved) this.put(row);
  }

  leave(row) {
    if (this.held?.row !== row) return;
    this.list.append(...this.held.before);
    this.release(row);
  }

  release(row) {
    this.held = null;
    row.classList.remove("held");
  }

  step(event) {
    const button = event.target.closest("button[name=up], button[name=down]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-issue]");
    const other = button.name === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.name === "up") row.after(other);
    else row.before(other);
    this.put(row);
    const free = row.querySelector(`button[name=${button.name}]:not(:disabled)`);
    (free ?? row.querySelector("button:not(:disabled)"))?.focus();
  }

  put(row) {
    const rows = this.rows();
    rows.forEach((one, place) => {
      one.querySelector("button[name=up]").disabled = place === 0;
      one.querySelector("button[name=down]").disabled = place === rows.length - 1;
    });
    const place = rows.indexOf(row) + 1;
    this.said.textContent = this.form.dataset.moved
      .replace("{title}", row.dataset.title).replace("{n}", place).replace("{total}", rows.length);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    if (this.keeping) return (this.again = true);
    this.keeping = true;
    const sent = fetch(this.form.action, {
      method: "POST",
      headers: { "X-Order": "1" },
      body: new URLSearchParams(new FormData(this.form)),
    });
    const answer = await sent.catch(() => null);
    this.keeping = false;
    if (!answer?.ok) return this.fresh();
    const { order } = await answer.json();
    for (const kept of order) {
      const field = this.form.querySelector(`[data-issue="${kept.split(":")[0]}"] [name=order]`);
      if (field) field.value = kept;
    }
    this.form.dataset.kept = String(Number(this.form.dataset.kept ?? 0) + 1);
    if (this.again) await this.keep((this.again = false));
  }

  async fresh() {
    const mine = `#${this.form.id}`;
    await htmx.ajax("GET", location.href, { target: mine, select: mine, swap: "outerHTML" }).catch(() => null);
    document.querySelector(`${mine} [data-said]`)?.replaceChildren(this.form.dataset.refused);
  }
}
