// A quiet clock: the minutes left of the point and of the session. It says nothing aloud,
// makes no sound and does not blink; without scripts the page shows when each point ends.
const EVERY = 10000;
const MINUTE = 60;

export class Clock {
  static selector = '[data-module~="clock"]';

  constructor(element) {
    this.element = element;
    this.point = element.querySelector("[data-point-line]");
    this.all = element.querySelector("[data-all-line]");
    this.items = [...document.querySelectorAll("[data-until]")];
    this.began = Number(element.dataset.began);
    this.ends = this.began + Number(element.dataset.minutes) * MINUTE;
    this.tell();
    this.timer = setInterval(() => this.tell(), EVERY);
    document.addEventListener("visibilitychange", () => document.hidden || this.tell());
  }

  tell() {
    if (!this.element.isConnected) {
      clearInterval(this.timer);
      return;
    }
    // A device whose clock is behind the server's would show more than the whole session.
    const now = Math.max(Date.now() / 1000, this.began);
    const current = this.items.find((item) => Number(item.dataset.until) > now);
    for (const item of this.items) item.classList.toggle("now", item === current);
    const over = now >= this.ends;
    this.all.textContent = over
      ? this.element.dataset.over
      : this.element.dataset.all.replace("{n}", Math.ceil((this.ends - now) / MINUTE));
    this.point.textContent = current && !over ? this.words(current, now) : "";
  }

  words(item, now) {
    const left = Math.ceil((Number(item.dataset.until) - now) / MINUTE);
    return this.element.dataset.point.replace("{n}", left).replace("{title}", () => item.dataset.title);
  }
}
