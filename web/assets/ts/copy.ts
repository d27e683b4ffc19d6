/**
 * Texts that are taken elsewhere, into a message: a button copies them. Without it they are selected as a whole.
 */

/** Selects the text of an element, as a press on it does. */
function select(text: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(text);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** Copies the text of an element. Browsers lend the clipboard to pages on https alone; elsewhere the selection is copied. */
async function copy(text: HTMLElement): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text.textContent ?? "");
      return true;
    } catch {
      // the browser was told not to: the selection is left
    }
  }
  select(text);
  return document.execCommand("copy");
}

export function startCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    const text = document.getElementById(button.dataset["copy"] ?? "");
    if (!text) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!(await copy(text))) return; // it stays selected
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      said.textContent = button.dataset["copied"] ?? "";
      button.replaceChildren(said);
    });
  }
}
