import { Table } from "../table";
import { Unknown } from "../value";
import { textOf } from "./arguments";
import { formatDate } from "./format-date";
import { inUtc, Moment, momentOf, nanosecondsOf, writeMoment } from "./moment";

/** Functions on points of time, which are texts (RFC 3339). */
export const dateFunctions: Table = [
  ["formatdate", ([format, at]) => formatDate(textOf(format), momentOf(textOf(at)))],
  ["timeadd", ([at, duration]) => timeAdd(momentOf(textOf(at)), nanosecondsOf(textOf(duration)))],
  ["timecmp", ([a, b]) => compare(momentOf(textOf(a)), momentOf(textOf(b)))],
  ["timestamp", (_, __, around) => now("timestamp", around?.asOf)],
  ["plantimestamp", (_, __, around) => now("plantimestamp", around?.asOf)],
];

function timeAdd({ nanoseconds, offset }: Moment, duration: bigint): string {
  return writeMoment({ nanoseconds: nanoseconds + duration, offset });
}

function compare(a: Moment, b: Moment): number {
  return a.nanoseconds === b.nanoseconds ? 0 : a.nanoseconds < b.nanoseconds ? -1 : 1;
}

function now(name: string, asOf: string | undefined): string | Unknown {
  return asOf === undefined ? new Unknown(`\${${name}()} (the time of the plan: --as-of says one)`) : writeMoment(inUtc(momentOf(asOf)));
}
