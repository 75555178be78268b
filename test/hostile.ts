/** Texts that an input can hold and that whoever shows them might obey. */
export const HOSTILE: Readonly<Record<string, string>> = {
  "a control code": "a\u0000b\u0008c\u007f",
  "an escape sequence": "\u001b[2J\u001b[31mred",
  "an escape sequence of one character": "\u009b31mred",
  "a window's title": "\u001b]0;title\u0007x",
  "a link of a terminal's": "\u001b]8;;http://example.com\u001b\\x\u001b]8;;\u001b\\",
  "an escape at the end": "x\u001b",
  "text turned round": "\u202etxt.exe\u202c",
  "text isolated": "\u2066a\u2069",
  "invisible characters": "a\u200b\u00ad\ufeff\u{e0041}b",
  "half a surrogate pair": "\ud800x\udc00",
  "line breaks": "a\nb\r\nc\rd\u0085e\u2028f\u2029g\u000bh",
  "a GitHub command": "::error file=a,line=1::x",
  "a GitHub command on a line of its own": "x\n  ::set-output name=a::b\r::stop-commands::y",
  "a GitHub command of the older kind": "x ##[set-env name=A]b",
  "an Azure command": "##vso[task.setvariable variable=a]b",
  "a TeamCity command": "##teamcity[message text='x']",
  "a command within a command": "####vso[a]:::::x",
  markup: "<script>alert(1)</script>&amp;\"'`*_[x](javascript:y)|~~z~~ ```",
  "a replacement pattern": "$& $1 $` $' $$",
  "names of objects": "__proto__",
  "a very long name": "long".repeat(2_500),
  "wide and combining characters": "虚拟机e\u0301\u{1f469}",
  nothing: "",
};

/** What a terminal obeys, what hides, reorders or breaks a text, and what a CI system takes for a command. */
export const OBEYED = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|^\s*::|##\w*\[/mu;
