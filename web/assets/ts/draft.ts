/**
 * Saves what is typed into a form marked data-draft="form:subject": a second
 * after the last keystroke, and when the page is left. It says when it was
 * saved, and when it was not; what was typed stays in the page either way.
 *
 * Without this script the form's "Lưu nháp" button does the same.
 */
const PATH = "/noi-bo/ban-nhap";
const PAUSE = 1000;

class Draft {
  private readonly status: HTMLElement | null;
  private timer: number | undefined;
  private dirty = false;
  private sent = false;
  private turn = 0;

  constructor(private readonly form: HTMLFormElement) {
    this.status = form.querySelector("[data-draft-status]");
    form.querySelector("[data-draft-button]")?.remove();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    // A form that is on its way needs no draft: saving now would bring back what the act has just dropped.
    form.addEventListener("submit", () => {
      this.sent = true;
      window.clearTimeout(this.timer);
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => {
      this.sent = false;
    });
    window.addEventListener("online", () => {
      if (this.dirty) void this.save();
    });
  }

  private typed(): void {
    this.dirty = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), PAUSE);
  }

  private leave(): void {
    window.clearTimeout(this.timer);
    if (this.dirty && !this.sent) void this.save();
  }

  private fields(): URLSearchParams {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    fields.set("nhap", this.form.dataset.draft ?? "");
    return fields;
  }

  private async save(): Promise<void> {
    if (this.sent) return;
    const turn = ++this.turn;
    this.dirty = false;
    try {
      const body = this.fields();
      const answer = await fetch(PATH, {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        // Browsers refuse to keep more than 64 KiB alive after the page is gone.
        keepalive: body.toString().length < 60_000,
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved, warnings } = (await answer.json()) as { saved: string; warnings: Record<string, string[]> };
      if (turn === this.turn) this.warn(warnings);
      if (turn === this.turn) this.say((this.form.dataset.draftSaved ?? "{time}").replace("{time}", saved), false);
    } catch {
      this.dirty = true;
      if (turn === this.turn) this.say(this.form.dataset.draftFailed ?? "", true);
    }
  }

  /** Shows what the server finds doubtful in what was typed, each at its place; and at another, that nothing is. */
  private warn(warnings: Record<string, string[]>): void {
    for (const place of this.form.querySelectorAll<HTMLElement>("[data-draft-warnings]")) {
      const found = warnings[place.dataset.draftWarnings ?? ""] ?? [];
      place.querySelector("ul")?.replaceChildren(
        ...found.map((words) => {
          const item = document.createElement("li");
          item.textContent = words;
          return item;
        }),
      );
      place.hidden = found.length === 0;
    }
    for (const place of this.form.querySelectorAll<HTMLElement>("[data-draft-passed]")) {
      place.hidden = (warnings[place.dataset.draftPassed ?? ""] ?? []).length > 0;
    }
  }

  private say(text: string, failed: boolean): void {
    if (!this.status) return;
    this.status.textContent = text;
    this.status.classList.toggle("dt-due--late", failed);
  }
}

/** Starts saving every marked form of the page. */
export function saveDrafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) new Draft(form);
}
