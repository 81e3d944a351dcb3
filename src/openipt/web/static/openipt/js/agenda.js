// The agenda under a hand: points are dragged to another place, and the minutes are summed
// as they are typed. Buttons beside each point do the same by keyboard and without scripts.
export class Agenda {
  static selector = 'ol[data-module~="agenda"]';

  constructor(list) {
    this.list = list;
    this.form = list.closest("form");
    this.line = this.form.querySelector("[data-total-line]");
    this.keep = this.form.querySelector("[data-keep-minutes]");
    this.order = this.form.querySelector("[data-order]");
    list.addEventListener("input", () => this.sum());
    list.addEventListener("keydown", (event) => this.enter(event));
    for (const item of list.children) this.offer(item);
    this.sum();
  }

  sum() {
    const fields = this.list.querySelectorAll("[data-minutes]");
    const n = [...fields].reduce((sum, field) => sum + (Number(field.value) || 0), 0);
    const total = Number(this.list.dataset.total);
    this.line.textContent = this.list.dataset.sum.replace("{n}", n).replace("{total}", total);
    this.line.classList.toggle("over", n > total);
  }

  // Enter in a field of minutes keeps the minutes, not the note.
  enter(event) {
    if (event.key !== "Enter" || !event.target.matches("[data-minutes]")) return;
    event.preventDefault();
    this.form.requestSubmit(this.keep);
  }

  offer(item) {
    const handle = item.querySelector("[data-handle]");
    if (!handle) return;
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => this.take(event, item));
    // On the document: a point that is put elsewhere loses the pointer it had captured.
    document.addEventListener("pointermove", (event) => this.drag(event, item));
    document.addEventListener("pointerup", () => this.drop(item, true));
    document.addEventListener("pointercancel", () => this.drop(item, false));
  }

  take(event, item) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.dragged = item;
    this.before = this.keys();
    item.classList.add("dragged");
  }

  drag(event, item) {
    if (this.dragged !== item) return;
    const others = [...this.list.children].filter((one) => one !== item && !one.classList.contains("risk"));
    const next = others.find((one) => {
      const box = one.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    if (next) next.before(item);
    else this.list.append(item);
  }

  drop(item, keeps) {
    if (this.dragged !== item) return;
    this.dragged = null;
    item.classList.remove("dragged");
    if (!keeps || this.keys() === this.before) return;
    this.order.value = this.keys();
    const send = this.keep.cloneNode(true);
    send.value = "order";
    send.hidden = true;
    this.form.append(send);
    this.form.requestSubmit(send);
  }

  keys() {
    return [...this.list.children].map((item) => item.dataset.key).join(",");
  }
}
