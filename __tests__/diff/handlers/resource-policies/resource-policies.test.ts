import { change, plan, resource, unchanged, type Values } from "../../../plan/a-plan";
import { allows, configured, reported, reportedOf } from "../../a-policy";

const us = "arn:aws:iam::123456789012:root";
const them = "arn:aws:iam::999999999999:root";
const open = allows("*", "x:Do");
const theirs = allows({ AWS: them }, "x:Do");

test.each<[what: string, type: string, values: (policy: string) => Values]>([
  ["a queue's own policy", "aws_sqs_queue", (policy) => ({ name: "jobs", url: "https://q/jobs", policy })],
  ["a policy of a queue", "aws_sqs_queue_policy", (policy) => ({ queue_url: "https://q/jobs", policy })],
  ["a topic", "aws_sns_topic", (policy) => ({ arn: "arn:aws:sns:us-east-1:123456789012:t", policy })],
  ["a key", "aws_kms_key", (policy) => ({ key_id: "k", policy })],
  ["a replica of a key", "aws_kms_replica_key", (policy) => ({ key_id: "k", policy })],
  ["a secret", "aws_secretsmanager_secret_policy", (policy) => ({ secret_arn: "arn:aws:s", policy })],
  ["a repository", "aws_ecr_repository_policy", (policy) => ({ repository: "app", policy })],
  ["a registry", "aws_ecr_registry_policy", (policy) => ({ policy })],
  ["an API", "aws_api_gateway_rest_api", (policy) => ({ id: "abc", policy })],
  ["an access point", "aws_s3_access_point", (policy) => ({ bucket: "site", name: "ap", policy })],
  ["a vault", "aws_glacier_vault", (access_policy) => ({ name: "v", access_policy })],
  ["a file system", "aws_efs_file_system_policy", (policy) => ({ file_system_id: "fs-1", policy })],
  [
    "log groups",
    "aws_cloudwatch_log_resource_policy",
    (policy_document) => ({ policy_name: "p", policy_document }),
  ],
  ["an event bus", "aws_cloudwatch_event_bus_policy", (policy) => ({ event_bus_name: "b", policy })],
  ["a domain", "aws_opensearch_domain", (access_policies) => ({ domain_name: "d", access_policies })],
  ["an organization", "aws_organizations_resource_policy", (content) => ({ content })],
  ["a table", "aws_s3tables_table_policy", (resource_policy) => ({ name: "t", resource_policy })],
  ["a catalog", "aws_glue_resource_policy", (policy) => ({ policy })],
  [
    "an access point in a block",
    "aws_s3control_multi_region_access_point_policy",
    (policy) => ({ details: [{ name: "x", policy }] }),
  ],
  ["an unlisted type", "aws_thing_from_tomorrow", (policy) => ({ name: "t", resource_policy: policy })],
  ["an unlisted attribute name", "aws_thing_from_tomorrow", (rules) => ({ name: "t", rules })],
  [
    "a nested attribute",
    "aws_thing_from_tomorrow",
    (text) => ({ name: "t", sets: [{ a: 1 }, { rule: { text } }] }),
  ],
])("%s: gains and losses are reported by principal, and an equal policy is no change", (_, type, values) => {
  const address = `${type}.x`;
  const one = (before: string, after: string) => reported([change(address, values(before), values(after))]);
  expect(one(theirs, open)).toEqual([
    expect.stringMatching(/^resource-policy broader .* - anyone can now perform x:Do on/),
  ]);
  expect(one(open, theirs)).toEqual([
    expect.stringMatching(/^resource-policy narrower .* - anyone can no longer perform x:Do on/),
  ]);
  expect(one(open, JSON.stringify(JSON.parse(open), null, 2))).toEqual([
    expect.stringMatching(/^resource-policy same /),
  ]);
  expect(
    reported([change(address, { ...values(open), tags: {} }, { ...values(open), tags: { a: "b" } })]),
  ).toEqual([]);
});

test("a public multi-region access point is reported as public", () => {
  const after = { details: [{ name: "x", policy: allows("*", "s3:*") }] };
  expect(reported([change("aws_s3control_multi_region_access_point_policy.x", null, after)])).toEqual([
    expect.stringMatching(/^resource-policy broader x - anyone can now perform s3:\* on x$/),
  ]);
});

test.each<[what: string, more: object, reason: RegExp]>([
  ["known only after apply", { after_unknown: { policy: true } }, /known only after apply/],
  ["sensitive", { after_sensitive: { policy: true } }, /marked as sensitive/],
])("a policy that is %s is unknown, with the reason", (_, more, reason) => {
  const side = { queue_url: "https://q/jobs", policy: theirs };
  const [found, ...others] = reported([
    change("aws_sqs_queue_policy.x", side, { ...side, policy: null }, more),
  ]);
  expect(others).toEqual([]);
  expect(found).toMatch(/^resource-policy unknown /);
  expect(found).toMatch(reason);
});

