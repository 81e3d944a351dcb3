// Puts headings into a note in which nothing stands yet; the server does it without scripts.
export class Headings {
  static selector = 'button[data-module~="headings"]';

  constructor(button) {
    this.button = button;
    this.into = document.getElementById(button.dataset.into);
    if (!this.into) return;
    button.addEventListener("click", (event) => this.put(event));
    this.into.addEventListener("input", () => this.show());
    this.show();
  }

  show() {
    this.button.hidden = this.into.value.trim() !== "";
  }

  put(event) {
    event.preventDefault();
    if (this.into.value.trim()) return;
    this.into.value = `${this.button.dataset.headings.split("|").join("\n\n\n")}\n`;
    this.into.dispatchEvent(new Event("input", { bubbles: true }));
    const first = this.into.value.indexOf("\n") + 1;
    this.into.focus();
    this.into.setSelectionRange(first, first);
  }
}
