import { Block } from "../configuration";
import { Data, isList, isMap } from "../data";
import { isTemplate } from "../resolve/evaluate-data";

/** Is told every text with references in it, a text that is there several times each time. */
export type Visit = (template: string, aside?: Aside) => void;

/** Terraform evaluates these apart from what the resource is, and lets them name it: many a provisioner connects to its own VM by name. */
const ASIDE = ["connection", "depends_on", "provisioner"] as const;
export type Aside = (typeof ASIDE)[number];

/** Every template in a block: in any attribute, and the bare references of `depends_on` and `replace_triggered_by` as templates. */
export function blockTemplates({ body }: Pick<Block, "body">, visit: Visit): void {
  for (const key of Object.keys(body)) {
    if (key === "//") continue;
    const aside = ASIDE.find((each) => each === key);
    const tell: Visit = (template) => visit(template, aside);
    if (key === "depends_on") bareReferences(body[key]!, tell);
    else dataTemplates(body[key]!, tell);
    if (key === "lifecycle") lifecycleReferences(body[key]!, visit);
  }
}

/** Every template in some data. */
export function dataTemplates(data: Data, visit: Visit): void {
  if (typeof data === "string") return textTemplate(data, visit);
  if (isList(data)) return data.forEach((item) => dataTemplates(item, visit));
  if (!isMap(data)) return;
  for (const key of Object.keys(data)) {
    textTemplate(key, visit);
    dataTemplates(data[key]!, visit);
  }
}

function lifecycleReferences(data: Data, visit: Visit): void {
  for (const each of isList(data) ? data : [data]) {
    if (isMap(each) && each["replace_triggered_by"] !== undefined) bareReferences(each["replace_triggered_by"], visit);
  }
}

/** `depends_on` holds references without `${…}` in JSON, with it where a parser of HCL made them. */
function bareReferences(data: Data, visit: Visit): void {
  for (const each of isList(data) ? data : [data]) {
    if (typeof each === "string") visit(isTemplate(each) ? each : `\${${each}}`);
  }
}

function textTemplate(text: string, visit: Visit): void {
  if (isTemplate(text)) visit(text);
}
