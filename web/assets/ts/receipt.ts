/**
 * The receipt and its code. Without this file a receipt is printed from the
 * browser's menu, and a scanned code is typed.
 */

/** A code as a QR code carries it after the # of an address: it never reaches a server. */
const code = /^[2-9A-HJKMNP-Z]{16}$/;

/** Puts a scanned code into the look-up's field and takes it out of the address bar and the history. */
function takeScannedCode(): void {
  const field = document.querySelector<HTMLInputElement>(':is(.dt-lookup, .dt-reply) input[name="ma"]');
  const scanned = location.hash.slice(1).normalize("NFKC").toUpperCase().replace(/%20|[^0-9A-Z]/g, "");
  if (!field || !code.test(scanned)) return;
  field.value = scanned.replace(/(.{4})(?=.)/g, "$1 ");
  history.replaceState(history.state, "", location.pathname + location.search);
  field.form?.querySelector("button")?.focus();
}

/** Shows the buttons that print, which work by script only, instead of the hint for those who have none. */
function offerPrinting(): void {
  for (const hint of document.querySelectorAll<HTMLElement>("[data-print-hint]")) hint.hidden = true;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

export function startReceipt(): void {
  takeScannedCode();
  window.addEventListener("hashchange", takeScannedCode);
  offerPrinting();
}
