import { ProjectError } from "../../errors";

/**
 * What people have that holds policies in a form which is not read here, and the command that
 * produces one which is.
 */
interface Form {
  readonly is: RegExp;
  readonly what: string;
  readonly fix: string;
}

const SHOW_PLAN = "give its JSON: terraform plan -out=tfplan && terraform show -json tfplan > plan.json";
const SHOW_FILE = "give its JSON: terraform show -json FILE > plan.json";
const DECRYPT = "decrypt it first, and give the plain text to --policy - on standard input";
const JSON_OUTPUT =
  "give JSON: aws iam get-account-authorization-details --output json > account.json (or list-roles, get-role)";

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
    fix: "give its JSON: tofu show -json > state.json",
  },
  {
    is: /^\s*\{[^\n]*"@level"\s*:/,
    what: "the log of terraform plan -json or apply -json, which has no policies in it",
    fix: SHOW_PLAN,
  },
  {
    is: /^(?:Terraform|OpenTofu) (?:will perform|used the selected)|^ *# \S+\.\S+ (?:will|must) be |^Plan: \d+ to |^No changes\. /m,
    what: "a plan as Terraform prints it for people",
    fix: SHOW_PLAN,
  },
  {
    is: /^# \S+\.\S+:(?: \(tainted\))?\r?\n(?:resource|data) "/m,
    what: "a state as Terraform prints it for people",
    fix: "give its JSON: terraform show -json > state.json",
  },
  {
    is: /^[ \t]*(?:(?:resource|data)\s+"[\w-]+"\s+"[\w-]+"|(?:module|provider|variable|output)\s+"[\w-]+"|terraform|locals)\s*\{/m,
    what: "Terraform configuration (HCL), whose values are known only in a plan",
    fix: SHOW_PLAN,
  },
  {
    is: /^\s*\{[\s\S]*"resource"\s*:\s*\{/,
    what: "Terraform configuration (JSON), whose values are known only in a plan",
    fix: SHOW_PLAN,
  },
  {
    is: /^user,arn,user_creation_time,/,
    what: "IAM's credential report, which has no policies in it",
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

/** The forms that are told by the beginning of a text; so much of it is looked at. */
const LOOKED_AT = 20_000;

/**
 * An error for a text in a known form that is not read here. Undefined: it is in none of them.
 * @param file for the message
 */
export function unreadableText(text: string, file: string): ProjectError | undefined {
  const beginning = text.slice(0, LOOKED_AT);
  const form = FORMS.find(({ is }) => is.test(beginning));
  return form === undefined ? undefined : unreadable(file, form.what, form.fix);
}

/** The same by the first bytes of a file that is no text. */
export function unreadableBytes(bytes: Uint8Array, file: string): ProjectError | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0x50 && second === 0x4b && third === 3 && fourth === 4)
    return unreadable(file, "a zip archive, such as a plan file of terraform plan -out", SHOW_FILE);
  if (first === 0x1f && second === 0x8b)
    return unreadable(file, "compressed (gzip)", "unpack it first: gunzip FILE");
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return unreadable(
      file,
      "UTF-16, as PowerShell redirects it",
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
