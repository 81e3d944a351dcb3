// Mounts a module on every element that asks for it by data-module, once,
// also in what htmx brings in later.
import { Agenda } from "./agenda.js";
import { Answer } from "./answer.js";
import { Chart } from "./chart.js";
import { Circle } from "./circle.js";
import { Clock } from "./clock.js";
import { Confirm } from "./confirm.js";
import { Counter } from "./counter.js";
import { Draft } from "./draft.js";
import { Headings } from "./headings.js";
import { Leave } from "./leave.js";
import { Menu } from "./menu.js";
import { Once } from "./once.js";
import { Order } from "./order.js";
import { Passkey } from "./passkey.js";
import { Print } from "./print.js";
import { Pulse } from "./pulse.js";
import { Reading } from "./reading.js";
import { Sortable } from "./sortable.js";
import { Times } from "./times.js";
import { Toasts } from "./toasts.js";

const modules = [
  Agenda, Answer, Chart, Circle, Clock, Confirm, Counter, Draft, Headings, Leave, Menu, Once, Order,
  Passkey, Print, Pulse, Reading, Sortable, Times, Toasts,
];

function mount(Module, element) {
  const started = (element.dataset.started || "").split(" ");
  if (started.includes(Module.name)) return;
  element.dataset.started = [...started, Module.name].join(" ").trim();
  new Module(element);
}

function start(root) {
  for (const Module of modules) {
    if (root.matches?.(Module.selector)) mount(Module, root);
    for (const element of root.querySelectorAll(Module.selector)) mount(Module, element);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
document.addEventListener("openipt:fresh", (event) => start(event.target));
