import { ClusterJudgement } from "../../lib/model";
import { answerOf } from "./answer";
import { Answer } from "./brute-force";

/** In what a judgement that may give up contradicts the brute force: it may say less, never something else. */
export function contradictions(judged: Pick<ClusterJudgement, "powerOn" | "failover" | "maintenance">, answer: Answer): readonly string[] {
  const { powerOn, failover, maintenance } = answerOf(judged);
  const found: string[] = [];
  const same = (part: string, engine: unknown, expected: unknown): void => {
    if (JSON.stringify(engine) !== JSON.stringify(expected)) {
      found.push(`${part}: the engine says ${JSON.stringify(engine)}, the brute force ${JSON.stringify(expected)}`);
    }
  };
  if (powerOn.verdict !== "unknown") same("powerOn", powerOn.verdict, answer.powerOn.verdict);
  const extra = powerOn.canBeLeftOff.filter((vm) => !answer.powerOn.canBeLeftOff.includes(vm));
  same("canBeLeftOff", extra, []);
  if (powerOn.complete) same("canBeLeftOff", powerOn.canBeLeftOff, answer.powerOn.canBeLeftOff);
  if (failover.verdict !== "unknown") same("failover", failover.verdict, answer.failover.verdict);
  if (failover.dependsOn) same("dependsOn", failover.dependsOn, answer.failover.dependsOn);
  if (failover.worst) same("worst", failover.worst, answer.failover.worst);
  if (failover.tolerates !== undefined) same("tolerates", failover.tolerates, answer.failover.tolerates);
  if (maintenance) same("maintenance", maintenance, answer.maintenance);
  return found;
}
