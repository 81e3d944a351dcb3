// Notes a reading as read once its end has been in sight for a moment.
// The button does the same, also without this.
const A_MOMENT = 2000;

export class Reading {
  static selector = '[data-module~="reading"]';

  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form[data-read]");
    if (!this.form) return;
    this.watcher = new IntersectionObserver((seen) => this.see(seen.at(-1).isIntersecting));
    this.watcher.observe(root.querySelector("[data-end]"));
  }

  see(isInSight) {
    clearTimeout(this.timer);
    if (isInSight) this.timer = setTimeout(() => this.note(), A_MOMENT);
  }

  async note() {
    if (this.noted) return;
    this.noted = true;
    const sent = fetch(this.form.action, {
      method: "POST",
      body: new FormData(this.form),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    const answer = await sent.catch(() => null);
    this.noted = Boolean(answer?.ok);
    if (!this.noted) return;
    this.watcher.disconnect();
    const hadFocus = this.form.contains(document.activeElement);
    this.form.hidden = true;
    const said = this.root.querySelector("[data-noted]");
    said.textContent = this.root.dataset.done;
    if (!hadFocus) return;
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
  }
}
