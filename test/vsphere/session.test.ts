import { join } from "node:path";
import { connect, isServer, Session, VsphereError } from "../../lib/vsphere";
import { serverAddress } from "../../lib/vsphere/connection";
import { retrieve, retrieveOne } from "../../lib/vsphere/properties";
import * as fc from "../properties";
import { Answer, Answers, FakeVcenter, HANG_UP, NEVER, objects, soapEnvelope, soapFault, val } from "./fake-vcenter";

const PASSWORD = "s3cret-pa<&>ss";
const HOST = { type: "HostSystem", id: "host-21" };
const NAME = objects({ ...HOST, properties: { name: val("xsd:string", "esx-01") } });

let vcenter: FakeVcenter | undefined;
let session: Session | undefined;

afterEach(async () => {
  await session?.close();
  await vcenter?.stop();
  vcenter = session = undefined;
});

async function start(answers: Answers, options: Partial<Parameters<typeof connect>[0]> = {}): Promise<FakeVcenter> {
  vcenter = await FakeVcenter.start(answers);
  const usual = { server: vcenter.server, user: "rig", password: PASSWORD, allowUnverifiedSsl: true, timeout: 20_000, keepAlive: 0 };
  session = connect({ ...usual, ...options });
  return vcenter;
}

async function hostName(signal: AbortSignal = new AbortController().signal): Promise<string | undefined> {
  if (!session) throw new Error("not started");
  return (await retrieveOne(session, HOST, ["name"], signal)).get("name")?.text;
}

/** A call that must not be made twice. */
function destroy(): Promise<unknown> {
  if (!session) throw new Error("not started");
  return session.call(() => ({ on: HOST, method: "Destroy_Task", repeatable: false }), new AbortController().signal);
}

describe("a session", () => {
  it("logs in with the first call, in the API's version, and out at the end", async () => {
    const { seen } = await start({ RetrievePropertiesEx: () => NAME });
    expect(seen).toEqual([]);
    expect(await Promise.all([hostName(), hostName()])).toEqual(["esx-01", "esx-01"]);
    await session?.close();
    expect(seen.map(({ method, version, cookie }) => [method, version, cookie])).toEqual([
      ["RetrieveServiceContent", "urn:vim25/6.7", undefined],
      ["Login", "urn:vim25/7.0.2.0", undefined],
      ["RetrievePropertiesEx", "urn:vim25/7.0.2.0", 'vmware_soap_session="session-1"'],
      ["RetrievePropertiesEx", "urn:vim25/7.0.2.0", 'vmware_soap_session="session-1"'],
      ["Logout", "urn:vim25/7.0.2.0", 'vmware_soap_session="session-1"'],
    ]);
    expect(seen[1]?.call.children.map(({ name, text }) => [name, text])).toEqual([
      ["_this", "SessionManager"],
      ["userName", "rig"],
      ["password", PASSWORD],
      ["locale", "en_US"],
    ]);
  });

  it("that nobody needed talks to nobody", async () => {
    const { seen } = await start({});
    await session?.close();
    expect(seen).toEqual([]);
  });

  it("that has expired is renewed once for all that find it so", async () => {
    const fake = await start({
      RetrievePropertiesEx: ({ cookie }) =>
        cookie?.includes("session-2") ? NAME : soapFault("NotAuthenticated", "The session is not authenticated."),
    });
    expect(await Promise.all(Array.from({ length: 8 }, () => hostName()))).toEqual(Array(8).fill("esx-01"));
    expect(fake.count("Login")).toBe(2);
  });

  it("that expires again at once is an error", async () => {
    const fake = await start({ RetrievePropertiesEx: () => soapFault("NotAuthenticated", "The session is not authenticated.") });
    await expect(hostName()).rejects.toThrow("the session has ended, and a new one was not accepted either");
    expect(fake.count("Login")).toBe(2);
  });

  it("tries a wrong password once, however many calls wait for it", async () => {
    const fake = await start({ Login: () => soapFault("InvalidLogin", `Cannot complete login of ${"s3cret-pa&lt;&amp;&gt;ss"}.`) });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => hostName()));
    expect(tries.every(({ status }) => status === "rejected")).toBe(true);
    await expect(hostName()).rejects.toThrow(
      "vCenter refused the log-in: the user name or the password is wrong; check user and password (InvalidLogin)",
    );
    expect(fake.count("Login")).toBe(1);
  });

  it("is kept alive while nothing is asked", async () => {
    const fake = await start(
      { RetrievePropertiesEx: () => NAME, CurrentTime: () => "<returnval>2026-11-23T10:00:00Z</returnval>" },
      { keepAlive: 20 },
    );
    await hostName();
    while (fake.count("CurrentTime") < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(fake.count("Login")).toBe(1);
  });

  it("refuses a vCenter that is too old", async () => {
    await start({ RetrieveServiceContent: () => "<returnval><about><apiVersion>6.7.3</apiVersion></about></returnval>" });
    await expect(hostName()).rejects.toThrow("vCenter speaks version 6.7.3 of its API; expected 7.0 or newer");
  });
});

