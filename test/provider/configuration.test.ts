import { configure } from "../../lib/provider/configuration";
import { OperationError } from "../../lib/provider/plugin";
import { FakeHost } from "./fake-host";

const EMPTY = { vsphere_server: null, user: null, password: null, allow_unverified_ssl: null, api_timeout: null, vim_keep_alive: null };
const FULL = { VSPHERE_SERVER: "vc.lab", VSPHERE_USER: "ops", VSPHERE_PASSWORD: "secret" };

function mistakes(config: object, variables: Readonly<Record<string, string>>): readonly string[] {
  try {
    configure({ ...EMPTY, ...config }, variables);
    return [];
  } catch (error) {
    if (error instanceof OperationError) return error.diagnostics.map(({ summary, path }) => `${path?.join(".")}: ${summary}`);
    throw error;
  }
}

it.each<[string, object, Readonly<Record<string, string>>, readonly string[]]>([
  ["everything from the environment", {}, FULL, []],
  ["everything from the block", { vsphere_server: "vc.lab", user: "ops", password: "secret" }, {}, []],
  [
    "nothing at all: every mistake at once",
    {},
    {},
    ["vsphere_server: vsphere_server is not set", "user: user is not set", "password: password is not set"],
  ],
  [
    "empty texts, which are as good as none",
    { user: "" },
    { ...FULL, VSPHERE_PASSWORD: "" },
    ["user: user is not set", "password: password is not set"],
  ],
  ["flags as the vSphere provider spells them", {}, { ...FULL, VSPHERE_ALLOW_UNVERIFIED_SSL: "T" }, []],
  [
    "a flag that is none",
    {},
    { ...FULL, VSPHERE_ALLOW_UNVERIFIED_SSL: "yes" },
    ["allow_unverified_ssl: VSPHERE_ALLOW_UNVERIFIED_SSL is neither true nor false"],
  ],
  [
    "a flag that the block gives, whatever the environment",
    { allow_unverified_ssl: false },
    { ...FULL, VSPHERE_ALLOW_UNVERIFIED_SSL: "yes" },
    [],
  ],
  ["minutes", { api_timeout: 0.5, vim_keep_alive: 0 }, FULL, []],
  [
    "minutes that are none",
    { vim_keep_alive: -1 },
    { ...FULL, VSPHERE_API_TIMEOUT: "5m" },
    ["api_timeout: api_timeout is no number of minutes", "vim_keep_alive: vim_keep_alive is no number of minutes"],
  ],
  ["a server with a scheme", { vsphere_server: "https://vc.lab" }, FULL, ["vsphere_server: vsphere_server is not a server's name"]],
])("a provider block is understood: %s", (_, config, variables, expected) => {
  expect(mistakes(config, variables)).toEqual(expected);
});

it("reaches vCenter as it says", async () => {
  const host = await FakeHost.start({ "0000:af:00.0": {} });
  const client = configure({ ...EMPTY, vsphere_server: host.server, allow_unverified_ssl: true }, FULL);
  expect((await client.readHost("host-21", new AbortController().signal)).name).toBe("esx-01");
  await client.close();
  await host.stop();
});
