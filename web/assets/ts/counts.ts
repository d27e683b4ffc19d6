/**
 * Says on a button how many boxes of its form are ticked.
 *
 *   <button data-counts="NAME OF THE BOXES" data-counts-text="Record {n} opinions">
 */
export function startCounts(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-counts]")) {
    const form = button.form;
    if (!form) continue;
    const name = CSS.escape(button.dataset.counts ?? "");
    const say = () => {
      const n = form.querySelectorAll(`input[name="${name}"]:checked`).length;
      button.textContent = (button.dataset.countsText ?? "").replace("{n}", String(n));
    };
    form.addEventListener("change", say);
    say();
  }
}
