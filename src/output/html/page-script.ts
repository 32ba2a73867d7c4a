/**
 * What the page does besides `<details>`: the filter, which is hidden without the script. It uses no framework, sends
 * no requests and creates no markup.
 */

export const pageScript = `
"use strict";
(() => {
  const bar = document.getElementById("filters");
  if (!bar) return;
  const steps = [...document.querySelectorAll("details[data-action]")];
  const boxes = [...bar.querySelectorAll("input[type=checkbox]")];
  const search = bar.querySelector("input[type=search]");
  const shown = document.getElementById("shown");
  const texts = new Map();
  const textOf = (step) => {
    if (!texts.has(step)) texts.set(step, step.textContent.toLowerCase());
    return texts.get(step);
  };
  const filter = () => {
    const actions = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.toLowerCase().split(" ").filter((word) => word !== "");
    let count = 0;
    for (const step of steps) {
      const fits = actions.has(step.dataset.action) && words.every((word) => textOf(step).includes(word));
      step.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count + " of " + steps.length + " shown";
  };
  const open = (isOpen) => {
    for (const step of steps) if (!step.hidden) step.open = isOpen;
  };
  bar.addEventListener("input", filter);
  document.getElementById("open").addEventListener("click", () => open(true));
  document.getElementById("close").addEventListener("click", () => open(false));
  bar.hidden = false;
  filter();
})();
`;
