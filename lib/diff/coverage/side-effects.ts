/**
 * Data sources and ephemeral resources that do something when they are read, by type. What they did
 * while planning is done; these run on apply.
 */
export const SIDE_EFFECTS: ReadonlyMap<string, string> = new Map([
  ["external", "runs a program; its effect is not in the plan"],
  ["http", "sends a request; its effect is not in the plan"],
  ["aws_lambda_invocation", "runs a function; its effect is not in the plan"],
  ["aws_cognito_identity_openid_token_for_developer_identity", "issues a token"],
]);
