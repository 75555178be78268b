/**
 * A value as Terraform's JSON syntax writes it: strings are templates, in which `${…}` is an expression and `$${` a literal `${`.
 * An expression that is no literal is a template of that expression alone. `literalText` tells the two apart.
 */
export type HclValue = string | number | boolean | null | readonly HclValue[] | { readonly [key: string]: HclValue };

/** What a template says where it is plain text, `$${` being a literal `${`; undefined where it holds an interpolation or a directive. */
export function literalText(template: string): string | undefined {
  const withoutEscapes = template.replaceAll("$${", "").replaceAll("%%{", "");
  if (withoutEscapes.includes("${") || withoutEscapes.includes("%{")) return undefined;
  return template.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
