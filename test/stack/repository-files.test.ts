import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { diskFiles } from "../../lib/disk-files";
import { evaluate } from "../../lib/stack/expression/evaluate";
import { parseExpression } from "../../lib/stack/expression/template";
import { ExpressionError, Unknown, Value, whyUnknown } from "../../lib/stack/expression/value";
import { Work, WorkLimit } from "../../lib/stack/expression/work";
import { RepositoryFiles } from "../../lib/stack/resolve/repository-files";

/** `repository` is one of git, in which Terraform is started in `repository/live`. */
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  "outside.txt": "secret",
  "repository/.git/HEAD": "",
  "repository/shared.yaml": "k: yes\n",
  "repository/live/a.txt": "ae\u0301\n",
  "repository/live/latin1.txt": Uint8Array.of(0xe9),
  "repository/live/large.txt": "x".repeat(1_000_001),
  "repository/live/.hidden.txt": "h",
  "repository/live/d.json": '{"a":[1,{"b":2}]}',
  "repository/live/vms/b.yaml": "x: 1\n",
  "repository/live/vms/deep/c.yaml": "x: 2\n",
  "repository/live/vms/[d].yaml": "x: 3\n",
  "repository/live/t.tpl": "hello ${name}\n%{ for x in list ~}\n- ${upper(x)}\n%{ endfor ~}\n",
  "repository/live/one.tpl": "${x}",
  "repository/live/bad.tpl": "${x",
  "repository/live/escape/link-holder": "",
};

const folder = mkdtempSync(join(tmpdir(), "repository-"));

beforeAll(() => {
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync("../../outside.txt", join(folder, "repository/live/out.txt"));
  symlinkSync("a.txt", join(folder, "repository/live/in.txt"));
  symlinkSync("../../..", join(folder, "repository/live/escape/up"));
  symlinkSync(".", join(folder, "repository/live/vms/round"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function outcome(expression: string, start = "repository/live"): unknown {
  const files = new RepositoryFiles(diskFiles, diskFiles.real!(join(folder, start))!);
  const names = new Map<string, Value>([["template", "${x}!"]]);
  try {
    const value = evaluate(parseExpression(expression), {
      work: new Work(),
      world: { files, workspace: "default" },
      resolve: (root) => ({ value: names.get(root) ?? new Unknown(""), used: 0 }),
    });
    return whyUnknown(value) === undefined ? plain(value) : `?${whyUnknown(value)}`;
  } catch (error) {
    if (error instanceof ExpressionError) return "!";
    if (error instanceof WorkLimit) return "limit";
    throw error;
  }
}

function plain(value: Value): unknown {
  return Array.isArray(value) ? [...(value as readonly Value[])] : value;
}

test.each<[string, unknown]>([
  ['file("a.txt")', "a\u00e9\n"],
  ['file("./vms/../a.txt")', "a\u00e9\n"],
  ['file("in.txt")', "a\u00e9\n"],
  ['file("nope.txt")', "!"],
  ['file("vms")', "!"],
  ['file("latin1.txt")', "!"],
  ['file("large.txt")', "limit"],
  ['filebase64("latin1.txt")', "6Q=="],
  ['filesha1("d.json")', "f8c992a8941a54326f89ab727d343d89d92451d4"],
  ['jsondecode(file("d.json")).a[1].b', 2],
  ['yamldecode(file("../shared.yaml")).k', true],
  ['fileexists("a.txt")', true],
  ['fileexists("nope.txt")', false],
  ['fileexists("vms")', "!"],
  ['fileset(".", "*.txt")', "?${fileset(…)} (a link leads out of the repository)"],
  ['fileset(".", "{a,in}.txt")', ["a.txt", "in.txt"]],
  ['fileset(".", ".h*")', [".hidden.txt"]],
  ['fileset(".", "[a-b].txt")', ["a.txt"]],
  ['fileset(".", "[^a].txt")', []],
  ['fileset(".", "?.json")', ["d.json"]],
  ['fileset("vms", "*.yaml")', ["[d].yaml", "b.yaml"]],
  ['fileset("vms", "\\\\[d\\\\].yaml")', ["[d].yaml"]],
  ['fileset("vms", "deep/**")', ["deep/c.yaml"]],
  ['fileset(".", "vms/d*/*.yaml")', ["vms/deep/c.yaml"]],
  ['fileset("nope", "*")', []],
  ['fileset(".", "[")', "!"],
  ['fileset(".", "escape/**/*")', "?${fileset(…)} (a link leads out of the repository)"],
  ['fileset(".", "../*.yaml")', "?${fileset(…)} (with the pattern ../*.yaml)"],
  ['templatefile("t.tpl", {name = "n", list = ["a", "b"]})', "hello n\n- A\n- B\n"],
  ['templatefile("t.tpl", {name = "n"})', "!"],
  ['templatefile("one.tpl", {x = 5})', 5],
  ['templatefile("one.tpl", {x = null})', "!"],
  ['templatefile("bad.tpl", {x = 5})', "!"],
  ['templatefile("nope.tpl", {})', "!"],
  ["templatestring(template, {x = 5})", "5!"],
  ['file("../../outside.txt")', "?../../outside.txt (outside the repository, where files are not read)"],
  ['file("/etc/hostname")', "?/etc/hostname (outside the repository, where files are not read)"],
  ['file("~/.ssh/id_rsa")', "?~/.ssh/id_rsa (a home folder differs from machine to machine)"],
  ['file("out.txt")', "?out.txt (a link that leads out of the repository)"],
  ['fileexists("escape/up/outside.txt")', "?escape/up/outside.txt (a link that leads out of the repository)"],
  ['can(file("out.txt"))', "?out.txt (a link that leads out of the repository)"],
])("%s is %j", (expression, expected) => expect(outcome(expression)).toEqual(expected));

test("a circle of links ends", () => expect(outcome('fileset("vms", "**/*.nope")')).toEqual([]));

test("without a repository, files are those of the folder", () => {
  rmSync(join(folder, "repository/.git"), { recursive: true });
  expect(outcome('file("../shared.yaml")')).toBe("?../shared.yaml (outside the repository, where files are not read)");
  expect(outcome('file("a.txt")')).toBe("a\u00e9\n");
});
