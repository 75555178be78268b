import { readFileSync } from "node:fs";
import { IncomingMessage, Server as HttpServer } from "node:http";
import { createServer } from "node:https";
import { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Allowance, XmlElement, XmlReader } from "../../lib/vsphere/xml";

const [key = "", cert = ""] = ["key.pem", "certificate.pem"].map((file) => readFileSync(join(__dirname, "../data/vsphere", file), "utf8"));
const IDENTITY = { key, cert };

/** A request as it came in. */
export interface Seen {
  readonly method: string;
  readonly call: XmlElement;
  readonly cookie: string | undefined;
  readonly version: string | undefined;
}

/** The connection ends without an answer. */
export const HANG_UP = Symbol("hang up");
/** The connection stays, and nothing comes. */
export const NEVER = Symbol("never");

/** Written as fast as it is read, by a server of its own mind. */
export interface Stream {
  readonly headers?: Readonly<Record<string, string>>;
  readonly parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
}

/** What is answered: the inside of the response element; or a whole answer; or none. */
export type Answer =
  | string
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | Stream
  | typeof HANG_UP
  | typeof NEVER;

interface Response {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Answers = Readonly<Record<string, (seen: Seen, nth: number) => Answer | Promise<Answer>>>;

const CONTENT = `<returnval><about><apiVersion>8.0.2.0</apiVersion></about>
  <propertyCollector type="PropertyCollector">propertyCollector</propertyCollector>
  <sessionManager type="SessionManager">SessionManager</sessionManager>
  <searchIndex type="SearchIndex">SearchIndex</searchIndex></returnval>`;

const USUAL: Answers = {
  RetrieveServiceContent: () => CONTENT,
  Login: () => '<returnval xsi:type="UserSession"><key>52b5</key></returnval>',
  Logout: () => "",
};

/** A server on HTTPS that answers SOAP calls with samples. */
export class FakeVcenter {
  readonly seen: Seen[] = [];
  private logins = 0;

  private constructor(
    private readonly listener: HttpServer,
    /** As `vsphere_server` names it. */
    readonly server: string,
  ) {}

  static async start(answers: Answers = {}, identity: { readonly key: string; readonly cert: string } = IDENTITY): Promise<FakeVcenter> {
    const listener = createServer(identity);
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const fake = new FakeVcenter(listener, `127.0.0.1:${(listener.address() as AddressInfo).port}`);
    listener.on("request", (request, response) => {
      void readAll(request).then(async (body) => {
        const answer = await fake.answer(request, body, { ...USUAL, ...answers });
        if (answer === NEVER) return;
        if (answer === HANG_UP) return void request.socket.destroy();
        if ("parts" in answer)
          return void pipeline(Readable.from(answer.parts), response.writeHead(200, answer.headers)).catch(() => undefined);
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    return fake;
  }

  /** How often a method was called. */
  count(method: string): number {
    return this.seen.filter((seen) => seen.method === method).length;
  }

  async stop(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private async answer(
    { headers }: IncomingMessage,
    body: string,
    answers: Answers,
  ): Promise<Response | Stream | typeof NEVER | typeof HANG_UP> {
    const call = parseXml(body).children[0]?.children[0];
    if (!call) throw new Error("no call");
    const seen: Seen = { method: call.name, call, cookie: headers.cookie, version: headers["soapaction"] as string | undefined };
    this.seen.push(seen);
    const answer = await (answers[call.name] ?? (() => soapFault("InvalidRequest", `no sample for ${call.name}`)))(
      seen,
      this.count(call.name),
    );
    if (answer === NEVER || answer === HANG_UP) return answer;
    if (typeof answer !== "string") return { headers: {}, ...answer };
    const session =
      call.name === "Login" ? { "Set-Cookie": `vmware_soap_session="session-${++this.logins}"; Path=/; HttpOnly; Secure` } : {};
    return {
      status: 200,
      body: soapEnvelope(`<${call.name}Response xmlns="urn:vim25">${answer}</${call.name}Response>`),
      headers: session,
    };
  }
}

export function soapEnvelope(content: string): string {
  const spaces = 'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope ${spaces}><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
}

export function soapFault(type: string, message: string, inside = ""): { status: number; body: string } {
  const detail = `<${type}Fault xmlns="urn:vim25" xsi:type="${type}">${inside}</${type}Fault>`;
  const fault = `<faultcode>ServerFaultCode</faultcode><faultstring>${message}</faultstring><detail>${detail}</detail>`;
  return { status: 500, body: soapEnvelope(`<soapenv:Fault>${fault}</soapenv:Fault>`) };
}

/** An answer of the property collector's. */
export function objects(
  ...found: readonly { readonly type: string; readonly id: string; readonly properties: Readonly<Record<string, string>> }[]
): string {
  const elements = found.map(({ type, id, properties }) => {
    const sets = Object.entries(properties).map(([name, value]) => `<propSet><name>${name}</name>${value}</propSet>`);
    return `<objects><obj type="${type}">${id}</obj>${sets.join("")}</objects>`;
  });
  return `<returnval>${elements.join("")}</returnval>`;
}

/** A property's value of that type. */
export function val(type: string, content: string): string {
  return `<val xsi:type="${type}">${content}</val>`;
}

/** A whole document's root. */
export function parseXml(text: string): XmlElement {
  const reader = new XmlReader(new Allowance());
  reader.write(text);
  return reader.end();
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
