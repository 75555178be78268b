import { setImmediate as turn } from "node:timers/promises";
import { TextDecoder } from "node:util";
import { MalformedAnswer } from "./errors";
import { Allowance, XmlElement, XmlReader } from "./xml";

/**
 * The root of an answer, read as it arrives. Between two parts others have their turn: an interrupt, the time limit.
 *
 * @throws MalformedAnswer
 * @throws what the stream does where it breaks off
 */
export async function readAnswer(parts: AsyncIterable<Uint8Array>, contentType: string, allowance: Allowance): Promise<XmlElement> {
  const charset = /charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1] ?? "utf-8";
  if (charset.toLowerCase() !== "utf-8") throw new MalformedAnswer(`it is encoded as ${charset}; expected UTF-8`);
  const reader = new XmlReader(allowance);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const part of parts) {
    allowance.takeBytes(part.length);
    reader.write(decoded(decoder, part));
    await turn();
  }
  reader.write(decoded(decoder));
  return reader.end();
}

/** A character can be split over two parts; without a part, none may be left over. */
function decoded(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return decoder.decode(part, { stream: part !== undefined });
  } catch {
    throw new MalformedAnswer("it is not UTF-8");
  }
}
