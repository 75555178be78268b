const LONGEST = 1000;

/** Text of the server's as it may stand in a message: no control characters, no secret, not too long. */
export function cleanText(text: string, secrets: readonly string[] = []): string {
  const open = secrets.filter((secret) => secret !== "").reduce((kept, secret) => kept.replaceAll(secret, "(secret)"), text);
  // A terminal obeys control characters, the C1 set among them, and the marks that turn the direction of writing.
  const plain = open.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, " ").trim();
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST)} …`;
}
