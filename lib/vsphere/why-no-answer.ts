import { ConnectionError } from "./errors";

interface Reason {
  readonly what: string;
  readonly fix: string;
  readonly mayHaveArrived: boolean;
  readonly passing: boolean;
}

const BEFORE_SENT = { mayHaveArrived: false, passing: true };

const REASONS: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: { what: "refused the connection", fix: "is it running, and the port right?", ...BEFORE_SENT },
  EHOSTUNREACH: { what: "can't be reached", fix: "check the network between", ...BEFORE_SENT },
  ENETUNREACH: { what: "can't be reached", fix: "check the network between", ...BEFORE_SENT },
  EAI_AGAIN: { what: "can't be looked up for now", fix: "check the name service", ...BEFORE_SENT },
  ENOTFOUND: { what: "is not a known host name", fix: "check vsphere_server", mayHaveArrived: false, passing: false },
  ECONNRESET: { what: "broke the connection off", fix: "try again", mayHaveArrived: true, passing: true },
  EPIPE: { what: "broke the connection off", fix: "try again", mayHaveArrived: true, passing: true },
  EPROTO: { what: "does not speak TLS there", fix: "is the port vCenter's HTTPS port?", mayHaveArrived: false, passing: false },
};

const SKIP = "set allow_unverified_ssl";
const UNKNOWN_AUTHORITY = "add its authority to the system's certificates (or name a file of it in NODE_EXTRA_CA_CERTS)";

/** By OpenSSL's code (its manual, openssl-verification-options): what is wrong with a certificate, or one that it rests on. */
const CERTIFICATES: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: ["is for another name", "give vsphere_server the name that its certificate has"],
  HOSTNAME_MISMATCH: ["is for another name", "give vsphere_server the name that its certificate has"],
  CERT_HAS_EXPIRED: ["has expired, or its authority's has", "renew it, or set this machine's clock if that is wrong"],
  CERT_NOT_YET_VALID: [
    "is not valid yet, or its authority's is not",
    "set the clocks of this machine and of vCenter: one of them is wrong",
  ],
  CERT_REVOKED: ["was revoked", "replace it"],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "is not trusted: it is signed by itself",
    "add it to the system's certificates (or name a file of it in NODE_EXTRA_CA_CERTS)",
  ],
  SELF_SIGNED_CERT_IN_CHAIN: ["is not trusted: nobody here knows its authority", UNKNOWN_AUTHORITY],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["is not trusted: nobody here knows its authority", UNKNOWN_AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT: ["is not trusted: nobody here knows its authority", UNKNOWN_AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["is not trusted: nobody here knows its authority", UNKNOWN_AUTHORITY],
  CERT_UNTRUSTED: ["is not trusted", UNKNOWN_AUTHORITY],
};

/** Codes of a certificate's that need no words of their own. */
const OF_A_CERTIFICATE = /^(?:CERT_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|ERROR_IN_CERT_|UNABLE_TO_|(?:EE|CA)_|CRL_)/;

/** What a failed request means to the user. `timeout` in milliseconds where that is why it failed. */
export function whyNoAnswer(error: NodeJS.ErrnoException, server: string, timeout?: number): ConnectionError {
  if (timeout !== undefined) {
    const message = `${server} did not answer within ${timeout / 1000} s; raise api_timeout if it is that slow`;
    return new ConnectionError(message, true, false);
  }
  const code = error.code ?? "";
  const certificate = CERTIFICATES[code] ?? (OF_A_CERTIFICATE.test(code) ? ["is not trusted", "replace it"] : undefined);
  if (certificate) {
    const [what, fix] = certificate;
    return new ConnectionError(`the certificate of ${server} ${what} (${code}); ${fix}, or ${SKIP}`, false, false);
  }
  const reason = REASONS[code] ?? {
    what: "can't be talked to",
    fix: "check vsphere_server and the network",
    mayHaveArrived: true,
    passing: false,
  };
  const name = code === "" ? "" : ` (${code})`;
  return new ConnectionError(`${server} ${reason.what}${name}; ${reason.fix}`, reason.mayHaveArrived, reason.passing);
}