test("a policy in a block that is known only after apply is unknown", () => {
  const type = "aws_s3control_multi_region_access_point_policy.x";
  const more = { after_unknown: { details: [{ policy: true }] } };
  expect(reported([change(type, null, { details: [{ name: "x" }] }, more)])).toEqual([
    expect.stringMatching(/^resource-policy unknown .*known only after apply/),
  ]);
});

test("an unreadable policy is unknown if it changes, and not reported otherwise", () => {
  const side = (policy: string, tag: string) => ({ name: "jobs", policy, tags: { tag } });
  expect(reported([change("aws_sqs_queue.x", side(theirs, "a"), side("{", "a"))])).toEqual([
    expect.stringMatching(/^resource-policy unknown .*cannot be read/),
  ]);
  expect(reported([change("aws_sqs_queue.x", side("{", "a"), side("{", "b"))])).toEqual([]);
});

test.each<[what: string, type: string, values: (document: string) => Values]>([
  ["AWS IoT", "aws_iot_policy", (policy) => ({ name: "p", policy })],
  ["OpenSearch Serverless", "aws_opensearchserverless_access_policy", (policy) => ({ name: "p", policy })],
  ["Cedar", "aws_verifiedaccess_group", (policy_document) => ({ policy_document })],
])("a policy in the language of %s is unknown where it changes", (what, type, values) => {
  expect(reported([change(`${type}.x`, values(theirs), values(open))])).toEqual([
    expect.stringMatching(new RegExp(`^resource-policy unknown .*${what}`)),
  ]);
  expect(
    reported([change(`${type}.x`, { ...values(open), tags: null }, { ...values(open), tags: { a: "1" } })]),
  ).toEqual([]);
});

test("a policy without principals: allowing less is narrower, allowing more is unknown", () => {
  const side = (...actions: string[]) => ({
    name: "t",
    rules: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
    }),
  });
  const one = (before: Values, after: Values) => reported([change("aws_thing.x", before, after)]);
  expect(one(side("s3:GetObject", "s3:PutObject"), side("s3:GetObject"))).toEqual([
    expect.stringMatching(/^resource-policy narrower t - t no longer allows s3:PutObject/),
  ]);
  expect(one(side("s3:GetObject"), side("s3:GetObject", "s3:PutObject"))).toEqual([
    expect.stringMatching(
      /^resource-policy unknown t \(the principals that it applies to are not in the policy\)/,
    ),
  ]);
});

