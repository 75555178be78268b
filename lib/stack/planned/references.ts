import { Data, isList, isMap } from "../data";
import { SyntaxMistake } from "../expression/lexer";
import { Step } from "../expression/syntax";
import { Templates } from "../resolve/evaluate-data";

/** What an expression refers to: `root` is `var`, `module`, `data`, `each`, `count`, or a resource's type. */
export interface Reference {
  readonly root: string;
  readonly steps: readonly Step[];
}

/** Reads the references of a plan's `configuration`, each text once. */
export class References {
  private readonly templates = new Templates();

  /** Those of one expression. Terraform lists each with all its beginnings after it, which say nothing more. */
  of(expression: Data | undefined): readonly Reference[] {
    const texts = isMap(expression) ? expression["references"] : expression;
    if (!isList(texts)) return [];
    const whole: string[] = [];
    for (const text of texts) {
      if (typeof text === "string" && !beginsWith(whole.at(-1) ?? "", text)) whole.push(text);
    }
    return whole.flatMap((text) => this.parse(text) ?? []);
  }

  /** Those of every expression inside some data. */
  inside(data: Data | undefined): readonly Reference[] {
    if (isList(data)) return data.flatMap((each) => this.inside(each));
    if (!isMap(data)) return [];
    return isReferences(data) ? this.of(data) : Object.keys(data).flatMap((key) => this.inside(data[key]));
  }

  /** An address or a reference; undefined where it is none. */
  parse(text: string): Reference | undefined {
    const expression = this.templates.parse(`\${${text}}`);
    return expression instanceof SyntaxMistake || expression.kind !== "traversal" ? undefined : expression;
  }
}

export function isReferences(data: Data | undefined): boolean {
  return isMap(data) && isList(data["references"]);
}

/** The names of the first steps; empty where one is an index. */
export function namesOf({ steps }: Reference): readonly string[] {
  return steps.map((step) => (step.kind === "attribute" ? step.name : ""));
}

/** The key that a step selects an instance by. */
export function keyOf(step: Step | undefined): string | number | undefined {
  if (step?.kind !== "index" || step.index.kind !== "literal") return undefined;
  const { value } = step.index;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function beginsWith(text: string, beginning: string): boolean {
  return text.startsWith(beginning) && (text.length === beginning.length || ".[".includes(text[beginning.length]!));
}
