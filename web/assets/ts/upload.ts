/**
 * Puts a pasted picture into the field of files marked data-paste: the picture of a slip that came by Zalo, cut out on
 * the screen. The attribute holds the words that say so. Without this file the picture is saved and chosen.
 */
const NAMED: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg" };

/** The pictures on the clipboard, with names that tell them apart. */
function pictures(data: DataTransfer | null): File[] {
  const at = new Date().toTimeString().slice(0, 8).replace(/:/g, "");
  return Array.from(data?.files ?? [])
    .filter((f) => f.type in NAMED)
    .map((f, i) => new File([f], `anh-dan-${at}-${i + 1}.${NAMED[f.type]}`, { type: f.type }));
}

function start(field: HTMLInputElement): void {
  const said = document.createElement("p");
  said.className = "govuk-hint dt-uploads__paste";
  said.setAttribute("role", "status");
  said.textContent = field.dataset.paste ?? "";
  field.after(said);
  const names = () => {
    const files = Array.from(field.files ?? []); // the field itself names one, and of several only how many there are
    said.textContent = files.length > 1 ? files.map((f) => f.name).join(", ") : (field.dataset.paste ?? "");
  };
  field.addEventListener("change", names);
  const form = field.form;
  document.addEventListener("paste", (e) => {
    const found = pictures(e.clipboardData);
    const on = document.activeElement;
    if (found.length === 0 || (on && on !== document.body && !form?.contains(on))) return;
    e.preventDefault();
    const all = new DataTransfer();
    for (const f of [...Array.from(field.files ?? []), ...found]) all.items.add(f);
    field.files = all.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** Starts taking pasted pictures where the page has a field for them. */
export function startUploads(): void {
  const field = document.querySelector<HTMLInputElement>("input[type=file][data-paste]");
  if (field) start(field);
}
