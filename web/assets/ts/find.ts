import { fold } from "./fold";

/**
 * A select marked data-find="words" gets a field above it: what is typed there, with marks or without, leaves the chosen
 * option and those that hold every word. Where just one holds them it is chosen.
 */
function narrow(select: HTMLSelectElement, typed: string): void {
  const words = fold(typed).split(" ").filter(Boolean);
  const options = Array.from(select.options);
  const found = options.filter((option) => {
    const said = fold(option.text);
    return words.every((word) => said.includes(word));
  });
  if (words.length > 0 && found.length === 1 && found[0]) found[0].selected = true;
  for (const option of options) option.hidden = option.disabled = !option.selected && !found.includes(option);
}

function findIn(select: HTMLSelectElement): void {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "govuk-input dt-narrow";
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
