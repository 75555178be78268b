import type * as Engine from "../../../lib/engine";
import type * as Lists from "../../../lib/engine/compile/list-ids";
import type * as Eligibility from "../../../lib/engine/constraints/eligibility";

const LIST_IDS = "../../../lib/engine/compile/list-ids";
const ELIGIBILITY = "../../../lib/engine/constraints/eligibility";

/**
 * The engine once more, with a number of its own for every list, so that no host, device, request or VM is taken for another's equal;
 * and constraints that can look at all of a host and a VM, whatever they say that they read. As right as the engine itself, and slower.
 */
export function unmergedEngine(): typeof Engine {
  let engine: typeof Engine | undefined;
  jest.isolateModules(() => {
    jest.doMock(LIST_IDS, () => everyListItsOwn(jest.requireActual(LIST_IDS)));
    jest.doMock(ELIGIBILITY, () => everyFieldSeen(jest.requireActual(ELIGIBILITY)));
    engine = jest.requireActual<typeof Engine>("../../../lib/engine");
  });
  jest.dontMock(LIST_IDS);
  jest.dontMock(ELIGIBILITY);
  return engine!;
}

function everyListItsOwn({ ListIds }: typeof Lists): typeof Lists {
  return {
    ListIds: class extends ListIds {
      private next = 0;

      override of(): number {
        return this.next++;
      }
    },
  };
}

function everyFieldSeen(actual: typeof Eligibility): typeof Eligibility {
  return {
    ...actual,
    candidateOf: (vm, rules) => ({ ...vm, ...actual.candidateOf(vm, rules) }),
    targetsOf: (hosts, rules) => {
      const targets = actual.targetsOf(hosts, rules);
      return new Map(hosts.map((host) => [host.name, { ...host, ...targets.get(host.name)! }]));
    },
  };
}
