// Says that something did not go through when htmx could not reach the server or was
// refused; the page and what is typed in it stay as they are.
export class Toasts {
  static selector = '[data-module~="toasts"]';

  constructor(place) {
    this.place = place;
    document.addEventListener("htmx:responseError", () => this.say(place.dataset.failed));
    document.addEventListener("htmx:sendError", () => this.say(place.dataset.offline));
  }

  say(text) {
    const message = document.createElement("div");
    message.className = "message error";
    message.textContent = text;
    this.place.replaceChildren(message);
    message.scrollIntoView({ block: "nearest" });
  }
}
