import * as fc from "../properties";
import { FullAnswer } from "./brute-force";
import { answerTo } from "./complaints";
import { Case } from "./generate";

export interface Run {
  readonly runs: number;
  /** States that the brute force may meet in each half: what takes more is not asked. */
  readonly maxStates?: number;
  /** Tells files apart that ask cases of the same kind. */
  readonly shard?: number;
}

/** Asks about cases, and expects no complaint about any; those that are too large for the brute force must be few. */
export function referee(
  cases: fc.Arbitrary<Case>,
  { runs, maxStates = 6000, shard = 0 }: Run,
  complain: (asked: Case, answer: FullAnswer) => unknown,
): void {
  let asked = 0;
  let tooLarge = 0;
  const property = fc.property(cases, (each) => {
    const answer = answerTo(each, maxStates);
    if (answer) {
      asked++;
      expect(complain(each, answer)).toEqual([]);
    } else tooLarge++;
  });
  fc.assert(property, { numRuns: runs, seed: fc.readConfigureGlobal().seed! + shard });
  expect(tooLarge).toBeLessThan(asked / 10);
}
