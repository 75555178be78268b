import { Diagnostic, OperationError } from "./resource";
import type { Block, Operation } from "./schema";
import { Fields, UNKNOWN, Value } from "./values";

/** Why an operation's signal is aborted when its time is up. */
export class TimeIsUp extends Error {
  constructor(operation: Operation, limit: string) {
    super(`it took longer than ${limit}; give it more with timeouts { ${operation} = "…" } where that is too short`);
  }
}

/** A week: longer than anything takes, and what a timer can hold. */
const LONGEST_HOURS = 168;
const EXPECTED = `Expected a duration up to ${LONGEST_HOURS}h, as Go writes it: 30s, 20m, 1h30m.`;

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** What is wrong with the durations that a configuration gives. */
export function checkTimeouts({ timeouts = {} }: Block, config: Fields): readonly Diagnostic[] {
  return Object.keys(timeouts).flatMap((operation): Diagnostic[] => {
    const given = givenTimeout(config, operation as Operation);
    if (typeof given !== "string" || milliseconds(given) !== undefined) return [];
    return [{ severity: "error", summary: `timeouts.${operation} is no duration`, detail: EXPECTED, path: ["timeouts", operation] }];
  });
}

/** Does something that ends with the signal, or when its time is up: as the configuration or state says, else as the schema does. */
export async function inTime<T>(
  block: Block,
  operation: Operation,
  config: Fields,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const given = givenTimeout(config, operation);
  const usual = block.timeouts?.[operation];
  const isDuration = typeof given === "string" && milliseconds(given) !== undefined;
  // What is known only now was not validated; but what a spoiled state has must not keep anybody from reading or deleting.
  if (typeof given === "string" && !isDuration && (operation === "create" || operation === "update")) {
    throw new OperationError(checkTimeouts(block, config));
  }
  const limit = isDuration ? given : usual;
  const time = limit === undefined ? undefined : milliseconds(limit);
  if (limit === undefined || time === undefined) return run(signal);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new TimeIsUp(operation, limit)), time);
  try {
    return await run(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** A state with the timeouts that the configuration gave: what is there knows nothing of them. */
export function withTimeouts<S extends Fields | null>(block: Block, state: S, config: Fields | null): S {
  return block.timeouts && state !== null ? { ...state, timeouts: config?.["timeouts"] ?? null } : state;
}

function givenTimeout(config: Fields, operation: Operation): Value | undefined {
  const all = config["timeouts"];
  return typeof all === "object" && all !== null ? (all as Fields)[operation] : all === UNKNOWN ? UNKNOWN : undefined;
}

/** Go, time.ParseDuration, without what is no time to wait: zero, and negative ones. */
function milliseconds(text: string): number | undefined {
  if (text.length > 100 || !/^\+?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  const time = parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
  return time > 0 && time <= LONGEST_HOURS * 3_600_000 ? time : undefined;
}
