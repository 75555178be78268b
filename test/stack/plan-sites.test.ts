import { Site } from "../../lib/model";
import { change, configured, expressionOf, planOf, readPlanOf } from "./plans";

const VM = "vsphere_virtual_machine.x";

/** A plan whose VM uses the provider configuration `key`, which has this server. */
function planWith(server: unknown, rest: object = {}, key = "vsphere.b", provider: object = {}): object {
  const provider_config = {
    vsphere: { name: "vsphere", expressions: { vsphere_server: expressionOf("vc-a.lab") } },
    [key]: { name: "vsphere", alias: "b", expressions: { vsphere_server: expressionOf(server) }, ...provider },
  };
  const vm = configured(VM, { resource_pool_id: "resgroup-9" }, { provider_config_key: key });
  const plan = planOf([change(VM, ["create"], null, { name: "x", resource_pool_id: "resgroup-9" })], [vm], {
    root: { variables: { server: {}, secret: { sensitive: true } } },
    variables: { server: { value: "vc-b.lab" }, secret: { value: "vc-s.lab" }, list: { value: ["vc-l.lab"] } },
    ...rest,
  }) as { configuration: object };
  return { ...plan, configuration: { ...plan.configuration, provider_config } };
}

const at = (text: string, isPart = false): Site => ({ vcenter: { text, isPart } });

describe("a VM of a plan is in the vCenter of its provider", () => {
  test.each<[string, object, Site | undefined]>([
    ["a constant", planWith("vc-b.lab"), at("vc-b.lab")],
    ["a variable, of which a plan does not tell what is made of it", planWith(["var.server"]), at("vc-b.lab", true)],
    ["a sensitive variable, which says nothing", planWith(["var.secret"]), undefined],
    ["a variable without a text, which says nothing", planWith(["var.list"]), undefined],
    ["two variables, which say nothing", planWith(["var.server", "var.domain"]), undefined],
    [
      "a variable of a module, whose value is not told",
      planWith(["var.server"], {}, "module.m:vsphere", { module_address: "module.m" }),
      undefined,
    ],
  ])("by %s", (_, plan, expected) => {
    expect(readPlanOf(plan).vms[0]!.site).toEqual(expected);
  });

  test("beside the other servers of the configuration", () => {
    expect(readPlanOf(planWith("10.0.0.5")).stacks).toMatchObject([{ servers: ["vc-a.lab", "10.0.0.5"] }]);
  });
});
