/** What an element of a vCenter answer is, read. Names are local: SOAP and vim25 share none that would need telling apart. */
export interface XmlElement {
  readonly name: string;
  /** `xsi:type` without its prefix: which of several types this is. */
  readonly type: string | undefined;
  /** The plain attribute `type`, which says what a reference refers to. */
  readonly objectType: string | undefined;
  readonly children: readonly XmlElement[];
  /** The characters between the tags, of this element alone. */
  readonly text: string;
}

/** What an element of a request is, to be written. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlNode[];
}
