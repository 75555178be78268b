import { Replay } from "../../../lib/engine/witness/replay";
import { Cluster, known, PlanVm } from "../../../lib/model";
import { cluster, hosts, plan, running, vm } from "../../reference/notation";
import { Compiled, compiledOf, powerOnOf } from "../compiled";

const r = running("r", "h1", [0]);
const compiled = (text: string, vms: readonly PlanVm[], of: Partial<Cluster> = {}): Compiled =>
  compiledOf(plan(vms), cluster({ hosts: hosts(text), ...of }));

describe("why a power-on is refused, host by host", () => {
  const refusals = ({ transition, inForce }: Compiled): readonly string[] => {
    const replay = new Replay(transition, inForce);
    const step = powerOnOf(transition.problem, "v");
    const outcome = transition.outcomes(replay.state, step).find(({ worked }) => !worked)!;
    const { refused } = replay.perform(step, outcome);
    return refused!.map(({ host = "everywhere", reason, requested, used, capacity }) => [host, reason, requested, used, capacity].filter((part) => part !== undefined).join(" ")); // prettier-ignore
  };

  test.each<[title: string, of: Compiled, refused: readonly string[]]>([
    ["no device", compiled("h1[] h2[A*2]", [vm("v", "A,A,A")]), ["h1 no-matching-device 3 0 0", "h2 no-matching-device 3 0 2"]],
    ["held ones", compiled("h1[A*2]", [vm("v", "A,A")], { vms: [r] }), ["h1 no-free-device 2 1 2"]],
    ["whatever the host", compiled("h1[A]", [vm("v", "A", { hardwareVersion: known(15) })]), ["everywhere hardware-version 15 17"]],
    [
      "a pin to another host",
      compiled("h1[A] h2[]", [vm("v", "A", { host: known({ by: "name", name: "h2" }) })], {
        drs: { enabled: false, automationLevel: "manual", declared: true },
      }),
      ["h2 no-matching-device 1 0 0"],
    ],
  ])("%s", (_, of, refused) => {
    expect(refusals(of)).toEqual(refused);
  });
});
