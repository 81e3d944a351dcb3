// One question on a page: choosing an answer stores it at once, then goes on to the next.
// The server answers with {"next": "<address>"}; without JavaScript the button sends the form.
const MOMENT = 220;

export class Answer {
  static selector = 'form[data-module~="answer"]';

  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-saved]");
    this.pointed = false;
    // Arrow keys pass over the answers before the wanted one, so the keyboard only stores;
    // a tap or a click stores and goes on. Enter and the button go on as always.
    form.addEventListener("pointerdown", () => { this.pointed = true; });
    form.addEventListener("keydown", () => { this.pointed = false; });
    form.addEventListener("change", (event) => {
      if (event.target.matches('input[type="radio"]')) this.choose(this.pointed);
    });
  }

  async choose(goOn) {
    this.turn = (this.turn ?? 0) + 1;
    const turn = this.turn;
    this.say("saving");
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const { next } = await answer.json();
      if (turn !== this.turn) return;
      this.say("done");
      if (goOn && next) setTimeout(() => turn === this.turn && window.location.assign(next), MOMENT);
    } catch {
      // The button still sends the form the ordinary way, and its page says what is wrong.
      this.say("waiting");
    }
  }

  say(what) {
    if (this.status) this.status.textContent = this.status.dataset[what];
  }
}
