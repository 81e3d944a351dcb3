// Sorts and filters a table that is whole on the page, and moves through its rows by
// j, k or the arrow keys; Enter opens the row. Headings that are links stay links.
export class Sortable {
  static selector = 'table[data-module~="sortable"]';

  constructor(table) {
    this.table = table;
    this.body = table.tBodies[0];
    this.rows = [...this.body.rows];
    this.collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
    [...table.tHead.rows[0].cells].forEach((heading, column) => this.offer(heading, column));
    const filter = document.querySelector(`[data-filters="${table.id}"]`);
    filter?.addEventListener("input", () => this.filter(filter.value));
    document.addEventListener("keydown", (event) => this.move(event));
  }

  offer(heading, column) {
    if (!heading.textContent.trim()) return;
    let button = heading.querySelector("a");
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
    }
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.sort(heading, column);
    });
  }

  sort(heading, column) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => {
      const cell = row.cells[column];
      return cell.dataset.sort ?? cell.textContent.trim();
    };
    const order = (one, other) => this.collator.compare(value(one), value(other));
    this.rows.sort((one, other) => (down ? order(other, one) : order(one, other)));
    this.body.append(...this.rows);
  }

  filter(words) {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const row of this.rows) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
    }
  }

  move(event) {
    if (event.target.closest("input, textarea, select, [contenteditable], dialog, .drawing")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = this.body.contains(event.target);
    const steps = { j: 1, k: -1 };
    if (inside) Object.assign(steps, { ArrowDown: 1, ArrowUp: -1 });
    const step = steps[event.key];
    if (!step) return;
    const shown = [...this.body.rows].filter((row) => !row.hidden);
    const at = shown.findIndex((row) => row.contains(document.activeElement));
    const row = shown[Math.max(0, Math.min(shown.length - 1, at + step))];
    const link = row?.querySelector("a[href]");
    if (!link) return;
    event.preventDefault();
    link.focus();
  }
}
