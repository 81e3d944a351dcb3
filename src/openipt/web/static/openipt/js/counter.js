// Says how much room a text has left, aloud only when little is left.
export class Counter {
  static selector = 'textarea[data-module~="counter"], input[data-module~="counter"]';

  constructor(control) {
    this.control = control;
    this.limit = Number(control.dataset.limit);
    this.place = control.closest(".field")?.querySelector(".counter");
    if (!this.place || !this.limit) return;
    control.addEventListener("input", () => this.count());
    this.count();
  }

  count() {
    const left = this.limit - this.control.value.length;
    const near = left < this.limit / 5;
    const words = left < 0 ? this.place.dataset.over : this.place.dataset.left;
    this.place.textContent = near ? words.replace("{n}", Math.abs(left)) : "";
    this.place.classList.toggle("over", left < 0);
  }
}
