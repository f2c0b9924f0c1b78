/* Check-ins: counting how far somebody is, one heading at a time on a phone, and only what a choice asks for. */
"use strict";

const PHONE = matchMedia("(max-width: 61.99rem)");

/* The list beside the form says how many statements under each heading are answered. */
function startCounts(form, sections) {
  const lines = [...document.querySelectorAll(".how-far li .small")];
  const update = () => sections.forEach((section, at) => {
    const asked = section.querySelectorAll("fieldset").length;
    const answered = section.querySelectorAll("input[type=radio]:checked").length;
    if (lines[at]) lines[at].textContent = answered === asked ? "✓ All answered" : answered ? `${answered} of ${asked} answered` : "Not begun";
  });
  form.addEventListener("change", update);
  update();
}

function stepButton(words, className, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `btn ${className} btn-wide`;
  button.textContent = words;
  button.addEventListener("click", onClick);
  return button;
}

/* On a phone one heading is shown at a time; all of them stay in the one form, so nothing is sent in between. */
function startSteps(form, sections) {
  const sending = form.querySelector(".actions");
  let current = 0;
  const show = (at, focus) => {
    current = at;
    sections.forEach((section, place) => { section.hidden = PHONE.matches && place !== at; });
    sending.hidden = PHONE.matches && at < sections.length - 1;
    for (const steps of form.querySelectorAll(".steps")) steps.hidden = !PHONE.matches;
    if (focus) {
      const heading = sections[at].querySelector("h2");
      heading.tabIndex = -1;
      heading.focus();
      heading.scrollIntoView({ block: "start" });
    }
  };
  sections.forEach((section, at) => {
    const where = document.createElement("p");
    where.className = "over steps";
    where.textContent = `Question ${at + 1} of ${sections.length}`;
    section.prepend(where);
    const row = document.createElement("div");
    row.className = "actions steps";
    if (at < sections.length - 1) row.append(stepButton("Next", "btn-primary", () => show(at + 1, true)));
    if (at) row.append(stepButton("Back", "btn-quiet", () => show(at - 1, true)));
    section.append(row);
  });
  const goTo = (target) => {
    const at = sections.findIndex((section) => section.contains(target));
    if (at >= 0 && at !== current) show(at, false);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) goTo(document.getElementById(link.hash.slice(1)));
  }, true);
  PHONE.addEventListener("change", () => show(current, false));
  const wrong = sections.findIndex((section) => section.querySelector(".wrong"));
  show(Math.max(wrong, 0), false);
}

function startAnswers(form) {
  const sections = [...form.querySelectorAll("section.section")];
  startCounts(form, sections);
  if (form.dataset.answers === "steps" && sections.length > 1) startSteps(form, sections);
}

/* Whom do you ask? Sectors and people are asked for only where the choice needs them. */
function startChoice(form) {
  const needed = { sectors: form.querySelector("#div_id_sectors"), people: form.querySelector("#div_id_people") };
  const update = () => {
    const chosen = form.querySelector("input[name=whom]:checked")?.value;
    for (const [name, field] of Object.entries(needed)) {
      if (field) field.hidden = name !== chosen && !field.classList.contains("wrong");
    }
  };
  form.addEventListener("change", update);
  update();
}

document.querySelectorAll("form[data-answers]").forEach(startAnswers);
const choice = document.querySelector("input[name=whom]");
if (choice) startChoice(choice.form);
