/* The form of a check-in: how far somebody is, counted as they answer. The page works without it. */
"use strict";

function startAnswers(form) {
  const lines = [...document.querySelectorAll(".how-far li")];
  const sections = [...form.querySelectorAll("section.section")];
  const update = () => sections.forEach((section, at) => {
    const words = lines[at]?.querySelector(".small");
    if (!words) return;
    const asked = section.querySelectorAll("fieldset").length;
    const answered = section.querySelectorAll("input[type=radio]:checked").length;
    words.textContent = answered === asked ? "✓ All answered" : answered ? `${answered} of ${asked} answered` : "Not begun";
  });
  form.addEventListener("change", update);
  update();
}

document.querySelectorAll("form[data-answers]").forEach(startAnswers);
