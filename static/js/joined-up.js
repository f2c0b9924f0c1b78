/* What makes pages nicer; every page works without it. Each function does one thing and is started at the end. */
"use strict";

const AUTO = "auto";

/* The summary of errors takes the focus, so that a screen reader starts there. */
function focusSummary(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
}

/* Light, dark, or as the device says. The choice is a cookie, so that the server sends the right page at once. */
function chosenTheme() {
  return document.documentElement.dataset.bsTheme || AUTO;
}

function setTheme(theme) {
  const age = theme === AUTO ? 0 : 31536000;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  if (theme === AUTO) delete document.documentElement.dataset.bsTheme;
  else document.documentElement.dataset.bsTheme = theme;
}

function showTheme(group) {
  for (const button of group.querySelectorAll("[data-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.theme === chosenTheme()));
  }
}

function startThemes() {
  for (const group of document.querySelectorAll("[data-themes]")) {
    group.hidden = false;
    showTheme(group);
    group.addEventListener("click", (event) => {
      const button = event.target.closest("[data-theme]");
      if (!button) return;
      setTheme(button.dataset.theme);
      showTheme(group);
    });
  }
}

/* How many characters are left, said politely once somebody pauses. */
function leftWords(field) {
  const left = Number(field.dataset.count) - field.value.length;
  if (left < 0) return `${-left} ${left === -1 ? "character" : "characters"} too many`;
  return `${left} ${left === 1 ? "character" : "characters"} left`;
}

function startCounter(field) {
  if (field.dataset.counted) return;
  field.dataset.counted = "yes";
  const shown = document.createElement("p");
  const spoken = document.createElement("span");
  shown.className = "left-over";
  shown.setAttribute("aria-hidden", "true");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  field.after(shown, spoken);
  let timer = 0;
  const update = () => {
    shown.textContent = leftWords(field);
    shown.classList.toggle("over-limit", field.value.length > Number(field.dataset.count));
    clearTimeout(timer);
    timer = setTimeout(() => { spoken.textContent = document.activeElement === field ? leftWords(field) : ""; }, 1000);
  };
  field.addEventListener("input", update);
  update();
}

function startCounters(root) {
  for (const field of root.querySelectorAll("[data-count]")) startCounter(field);
}

/* Long forms keep what is typed in this browser until they have been saved. Each person has drafts of their own:
   the next one at a shared computer does not meet them. */
const DRAFTS = "draft:";
const DRAFT = `${DRAFTS}${document.body.dataset.person || "guest"}:`;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "version", "seen", "home_page"]);

function isKept(control) {
  return control.name && !NOT_KEPT.has(control.name) && !["file", "password", "hidden", "submit"].includes(control.type);
}

function draftKeys(start) {
  return Object.keys(localStorage).filter((key) => key.startsWith(start));
}

function readDraft(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function formValues(form) {
  const values = {};
  for (const control of form.elements) {
    if (!isKept(control)) continue;
    const on = control.type === "checkbox" || control.type === "radio" ? control.checked : true;
    (values[control.name] ??= []).push(...(on ? [control.value] : []));
  }
  return values;
}

function fillForm(form, values) {
  for (const control of form.elements) {
    if (!isKept(control) || !(control.name in values)) continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values[control.name].includes(control.value);
    else control.value = values[control.name][0] ?? "";
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/* "10.42", as times are written on all pages. */
function clock() {
  const now = new Date();
  return `${now.getHours()}.${String(now.getMinutes()).padStart(2, "0")}`;
}

function draftNotice(form, forget) {
  const notice = document.createElement("div");
  notice.className = "notice wait";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "This is what you typed last time and had not saved yet. ";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-bare btn-sm";
  button.textContent = "Go back to what is saved";
  button.addEventListener("click", () => { forget(); location.reload(); });
  words.append(button);
  notice.append(words);
  form.prepend(notice);
}

function startDraft(form) {
  const key = DRAFT + form.dataset.draft;
  const before = JSON.stringify(formValues(form));
  const forget = () => localStorage.removeItem(key);
  const draft = readDraft(key);
  if (draft && document.querySelector("[data-focus]") === null && JSON.stringify(draft.values) !== before) {
    fillForm(form, draft.values);
    draftNotice(form, forget);
  }
  let timer = 0;
  const told = document.createElement("p");
  told.className = "hint mt-3";
  form.append(told);
  const keep = () => {
    localStorage.setItem(key, JSON.stringify({ values: formValues(form), at: Date.now() }));
    told.textContent = `Kept in this browser at ${clock()}, not saved yet.`;
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  form.addEventListener("submit", () => { clearTimeout(timer); keep(); sessionStorage.setItem("draft-sent", JSON.stringify({ key, from: location.pathname })); });
}

/* Whether this page is what answered the form at `from` and says that it was saved: no error summary, no error page,
   no sign-in; not the form itself, loaded again or gone back to after the line broke, nor a page that somebody went to
   then: what answers a form was led to by the form's own page. */
function wasSaved(from) {
  const [way] = performance.getEntriesByType("navigation");
  const answers = document.referrer && new URL(document.referrer).pathname === from;
  return answers && way?.type === "navigate" && document.querySelector("[data-focus], [data-keep-drafts]") === null;
}

/* The draft of a form that has been saved goes, and so do drafts of a month ago. */
function clearDrafts() {
  const sent = JSON.parse(sessionStorage.getItem("draft-sent"));
  if (sent && wasSaved(sent.from)) localStorage.removeItem(sent.key);
  sessionStorage.removeItem("draft-sent");
  for (const key of draftKeys(DRAFTS)) {
    const draft = readDraft(key);
    if (!draft || Date.now() - draft.at > 30 * 86400000) localStorage.removeItem(key);
  }
}

/* What others must not find on a shared computer goes when somebody signs out. */
function startSignOut() {
  for (const form of document.querySelectorAll("form[action$='/logout/']")) {
    form.addEventListener("submit", () => {
      for (const key of draftKeys(DRAFT)) localStorage.removeItem(key);
    });
  }
}

/* Not in a browser that is told to keep nothing. */
function keepsDrafts() {
  try {
    return Boolean(localStorage && sessionStorage);
  } catch {
    return false;
  }
}

function startDrafts() {
  clearDrafts();
  for (const form of document.querySelectorAll("form[data-draft]")) startDraft(form);
  startSignOut();
}

/* Buttons that only script can do. */
function startPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/* A form is sent once, however often the button is pressed. */
function startOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
}

/* A part of the page could not be sent: what was typed is still there, and the page says so. */
function startTrouble() {
  const notice = document.createElement("div");
  notice.className = "notice stop";
  const words = document.createElement("p");
  words.textContent = "That was not saved. What you typed is still on this page: try again in half a minute.";
  notice.append(words);
  const tell = (event) => {
    const status = event.detail.xhr?.status ?? 0;
    if (status === 0 || status >= 500) document.getElementById("messages")?.append(notice);
  };
  document.body.addEventListener("htmx:responseError", tell);
  document.body.addEventListener("htmx:sendError", tell);
  document.body.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.successful) notice.remove(); });
}

function start() {
  if (keepsDrafts()) startDrafts();
  startThemes();
  startCounters(document);
  startPrint();
  startOnce();
  startTrouble();
  focusSummary(document);
  document.body.addEventListener("htmx:load", (event) => {
    startCounters(event.detail.elt);
    focusSummary(event.detail.elt);
  });
}

start();
