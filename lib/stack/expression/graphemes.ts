const ASCII = /^[\0-\x7f]*$/;

/**
 * The letters of a text as a reader sees them: an accent belongs to what it stands on (Unicode Standard Annex 29). Terraform counts
 * these, and an end of line of two characters as one.
 */
export function graphemes(text: string): readonly string[] {
  if (ASCII.test(text)) return text.includes("\r\n") ? text.split(/(\r\n)|(?=[^])/).filter((each) => each) : [...text];
  return Array.from(segmenter().segment(text), ({ segment }) => segment);
}

// eslint-disable-next-line no-restricted-globals -- where a letter ends is the same in every language: no locale decides it
const { Segmenter } = Intl;

let made: Intl.Segmenter | undefined;

/** Made once, and only for texts that need it. */
function segmenter(): Intl.Segmenter {
  return (made ??= new Segmenter("en", { granularity: "grapheme" }));
}
