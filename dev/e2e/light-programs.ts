import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * `aws` for jobs that only have to show who gets in: exchanges the token at STS with curl, and does
 * nothing else. The AWS CLI needs about 0.7 s of CPU for each call.
 */
const AWS = String.raw`#!/bin/bash
[ "$1 $2" = "sts assume-role-with-web-identity" ] || exit 0
shift 2
while [ $# -gt 1 ]; do
  case $1 in
    --role-arn) role=$2 ;;
    --role-session-name) name=$2 ;;
    --web-identity-token) token=$2 ;;
    --duration-seconds) duration=$2 ;;
  esac
  shift 2
done
answer=$(curl -s "$AWS_ENDPOINT_URL/" -d Action=AssumeRoleWithWebIdentity -d Version=2011-06-15 \
  --data-urlencode "RoleArn=$role" --data-urlencode "RoleSessionName=$name" \
  --data-urlencode "WebIdentityToken=$token" -d "DurationSeconds=$duration")
value() { [[ $answer =~ "<$1>"([^<]*)"</$1>" ]] && printf '%s' "${"$"}{BASH_REMATCH[1]}"; }
if ! value SecretAccessKey > /dev/null; then
  echo "An error occurred ($(value Code)) when calling the AssumeRoleWithWebIdentity operation: $(value Message)" >&2
  exit 254
fi
printf '{"Credentials":{"AccessKeyId":"%s","SecretAccessKey":"%s","SessionToken":"%s"},"AssumedRoleUser":{"Arn":"%s"}}' \
  "$(value AccessKeyId)" "$(value SecretAccessKey)" "$(value SessionToken)" "$(value Arn)"
`;

/** What the repositories' own scripts leave behind: a built site, a packaged function, plans. */
const NPM = `#!/bin/bash
out=
case "$*" in
  "run build") mkdir -p dist && cp -r src/. dist && echo "${"$"}{CIRCLE_BRANCH:-$CIRCLE_TAG}" > dist/branch.txt ;;
  "run package") cp "${"$"}{0%/*}/function.zip" receipts.zip ;;
  *" --out "*) out="$*" && out="${"$"}{out#* --out }" && out="${"$"}{out%% *}" && mkdir -p "$out" && : > "$out/x.plan" ;;
esac
`;

/** There is no Docker in the sandbox. */
const DOCKER = '#!/bin/bash\n[ "$1" = login ] && cat > /dev/null\nexit 0\n';

async function install(folder: string, programs: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(programs)) {
    const file = path.join(folder, name);
    await writeFile(file, text);
    await chmod(file, 0o755);
  }
}

export interface JobPrograms {
  /** A PATH with `npm` and `docker` of ours, and the AWS CLI. */
  readonly whole: string;
  /** The same with an `aws` that asks STS only. */
  readonly light: string;
}

/** @param zip a Lambda function's code */
export async function installPrograms(
  folder: string,
  zip: Buffer,
  env: NodeJS.ProcessEnv,
): Promise<JobPrograms> {
  const [team, light] = [path.join(folder, "team"), path.join(folder, "light")];
  await install(team, { npm: NPM, docker: DOCKER });
  await install(light, { aws: AWS });
  await writeFile(path.join(team, "function.zip"), zip);
  const whole = `${team}:${env.PATH ?? ""}`;
  return { whole, light: `${light}:${whole}` };
}
