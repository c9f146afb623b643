// Small behaviours of every page. Each improves markup that works without it.
import { mayGo } from "./sending.js";
import { waitUntil } from "./waiting.js";
import { zoneFor } from "./zone.js";

// The summary of what to look at again is read first.
document.querySelector("[data-focus]")?.focus();

// A second press of the same button sends nothing twice; a page brought back by “back” is fresh.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!mayGo(form.dataset, Date.now())) {
    event.preventDefault();
    return;
  }
  if (!event.defaultPrevented) event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sentAt;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

// <button type="button" data-copy="text or #id" data-copied="Copied" hidden>
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const what = button.dataset.copy;
    const source = what.startsWith("#") ? document.querySelector(what) : null;
    await navigator.clipboard.writeText(source ? (source.value ?? source.innerText).trim() : what);
    button.textContent = button.dataset.copied || button.textContent;
  });
}

// <select data-zone-guess> or <input data-zone-guess>, still empty: the browser's own zone, to be changed by the reader.
for (const field of document.querySelectorAll("[data-zone-guess]")) {
  const known = field.options ? Array.from(field.options, (option) => [option.value, (option.dataset.also ?? "").split(" ")]) : null;
  const guess = zoneFor(field.value, Intl.DateTimeFormat().resolvedOptions().timeZone, known);
  if (guess) field.value = guess;
}

// <p data-reload-at="instant">: the page says something new from then on, and nothing is typed on it.
for (const mark of document.querySelectorAll("[data-reload-at]")) {
  const wait = waitUntil(mark.dataset.reloadAt, Date.now());
  if (wait !== null) setTimeout(() => location.reload(), wait);
}
