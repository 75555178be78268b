/** What a template says where it is plain text, `$${` being a literal `${`; undefined where it holds an interpolation or a directive. */
export function literalText(template: string): string | undefined {
  const withoutEscapes = template.replaceAll("$${", "").replaceAll("%%{", "");
  if (withoutEscapes.includes("${") || withoutEscapes.includes("%{")) return undefined;
  return template.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
