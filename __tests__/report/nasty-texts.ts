import fc from "fast-check";

/**
 * Texts that want to be more than text: Markdown, HTML, mentions, references, our own marker, what
 * cannot be seen.
 */
export const NASTY: readonly string[] = [
  ...["`", "``", "```", "````\n# heading", "a`b", "` @team `", "```diff\n- x", "~~~"],
  ...[
    "@team",
    "@acme/security",
    "#1",
    "acme/site#12",
    "GH-3",
    "!12",
    "0123456789abcdef0123456789abcdef01234567",
  ],
  ...[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details>",
    "</summary>",
    "</code>",
    "<!-- x",
  ],
  ...[
    "<!-- cdktf-circleci-oidc review main -->",
    "--> -->",
    "&lt;b&gt;",
    "&#64;team",
    "<b>bold</b>",
    "<a href=x>",
  ],
  ...[
    "[a](https://evil.example)",
    "![a](https://evil.example/p.png)",
    "https://evil.example",
    "www.evil.example",
  ],
  ...[
    "<https://evil.example>",
    "mail@evil.example",
    "[x]: https://evil.example",
    "[^1]",
    "**bold**",
    "__x__",
    "~~x~~",
  ],
  ...["|", "a | b", "\\|", "\\\\|", "a\\", "\\`", "||||", "| --- |", "\n| a |\n| --- |\n| b |"],
  ...["# heading", "\n\n# heading\n\n", "- item", "1. item", "> quote", "    code", "---", "===", "\t\tx"],
  ...[
    "\r\n\r\nx",
    "\u2028x\u2029",
    "\u202egnp.exe",
    "\u200b@team",
    "\u0000",
    "\u0007",
    "\ud800",
    "🚀",
    "größe",
    "",
  ],
  ...[
    "$$x$$",
    "$`x`$",
    ":rocket:",
    "{{ template }}",
    "${jndi:x}",
    "javascript:alert(1)",
    "</pre><h1>x",
    " ",
    "   ",
  ],
];

/** Any of these, alone or several in a row. */
export const nastyTexts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...NASTY, "x", "aws_s3_bucket.site"), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(""));
