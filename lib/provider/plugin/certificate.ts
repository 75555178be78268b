import * as asn1 from "asn1js";
import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";

export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
}

/**
 * A new key and a certificate for it that it signs itself, for this one process: the key is never written anywhere. Terraform
 * trusts exactly the certificate that the handshake tells.
 *
 * Put together from asn1js and node:crypto, because a library for whole certificates (@peculiar/x509, 60 ms to load) would add
 * half to the time of every start, and Terraform starts a provider four times an apply.
 */
export function selfSignedCertificate(now: Date): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "prime256v1",
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const algorithm = sequence(oid("1.2.840.10045.4.3.2")); // ecdsa-with-SHA256
  const toBeSigned = sequence(
    explicit(0, new asn1.Integer({ value: 2 })), // version 3
    new asn1.Integer({ valueHex: Buffer.concat([Buffer.of(1), randomBytes(15)]) }),
    algorithm,
    NAME,
    sequence(new asn1.UTCTime({ valueDate: shifted(now, -1) }), new asn1.UTCTime({ valueDate: shifted(now, 30) })),
    NAME,
    asn1.fromBER(publicKey).result,
    explicit(3, sequence(...EXTENSIONS)),
  );
  const signature = sign("sha256", der(toBeSigned), createPrivateKey(privateKey));
  const certificate = der(sequence(toBeSigned, algorithm, new asn1.BitString({ valueHex: signature })));
  return { der: certificate, pem: new X509Certificate(certificate).toString(), privateKey };
}

const NAME = sequence(new asn1.Set({ value: [sequence(oid("2.5.4.3"), new asn1.Utf8String({ value: "localhost" }))] }));

const EXTENSIONS = [
  // Terraform takes it for a root: basic constraints with CA, and a key that may sign.
  critical("2.5.29.19", sequence(new asn1.Boolean({ value: true }))),
  critical("2.5.29.15", new asn1.BitString({ valueHex: Buffer.of(0b1010_0100), unusedBits: 2 })), // signature, agreement, certificates
  extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2"))), // TLS server, and client
  extension("2.5.29.17", sequence(new asn1.Primitive({ idBlock: { tagClass: 3, tagNumber: 2 }, valueHex: Buffer.from("localhost") }))),
];

function extension(id: string, value: asn1.BaseBlock): asn1.Sequence {
  return sequence(oid(id), new asn1.OctetString({ valueHex: der(value) }));
}

function critical(id: string, value: asn1.BaseBlock): asn1.Sequence {
  return sequence(oid(id), new asn1.Boolean({ value: true }), new asn1.OctetString({ valueHex: der(value) }));
}

function explicit(tagNumber: number, value: asn1.BaseBlock): asn1.Constructed {
  return new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] });
}

function sequence(...value: asn1.AsnType[]): asn1.Sequence {
  return new asn1.Sequence({ value });
}

function oid(value: string): asn1.ObjectIdentifier {
  return new asn1.ObjectIdentifier({ value });
}

function der(block: asn1.BaseBlock): Buffer {
  return Buffer.from(block.toBER());
}

function shifted(date: Date, days: number): Date {
  return new Date(date.getTime() + days * 86_400_000);
}
