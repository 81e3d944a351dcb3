// Closes an open <details> menu by Escape, by a click elsewhere, or when the focus leaves.
export class Menu {
  static selector = 'details[data-module~="menu"]';

  constructor(details) {
    this.details = details;
    this.summary = details.querySelector("summary");
    details.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && details.open) this.close(true);
    });
    details.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) this.close(false);
    });
    document.addEventListener("click", (event) => {
      if (!details.contains(event.target)) this.close(false);
    });
  }

  close(focus) {
    this.details.open = false;
    if (focus) this.summary.focus();
  }
}
