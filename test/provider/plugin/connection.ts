import { ChannelCredentials, Client, credentials, ServiceError } from "@grpc/grpc-js";
import { decode, encode } from "@msgpack/msgpack";
import { ChildProcess, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Certificate, selfSignedCertificate } from "../../../lib/provider/plugin/certificate";
import { codecOf, Message, MessageName } from "../../../lib/provider/plugin/messages";
import type { Method, Request, Response } from "../../../lib/provider/plugin/methods";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** Nothing here takes that long; a call without a deadline would hang a test for ever. */
const TOO_LONG_MS = 10_000;

export const terraformEnvironment = (certificate?: Certificate): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  TF_PLUGIN_MAGIC_COOKIE: COOKIE,
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
  ...(certificate && { PLUGIN_CLIENT_CERT: certificate.pem }),
});

/** A provider's process and a client of it, as Terraform has them. */
export class Connection {
  static async start(provider: string): Promise<Connection> {
    const certificate = selfSignedCertificate(new Date());
    const process = spawn(provider, { env: terraformEnvironment(certificate) });
    const line = await firstLine(process);
    const [core, protocol, network, address, kind, server] = line.split("|");
    expect([core, protocol, network, kind]).toEqual(["1", "6", "tcp", "grpc"]);
    expect(server).toMatch(/^[A-Za-z0-9+/]+$/);
    return new Connection(process, address!, certificate, server!);
  }

  private readonly client: Client;
  private readonly standardError: string[] = [];

  private constructor(
    readonly process: ChildProcess,
    readonly address: string,
    certificate: Certificate,
    readonly serverCertificate: string,
  ) {
    this.client = this.clientWith(this.tls(certificate));
    process.stderr!.on("data", (part: Buffer) => this.standardError.push(part.toString()));
  }

  /** Trusts the server's certificate only, and shows this one. */
  tls(certificate?: Certificate): ChannelCredentials {
    const server = Buffer.from(new X509Certificate(Buffer.from(this.serverCertificate, "base64")).toString());
    return certificate
      ? credentials.createSsl(server, Buffer.from(certificate.privateKey), Buffer.from(certificate.pem))
      : credentials.createSsl(server);
  }

  clientWith(channel: ChannelCredentials): Client {
    return new Client(this.address, channel, {
      "grpc.ssl_target_name_override": "localhost",
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
  }

  call<M extends Method>(method: M, request: Request<M>): Promise<Response<M>> {
    // A method's messages belong together, which TypeScript can't follow.
    const names = [`${method}.Request`, `${method}.Response`] as unknown as [MessageName, MessageName];
    return this.unary(`/tfplugin6.Provider/${method}`, names, request);
  }

  unary(path: string, [request, response]: [MessageName, MessageName], message: Message<MessageName>, client = this.client) {
    return new Promise<Message<MessageName>>((resolve, reject) => {
      const done = (error: ServiceError | null, value?: Message<MessageName>) => (error ? reject(error) : resolve(value!));
      client.makeUnaryRequest(
        path,
        codecOf(request).encode,
        codecOf(response).decode,
        message,
        { deadline: new Date(new Date().getTime() + TOO_LONG_MS) },
        done,
      );
    });
  }

  get log(): string {
    return this.standardError.join("");
  }

  async end(): Promise<void> {
    this.client.close();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }
}

function firstLine(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface(process.stdout!).once("line", resolve);
    process.once("exit", (code) => reject(new Error(`the provider ended with ${code} before its handshake`)));
  });
}

/** What Terraform sends for a value: MessagePack, in which whole numbers are integers of the least size. */
export function dynamic(value: unknown): Message<"DynamicValue"> {
  return { msgpack: encode(value, { useBigInt64: true }) };
}

export function plain(value: Message<"DynamicValue"> | undefined): unknown {
  return value?.msgpack && decode(value.msgpack);
}
