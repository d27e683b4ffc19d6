/**
 * Narrows the console's list while one types, and counts on for how long its opinions wait.
 *
 * Alt+9 goes to the box; each word typed must begin a word of what finds an opinion (data-find, folded by the server);
 * Enter opens the first that is left, the arrows go through them, Escape goes back to where one was.
 */
import { fold } from "./fold";

/** Starts the finder, if the page has one. */
export function startFinder(): void {
  const finder = document.querySelector<HTMLElement>("[data-finder]");
  const box = finder?.querySelector<HTMLInputElement>("input");
  const list = document.getElementById("hall-list");
  const hint = document.getElementById("tim-hint");
  if (!finder || !box || !list || !hint) return;
  finder.hidden = false;
  const advice = hint.textContent ?? "";
  let before: HTMLElement | null = null;

  const left = () => Array.from(list.querySelectorAll<HTMLElement>("li:not([hidden]) > a"));
  const narrow = () => {
    const words = fold(box.value).split(/\s+/).filter((w) => w !== "");
    for (const item of list.querySelectorAll<HTMLElement>("li[data-find]")) {
      const found = ` ${item.dataset.find ?? ""}`;
      item.hidden = !words.every((w) => found.includes(` ${w}`));
    }
    // A heading stands over what is found, or goes with it.
    for (const queue of list.querySelectorAll<HTMLElement>(".dt-queue")) {
      const heading = queue.previousElementSibling;
      if (heading instanceof HTMLElement) heading.hidden = !queue.querySelector("li:not([hidden])");
    }
    hint.textContent = words.length > 0 && left().length === 0 ? (hint.dataset.none ?? "") : advice;
  };
  box.addEventListener("input", narrow);
  new MutationObserver(narrow).observe(list, { childList: true }); // the list came anew

  const back = () => {
    box.value = "";
    narrow();
    before?.focus();
  };
  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.metaKey || e.ctrlKey || e.shiftKey) return;
    if (e.altKey && e.code === "Digit9") {
      e.preventDefault();
      if (document.activeElement !== box) before = document.activeElement as HTMLElement | null;
      box.focus();
      box.select();
    }
  });
  finder.parentElement?.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.altKey || e.metaKey || e.ctrlKey || e.shiftKey) return;
    const all = left();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (e.key === "Enter" && e.target === box) {
      e.preventDefault();
      all[0]?.click();
    } else if (e.key === "Escape") {
      e.preventDefault();
      back();
    } else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      const to = at + (e.key === "ArrowDown" ? 1 : -1);
      if (to < 0) box.focus();
      else all[to]?.focus();
    }
  });

  // The words of the server stay true while the page is open.
  const started = Date.now();
  window.setInterval(() => {
    const passed = Math.floor((Date.now() - started) / 60_000);
    for (const e of list.querySelectorAll<HTMLElement>("[data-waited]")) {
      e.dataset.since ??= String(Number(e.dataset.waited) - passed + 1); // one that came anew counts from now
      const minutes = Number(e.dataset.since) + passed;
      const words = minutes < 60 ? list.dataset.minutes : list.dataset.hours;
      e.textContent = (words ?? "").replace("{n}", String(minutes < 60 ? minutes : Math.floor(minutes / 60)));
    }
  }, 60_000);
}
