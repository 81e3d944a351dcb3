// Choosing an answer keeps it at once. Alone on its page it then goes on to the next.
// The server answers {"next": "<address>", "now": true if there is no time to lose};
// without JavaScript the button sends the form.
const MOMENT = 220;
const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

export class Answer {
  static selector = 'form[data-module~="answer"]';

  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-saved]");
    this.stays = "stay" in form.dataset;
    for (const hint of form.querySelectorAll("[data-tap-hint]")) hint.hidden = false;
    // Arrow keys pass over answers on the way to the wanted one: what they stop at is kept
    // when the question is left. Space and Enter, a tap and a click mean what they choose.
    form.addEventListener("pointerdown", () => { this.by = "pointer"; });
    form.addEventListener("keydown", ({ key }) => { this.by = ARROWS.includes(key) ? "arrow" : "key"; });
    form.addEventListener("change", (event) => {
      if (!event.target.matches('input[type="radio"]')) return;
      this.waiting = this.by === "arrow";
      if (!this.waiting) this.keep(this.by === "pointer");
    });
    form.addEventListener("focusout", (event) => {
      const question = event.target.closest("fieldset");
      if (this.waiting && !question?.contains(event.relatedTarget)) this.keep(false);
    });
    form.addEventListener("submit", () => { this.waiting = false; });
  }

  async keep(goesOn) {
    this.waiting = false;
    this.turn = (this.turn ?? 0) + 1;
    const turn = this.turn;
    this.say("saving");
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        keepalive: true,
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect") {
        // Signed out meanwhile: the answer is kept as a draft, and this address asks to sign in.
        window.location.assign(window.location.pathname);
        return;
      }
      if (answer.status >= 400 && answer.status < 500) {
        // Closed meanwhile: the page that follows says what is wrong.
        this.form.submit();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const { next, now } = await answer.json();
      if (now) window.location.assign(next);
      if (turn !== this.turn) return;
      this.say("done");
      if (goesOn && !this.stays) setTimeout(() => turn === this.turn && window.location.assign(next), MOMENT);
    } catch {
      this.say("waiting");
    }
  }

  say(what) {
    if (this.status) this.status.textContent = this.status.dataset[what];
  }
}
