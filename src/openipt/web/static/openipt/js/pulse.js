// Asks the server whether anything changed for this member, and then fetches again
// the parts of the page marked data-live="<address>", by their ordinary addresses.
const VISIBLE = 1500;
const HIDDEN = 15000;

export class Pulse {
  static selector = "body[data-pulse-url]";

  constructor(body) {
    this.url = body.dataset.pulseUrl;
    this.number = Number(body.dataset.pulseNumber ?? 0);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.beat();
    });
    this.next();
  }

  next() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.beat(), document.hidden ? HIDDEN : VISIBLE);
  }

  async beat() {
    if (this.asking) return;
    this.asking = true;
    try {
      const answer = await fetch(`${this.url}?since=${this.number}`, {
        headers: { Accept: "application/json" },
      });
      // A redirect means that the session has ended: stop asking, keep what is on screen.
      if (answer.redirected || answer.status === 403) return;
      if (answer.status === 200) {
        this.number = (await answer.json()).n;
        document.dispatchEvent(new CustomEvent("openipt:changed", { detail: this.number }));
        await this.refresh();
      }
      this.next();
    } catch {
      this.next();
    } finally {
      this.asking = false;
    }
  }

  async refresh() {
    const parts = [...document.querySelectorAll("[data-live][id]")];
    await Promise.allSettled(parts.map((part) => this.renew(part)));
  }

  // Leaves a part alone while somebody is writing in it or choosing in it.
  async renew(part) {
    if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
    const answer = await fetch(part.dataset.live || window.location.href, {
      headers: { "HX-Request": "true", "HX-Target": part.id },
    });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.outerHTML === part.dataset.seen) return;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    fresh.dataset.seen = fresh.outerHTML;
    const placed = document.adoptNode(fresh);
    part.replaceWith(placed);
    if (focused) document.getElementById(focused)?.focus();
    window.htmx?.process(placed);
    placed.dispatchEvent(new CustomEvent("openipt:fresh", { bubbles: true }));
  }
}
