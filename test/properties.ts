/* eslint no-restricted-imports: off -- this is what is to be imported instead */
import * as fastCheck from "fast-check";

/**
 * fast-check as every test uses it (the linter refuses the package itself). `npm test` asks the same cases each time, because a
 * fresh clone must not fail by luck, and a part of them, because people wait for it; `npm run test:all` asks all of them,
 * `npm run test:long` many more, and new ones each time; mutation testing fewer.
 */
export * from "fast-check";

const { PASSTHRU_LONG, PASSTHRU_SEED } = process.env;
const times = Number(PASSTHRU_LONG) || 1;

fastCheck.configureGlobal({ seed: Number(PASSTHRU_SEED) || 20261123 });
// What is asked for many times over is ended by hand.
if (times > 1) jest.setTimeout(24 * 3_600_000);

export function assert<Ts>(property: fastCheck.IProperty<Ts>, parameters: fastCheck.Parameters<Ts> = {}): void {
  fastCheck.assert(property, { ...parameters, numRuns: Math.ceil((parameters.numRuns ?? 100) * times) });
}

/** The same for a property that has to wait for something. */
export async function assertAsync<Ts>(property: fastCheck.IAsyncProperty<Ts>, parameters: fastCheck.Parameters<Ts> = {}): Promise<void> {
  await fastCheck.assert(property, { ...parameters, numRuns: Math.ceil((parameters.numRuns ?? 100) * times) });
}

/** As much of a list of cases as is asked for: all of it but in `npm test`. */
export function asked<T>(cases: readonly T[]): readonly T[] {
  return cases.slice(0, Math.ceil(cases.length * times));
}

/** So many cases, where each is a test of its own because it takes a while. */
export function cases<T>(arbitrary: fastCheck.Arbitrary<T>, count: number): readonly T[] {
  return fastCheck.sample(arbitrary, Math.ceil(count * times));
}

/** How many of so many that all cases have to show are to be shown by the cases that are asked. */
export function share(of: number): number {
  return Math.floor(of * Math.min(1, times));
}
