import { ProjectError } from "../../errors";

/** A form of policies that is not supported, and the command that converts it. */
interface Form {
  readonly is: RegExp;
  readonly what: string;
  readonly fix: string;
}

const SHOW_PLAN = "pass its JSON: terraform plan -out=tfplan && terraform show -json tfplan > plan.json";
const SHOW_FILE = "pass its JSON: terraform show -json FILE > plan.json";
const DECRYPT = "decrypt it first, and pass the plain text to --policy - on standard input";
const JSON_OUTPUT =
  "pass JSON: aws iam get-account-authorization-details --output json > account.json (or list-roles, get-role)";

const FORMS: readonly Form[] = [
  {
    is: /^\$ANSIBLE_VAULT;/,
    what: "encrypted by Ansible Vault",
    fix: "decrypt it first: ansible-vault view FILE",
  },
  {
    is: /^age-encryption\.org\/|^-----BEGIN AGE ENCRYPTED FILE-----/,
    what: "encrypted by age",
    fix: DECRYPT,
  },
  {
    is: /^-----BEGIN PGP MESSAGE-----/,
    what: "encrypted by PGP",
    fix: "decrypt it first: gpg --decrypt FILE",
  },
  { is: /ENC\[AES256_GCM,data:/, what: "encrypted by SOPS", fix: "decrypt it first: sops --decrypt FILE" },
  {
    is: /^\s*\{[\s\S]*"encrypted_data"\s*:/,
    what: "a state or plan that OpenTofu has encrypted",
    fix: "pass its JSON: tofu show -json > state.json",
  },
  {
    is: /^\s*\{[^\n]*"@level"\s*:/,
    what: "the log of terraform plan -json or apply -json, which contains no policies",
    fix: SHOW_PLAN,
  },
  {
    is: /^(?:Terraform|OpenTofu) (?:will perform|used the selected)|^ *# \S+\.\S+ (?:will|must) be |^Plan: \d+ to |^No changes\. /m,
    what: "a plan in Terraform's human-readable format",
    fix: SHOW_PLAN,
  },
  {
    is: /^# \S+\.\S+:(?: \(tainted\))?\r?\n(?:resource|data) "/m,
    what: "a state in Terraform's human-readable format",
    fix: "pass its JSON: terraform show -json > state.json",
  },
  {
    is: /^[ \t]*(?:(?:resource|data)\s+"[\w-]+"\s+"[\w-]+"|(?:module|provider|variable|output)\s+"[\w-]+"|terraform|locals)\s*\{/m,
    what: "Terraform configuration (HCL); its values are known only in a plan",
    fix: SHOW_PLAN,
  },
  {
    is: /^\s*\{[\s\S]*"resource"\s*:\s*\{/,
    what: "Terraform configuration (JSON); its values are known only in a plan",
    fix: SHOW_PLAN,
  },
  {
    is: /^user,arn,user_creation_time,/,
    what: "IAM's credential report, which contains no policies",
    fix: JSON_OUTPUT,
  },
  { is: /^\+-{5,}|^-{20,}\r?\n\|/, what: "a table of the AWS CLI", fix: JSON_OUTPUT },
  {
    is: /^(?:ROLES?|ASSUMEROLEPOLICYDOCUMENT)\t/,
    what: "text of the AWS CLI (--output text)",
    fix: JSON_OUTPUT,
  },
  { is: /^[^\n,{}[\]:]+(?:,[^\n,{}[\]:]*){2,}\r?\n/, what: "a CSV file", fix: JSON_OUTPUT },
];

/** The characters at the beginning of a text by which its form is recognised. */
const LOOKED_AT = 20_000;

/**
 * An error for a text in a known but unsupported form. Undefined: the form is not known.
 * @param file for the message
 */
export function unreadableText(text: string, file: string): ProjectError | undefined {
  const beginning = text.slice(0, LOOKED_AT);
  const form = FORMS.find(({ is }) => is.test(beginning));
  return form === undefined ? undefined : unreadable(file, form.what, form.fix);
}

/** The same by the first bytes of a file that is not text. */
export function unreadableBytes(bytes: Uint8Array, file: string): ProjectError | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0x50 && second === 0x4b && third === 3 && fourth === 4)
    return unreadable(file, "a zip archive, such as a plan file of terraform plan -out", SHOW_FILE);
  if (first === 0x1f && second === 0x8b)
    return unreadable(file, "compressed (gzip)", "unpack it first: gunzip FILE");
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return unreadable(
      file,
      "UTF-16, PowerShell's default for redirected output",
      "write it as UTF-8: … | Out-File -Encoding utf8NoBOM FILE",
    );
  return undefined;
}

function unreadable(file: string, what: string, fix: string): ProjectError {
  return new ProjectError({
    code: "policy-input-unreadable",
    message: `${file} is ${what}`,
    found: what,
    fix,
    exitCode: 2,
  });
}
