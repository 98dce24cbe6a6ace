import { role, withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

function config(more: Blocks, blocks: Blocks = {}): Blocks {
  return withAws({ resource: { aws_iam_role: { deploy: role("website-deploy", more) } }, ...blocks });
}

const longSession = { max_session_duration: 43_200 };
const atMostAnHour = {
  condition: "${self.max_session_duration <= 3600}",
  error_message: "A session of the deploy role must end within an hour.",
};

/** What the configuration itself demands, and does not get. */
export const checks: Scenario = {
  name: "checks",
  steps: [
    { apply: config({}) },
    {
      plan: "check-failed",
      of: config(longSession, {
        check: {
          session: {
            assert: [
              {
                condition: "${aws_iam_role.deploy.max_session_duration <= 3600}",
                error_message: "A session of ${aws_iam_role.deploy.name} should end within an hour.",
              },
              { condition: '${aws_iam_role.deploy.path == "/"}', error_message: "It should be found." },
            ],
          },
          identity: {
            data: { aws_caller_identity: { me: {} } },
            assert: {
              condition: '${data.aws_caller_identity.me.account_id == "999999999999"}',
              error_message: "This is another account.",
            },
          },
        },
        output: {
          role: {
            value: "${aws_iam_role.deploy.name}",
            precondition: {
              condition: '${aws_iam_role.deploy.name != ""}',
              error_message: "It needs a name.",
            },
          },
        },
      }),
    },
    {
      plan: "check-unknown",
      of: withAws({
        resource: {
          aws_iam_role: { deploy: role("website-deploy"), preview: role("website-preview") },
        },
        check: {
          preview: {
            assert: {
              condition: '${startswith(aws_iam_role.preview.arn, "arn:aws:iam::123456789012:")}',
              error_message: "The preview role should be in our account.",
            },
          },
        },
      }),
    },
    {
      plan: "errored-postcondition",
      of: config({ ...longSession, lifecycle: { postcondition: atMostAnHour } }),
      errored: true,
    },
    {
      plan: "errored-precondition",
      of: config({
        ...longSession,
        lifecycle: {
          precondition: { condition: '${terraform.workspace == "production"}', error_message: "Not here." },
        },
      }),
      errored: true,
    },
  ],
};
