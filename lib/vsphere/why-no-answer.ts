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
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: "shows a certificate for another name",
    fix: "give vsphere_server the name that its certificate has, or set allow_unverified_ssl",
    mayHaveArrived: false,
    passing: false,
  },
};

const UNTRUSTED = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_UNTRUSTED",
]);

/** What a failed request means to the user. `timeout` in milliseconds where that is why it failed. */
export function whyNoAnswer(error: NodeJS.ErrnoException, server: string, timeout?: number): ConnectionError {
  if (timeout !== undefined) {
    const message = `${server} did not answer within ${timeout / 1000} s; raise api_timeout if it is that slow`;
    return new ConnectionError(message, true, false);
  }
  const code = error.code ?? "";
  if (UNTRUSTED.has(code)) {
    const fix = "add its authority to the system's certificates (or name a file of it in NODE_EXTRA_CA_CERTS), or set allow_unverified_ssl";
    return new ConnectionError(`the certificate of ${server} is not trusted (${code}); ${fix}`, false, false);
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
