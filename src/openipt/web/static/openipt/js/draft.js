// Saves what is being written, as it is written, so that no sentence is ever lost.
// The server puts a kept draft back into the form; this only sends.
const PAUSE = 1500;
const RETRIES = [2000, 5000, 15000, 30000];
const LONGEST_WAIT = 8000;

export class Draft {
  static selector = 'form[data-module~="draft"]';

  constructor(form) {
    this.form = form;
    this.mark = form.querySelector("[data-saved]");
    this.sent = this.content();
    this.failed = 0;
    form.addEventListener("input", () => this.wait(PAUSE));
    form.addEventListener("change", () => this.wait(PAUSE));
    form.addEventListener("submit", (event) => this.send(event));
    // A form that comes back (a fault, no connection) is being written in again.
    form.addEventListener("htmx:afterRequest", () => { this.stopped = false; });
    window.addEventListener("pageshow", () => { this.stopped = false; });
    window.addEventListener("pagehide", () => this.save(true));
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save(true));
    document.addEventListener("openipt:leave", (event) => event.detail.push(this.save(true)));
  }

  // Fields as {name: value or [values]}; never passwords, files or the form's own token.
  content() {
    const fields = {};
    for (const [name, value] of new FormData(this.form)) {
      const control = this.form.elements.namedItem(name);
      if (name === "csrfmiddlewaretoken" || typeof value !== "string") continue;
      if (control?.type === "password") continue;
      fields[name] = name in fields ? [fields[name], value].flat() : value;
    }
    return JSON.stringify(fields);
  }

  wait(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  // A form leaves the page only when the server can be reached: without a connection the
  // browser would put its own page in the place of what was written.
  async send(event) {
    if (this.reached) {
      this.reached = false;
      return this.stop();
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.reaching) return;
    this.reaching = true;
    this.reached = await this.reach();
    this.reaching = false;
    if (this.reached) this.form.requestSubmit(event.submitter);
    else document.dispatchEvent(new CustomEvent("htmx:sendError"));
  }

  async reach() {
    this.say("saving");
    try {
      const answer = await this.post(this.content(), { signal: AbortSignal.timeout(LONGEST_WAIT) });
      return answer.status < 500;
    } catch {
      this.say("waiting");
      this.wait(RETRIES[0]);
      return false;
    }
  }

  post(content, options) {
    return fetch(this.form.dataset.draftUrl, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content ?? "",
      },
      body: `{"key":${JSON.stringify(this.form.dataset.draftKey)},"fields":${content}}`,
      ...options,
    });
  }

  async save(leaving = false) {
    const content = this.content();
    if (this.stopped || content === this.sent) return;
    clearTimeout(this.timer);
    if (!leaving) this.say("saving");
    try {
      // Browsers refuse keepalive above 64 kB; a long text then goes the ordinary way.
      const answer = await this.post(content, { keepalive: leaving && content.length < 60000 });
      if (answer.redirected || (answer.status >= 400 && answer.status < 500)) {
        return this.say("refused");
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.sent = content;
      this.failed = 0;
      this.say("done");
      if (this.content() !== this.sent) this.wait(PAUSE);
    } catch {
      this.say("waiting");
      this.wait(RETRIES[Math.min(this.failed++, RETRIES.length - 1)]);
    }
  }

  say(what) {
    if (this.mark && !this.stopped) this.mark.textContent = this.mark.dataset[what];
  }
}
