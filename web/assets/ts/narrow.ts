/**
 * Narrows a list while one types: each word typed must begin a word of what finds a row, folded by the server: of a
 * name (data-find), and where it has more than two letters or a figure also of what else is known (data-find-more). With
 * fewer than two letters the whole list is there. The form around it asks the server where no script runs.
 *
 *   <input data-narrow="ID of the list's place"> … <p data-narrow-count="{n} people">
 */
import { fold } from "./fold";

const least = 2;

/** Starts every box that narrows a list. */
export function startNarrow(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-narrow]")) {
    const place = document.getElementById(box.dataset.narrow ?? "");
    if (!place) continue;
    const narrow = () => {
      const typed = fold(box.value);
      const words = typed.length < least ? [] : typed.split(/\s+/);
      let left = 0;
      for (const row of place.querySelectorAll<HTMLElement>("[data-find]")) {
        const name = ` ${row.dataset.find ?? ""}`;
        const all = `${name} ${row.dataset.findMore ?? ""}`;
        row.hidden = !words.every((w) => (w.length > least || /\d/.test(w) ? all : name).includes(` ${w}`));
        if (!row.hidden) left++;
      }
      const count = place.querySelector<HTMLElement>("[data-narrow-count]");
      if (count) count.textContent = (count.dataset.narrowCount ?? "").replace("{n}", String(left));
    };
    box.addEventListener("input", narrow);
    new MutationObserver(narrow).observe(place, { childList: true }); // the list came anew
  }
}
