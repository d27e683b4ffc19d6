/** A name as NearKey of package text has it: words without marks, no signs, no zeros before numbers, lý as lí. */
export function fold(s: string): string {
  return s
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[đðɖ]/g, "d")
    .split(/[^\p{L}\p{N}]+/u)
    .map((w) => w.replace(/^0+(?=\d)/, "").replace(/^([^aeiouy]+)y$/, "$1i"))
    .join(" ")
    .trim();
}
