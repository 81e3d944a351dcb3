// Sends a form once: the second press of the button does nothing.
export class Once {
  static selector = 'form[data-module~="once"]';

  constructor(form) {
    this.form = form;
    form.addEventListener("submit", (event) => this.send(event));
    // A page that comes back from the browser's memory may be sent again.
    window.addEventListener("pageshow", () => this.free());
    form.addEventListener("htmx:afterRequest", () => this.free());
  }

  send(event) {
    if (event.submitter?.formMethod === "dialog") return;
    if (this.sent) {
      event.preventDefault();
      return;
    }
    this.sent = true;
    // After the browser has read the form: a disabled button would not send its value.
    setTimeout(() => this.mark(true));
  }

  free() {
    this.sent = false;
    this.mark(false);
  }

  mark(busy) {
    for (const button of this.form.querySelectorAll('button[type="submit"]')) {
      if (busy) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }
}
