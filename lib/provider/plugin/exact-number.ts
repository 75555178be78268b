/**
 * The JavaScript number that prints as exactly this decimal; undefined where none does. Terraform's numbers have 512 bits: it
 * sends whole ones as integers, others as a float where that is exact, else as text (0.1). Rounding one would make every plan
 * show a difference, or hide one.
 */
export function exactNumber(sent: number | bigint | string): number | undefined {
  const number = Number(sent);
  const exact = decimal(typeof sent === "number" && !Number.isInteger(sent) ? sent.toPrecision(100) : String(sent));
  const printed = decimal(String(number));
  if (exact === undefined || printed === undefined) return undefined;
  return exact === printed ? number + 0 : undefined;
}

/** What Terraform is to read: whole numbers as such, all others as they print, since a binary 0.1 is not a decimal 0.1. */
export function sentNumber(number: number): number | string {
  return Number.isSafeInteger(number) ? number : String(number);
}

/** One text for one value: digits without zeros at the ends, and the exponent. */
function decimal(text: string): string | undefined {
  const parts = /^(-?)([0-9]+)(?:[.]([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign, whole, fraction = "", exponent = "0"] = parts;
  const digits = (whole! + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
