import { DynamicRequest, parsePciId, PciId } from "../model";
import { RequestText } from "../schema";
import { Context } from "./context";

/** The `device` blocks of a template or a planned VM, and a running VM's `requests`. */
export function requestsOf(texts: readonly RequestText[], context: Context): DynamicRequest[] {
  return texts.map((text) => {
    const { allowed, label } = text;
    if (allowed === undefined && !label) {
      context.mistake(text, undefined, 'a device request that says nothing: expected "allowed" with ids such as "10de:20f1", or a "label"');
    }
    const ids = (allowed ?? []).flatMap((id, index) => pciId(id, allowed!, index, context) ?? []);
    return { kind: "dynamic", allowed: ids, ...(label ? { label } : {}) };
  });
}

/** Vendors whose decimal number reads as a hexadecimal one too (semantics, M9). */
const DECIMAL_VENDORS: Readonly<Record<string, string>> = { "4318": "10de", "4098": "1002", "5555": "15b3" };

export function pciId(text: string, container: object, key: string | number, context: Context): PciId | undefined {
  const vendor = text.split(":")[0]!;
  const id = parsePciId(text);
  if (Object.hasOwn(DECIMAL_VENDORS, vendor)) {
    context.mistake(container, key, `"${text}" looks decimal: expected hexadecimal, and ${vendor} is 0x${DECIMAL_VENDORS[vendor]}`);
  } else if (!id) context.mistake(container, key, `"${text}" is no PCI id: expected hexadecimal vendor:device such as "10de:20f1"`);
  return id;
}
