// The key "/" puts the cursor into the search box; and the page says in which language it is written,
// which readers of screens need to pronounce it.
// And one step of the reader is one step of Back: Streamlit enters each change of the address as a new one, so
// a click that opens a page, which then writes its choices, would cost two, and what a page corrects after Back
// would cut off Forward. So only the first change after a click or a key is entered, later ones go over it.
function oneStepEach() {
  if (window.trendsSteps) return;
  const steps = (window.trendsSteps = { isTaken: true });
  const begin = () => { steps.isTaken = false; };
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, begin, true);
  window.addEventListener("popstate", () => { steps.isTaken = true; }, true);
  const push = history.pushState;
  history.pushState = function (...step) {
    if (steps.isTaken) return history.replaceState(...step);
    steps.isTaken = true;
    return push.apply(history, step);
  };
}

export default function ({ data }) {
  oneStepEach();
  document.documentElement.lang = data.lang === "zh" ? "zh-CN" : "en";
  // page.css writes them over Streamlit's own words, such as "Add: …", which knows English only
  for (const [name, words] of Object.entries(data.words))
    document.documentElement.style.setProperty(`--words-${name}`, JSON.stringify(words));
  const focus = (event) => {
    const at = event.target;
    const writes = at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName);
    if (event.key !== "/" || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = document.querySelector(".st-key-jump-box input");
    if (!box) return;
    event.preventDefault();
    box.focus();
  };
  document.addEventListener("keydown", focus);
  return () => document.removeEventListener("keydown", focus);
}
