import { sourceOf } from "../../constructs/source-line";

class Asked {
  readonly source = sourceOf(Asked);
}

class Derived extends Asked {}

const lineOf = (offset: number) => Number(/:(\d+):\d+\)?$/.exec(new Error().stack!.split("\n")[2]!)![1]) + offset;
const HERE = "test/constructs/source-line.test.ts";

test("is where the construct was made, relative to the working directory, in lines of the TypeScript source", () => {
  expect(new Asked().source).toEqual({ file: HERE, line: lineOf(0) });
});

test("is where a derived construct calls it, because that is the author's file too", () => {
  expect(new Derived().source).toEqual({ file: HERE, line: 7 });
});

test("is found however deep the call is and however short traces are kept", () => {
  const deep = (depth: number): Asked => (depth === 0 ? new Asked() : deep(depth - 1));
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    expect(deep(200).source?.file).toBe(HERE);
    expect(Error.stackTraceLimit).toBe(0);
  } finally {
    Error.stackTraceLimit = limit;
  }
});

test("is unknown where the class is not being constructed", () => {
  class Never {}
  expect(sourceOf(Never)).toBeUndefined();
});

describe("a stack frame", () => {
  const capture = jest.spyOn(Error, "captureStackTrace");
  afterAll(() => capture.mockRestore());

  test.each<[string, ReturnType<typeof sourceOf>]>([
    ["    at new Vm (CWD/stacks/a (copy)/b.ts:12:5)", { file: "stacks/a (copy)/b.ts", line: 12 }],
    ["    at CWD/stacks/b.ts:12:5", { file: "stacks/b.ts", line: 12 }],
    ["    at async file://CWD/stacks/b%20c.mts:12:5", { file: "stacks/b c.mts", line: 12 }],
    ["    at Module._compile (node:internal/modules/cjs/loader:1521:14)", undefined],
    ["    at helper (CWD/node_modules/farm/index.js:1:1)", undefined],
    ["    at <anonymous>", undefined],
  ])("%s is %j", (frame, source) => {
    capture.mockImplementation((target) => Object.assign(target, { stack: `Error\n${frame.replace("CWD", process.cwd())}` }));
    expect(sourceOf(Asked)).toEqual(source);
  });
});
