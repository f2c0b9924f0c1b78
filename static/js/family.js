/* Pages for families: leaving at once, and the few things that make them nicer. Every page works without it. */
"use strict";

const LEFT = "left";
const way = document.querySelector("[data-leave]");

/* Nothing in a browser that is told to keep nothing. */
function store() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/* To an ordinary page, which takes the place of this one in the history of the tab. */
function leave() {
  document.documentElement.hidden = true;
  store()?.setItem(LEFT, "yes");
  location.replace(way.href);
}

/* Whoever left and goes back with the browser's own button is taken away again; whoever comes on purpose is not. */
function stayAway(event) {
  const [visit] = performance.getEntriesByType("navigation");
  const isBack = event.persisted || visit?.type === "back_forward";
  if (isBack && store()?.getItem(LEFT)) leave();
  else store()?.removeItem(LEFT);
}

let escapes = [];

function countEscapes(event) {
  if (event.key !== "Escape") return;
  escapes = [...escapes.filter((time) => Date.now() - time < 2000), Date.now()];
  if (escapes.length === 3) leave();
}

if (way) {
  way.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  addEventListener("keydown", countEscapes);
  addEventListener("pageshow", stayAway);
}
document.querySelector("[data-focus]")?.focus();
