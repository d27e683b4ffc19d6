/**
 * A select marked data-find="words" gets a field above it: what is typed there, with marks or without, leaves only the
 * options that hold every word. The chosen one stays chosen until it no longer fits.
 */
const fold = (s: string): string =>
  s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

function narrow(select: HTMLSelectElement, typed: string): void {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  for (const option of select.options) {
    const text = fold(option.text);
    option.hidden = option.disabled = !words.every((word) => text.includes(word));
  }
  if (words.length === 0 || !select.selectedOptions[0]?.hidden) return;
  const first = Array.from(select.options).find((option) => !option.hidden);
  if (first) select.value = first.value;
}

function findIn(select: HTMLSelectElement): void {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "govuk-input dt-find";
  field.placeholder = select.dataset.find ?? "";
  field.setAttribute("aria-label", field.placeholder);
  field.setAttribute("aria-controls", select.id);
  field.autocomplete = "off";
  field.addEventListener("input", () => {
    narrow(select, field.value);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  field.addEventListener("keydown", (e) => {
    if (e.key === "Enter") e.preventDefault(); // it finds, it does not send
  });
  select.before(field);
}

export function startFinding(): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-find]")) findIn(select);
}
