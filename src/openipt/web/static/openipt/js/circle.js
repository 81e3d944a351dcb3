// Puts people elsewhere in the closeness circle: by pointer, finger or arrow keys.
// The server keeps the place and draws the circle anew; what it refuses stays as it was.
const CLOSER = 5;
const AROUND = 10;
const PAUSE = 700;
const A_TAP = 6;

export class Circle {
  static selector = '[data-module~="circle"]';

  constructor(root) {
    this.root = root;
    this.svg = root.querySelector("svg.circle");
    this.said = root.querySelector("[data-said]");
    this.rings = JSON.parse(root.dataset.rings);
    for (const who of this.svg.querySelectorAll("[data-move]")) this.listen(who);
  }

  listen(who) {
    who.draggable = false;
    who.addEventListener("dragstart", (event) => event.preventDefault());
    who.addEventListener("pointerdown", (event) => this.hold(who, event));
    who.addEventListener("pointermove", (event) => this.drag(who, event));
    who.addEventListener("pointerup", () => this.drop(who));
    who.addEventListener("pointercancel", () => this.leave(who));
    who.addEventListener("keydown", (event) => this.step(who, event));
    who.addEventListener("click", (event) => this.wasDragged && event.preventDefault());
  }

  hold(who, event) {
    if (event.button) return;
    this.held = { who, x: event.clientX, y: event.clientY, before: { ...who.dataset } };
    this.wasDragged = false;
    who.setPointerCapture(event.pointerId);
  }

  drag(who, event) {
    if (this.held?.who !== who) return;
    const went = Math.hypot(event.clientX - this.held.x, event.clientY - this.held.y);
    if (!this.wasDragged && went < A_TAP) return;
    this.wasDragged = true;
    who.classList.add("held");
    const at = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(this.svg.getScreenCTM().inverse());
    const { middle, nearest, farthest } = this.svg.dataset;
    const x = at.x - middle;
    const y = at.y - middle;
    const part = (Math.hypot(x, y) - nearest) / (farthest - nearest);
    const angle = (Math.atan2(x, -y) * 180) / Math.PI;
    this.put(who, Math.round(part * 100), Math.round(angle));
  }

  drop(who) {
    if (this.held?.who !== who) return;
    this.held = null;
    who.classList.remove("held");
    if (this.wasDragged) this.keep(who);
  }

  leave(who) {
    if (this.held?.who !== who) return;
    const { closeness, angle } = this.held.before;
    this.held = null;
    who.classList.remove("held");
    this.put(who, Number(closeness), Number(angle));
  }

  step(who, event) {
    const steps = {
      ArrowUp: [-CLOSER, 0], ArrowDown: [CLOSER, 0],
      ArrowLeft: [0, -AROUND], ArrowRight: [0, AROUND],
    };
    const by = steps[event.key];
    if (!by) return;
    event.preventDefault();
    this.put(who, Number(who.dataset.closeness) + by[0], Number(who.dataset.angle) + by[1]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(who), PAUSE);
  }

  // Nobody leaves the circle: beyond the rim is at the rim.
  put(who, closeness, angle) {
    const kept = Math.min(Math.max(closeness, 0), 100);
    const turned = ((angle % 360) + 360) % 360;
    const { middle, nearest, farthest } = this.svg.dataset;
    const distance = Number(nearest) + ((farthest - nearest) * kept) / 100;
    const turn = (turned * Math.PI) / 180;
    const x = Number(middle) + distance * Math.sin(turn);
    const y = Number(middle) - distance * Math.cos(turn);
    who.setAttribute("transform", `translate(${Math.round(x)} ${Math.round(y)})`);
    Object.assign(who.dataset, { closeness: kept, angle: turned });
    const ring = this.rings.find((one) => kept <= one.until);
    this.said.textContent = this.root.dataset.moved
      .replace("{name}", who.dataset.name).replace("{ring}", ring.label);
  }

  async keep(who) {
    const { move, version, closeness, angle } = who.dataset;
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const body = new URLSearchParams({ version, closeness, angle });
    const sent = fetch(move, { method: "POST", headers: { "X-CSRFToken": token }, body });
    const answer = await sent.catch(() => null);
    const refused = answer?.ok ? "" : this.root.dataset.refused;
    await this.fresh(who.dataset.who, refused);
  }

  async fresh(key, refused) {
    await htmx.ajax("GET", location.href, { target: "#people", select: "#people", swap: "outerHTML" })
      .catch(() => null);
    const root = document.querySelector("#people");
    if (refused) root.querySelector("[data-said]").textContent = refused;
    root.querySelector(`[data-who="${key}"]`)?.focus({ preventScroll: true });
  }
}
