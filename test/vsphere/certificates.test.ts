import { Certificate, selfSignedCertificate } from "../../lib/provider/plugin/certificate";
import { ask } from "./ask";
import { FakeVcenter, objects, val } from "./fake-vcenter";

const NAME = {
  RetrievePropertiesEx: () => objects({ type: "HostSystem", id: "host-21", properties: { name: val("xsd:string", "esx-01") } }),
};

/** Made to be valid from a day before until thirty days after, for localhost. */
const made = (days: number): Certificate => selfSignedCertificate(new Date(new Date().getTime() + days * 86_400_000));
const GOOD = made(0);
const EXPIRED_ONE = made(-60);
const NEW_ONE = made(60);

let vcenter: FakeVcenter;
afterEach(() => vcenter.stop());

/** What one who trusts nobody but `trusted` gets to hear. */
async function asked(certificate: Certificate, name: string, trusted: Certificate, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  vcenter = await FakeVcenter.start(NAME, { key: certificate.privateKey, cert: certificate.pem });
  const server = vcenter.server.replace("127.0.0.1", name);
  const { said } = await ask(server, trusted.pem, environment);
  return said.replaceAll(server, "VCENTER");
}

const SELF_SIGNED = "the certificate of VCENTER is not trusted: it is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT); add it";
const EXPIRED = "the certificate of VCENTER has expired, or its authority's has (CERT_HAS_EXPIRED); renew it, or set this machine's clock";
const TOO_NEW = "the certificate of VCENTER is not valid yet, or its authority's is not (CERT_NOT_YET_VALID); set the clocks";
const OTHER_NAME = "the certificate of VCENTER is for another name (ERR_TLS_CERT_ALTNAME_INVALID); give vsphere_server the name";

it.each<[string, Certificate, string, Certificate, string]>([
  ["that is trusted is accepted", GOOD, "localhost", GOOD, "esx-01"],
  ["that nobody trusts", GOOD, "localhost", made(0), SELF_SIGNED],
  ["that has expired", EXPIRED_ONE, "localhost", EXPIRED_ONE, EXPIRED],
  ["that is not valid yet", NEW_ONE, "localhost", NEW_ONE, TOO_NEW],
  ["for another name", GOOD, "127.0.0.1", GOOD, OTHER_NAME],
])("a certificate %s", async (_, certificate, name, trusted, words) => {
  expect(await asked(certificate, name, trusted)).toContain(words);
});

describe("verification can't be switched off from outside", () => {
  const OFF: Readonly<Record<string, NodeJS.ProcessEnv>> = {
    NODE_TLS_REJECT_UNAUTHORIZED: { NODE_TLS_REJECT_UNAUTHORIZED: "0", VSPHERE_ALLOW_UNVERIFIED_SSL: "false" },
    NODE_OPTIONS: { NODE_OPTIONS: "--insecure-http-parser --tls-min-v1.0", NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    "NODE_TLS_REJECT_UNAUTHORIZED alone": { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  };
  it.each(Object.entries(OFF))("%s: one that nobody trusts", async (_, environment) => {
    expect(await asked(GOOD, "localhost", made(0), environment)).toContain(SELF_SIGNED);
    expect(vcenter.seen).toEqual([]);
  });

  it.each<[string, Certificate, string, string]>([
    ["that has expired", EXPIRED_ONE, "localhost", EXPIRED],
    ["that is not valid yet", NEW_ONE, "localhost", TOO_NEW],
    ["for another name", GOOD, "127.0.0.1", OTHER_NAME],
  ])("one %s", async (_, certificate, name, words) => {
    expect(await asked(certificate, name, certificate, { NODE_TLS_REJECT_UNAUTHORIZED: "0" })).toContain(words);
    expect(vcenter.seen).toEqual([]);
  });
});
