// Lets a reader swap a drawing for the numbers behind it, and read it point by point
// with the pointer or the arrow keys. Without it, drawing and table both stand there.
export class Chart {
  static selector = '[data-module~="chart"]';

  constructor(figure) {
    this.drawing = figure.querySelector(".drawing");
    this.table = figure.querySelector(".numbers");
    if (!this.drawing || !this.table) return;

    this.words = figure.dataset;
    this.addButton(figure);
    this.show(false);
    this.marks = [...figure.querySelectorAll(".mark")];
    this.rows = [...this.table.querySelectorAll("[data-reading]")];
    if (this.marks.length && this.marks.length === this.rows.length) this.addReading();
  }

  addButton(figure) {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "swap";
    this.button.addEventListener("click", () => this.show(!this.showsTable));
    figure.querySelector(".chart-head")?.append(this.button);
  }

  show(table) {
    this.showsTable = table;
    this.table.classList.toggle("visually-hidden", !table);
    this.drawing.hidden = table;
    this.button.textContent = table ? this.words.showDrawing : this.words.showTable;
  }

  addReading() {
    this.at = -1;
    this.reading = document.createElement("p");
    this.reading.className = "reading";
    this.reading.setAttribute("aria-live", "polite");
    this.drawing.parentElement.querySelector(".chart-foot")?.prepend(this.reading);
    this.drawing.tabIndex = 0;
    this.drawing.setAttribute("role", "group");
    this.drawing.setAttribute("aria-label", this.words.read);
    this.drawing.addEventListener("keydown", (event) => this.step(event));
    this.drawing.addEventListener("pointermove", (event) => this.point(event));
    this.drawing.addEventListener("pointerdown", (event) => this.point(event));
    this.drawing.addEventListener("pointerleave", () => this.read(-1));
    this.drawing.addEventListener("blur", () => this.read(-1));
  }

  step(event) {
    const last = this.marks.length - 1;
    const aims = {
      ArrowRight: Math.min(this.at + 1, last),
      ArrowLeft: Math.max(this.at - 1, 0),
      Home: 0,
      End: last,
      Escape: -1,
    };
    if (!(event.key in aims)) return;
    if (event.key !== "Escape") event.preventDefault();
    this.read(aims[event.key]);
  }

  point(event) {
    const middles = this.marks.map((mark) => {
      const box = mark.getBoundingClientRect();
      return Math.abs(box.left + box.width / 2 - event.clientX);
    });
    this.read(middles.indexOf(Math.min(...middles)));
  }

  read(index) {
    if (index === this.at) return;
    this.marks[this.at]?.classList.remove("at");
    this.at = index;
    this.marks[index]?.classList.add("at");
    this.reading.textContent = this.rows[index]?.dataset.reading || "";
  }
}
