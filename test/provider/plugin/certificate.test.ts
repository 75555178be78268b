import { createPrivateKey, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { selfSignedCertificate } from "../../../lib/provider/plugin/certificate";

const NOW = new Date("2026-11-23T10:00:00Z");

test("a certificate is for this machine, by its own key, from yesterday for a month", () => {
  const { der, pem, privateKey } = selfSignedCertificate(NOW);
  const certificate = new X509Certificate(der);
  expect(new X509Certificate(pem).raw.equals(der)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect([certificate.subject, certificate.subjectAltName, certificate.ca]).toEqual(["CN=localhost", "DNS:localhost", true]);
  expect([new Date(certificate.validFrom), new Date(certificate.validTo)]).toEqual([
    new Date("2026-11-22T10:00:00Z"),
    new Date("2026-12-23T10:00:00Z"),
  ]);
  // Serial numbers of certificates of one name must differ, else clients that see both refuse.
  expect(new X509Certificate(selfSignedCertificate(NOW).der).serialNumber).not.toBe(certificate.serialNumber);
});

// A signature has between 8 and 72 bytes, mostly 70 to 72: a length of the whole that is a multiple of a line's is rare.
test("OpenSSL takes every certificate, of whatever length", () => {
  const lengths = new Set<number>();
  for (let made = 0; made < 300; made++) {
    const { der, pem, privateKey } = selfSignedCertificate(NOW);
    lengths.add(der.length);
    expect(() => createSecureContext({ cert: pem, key: privateKey, ca: pem })).not.toThrow();
    expect(pem).not.toContain("\n\n");
  }
  expect(lengths.size).toBeGreaterThan(2);
});
