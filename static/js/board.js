/* Boards: adding and voting without loading the page, and cards that come from others.
 *
 * A card from the stream is the same for everybody (data-shared): its addresses are relative to the session's page
 * (data-base of #session), and which votes are one's own the page remembers itself.
 */
"use strict";

(() => {
  const session = () => document.getElementById("session");
  const voted = new Set();

  const cardOf = (button) => button.closest("[id^='card-']").id;

  function remember() {
    voted.clear();
    for (const button of document.querySelectorAll("#session [id^='card-']:not([data-shared]) .vote")) {
      if (button.getAttribute("aria-pressed") === "true") voted.add(cardOf(button));
    }
  }

  function makeOwn(card) {
    const base = session().dataset.base;
    for (const link of card.querySelectorAll("a[href^='cards/']")) link.href = base + link.getAttribute("href");
    const form = card.querySelector("form[data-vote]");
    if (form) {
      form.action = base + form.getAttribute("action");
      const mine = voted.has(card.id);
      const button = form.querySelector(".vote");
      button.setAttribute("aria-pressed", String(mine));
      button.value = mine ? "0" : "1";
    }
    delete card.dataset.shared;
  }

  function settle() {
    const shared = document.querySelectorAll("#session [data-shared]");
    shared.forEach(makeOwn);
    remember();
  }

  function vote(event) {
    const form = event.target.closest("form[data-vote]");
    if (!form || !window.htmx) return;
    event.preventDefault();
    const card = form.closest("[id^='card-']");
    const button = form.querySelector(".vote");
    if (button.value === "1") voted.add(card.id);
    else voted.delete(card.id);
    /* The answer finds its card by its id: the stream may have put a new one in its place by then. */
    window.htmx.ajax("POST", form.action, {
      source: document.body,
      target: document.body,
      swap: "none",
      values: { give: button.value },
    });
  }

  /* A card may come by both ways, in any order: what is there already is not put there twice. */
  function once(event) {
    const card = event.detail.fragment.querySelector("[id^='card-']");
    const there = card && document.getElementById(card.id);
    if (there && there !== event.detail.target) {
      event.detail.shouldSwap = false;
    }
  }

  /* What was refused is shown, not thrown away. */
  function showRefusal(event) {
    if (event.detail.xhr.status === 409) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  }

  function focusAgain(event) {
    const form = document.getElementById("add-card");
    if (event.detail.target.id === "add-card" && form && !form.querySelector("[data-focus]")) {
      form.querySelector("textarea").focus();
      document.getElementById("told").replaceChildren();
    }
    settle();
  }

  document.addEventListener("submit", vote);
  document.addEventListener("live:change", settle);
  document.body.addEventListener("htmx:oobBeforeSwap", once);
  document.body.addEventListener("htmx:beforeSwap", showRefusal);
  document.body.addEventListener("htmx:afterSettle", focusAgain);
  remember();
})();
