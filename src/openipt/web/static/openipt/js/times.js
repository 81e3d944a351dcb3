// Slides through the days of a circle: the drawing and the list of each day come from the
// server as on the page without a script; the slider itself stays under the finger.
const PAUSE = 120;
const PARTS = [".circle-figure", ".people-list"];

export class Times {
  static selector = '[data-module~="times"]';

  constructor(form) {
    this.form = form;
    this.day = form.querySelector("[name=on]");
    this.slide = form.querySelector("[type=range]");
    if (!this.slide) return;
    this.slide.closest("[hidden]").hidden = false;
    this.said = form.querySelector("output");
    this.slide.addEventListener("input", () => this.moved());
  }

  // The days of the select run backwards behind "now".
  moved() {
    const days = [...this.day.options];
    const option = Number(this.slide.value) === days.length - 1
      ? days[0] : days[days.length - 1 - Number(this.slide.value)];
    this.day.value = option.value;
    this.said.textContent = option.textContent;
    this.slide.setAttribute("aria-valuetext", option.textContent);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  async show() {
    const wanted = new URLSearchParams(new FormData(this.form));
    if (!this.day.value && !wanted.get("then")) return location.assign(this.form.action);
    const asked = this.day.value;
    const answer = await fetch(`${this.form.action}?${wanted}`).catch(() => null);
    if (!answer?.ok || asked !== this.day.value) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of PARTS) {
      const here = document.querySelector(part);
      const there = page.querySelector(part);
      if (here && there) here.replaceWith(document.adoptNode(there));
    }
  }
}