describe("trouble on the way", () => {
  it.each<[string, Answer]>([
    ["HTTP 503", { status: 503, body: "<html>" }],
    ["HTTP 502", { status: 502, body: "" }],
    ["a broken connection", HANG_UP],
  ])("is tried again where that is safe: %s", async (_, trouble) => {
    const fake = await start({ RetrievePropertiesEx: (_seen, nth) => (nth < 3 ? trouble : NAME) });
    expect(await hostName()).toBe("esx-01");
    expect(fake.count("RetrievePropertiesEx")).toBe(3);
  });

  it.each<[string, Answer, number]>([
    ["HTTP 502", { status: 502, body: "" }, 1],
    ["a broken connection", HANG_UP, 1],
    // Says that it was not taken in.
    ["HTTP 503", { status: 503, body: "" }, 5],
  ])("is not where it may have been done: %s", async (_, trouble, times) => {
    const fake = await start({ Destroy_Task: () => trouble });
    await expect(destroy()).rejects.toBeInstanceOf(VsphereError);
    expect(fake.count("Destroy_Task")).toBe(times);
  });

  it("says what a proxy's or another server's answer is", async () => {
    await start({ RetrieveServiceContent: () => ({ status: 404, body: "<html>" }) });
    await expect(hostName()).rejects.toThrow("the server answered HTTP 404 where vCenter's API should be; is vsphere_server a vCenter?");
  });

  it("says so when nobody listens", async () => {
    const fake = await start({});
    await fake.stop();
    vcenter = undefined;
    await expect(hostName()).rejects.toThrow(`${fake.server} refused the connection (ECONNREFUSED); is it running, and the port right?`);
  });

  it("gives up after the time that a call may take", async () => {
    const fake = await start({ RetrievePropertiesEx: () => NEVER }, { timeout: 300 });
    await expect(hostName()).rejects.toThrow(`${fake.server} did not answer within 0.3 s; raise api_timeout if it is that slow`);
    expect(fake.count("RetrievePropertiesEx")).toBe(1);
  });

  it("ends at once when the user gives up", async () => {
    const fake = await start({ RetrievePropertiesEx: () => NEVER });
    const user = new AbortController();
    const name = hostName(user.signal);
    while (fake.count("RetrievePropertiesEx") === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    user.abort(new Error("interrupted"));
    await expect(name).rejects.toThrow("interrupted");
  });
});

describe("a certificate", () => {
  const { NODE_EXTRA_CA_CERTS } = process.env;
  afterEach(() => {
    if (NODE_EXTRA_CA_CERTS === undefined) delete process.env["NODE_EXTRA_CA_CERTS"];
    else process.env["NODE_EXTRA_CA_CERTS"] = NODE_EXTRA_CA_CERTS;
  });

  it("that nobody trusts is refused, and nothing is sent", async () => {
    const fake = await start({}, { allowUnverifiedSsl: false });
    await expect(hostName()).rejects.toThrow(`the certificate of ${fake.server} is not trusted`);
    expect(fake.seen).toEqual([]);
  });

  it("of an authority that the environment names is accepted", async () => {
    process.env["NODE_EXTRA_CA_CERTS"] = join(__dirname, "../data/vsphere/certificate.pem");
    await start({ RetrievePropertiesEx: () => NAME }, { allowUnverifiedSsl: false });
    expect(await hostName()).toBe("esx-01");
  });
});

describe("a fault", () => {
  it.each([
    [
      soapFault("ManagedObjectNotFound", "The object has already been deleted", '<obj type="HostSystem">host-99</obj>'),
      "there is no HostSystem host-99; was it removed, or is it another vCenter's? (ManagedObjectNotFound)",
    ],
    [
      soapFault(
        "NoPermission",
        "Permission denied",
        '<object type="HostSystem">host-21</object><privilegeId>Host.Config.PciPassthru</privilegeId>',
      ),
      "the user lacks the privilege Host.Config.PciPassthru on HostSystem host-21; give it a role that has it (NoPermission)",
    ],
    [
      soapFault(
        "PlatformConfigFault",
        "An error occurred.\n",
        `<faultCause><fault xsi:type="InvalidState"/><localizedMessage>Busy\u0085</localizedMessage></faultCause>
         <faultMessage><key>k</key><message>Device in use</message></faultMessage>`,
      ),
      "An error occurred. Device in use Busy (PlatformConfigFault)",
    ],
    [soapFault("Strange", `\u009b31m${"x".repeat(5000)}`), `: \ufffd31m${"x".repeat(476)} … ${"x".repeat(320)} (Strange)`],
    [soapFault("Silent", ""), "PropertyCollector propertyCollector: Silent"],
    [soapFault("Echo", "s3cret-pa&lt;&amp;&gt;ss and session-1"), "(secret) and (secret) (Echo)"],
  ])("says what vCenter said, and what to do: %#", async (answer, message) => {
    await start({ RetrievePropertiesEx: () => answer });
    const found = await hostName().catch((error: unknown) => error as Error);
    expect(found).toBeInstanceOf(VsphereError);
    expect((found as Error).message).toContain("vCenter refused RetrievePropertiesEx on PropertyCollector propertyCollector");
    expect((found as Error).message).toContain(message);
  });

  it("of a property alone comes where that property is asked for", async () => {
    const fault = '<fault xsi:type="NoPermission"><privilegeId>System.Read</privilegeId></fault>';
    const missing = `<missingSet><path>name</path><fault>${fault}<localizedMessage/></fault></missingSet>`;
    await start({ RetrievePropertiesEx: () => `<returnval><objects><obj type="HostSystem">host-21</obj>${missing}</objects></returnval>` });
    await expect(hostName()).rejects.toThrow("vCenter refused name of HostSystem host-21: the user lacks the privilege System.Read");
  });
});

it("properties that come in pages are all read", async () => {
  const page = (id: string, token: string): string =>
    `<returnval>${token}<objects><obj type="VirtualMachine">${id}</obj></objects></returnval>`;
  const fake = await start({
    RetrievePropertiesEx: () => page("vm-1", "<token>1</token>"),
    ContinueRetrievePropertiesEx: (_seen, nth) => page(`vm-${nth + 1}`, nth === 1 ? "<token>2</token>" : ""),
  });
  if (!session) throw new Error("not started");
  const found = await retrieve(
    session,
    { from: HOST, properties: { VirtualMachine: ["name"] }, along: "vm" },
    new AbortController().signal,
  );
  expect(found.map(({ reference }) => reference.id)).toEqual(["vm-1", "vm-2", "vm-3"]);
  expect(fake.count("ContinueRetrievePropertiesEx")).toBe(2);
});

it("whatever is answered, it ends in a value or in an error for the user", async () => {
  const fragments = fc.array(
    fc.constantFrom(
      "<returnval>",
      "</returnval>",
      "<objects>",
      "</objects>",
      '<obj type="HostSystem">host-21</obj>',
      "<propSet>",
      "</propSet>",
      "<name>name</name>",
      "<val/>",
      "x",
    ),
  );
  const bodies = fc.oneof(
    fc.string(),
    fragments.map((parts) => soapEnvelope(`<RetrievePropertiesExResponse>${parts.join("")}</RetrievePropertiesExResponse>`)),
    fragments.map((parts) => soapEnvelope(`<Fault><detail>${parts.join("")}</detail></Fault>`)),
  );
  let body = "";
  await start({ RetrievePropertiesEx: () => ({ status: 200, body }) });
  for (const next of fc.sample(bodies, { numRuns: 200, seed: 1 })) {
    body = next;
    const found = await hostName().catch((error: unknown) => error);
    if (typeof found !== "string" && found !== undefined) expect(found).toBeInstanceOf(VsphereError);
  }
});

describe("a server's name", () => {
  it.each([
    ["vc.lab", { host: "vc.lab", port: 443 }],
    ["vc.lab:8443", { host: "vc.lab", port: 8443 }],
    ["[::1]:8443", { host: "::1", port: 8443 }],
    ["192.0.2.1", { host: "192.0.2.1", port: 443 }],
  ])("is read: %s", (server, address) => expect(serverAddress(server)).toEqual(address));

  it.each(["", "http://vc.lab", "https://vc.lab/sdk", "user:password@vc.lab", "vc.lab:99999", "vc lab", "::1"])(
    "is refused: %j",
    (server) => {
      expect(isServer(server)).toBe(false);
      expect(() => serverAddress(server)).toThrow(RangeError);
    },
  );
});
