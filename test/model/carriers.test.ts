import { known, resolveRequests, unknown } from "../../lib/model";
import { A100, address, carriers, cluster, device, H100, host, inventory, planVm, request, template } from "../rules/builders";

const resolve = (parts: Parameters<typeof carriers>[0], own = cluster(), ...others: ReturnType<typeof cluster>[]) =>
  resolveRequests(planVm("a", { carriers: carriers(parts) }), own, inventory(own, ...others));

const declared = template("ubuntu", [request(H100)], { uuid: "4211-AB" });
const withTemplate = cluster({ templates: [declared] });
const at = address("0000:af:00.0");
const fixed = { kind: "static", address: at } as const;
const found = { requests: known([request(H100)]), carrier: "inventory-template", template: declared };

describe("which carrier applies", () => {
  test.each([
    ["nothing carries anything", resolve({}), { requests: known([]), carrier: "none" }],
    [
      "the stack's template is first",
      resolve({ template: known([request()]), templateName: known("debian"), extraConfig: known([request(H100)]) }, withTemplate),
      { requests: known([request()]), carrier: "template" },
    ],
    [
      "the stack's template carries what it says, also where the provider refuses its source for its devices",
      resolve({ template: known([request()]), templateName: known("ubuntu") }, withTemplate),
      {
        requests: known([request()]),
        carrier: "template",
        refusedSource: declared,
      },
    ],
    [
      "the stack's template may carry nothing",
      resolve({ template: known([]), gpuIntent: true }),
      { requests: known([]), carrier: "template" },
    ],
    [
      "the stack's template may be unknown",
      resolve({ template: unknown("${x}"), extraConfig: known([request()]) }),
      { requests: unknown("${x}"), carrier: "template" },
    ],
    ["the inventory's template by name", resolve({ templateName: known("ubuntu"), extraConfig: known([request()]) }, withTemplate), found],
    ["the inventory's template by path", resolve({ templateName: known("Templates/ubuntu") }, withTemplate), found],
    ["the inventory's template by uuid, in any case", resolve({ templateUuid: known("4211-ab") }, withTemplate), found],
    [
      "an inventory's template that carries a vGPU is not judged",
      resolve(
        { templateName: known("ubuntu") },
        cluster({ templates: [{ ...declared, vgpus: [{ profile: "nvidia_h100-20c", count: 1 }] }] }),
      ),
      {
        requests: unknown('its template "ubuntu" carries the vGPU "nvidia_h100-20c", which is not judged'),
        carrier: "inventory-template",
        template: { ...declared, vgpus: [{ profile: "nvidia_h100-20c", count: 1 }] },
      },
    ],
    [
      "the template of another cluster",
      resolve({ templateName: known("ubuntu") }, cluster(), cluster({ name: "other", templates: [declared] })),
      found,
    ],
    [
      "extra_config, beside a template that nothing declares",
      resolve({ templateName: known("debian"), extraConfig: known([request()]), gpuIntent: true }),
      { requests: known([request()]), carrier: "extra-config", undeclaredTemplate: "debian" },
    ],
    ["an empty extra_config is no carrier", resolve({ extraConfig: known([]) }), { requests: known([]), carrier: "none" }],
    ["an unknown extra_config", resolve({ extraConfig: unknown("${x}") }), { requests: unknown("${x}"), carrier: "extra-config" }],
    [
      "a vGPU leaves them unknown, whatever carries devices besides",
      resolve({ template: known([request()]), vgpu: "pciPassthru0.vgpu" }),
      { requests: unknown("it asks for a vGPU in extra_config (pciPassthru0.vgpu), and vGPU is not judged"), carrier: "extra-config" },
    ],
    ["static devices", resolve({ static: known([at]), gpuIntent: true }), { requests: known([fixed]), carrier: "static" }],
    ["no static devices", resolve({ static: known([]) }), { requests: known([]), carrier: "none" }],
    ["unknown static devices", resolve({ static: unknown("${x}") }), { requests: unknown("${x}"), carrier: "static" }],
    [
      "static devices beside dynamic ones",
      resolve({ template: known([request()]), static: known([at]) }),
      { requests: known([request(), fixed]), carrier: "template" },
    ],
    [
      "unknown static devices beside dynamic ones",
      resolve({ template: known([request()]), static: unknown("${x}") }),
      { requests: unknown("${x}"), carrier: "template" },
    ],
  ])("%s", (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe("a template that nothing declares", () => {
  test("carries no device", () => {
    const none = { requests: known([]), carrier: "none", undeclaredTemplate: "debian" };
    expect(resolve({ templateName: known("debian") }, withTemplate)).toEqual(none);
  });

  test("leaves the requests of a VM that is set up for GPUs unknown", () => {
    const { requests, undeclaredTemplate } = resolve({ templateName: known("debian"), gpuIntent: true });
    expect(requests).toEqual(unknown('it is set up for GPUs, but nothing declares which devices the template "debian" carries'));
    expect(undeclaredTemplate).toBe("debian");
  });

  test("may be an OVF, which is declared by its file's name with its extension or without", () => {
    expect(resolve({ ovf: known("debian.ova") }, withTemplate)).toEqual({
      requests: known([]),
      carrier: "none",
      undeclaredTemplate: "debian.ova",
    });
    expect(resolve({ ovf: known("ubuntu.ova") }, withTemplate)).toEqual(found);
    expect(resolve({ ovf: unknown("${var.u}") }, withTemplate)).toMatchObject({ requests: known([]), undeclaredTemplate: "ovf_deploy" });
    expect(resolve({ ovf: known("debian.ova"), gpuIntent: true }, withTemplate).requests.known).toBe(false);
  });

  test("is not known to be undeclared while a template with devices has no uuid", () => {
    const anonymous = cluster({ templates: [template("ubuntu", [request(A100)])] });
    expect(resolve({ templateUuid: known("9") }, anonymous).requests.known).toBe(false);
    const plain = cluster({ templates: [template("plain", [])] });
    expect(resolve({ templateUuid: known("9") }, plain)).toEqual({ requests: known([]), carrier: "none", undeclaredTemplate: "9" });
  });

  test("may be any template that carries devices where its name is unknown", () => {
    expect(resolve({ templateName: unknown("${var.t}") }, withTemplate).requests).toEqual(unknown("the template is not known: ${var.t}"));
    expect(resolve({ templateName: unknown("${var.t}") }).requests).toEqual(known([]));
  });
});

test("a VM that is set up for GPUs but that nothing gives a device is unknown", () => {
  const why = "it is set up for GPUs, but nothing says which devices it asks for";
  expect(resolve({ gpuIntent: true })).toEqual({ requests: unknown(why), carrier: "none" });
});

test("a template that other clusters declare differently is unknown, unless the VM's own cluster declares it", () => {
  const one = cluster({ name: "one", templates: [declared] });
  const two = cluster({ name: "two", templates: [template("ubuntu", [request(A100)])] });
  expect(resolve({ templateName: known("ubuntu") }, cluster(), one, two).requests.known).toBe(false);
  expect(resolve({ templateName: known("ubuntu") }, two, one).requests).toEqual(known([request(A100)]));
});

describe("templates of one name in two datacenters", () => {
  const [first, second] = ["dc-1", "dc-2"].map((datacenter) => cluster({ name: datacenter, datacenter, templates: [template("ubuntu")] }));
  const other = { ...second!, templates: [template("ubuntu", [request(H100)])] };
  const named = { templateName: known("ubuntu") };

  test.each([
    ["the cluster's own, where nothing is said", named, known([request()])],
    ["that of the datacenter that the stack says", { ...named, templateSite: { datacenter: "dc-2" } }, known([request(H100)])],
    [
      "the cluster's own, where none is declared for that datacenter",
      { ...named, templateSite: { datacenter: "dc-3" } },
      known([request()]),
    ],
  ])("%s", (_, parts, requests) => {
    expect(resolve(parts, first, other).requests).toEqual(requests);
  });
});

test("devices that data sources find are static, beside those that are written", () => {
  const own = cluster({ hosts: [host("h1", { devices: [device("0000:10:00.0")] })] });
  const finder = { words: "${data.d.id}", host: known({ by: "name", name: "h1" } as const) };
  expect(resolve({ static: known([at]), found: [finder] }, own)).toEqual({
    requests: known([fixed, { kind: "static", address: address("0000:10:00.0") }]),
    carrier: "static",
  });
  expect(resolve({ found: [{ ...finder, host: unknown("${var.h}") }] }, own)).toMatchObject({
    carrier: "static",
    requests: { known: false },
  });
});
