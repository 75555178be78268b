import { ClusterJudgement, Limit, LimitedPart, listing } from "../model";
import { Facts } from "./facts/facts";
import { remarksOf } from "./facts/remarks";
import { Hit, Rule } from "./rule";

export const limitReached: Rule = {
  id: "limit-reached",
  severity: "warning",
  title: "the search reached its limit",
  explanation:
    "The question was too large to be searched to its end. What was proved until then is said; the rest is unknown. It is a note " +
    "where a verdict was found, and only something that would be said beside it was not.",
  fix: "judge fewer stacks at once (--stack), or make orders fewer with depends_on, restart priorities and labels",
  check: (facts) =>
    facts.judgement.clusters.flatMap((judged) => {
      const limits = remarksOf(facts, "limit-reached").flatMap((found) => (found.judged === judged ? [found.remark] : []));
      const beside = limits.filter(({ part }) => PARTS[part].beside);
      return [
        ...limits.filter(({ part }) => !PARTS[part].beside).map((limit) => ofVerdict(limit, judged, facts)),
        ...(beside.length > 0 ? [besideVerdicts(beside, judged, facts)] : []),
      ];
    }),
};

interface PartInWords {
  readonly name: string;
  /** It is told beside the verdicts, and none hangs on it. */
  readonly beside?: true;
  /** What settles it, in place of the rule's. */
  readonly fix?: string;
}

const FEWER_FAILURES =
  "judge fewer stacks at once (--stack), ask about fewer failures (--failures), or let more hosts be alike in devices, labels and memory";

const PARTS: Readonly<Record<LimitedPart, PartInWords>> = {
  "power-on": { name: "power-on" },
  failover: { name: "failover", fix: FEWER_FAILURES },
  "sub-ids": {
    name: "what undeclared sub-ids can be",
    fix: "declare the subsystem and revision of the devices in the inventory, or ask without them",
  },
  "left-off": { name: "every VM that can be left off", beside: true },
  worst: { name: "the worst failure", beside: true, fix: FEWER_FAILURES },
  tolerates: { name: "the most failures that are survived", beside: true },
  maintenance: { name: "which hosts can be emptied", beside: true },
};

/** What would settle the first of these parts that was not. */
export function whatSettlesLimit(limits: readonly Limit[], parts: readonly LimitedPart[]): string | undefined {
  const found = limits.find(({ part }) => parts.includes(part));
  return found && (PARTS[found.part].fix ?? limitReached.fix);
}

function ofVerdict({ part, proved }: Limit, judged: ClusterJudgement, facts: Facts): Hit {
  const { name, fix } = PARTS[part];
  return {
    ...facts.placeOf(judged),
    message: `${judged.name}: the search for ${name} reached its limit; proved so far: ${proved}`,
    explains: "unknown",
    ...(fix === undefined ? {} : { fix }),
  };
}

function besideVerdicts(limits: readonly Limit[], judged: ClusterJudgement, facts: Facts): Hit {
  const names = listing(limits.map(({ part }) => PARTS[part].name));
  const fix = whatSettlesLimit(limits, ["worst"]);
  return {
    ...facts.placeOf(judged),
    severity: "note",
    message: `${judged.name}: the search reached its limit before it knew ${names}; no verdict hangs on that`,
    ...(fix === undefined ? {} : { fix }),
  };
}
