import { ServerCredentials } from "@grpc/grpc-js";
import { X509Certificate } from "node:crypto";
import { selfSignedCertificate } from "./certificate";

type Environment = Readonly<Record<string, string | undefined>>;

/** What Terraform sets so that nobody takes a provider for a program of its own. No secret. */
const COOKIE = ["TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"] as const;

/** Why this process can't serve, in one line for the user; undefined where it can. */
export function refusal(environment: Environment, name: string): string | undefined {
  if (environment[COOKIE[0]] !== COOKIE[1]) return `${name} is a plugin of Terraform, which starts it by itself: run terraform init`;
  const versions = (environment["PLUGIN_PROTOCOL_VERSIONS"] ?? "6").split(",");
  return versions.includes("6")
    ? undefined
    : `${name} speaks plugin protocol 6, and this Terraform only ${versions.join(", ")}: use 1.0 or newer`;
}

export interface Identity {
  readonly credentials: ServerCredentials;
  /** The certificate as the handshake tells it: DER in base64 without padding, which Go does not take. Empty without TLS. */
  readonly certificate: string;
}

/**
 * Both sides show a certificate made for this run, and accept no other. Without a certificate of Terraform's the connection is
 * plain: a Terraform that is being debugged, or TF_DISABLE_PLUGIN_TLS.
 */
export function identity(environment: Environment): Identity {
  const clientCertificate = environment["PLUGIN_CLIENT_CERT"];
  if (!clientCertificate) return { credentials: ServerCredentials.createInsecure(), certificate: "" };
  const trusted = new X509Certificate(clientCertificate).toString();
  const { der, pem, privateKey } = selfSignedCertificate(new Date());
  const pair = { private_key: Buffer.from(privateKey), cert_chain: Buffer.from(pem) };
  return {
    credentials: ServerCredentials.createSsl(Buffer.from(trusted), [pair], true),
    certificate: der.toString("base64").replace(/=+$/, ""),
  };
}

/** Core protocol 1, plugin protocol 6. */
export function handshakeLine(port: number, certificate: string): string {
  return `1|6|tcp|127.0.0.1:${port}|grpc|${certificate}\n`;
}
