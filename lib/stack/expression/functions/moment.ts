import { fail } from "./arguments";

/** A point of time, and by how many minutes the clock that it was read from is ahead of UTC. */
export interface Moment {
  /** Since the beginning of 1970 in UTC. */
  readonly nanoseconds: bigint;
  readonly offset: number;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:Z|([+-])(\d\d):(\d\d))$/;
const SECOND = 1_000_000_000n;

/** Reads a text as RFC 3339 has it, which Go takes with capital letters only. Throws ExpressionError. */
export function momentOf(text: string): Moment {
  const found = RFC3339.exec(text) ?? fail(`${JSON.stringify(text)} is no point of time, expected one such as 2026-11-30T08:00:00Z`);
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const [, , , , , , , fraction = "", sign, offsetHours = "0", offsetMinutes = "0"] = found;
  const isValid = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!isValid || Number(offsetHours) >= 24 || Number(offsetMinutes) >= 60) fail(`${JSON.stringify(text)} is no point of time`);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === "-" ? -1 : 1);
  const seconds = BigInt(daysBefore(year, month, day)) * 86_400n + BigInt(hour * 3600 + (minute - offset) * 60 + second);
  return { nanoseconds: seconds * SECOND + BigInt(fraction.padEnd(9, "0")), offset };
}

export function inUtc({ nanoseconds }: Moment): Moment {
  return { nanoseconds, offset: 0 };
}

/** What a clock and a calendar there show. */
export interface Shown {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 for Sunday. */
  readonly weekday: number;
}

export function shown({ nanoseconds, offset }: Moment): Shown {
  const seconds = floorDivide(nanoseconds, SECOND) + offset * 60;
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  return {
    ...dateOf(days),
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

/** As Go writes RFC 3339: to the second. */
export function writeMoment(moment: Moment): string {
  const { year, month, day, hour, minute, second } = shown(moment);
  if (year < 0 || year > 9999) fail(`the year ${year} has no place in a point of time`);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone(moment, true)}`;
}

/** `+02:00`; of UTC `Z` where that is wanted. */
export function zone({ offset }: Moment, zuluForUtc: boolean): string {
  if (offset === 0 && zuluForUtc) return "Z";
  const minutes = Math.abs(offset);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1000n],
  ["µs", 1000n],
  ["μs", 1000n],
  ["ms", 1_000_000n],
  ["s", SECOND],
  ["m", 60n * SECOND],
  ["h", 3600n * SECOND],
]);

/** Reads a duration as Go has them, such as `-1h30m` or `1.5h`. Throws ExpressionError. */
export function nanosecondsOf(text: string): bigint {
  const [, sign, rest = ""] = /^([+-]?)(.*)$/s.exec(text)!;
  if (rest === "0") return 0n;
  let sum = 0n;
  let at = 0;
  for (const [part, whole = "", fraction = "", unit = ""] of rest.matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/gy)) {
    if (whole === "" && fraction === "") break;
    const size = UNITS.get(unit)!;
    const digits = fraction.slice(0, 18);
    sum += BigInt(whole || "0") * size + (BigInt(digits || "0") * size) / 10n ** BigInt(digits.length);
    at += part.length;
  }
  // Go counts in 64 bits: some 292 years.
  if (at === 0 || at < rest.length || sum >= 1n << 63n) fail(`${JSON.stringify(text)} is no duration, expected one such as 1h30m`);
  return sign === "-" ? -sum : sum;
}

function floorDivide(dividend: bigint, divisor: bigint): number {
  const quotient = dividend / divisor;
  return Number(dividend % divisor < 0n ? quotient - 1n : quotient);
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from the beginning of 1970 to that day, in years that begin with March: the leap day is then the last. */
function daysBefore(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day - 1 - 719_468;
}

function dateOf(days: number): Pick<Shown, "year" | "month" | "day"> {
  let year = 1970 + Math.floor(days / 365.2425);
  while (daysBefore(year, 1, 1) > days) year--;
  while (daysBefore(year + 1, 1, 1) <= days) year++;
  let month = 12;
  while (daysBefore(year, month, 1) > days) month--;
  return { year, month, day: days - daysBefore(year, month, 1) + 1 };
}
