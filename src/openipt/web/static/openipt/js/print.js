// A button that prints the page; shown only where it can work.
export class Print {
  static selector = '[data-module~="print"]';

  constructor(button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
