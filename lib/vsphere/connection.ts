import { IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { checkServerIdentity, ConnectionOptions as TlsOptions, createSecureContext, SecureContext } from "node:tls";
import { VsphereError } from "./errors";
import { readAnswer } from "./read-answer";
import { trustedCertificates } from "./trusted-certificates";
import { whyNoAnswer } from "./why-no-answer";
import { Allowance, XmlElement } from "./xml";

/** NODE_OPTIONS could allow older ones. */
const OLDEST_TLS = "TLSv1.2";

export interface ConnectionOptions {
  /** `vc.lab` or `vc.lab:8443`. */
  readonly server: string;
  /** Accepts whatever certificate the server shows. */
  readonly allowUnverifiedSsl: boolean;
  /** How long one call may take, in milliseconds. */
  readonly timeout: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** What SOAP comes with, and nothing else is read of: 200, and 500 for a fault. */
  readonly root?: XmlElement;
  /** `name=value` of the session cookie, where the answer sets one. */
  readonly cookie?: string;
}

/** HTTPS to one vCenter: a request, its answer, connections kept. */
export class Connection {
  private readonly agent: Agent;
  private readonly host: string;
  private readonly port: number;
  private secureContext: SecureContext | undefined;

  constructor(private readonly options: ConnectionOptions) {
    ({ host: this.host, port: this.port } = serverAddress(options.server));
    this.agent = new Agent({ keepAlive: true, maxSockets: 10 });
  }

  /**
   * @throws ConnectionError where no answer comes in time
   * @throws MalformedAnswer where it is no XML of a sane size
   * @throws the signal's reason where it is aborted
   */
  async post(
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    allowance = new Allowance(),
  ): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const { server, timeout } = this.options;
    const late = AbortSignal.timeout(timeout);
    try {
      return await this.send(body, headers, AbortSignal.any([signal, late]), allowance);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof VsphereError) throw error;
      throw whyNoAnswer(error as NodeJS.ErrnoException, server, late.aborted ? timeout : undefined);
    }
  }

  get server(): string {
    return this.options.server;
  }

  close(): void {
    this.agent.destroy();
  }

  private send(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal, allowance: Allowance): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest({
        host: this.host,
        port: this.port,
        path: "/sdk",
        method: "POST",
        agent: this.agent,
        insecureHTTPParser: false,
        signal,
        // So an administrator knows our sessions in vCenter's list.
        headers: {
          ...headers,
          "User-Agent": "vsphere-passthru",
          "Content-Type": 'text/xml; charset="utf-8"',
          "Content-Length": Buffer.byteLength(body),
        },
        ...this.verification(),
      });
      request.on("error", reject);
      request.on("response", (response) => {
        answerOf(response, allowance).then(resolve, reject);
      });
      request.end(body);
    });
  }

  /** All of it said here: what is left out, Node takes from the environment, which may have switched it off. */
  private verification(): TlsOptions {
    if (this.options.allowUnverifiedSsl) return { minVersion: OLDEST_TLS, rejectUnauthorized: false };
    return { rejectUnauthorized: true, checkServerIdentity, secureContext: this.trust() };
  }

  /** Once, because some hundred authorities take a while to parse; and only where a connection is made. */
  private trust(): SecureContext {
    return (this.secureContext ??= createSecureContext({ minVersion: OLDEST_TLS, ca: [...trustedCertificates()] }));
  }
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Whether it is a host name or address, with or without a port. */
export function isServer(text: string): boolean {
  return parseServer(text) !== undefined;
}

/** @throws RangeError where it is none */
export function serverAddress(server: string): Address {
  const found = parseServer(server);
  if (!found) throw new RangeError(`${JSON.stringify(server)} is no host with or without a port`);
  return found;
}

function parseServer(text: string): Address | undefined {
  const [, bracketed, plain, port = "443"] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s/:@?#[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port) > 65535 ? undefined : { host, port: Number(port) };
}

/** Of what is no answer of vCenter's API the status says enough. */
async function answerOf(response: IncomingMessage, allowance: Allowance): Promise<HttpAnswer> {
  const { statusCode: status = 0, headers } = response;
  if (status === 200 || status === 500) {
    const root = await readAnswer(response, headers["content-type"] ?? "", allowance);
    return { status, root, ...sessionCookie(response) };
  }
  response.destroy();
  return { status };
}

function sessionCookie({ headers }: IncomingMessage): { readonly cookie?: string } {
  const set = headers["set-cookie"]?.find((cookie) => cookie.startsWith("vmware_soap_session="));
  return set === undefined ? {} : { cookie: set.split(";", 1)[0] ?? "" };
}
