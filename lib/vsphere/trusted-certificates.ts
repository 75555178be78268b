import { readFileSync } from "node:fs";
import { env } from "node:process";
import { rootCertificates } from "node:tls";

/** Where Linux distributions keep the authorities that their administrator trusts: the first that is there counts. */
const SYSTEM_FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The authorities that a vCenter's certificate may come from: the system's, or those of SSL_CERT_FILE in their place, which is what
 * the vSphere provider trusts (Go, crypto/x509); and those of NODE_EXTRA_CA_CERTS. Node's own where the system has none.
 */
export function trustedCertificates(): readonly string[] {
  const { NODE_EXTRA_CA_CERTS, SSL_CERT_FILE } = env;
  const system = firstOf(SSL_CERT_FILE ? [SSL_CERT_FILE] : SYSTEM_FILES);
  return [...(system.length > 0 ? system : rootCertificates), ...firstOf(NODE_EXTRA_CA_CERTS ? [NODE_EXTRA_CA_CERTS] : [])];
}

/** A file that is not there adds nothing: without it the certificate is refused, which says what to do. */
function firstOf(files: readonly string[]): readonly string[] {
  for (const file of files) {
    try {
      return [readFileSync(file, "utf8")];
    } catch {
      continue;
    }
  }
  return [];
}
