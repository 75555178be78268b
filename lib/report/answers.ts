import { Answer } from "../wording";
import { width, wrap } from "./lines";
import { colourOf, Look } from "./look";

/** A line for each answer: what it is about, the answer, and more words. */
export function answerLines(answers: readonly Answer[], { columns, colours }: Look): readonly string[] {
  const titles = Math.max(...answers.map(({ title }) => width(title)));
  const verdicts = Math.max(...answers.map(({ verdict }) => width(verdict)));
  return answers.flatMap(({ title, verdict, tone, text }) => {
    const indent = `  ${title.padEnd(titles)}   ${verdict.padEnd(verdicts)}   `;
    const lines = wrap(text, columns, indent, " ".repeat(width(indent))).map((line) => line.trimEnd());
    return tone === undefined ? lines : lines.map((line, i) => (i === 0 ? line.replace(verdict, colourOf(tone, colours)) : line));
  });
}
