import { cleanText } from "./clean-text";
import { MalformedAnswer } from "./errors";
import { Reference } from "./reference";
import { XmlElement } from "./xml";

/** The children of that name, in order. */
export function children(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** @throws MalformedAnswer where there are several: nobody could say which is meant */
export function optionalChild(parent: XmlElement, name: string): XmlElement | undefined {
  const [found, another] = children(parent, name);
  if (another) throw new MalformedAnswer(`<${parent.name}> has more than one <${name}>`);
  return found;
}

/** @throws MalformedAnswer where there is none */
export function child(parent: XmlElement, name: string): XmlElement {
  const found = optionalChild(parent, name);
  if (!found) throw new MalformedAnswer(`<${parent.name}> has no <${name}>`);
  return found;
}

export function text(parent: XmlElement, name: string): string {
  return textOf(child(parent, name));
}

export function optionalText(parent: XmlElement, name: string): string | undefined {
  const found = optionalChild(parent, name);
  return found && textOf(found);
}

export function boolean(parent: XmlElement, name: string): boolean {
  return booleanOf(child(parent, name));
}

export function optionalBoolean(parent: XmlElement, name: string): boolean | undefined {
  const found = optionalChild(parent, name);
  return found && booleanOf(found);
}

export function integer(parent: XmlElement, name: string): number {
  return integerOf(child(parent, name));
}

export function optionalInteger(parent: XmlElement, name: string): number | undefined {
  const found = optionalChild(parent, name);
  return found && integerOf(found);
}

/** @throws MalformedAnswer where it has elements inside */
export function textOf(element: XmlElement): string {
  if (element.children.length > 0) throw new MalformedAnswer(`<${element.name}> has elements inside; expected text`);
  return element.text;
}

export function booleanOf(element: XmlElement): boolean {
  const found = textOf(element).trim();
  if (found === "true" || found === "1") return true;
  if (found === "false" || found === "0") return false;
  throw unexpected(element, found, "true or false");
}

export function integerOf(element: XmlElement): number {
  const found = textOf(element).trim();
  const number = /^[+-]?\d+$/.test(found) ? Number(found) : NaN;
  if (!Number.isSafeInteger(number)) throw unexpected(element, found, "a whole number");
  return number;
}

/** A managed object reference: its type is an attribute, its id the text. */
export function referenceOf(element: XmlElement): Reference {
  const id = textOf(element).trim();
  if (element.objectType === undefined || id === "") throw unexpected(element, id, "a reference with its type");
  return { type: element.objectType, id };
}

function unexpected({ name }: XmlElement, found: string, expected: string): MalformedAnswer {
  return new MalformedAnswer(`<${name}> is "${cleanText(found, 80)}"; expected ${expected}`);
}
