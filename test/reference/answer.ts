import { Failover, Maintenance, PowerOn } from "../../lib/model";
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
      ...(worst ? { worst } : {}),
      ...(tolerates === undefined ? {} : { tolerates }),
    },
    ...(maintenance ? { maintenance } : {}),
  };
}
