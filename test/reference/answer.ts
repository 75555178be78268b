import { Failover, Maintenance, PowerOn, WorstFailure } from "../../lib/model";
import { Answer } from "./brute-force";

/** The part of a judgement, or of a report, that the referee decides. */
export function answerOf({
  powerOn,
  failover,
  maintenance,
}: {
  readonly powerOn: PowerOn;
  readonly failover: Failover;
  readonly maintenance?: Maintenance;
}): Answer {
  const { verdict, dependsOn, worst, tolerates } = failover;
  return {
    powerOn: { verdict: powerOn.verdict, canBeLeftOff: powerOn.canBeLeftOff, complete: powerOn.complete },
    failover: {
      verdict,
      ...(dependsOn ? { dependsOn: [...dependsOn].sort() } : {}),
      ...(worst ? { worst: withoutReasons(worst) } : {}),
      ...(tolerates === undefined ? {} : { tolerates }),
    },
    ...(maintenance ? { maintenance } : {}),
  };
}

/** Why others refuse who stays off is told of the hosts as they are named, whatever is equal. */
export function withoutReasons({ hosts, off }: WorstFailure): WorstFailure {
  return { hosts, off };
}
