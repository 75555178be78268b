/** JSON with numbers as the text that stands there: no double is as exact as Terraform's numbers. */
export type ExactJson = null | boolean | string | ExactNumber | readonly ExactJson[] | { readonly [name: string]: ExactJson };

/** A decimal number, written in one way: digits without zeros at their end, and the power of ten. */
export class ExactNumber {
  private constructor(
    readonly digits: string,
    readonly exponent: number,
  ) {}

  static of(text: string): ExactNumber {
    const [, sign = "", whole = "", fraction = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
    const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
    const kept = digits.replace(/0+$/, "");
    if (kept === "") return new ExactNumber("0", 0);
    return new ExactNumber(sign + kept, Number(power) - fraction.length + digits.length - kept.length);
  }

  toString(): string {
    return this.exponent === 0 ? this.digits : `${this.digits}e${this.exponent}`;
  }

  toJSON(): string {
    return `number ${this.toString()}`;
  }
}

export function parseExactJson(text: string): ExactJson {
  const marked = text.replace(/"(?:\\.|[^"\\])*"|-?\d[\d.eE+-]*/g, (token) => (token.startsWith('"') ? token : `{"${NUMBER}":"${token}"}`));
  return JSON.parse(marked, (_, value: unknown) => (isMarked(value) ? ExactNumber.of(value[NUMBER]) : value)) as ExactJson;
}

/** No object of a plan has it. */
const NUMBER = "this is a number";

function isMarked(value: unknown): value is { readonly [NUMBER]: string } {
  return typeof value === "object" && value !== null && NUMBER in value;
}
