import { fail } from "./arguments";
import { Moment, Shown, shown, zone } from "./moment";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** A quoted text in which two quotes stand for one, one letter over and over, or what is neither. */
const TOKEN = /'(?:[^']|'')*'?|([A-Za-z])\1*|[^'A-Za-z]+/gs;

/** Writes a point of time as a format asks: https://developer.hashicorp.com/terraform/language/functions/formatdate. Throws ExpressionError. */
export function formatDate(format: string, moment: Moment): string {
  const parts = shown(moment);
  return format.replace(TOKEN, (token) => {
    if (token.startsWith("'")) return literal(token);
    return /^[A-Za-z]/.test(token) ? verb(token, parts, moment) : token;
  });
}

function literal(token: string): string {
  if (token === "''") return "'";
  if (token.length === 1 || !token.endsWith("'")) fail("formatdate: a quote is not closed");
  return token.slice(1, -1).replaceAll("''", "'");
}

function verb(token: string, { year, month, day, weekday, hour, minute, second }: Shown, moment: Moment): string {
  switch (token) {
    case "YY":
      return two(year % 100);
    case "YYYY":
      return String(year).padStart(4, "0");
    case "M":
    case "MM":
      return padded(month, token);
    case "MMM":
      return MONTHS[month - 1]!.slice(0, 3);
    case "MMMM":
      return MONTHS[month - 1]!;
    case "D":
    case "DD":
      return padded(day, token);
    case "EEE":
      return DAYS[weekday]!.slice(0, 3);
    case "EEEE":
      return DAYS[weekday]!;
    case "h":
    case "hh":
      return padded(hour, token);
    case "H":
    case "HH":
      return padded(hour % 12 === 0 ? 12 : hour % 12, token);
    case "AA":
      return hour < 12 ? "AM" : "PM";
    case "aa":
      return hour < 12 ? "am" : "pm";
    case "m":
    case "mm":
      return padded(minute, token);
    case "s":
    case "ss":
      return padded(second, token);
    case "Z":
      return zone(moment, true);
    case "ZZZ":
      return moment.offset === 0 ? "UTC" : zone(moment, false).replace(":", "");
    case "ZZZZ":
      return zone(moment, false).replace(":", "");
    case "ZZZZZ":
      return zone(moment, false);
    default:
      return fail(`formatdate: ${token.slice(0, 10)} stands for nothing`);
  }
}

function padded(part: number, token: string): string {
  return token.length === 2 ? two(part) : String(part);
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}
