// "Leave quickly": one tap, or Escape twice, replaces the page by a neutral one,
// keeps the draft and locks the session. Without JavaScript it is a plain link.
const TWICE_WITHIN = 900;
const LONGEST_WAIT = 400;

export class Leave {
  static selector = '[data-module~="leave"]';

  constructor(link) {
    this.link = link;
    this.escaped = 0;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.go();
    });
    document.addEventListener("keydown", (event) => this.listen(event), true);
  }

  listen(event) {
    if (event.key !== "Escape") {
      this.escaped = 0;
      return;
    }
    if (event.timeStamp - this.escaped < TWICE_WITHIN && this.escaped) this.go();
    this.escaped = event.timeStamp;
  }

  async go() {
    if (this.going) return;
    this.going = true;
    // Nothing stays readable while the draft is on its way.
    document.body.hidden = true;
    document.title = "";
    const saving = [];
    document.dispatchEvent(new CustomEvent("openipt:leave", { detail: saving }));
    await Promise.race([
      Promise.allSettled(saving),
      new Promise((done) => setTimeout(done, saving.length ? LONGEST_WAIT : 0)),
    ]);
    this.lock();
    window.location.replace(this.link.href);
  }

  lock() {
    const url = this.link.dataset.lockUrl;
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (!url || !token) return;
    fetch(url, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token } }).catch(
      () => {},
    );
  }
}