describe("policies of an organization", () => {
  const scp = (...statements: object[]) => ({
    name: "guard",
    type: "SERVICE_CONTROL_POLICY",
    content: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });
  const deny = { Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };
  const denyMore = { ...deny, Action: ["s3:DeleteBucket", "s3:PutBucketPolicy"] };
  const one = (before: Values | null, after: Values | null) =>
    reported([change("aws_organizations_policy.x", before, after)]);

  test("denying more is narrower; denying less is unknown, because the targets are not in the policy", () => {
    expect(one(scp(deny), scp(denyMore))).toEqual([
      expect.stringMatching(/^resource-policy narrower service control policy guard/),
    ]);
    expect(one(null, scp(deny))).toEqual([
      expect.stringMatching(/^resource-policy narrower service control policy guard/),
    ]);
    expect(one(scp(denyMore), scp(deny))).toEqual([
      expect.stringMatching(
        /^resource-policy unknown service control policy guard \(who gains access depends/,
      ),
    ]);
    expect(one(scp(deny), null)).toEqual([
      expect.stringMatching(
        /^resource-policy unknown service control policy guard \(who gains access depends/,
      ),
    ]);
  });

  test("allowing more is unknown, because an allow list may be in use", () => {
    const allow = { Effect: "Allow", Action: "s3:*", Resource: "*" };
    expect(one(scp(allow), scp({ ...allow, Action: "*" }))).toEqual([
      expect.stringMatching(/^resource-policy unknown service control policy guard/),
    ]);
  });

  test("a resource control policy that denies less is unknown, and one that denies more is narrower", () => {
    const rcp = (...actions: string[]) => ({
      ...scp({ Effect: "Deny", Principal: "*", Action: actions, Resource: "*" }),
      type: "RESOURCE_CONTROL_POLICY",
    });
    expect(one(rcp("s3:GetObject", "s3:PutObject"), rcp("s3:GetObject"))).toEqual([
      expect.stringMatching(
        /^resource-policy unknown resource control policy guard \(who gains access depends/,
      ),
    ]);
    expect(one(rcp("s3:GetObject"), rcp("s3:GetObject", "s3:PutObject"))).toEqual([
      expect.stringMatching(/^resource-policy narrower resource control policy guard/),
    ]);
  });

  test("a policy of another kind is unknown", () => {
    const tags = (content: string) => ({ name: "tags", type: "TAG_POLICY", content });
    expect(one(tags('{"tags":{}}'), tags('{"tags":{"a":{}}}'))).toEqual([
      expect.stringMatching(/^resource-policy unknown organization policy tags/),
    ]);
  });
});

describe("a policy and the resource that shows it", () => {
  const url = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs";
  const queue = (policy: string | null) => ({ name: "jobs", url, id: url, policy });
  const own = (policy: string) => ({ queue_url: url, policy });

  test("moving the policy from the queue to a separate resource is no change", () => {
    const resources = [
      change("aws_sqs_queue.q", queue(theirs), queue(theirs)),
      change("aws_sqs_queue_policy.p", null, own(theirs)),
    ];
    expect(
      reported(
        resources,
        configured({ "aws_sqs_queue.q": { name: [] }, "aws_sqs_queue_policy.p": { policy: [] } }),
      ),
    ).toEqual([]);
  });

  test("moving the policy to another address or stack is no change, unless its text changes", () => {
    const gone = plan([change("aws_sqs_queue_policy.p", own(theirs), null)]);
    expect(reportedOf(gone, plan([change("aws_sqs_queue_policy.other", null, own(theirs))]))).toEqual([]);
    expect(reportedOf(gone, plan([change("aws_sqs_queue_policy.other", null, own(open))]))).toEqual([
      expect.stringMatching(/^resource-policy broader .* - anyone can now/),
    ]);
  });

  test("the queue's copy of its declared policy is not drift; a manual change is reported once", () => {
    const shown = resource("aws_sqs_queue.q", { before: queue(null), after: queue(theirs) });
    const resources = [
      unchanged("aws_sqs_queue.q", queue(theirs)),
      unchanged("aws_sqs_queue_policy.p", own(theirs)),
    ];
    expect(reported(resources, { resource_drift: [shown] })).toEqual([]);
    const byHand = [
      resource("aws_sqs_queue.q", { before: queue(theirs), after: queue(open) }),
      resource("aws_sqs_queue_policy.p", { before: own(theirs), after: own(open) }),
    ];
    const after = [
      unchanged("aws_sqs_queue.q", queue(open)),
      change("aws_sqs_queue_policy.p", own(open), own(theirs)),
    ];
    expect(reported(after, { resource_drift: byHand })).toEqual([
      expect.stringMatching(
        /^resource-policy broader aws_sqs_queue.q \(the plan reverts it\) - anyone can now/,
      ),
      expect.stringMatching(/^resource-policy narrower aws_sqs_queue.q - anyone can no longer/),
    ]);
  });

  test("two resources declare the policy: both are compared, because the last apply wins", () => {
    const found = reported([
      unchanged("aws_sqs_queue_policy.a", own(theirs)),
      change("aws_sqs_queue_policy.b", null, own(open)),
    ]);
    expect(found.join("\n")).toMatch(/resource-policy broader .* - anyone can now/);
    expect(found.join("\n")).toMatch(/resource-policy unknown .*managed by two resources/);
  });

  test("a queue under another name is another queue", () => {
    const renamed = resource("aws_sqs_queue.q", {
      actions: ["delete", "create"],
      before: queue(theirs),
      after: { name: "other", policy: theirs },
      after_unknown: { url: true, id: true },
    });
    expect(reported([renamed])).toEqual([
      expect.stringMatching(/^resource-policy broader/),
      expect.stringMatching(/^resource-policy narrower/),
    ]);
  });

  test("a Deny in the policy of a new queue denies no existing access", () => {
    const deny = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    const resources = [
      change(
        "aws_sqs_queue.q",
        null,
        { name: "jobs" },
        { after_unknown: { url: true, id: true, policy: true } },
      ),
      change("aws_sqs_queue_policy.p", null, { policy: deny }, { after_unknown: { queue_url: true } }),
    ];
    const given = configured({
      "aws_sqs_queue.q": { name: [] },
      "aws_sqs_queue_policy.p": { policy: [], queue_url: ["aws_sqs_queue.q.url", "aws_sqs_queue.q"] },
    });
    expect(reported(resources, given)).toEqual([]);
  });
});

describe("default policies that AWS creates", () => {
  const arn = "arn:aws:kms:us-east-1:123456789012:key/k";
  const key = (policy: string) => ({ arn, key_id: "k", policy });
  const root = allows({ AWS: us }, "kms:*");

  test("a computed queue policy is no change; a configured one known after apply is unknown", () => {
    const one = change("aws_sqs_queue.x", null, { name: "jobs" }, { after_unknown: { policy: true } });
    expect(reported([one], configured({ "aws_sqs_queue.x": { name: [] } }))).toEqual([]);
    const unknown = [
      expect.stringMatching(/^resource-policy unknown aws_sqs_queue.x .*known only after apply/),
    ];
    expect(reported([one], configured({ "aws_sqs_queue.x": { name: [], policy: [] } }))).toEqual(unknown);
    // A plan without its configuration does not say.
    expect(reported([one])).toEqual(unknown);
  });

  test("a new key with the default policy is no change; one that allows another account is broader", () => {
    expect(reported([change("aws_kms_key.k", null, key(root))])).toEqual([]);
    // Whose account it is is not known.
    expect(reported([change("aws_kms_key.k", null, { key_id: "k", policy: root })])).toEqual([
      expect.stringMatching(/^resource-policy broader .* - any principal in account 123456789012 can now/),
    ]);
    const own = { actions: ["create"], before: null, after: { policy: root }, after_unknown: { arn: true } };
    const inAccount = {
      configuration: {
        provider_config: {
          aws: { expressions: { allowed_account_ids: { constant_value: ["123456789012"] } } },
        },
        root_module: {
          resources: [
            {
              address: "aws_kms_key.k",
              type: "aws_kms_key",
              provider_config_key: "aws",
              expressions: { policy: {} },
            },
          ],
        },
      },
    };
    expect(reported([resource("aws_kms_key.k", own)], inAccount)).toEqual([]);
    const wide = { ...own, after: { policy: allows({ AWS: them }, "kms:Decrypt") } };
    expect(reported([resource("aws_kms_key.k", wide)], inAccount)).toEqual([
      expect.stringMatching(
        /^resource-policy broader aws_kms_key.k - any principal in account 999999999999 can now/,
      ),
    ]);
  });

  test("an endpoint without its policy has the default policy, which allows everything", () => {
    const narrow = allows("*", "s3:GetObject");
    expect(
      reported([change("aws_vpc_endpoint_policy.e", { vpc_endpoint_id: "vpce-1", policy: narrow }, null)]),
    ).toEqual([
      expect.stringMatching(/^resource-policy broader .*- anyone can now perform every action on vpce-1$/),
    ]);
  });
});

test.each<[what: string, policy: string, sentence: RegExp]>([
  [
    "names no resource",
    allows("*", "ecr:BatchGetImage", {}),
    /anyone can now perform ecr:BatchGetImage on app/,
  ],
  [
    "shortens its resource",
    allows("*", "execute-api:Invoke", { Resource: "execute-api:/*" }),
    /anyone can now perform execute-api:Invoke/,
  ],
])("a policy that %s is compared nevertheless", (_, policy, sentence) => {
  const [found] = reported([change("aws_ecr_repository_policy.x", null, { repository: "app", policy })]);
  expect(found).toMatch(/^resource-policy broader/);
  expect(found).toMatch(sentence);
});

test("a resource that is not an ARN is unknown", () => {
  const policy = allows("*", "x:Do", { Resource: "my-thing" });
  expect(reported([change("aws_thing.x", null, { name: "t", policy })])).toEqual([
    expect.stringMatching(/^resource-policy unknown t .*names a resource that is not an ARN: my-thing/),
  ]);
});

test("regional names do not make two policies one", () => {
  const at = (provider: string, name: string) => ({
    address: `aws_ecr_repository_policy.${name}`,
    type: "aws_ecr_repository_policy",
    provider_config_key: provider,
    expressions: { policy: {} },
  });
  const configuration = { root_module: { resources: [at("aws.eu", "eu"), at("aws.us", "us")] } };
  const resources = [
    unchanged("aws_ecr_repository_policy.eu", { repository: "app", policy: open }),
    change("aws_ecr_repository_policy.us", null, { repository: "app", policy: open }),
  ];
  expect(reported(resources, { configuration })).toEqual([
    expect.stringMatching(/^resource-policy broader app - anyone can now/),
  ]);
});

test("a secret in a policy is not in the report", () => {
  const hidden = allows({ AWS: "arn:aws:iam::123456789012:role/hidden-name" }, "x:Do");
  const one = change(
    "aws_thing.x",
    null,
    { name: "t", policy: hidden },
    { after_sensitive: { policy: true } },
  );
  expect(JSON.stringify(reported([one]))).not.toContain("hidden-name");
  expect(reported([one])).toHaveLength(1);
});

test.each([
  ["aws_ecr_lifecycle_policy.x", { policy: open }],
  ["aws_s3_object.x", { content: open, key: "policy.json" }],
  ["random_id.x", { policy: open }],
  ["aws_sqs_queue.x", { name: "jobs" }],
])("%s with %j does not affect access", (address, after) => {
  expect(reported([change(address, null, after)])).toEqual([]);
});
