import { Block } from "../configuration";
import { Data, isList, isMap } from "../data";
import { SyntaxMistake } from "../expression/lexer";
import { forEachReference, Visit } from "../expression/references";
import { isTemplate, Templates } from "../resolve/evaluate-data";

/** Every reference in a block: in any attribute, and the bare ones of `depends_on` and `replace_triggered_by`. */
export function blockReferences({ body }: Block, templates: Templates, visit: Visit): void {
  for (const key of Object.keys(body)) {
    if (key === "//") continue;
    if (key === "depends_on") bareReferences(body[key]!, templates, visit);
    else dataReferences(body[key]!, templates, visit);
    if (key === "lifecycle") lifecycleReferences(body[key]!, templates, visit);
  }
}

/** Every reference in the templates of some data. What is no expression holds none. */
export function dataReferences(data: Data, templates: Templates, visit: Visit): void {
  if (typeof data === "string") return textReferences(data, templates, visit);
  if (isList(data)) return data.forEach((item) => dataReferences(item, templates, visit));
  if (!isMap(data)) return;
  for (const key of Object.keys(data)) {
    textReferences(key, templates, visit);
    dataReferences(data[key]!, templates, visit);
  }
}

function lifecycleReferences(data: Data, templates: Templates, visit: Visit): void {
  for (const each of isList(data) ? data : [data]) {
    if (isMap(each) && each["replace_triggered_by"] !== undefined) bareReferences(each["replace_triggered_by"], templates, visit);
  }
}

/** `depends_on` holds references without `${…}` in JSON, with it where a parser of HCL made them. */
function bareReferences(data: Data, templates: Templates, visit: Visit): void {
  for (const each of isList(data) ? data : [data]) {
    if (typeof each === "string") textReferences(isTemplate(each) ? each : `\${${each}}`, templates, visit);
  }
}

function textReferences(text: string, templates: Templates, visit: Visit): void {
  if (!isTemplate(text)) return;
  const expression = templates.parse(text);
  if (!(expression instanceof SyntaxMistake)) forEachReference(expression, visit);
}
