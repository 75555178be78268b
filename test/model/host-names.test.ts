import { shortHostNames } from "../../lib/model";

test.each([
  [
    ["esx-01.lab", "esx-02.lab"],
    ["esx-01", "esx-02"],
  ],
  [
    ["esx-01.a.lab", "esx-01.b.lab", "esx-02.a.lab"],
    ["esx-01.a.lab", "esx-01.b.lab", "esx-02"],
  ],
  [
    ["esx-01", "esx-01.lab"],
    ["esx-01", "esx-01.lab"],
  ],
  [["esx-01.lab", "esx-01.lab"], ["esx-01"]],
  [
    ["10.0.0.1", "fe80::1"],
    ["10.0.0.1", "fe80::1"],
  ],
  [
    [".lab", "", "__proto__.lab"],
    [".lab", "", "__proto__"],
  ],
])("%j are %j in prose", (names, expected) => {
  expect([...shortHostNames(names).values()]).toEqual(expected);
});
