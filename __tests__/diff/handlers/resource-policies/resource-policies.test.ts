import { plan, resource } from "../../../plan/a-plan";
import { allows, change, configured, still, told, toldOf, type Values } from "../../a-policy";

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
    "a point in a block",
    "aws_s3control_multi_region_access_point_policy",
    (policy) => ({ details: [{ name: "x", policy }] }),
  ],
  [
    "a type that nobody has listed",
    "aws_thing_from_tomorrow",
    (policy) => ({ name: "t", resource_policy: policy }),
  ],
  ["a name that nobody has listed", "aws_thing_from_tomorrow", (rules) => ({ name: "t", rules })],
  [
    "one deep inside",
    "aws_thing_from_tomorrow",
    (text) => ({ name: "t", sets: [{ a: 1 }, { rule: { text } }] }),
  ],
])("%s: who gains is told by name, who loses too, and the same is no change", (_, type, values) => {
  const address = `${type}.x`;
  const one = (before: string, after: string) => told([change(address, values(before), values(after))]);
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
    told([change(address, { ...values(open), tags: {} }, { ...values(open), tags: { a: "b" } })]),
  ).toEqual([]);
});

test("a multi-region access point that lets everybody in is told so", () => {
  const after = { details: [{ name: "x", policy: allows("*", "s3:*") }] };
  expect(told([change("aws_s3control_multi_region_access_point_policy.x", null, after)])).toEqual([
    expect.stringMatching(
      /^resource-policy broader x - anyone can now perform s3:\*, such as s3:GetObject on /,
    ),
  ]);
});

test.each<[what: string, more: object, reason: RegExp]>([
  ["known only after apply", { after_unknown: { policy: true } }, /known only after apply/],
  ["sensitive", { after_sensitive: { policy: true } }, /marked as sensitive/],
])("a policy that is %s is unknown, and says why", (_, more, reason) => {
  const side = { queue_url: "https://q/jobs", policy: theirs };
  const [found, ...others] = told([change("aws_sqs_queue_policy.x", side, { ...side, policy: null }, more)]);
  expect(others).toEqual([]);
  expect(found).toMatch(/^resource-policy unknown /);
  expect(found).toMatch(reason);
});

test("a policy in a block that is known only after apply is unknown", () => {
  const type = "aws_s3control_multi_region_access_point_policy.x";
  const more = { after_unknown: { details: [{ policy: true }] } };
  expect(told([change(type, null, { details: [{ name: "x" }] }, more)])).toEqual([
    expect.stringMatching(/^resource-policy unknown .*known only after apply/),
  ]);
});

test("what cannot be read is unknown, and is not told where it stays as it is", () => {
  const side = (policy: string, tag: string) => ({ name: "jobs", policy, tags: { tag } });
  expect(told([change("aws_sqs_queue.x", side(theirs, "a"), side("{", "a"))])).toEqual([
    expect.stringMatching(/^resource-policy unknown .*cannot be read/),
  ]);
  expect(told([change("aws_sqs_queue.x", side("{", "a"), side("{", "b"))])).toEqual([]);
});

test.each<[what: string, type: string, values: (document: string) => Values]>([
  ["AWS IoT", "aws_iot_policy", (policy) => ({ name: "p", policy })],
  ["OpenSearch Serverless", "aws_opensearchserverless_access_policy", (policy) => ({ name: "p", policy })],
  ["Cedar", "aws_verifiedaccess_group", (policy_document) => ({ policy_document })],
])("a policy in the language of %s is unknown where it changes", (what, type, values) => {
  expect(told([change(`${type}.x`, values(theirs), values(open))])).toEqual([
    expect.stringMatching(new RegExp(`^resource-policy unknown .*${what}`)),
  ]);
  expect(
    told([change(`${type}.x`, { ...values(open), tags: null }, { ...values(open), tags: { a: "1" } })]),
  ).toEqual([]);
});

test("a policy that names nobody: less of it is narrower, more of it is unknown", () => {
  const side = (...actions: string[]) => ({
    name: "t",
    rules: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
    }),
  });
  const one = (before: Values, after: Values) => told([change("aws_thing.x", before, after)]);
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
    told([change("aws_organizations_policy.x", before, after)]);

  test("denying more is narrower, denying less or no longer is unknown: the targets are elsewhere", () => {
    expect(one(scp(deny), scp(denyMore))).toEqual([expect.stringMatching(/^resource-policy narrower guard/)]);
    expect(one(null, scp(deny))).toEqual([expect.stringMatching(/^resource-policy narrower guard/)]);
    expect(one(scp(denyMore), scp(deny))).toEqual([
      expect.stringMatching(/^resource-policy unknown guard \(who gains access depends/),
    ]);
    expect(one(scp(deny), null)).toEqual([
      expect.stringMatching(/^resource-policy unknown guard \(who gains access depends/),
    ]);
  });

  test("allowing more is unknown, since somebody may keep a list of what is allowed", () => {
    const allow = { Effect: "Allow", Action: "s3:*", Resource: "*" };
    expect(one(scp(allow), scp({ ...allow, Action: "*" }))).toEqual([
      expect.stringMatching(/^resource-policy unknown guard/),
    ]);
  });

  test("a resource control policy that denies less is unknown, and one that denies more is narrower", () => {
    const rcp = (...actions: string[]) => ({
      ...scp({ Effect: "Deny", Principal: "*", Action: actions, Resource: "*" }),
      type: "RESOURCE_CONTROL_POLICY",
    });
    expect(one(rcp("s3:GetObject", "s3:PutObject"), rcp("s3:GetObject"))).toEqual([
      expect.stringMatching(/^resource-policy unknown guard \(who gains access depends/),
    ]);
    expect(one(rcp("s3:GetObject"), rcp("s3:GetObject", "s3:PutObject"))).toEqual([
      expect.stringMatching(/^resource-policy narrower guard/),
    ]);
  });

  test("a policy of another kind is unknown", () => {
    const tags = (content: string) => ({ name: "tags", type: "TAG_POLICY", content });
    expect(one(tags('{"tags":{}}'), tags('{"tags":{"a":{}}}'))).toEqual([
      expect.stringMatching(/^resource-policy unknown tags/),
    ]);
  });
});

describe("a policy and the resource that shows it", () => {
  const url = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs";
  const queue = (policy: string | null) => ({ name: "jobs", url, id: url, policy });
  const own = (policy: string) => ({ queue_url: url, policy });

  test("moved out of the queue into a resource of its own: no change", () => {
    const resources = [
      change("aws_sqs_queue.q", queue(theirs), queue(theirs)),
      change("aws_sqs_queue_policy.p", null, own(theirs)),
    ];
    expect(
      told(
        resources,
        configured({ "aws_sqs_queue.q": { name: [] }, "aws_sqs_queue_policy.p": { policy: [] } }),
      ),
    ).toEqual([]);
  });

  test("moved from one address and one stack to another: no change; with another text it is one", () => {
    const gone = plan([change("aws_sqs_queue_policy.p", own(theirs), null)]);
    expect(toldOf(gone, plan([change("aws_sqs_queue_policy.other", null, own(theirs))]))).toEqual([]);
    expect(toldOf(gone, plan([change("aws_sqs_queue_policy.other", null, own(open))]))).toEqual([
      expect.stringMatching(/^resource-policy broader .* - anyone can now/),
    ]);
  });

  test("the queue shows what its policy declares: no drift; changed by hand, it is told once", () => {
    const shown = resource("aws_sqs_queue.q", { before: queue(null), after: queue(theirs) });
    const resources = [still("aws_sqs_queue.q", queue(theirs)), still("aws_sqs_queue_policy.p", own(theirs))];
    expect(told(resources, { resource_drift: [shown] })).toEqual([]);
    const byHand = [
      resource("aws_sqs_queue.q", { before: queue(theirs), after: queue(open) }),
      resource("aws_sqs_queue_policy.p", { before: own(theirs), after: own(open) }),
    ];
    const after = [
      still("aws_sqs_queue.q", queue(open)),
      change("aws_sqs_queue_policy.p", own(open), own(theirs)),
    ];
    expect(told(after, { resource_drift: byHand })).toEqual([
      expect.stringMatching(
        /^resource-policy broader aws_sqs_queue.q \(the plan reverts it\) - anyone can now/,
      ),
      expect.stringMatching(/^resource-policy narrower aws_sqs_queue.q - anyone can no longer/),
    ]);
  });

  test("two resources declare it: whichever is applied last decides, and neither hides the other", () => {
    const found = told([
      still("aws_sqs_queue_policy.a", own(theirs)),
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
    expect(told([renamed])).toEqual([
      expect.stringMatching(/^resource-policy broader/),
      expect.stringMatching(/^resource-policy narrower/),
    ]);
  });

  test("a queue and its policy that are made together: a Deny keeps out nobody who was in", () => {
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
    expect(told(resources, given)).toEqual([]);
  });
});

describe("policies that AWS makes by itself", () => {
  const arn = "arn:aws:kms:us-east-1:123456789012:key/k";
  const key = (policy: string) => ({ arn, key_id: "k", policy });
  const root = allows({ AWS: us }, "kms:*");

  test("a queue without a policy, which the provider fills in: nothing; one that somebody gives is unknown", () => {
    const one = change("aws_sqs_queue.x", null, { name: "jobs" }, { after_unknown: { policy: true } });
    expect(told([one], configured({ "aws_sqs_queue.x": { name: [] } }))).toEqual([]);
    const unknown = [
      expect.stringMatching(/^resource-policy unknown aws_sqs_queue.x .*known only after apply/),
    ];
    expect(told([one], configured({ "aws_sqs_queue.x": { name: [], policy: [] } }))).toEqual(unknown);
    // A plan without its configuration does not say.
    expect(told([one])).toEqual(unknown);
  });

  test("a new key whose policy is the default one: nothing; one that lets in another account is broader", () => {
    expect(told([change("aws_kms_key.k", null, key(root))])).toEqual([]);
    // Whose account it is is not known.
    expect(told([change("aws_kms_key.k", null, { key_id: "k", policy: root })])).toEqual([
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
    expect(told([resource("aws_kms_key.k", own)], inAccount)).toEqual([]);
    const wide = { ...own, after: { policy: allows({ AWS: them }, "kms:Decrypt") } };
    expect(told([resource("aws_kms_key.k", wide)], inAccount)).toEqual([
      expect.stringMatching(
        /^resource-policy broader aws_kms_key.k - any principal in account 999999999999 can now/,
      ),
    ]);
  });

  test("an endpoint whose policy goes has the default one, which lets everything through", () => {
    const narrow = allows("*", "s3:GetObject");
    expect(
      told([change("aws_vpc_endpoint_policy.e", { vpc_endpoint_id: "vpce-1", policy: narrow }, null)]),
    ).toEqual([expect.stringMatching(/^resource-policy broader .*- anyone can now perform \*/)]);
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
])("a policy that %s is compared all the same", (_, policy, sentence) => {
  const [found] = told([change("aws_ecr_repository_policy.x", null, { repository: "app", policy })]);
  expect(found).toMatch(/^resource-policy broader/);
  expect(found).toMatch(sentence);
});

test("a resource that is not an ARN could mean anything", () => {
  const policy = allows("*", "x:Do", { Resource: "my-thing" });
  expect(told([change("aws_thing.x", null, { name: "t", policy })])).toEqual([
    expect.stringMatching(/^resource-policy unknown t .*names a resource that is not an ARN: my-thing/),
  ]);
});

test("names that are one's own in each region do not make two policies one", () => {
  const at = (provider: string, name: string) => ({
    address: `aws_ecr_repository_policy.${name}`,
    type: "aws_ecr_repository_policy",
    provider_config_key: provider,
    expressions: { policy: {} },
  });
  const configuration = { root_module: { resources: [at("aws.eu", "eu"), at("aws.us", "us")] } };
  const resources = [
    still("aws_ecr_repository_policy.eu", { repository: "app", policy: open }),
    change("aws_ecr_repository_policy.us", null, { repository: "app", policy: open }),
  ];
  expect(told(resources, { configuration })).toEqual([
    expect.stringMatching(/^resource-policy broader app - anyone can now/),
  ]);
});

test("a secret in a policy is in no answer", () => {
  const hidden = allows({ AWS: "arn:aws:iam::123456789012:role/hidden-name" }, "x:Do");
  const one = change(
    "aws_thing.x",
    null,
    { name: "t", policy: hidden },
    { after_sensitive: { policy: true } },
  );
  expect(JSON.stringify(told([one]))).not.toContain("hidden-name");
  expect(told([one])).toHaveLength(1);
});

test.each([
  ["aws_ecr_lifecycle_policy.x", { policy: open }],
  ["aws_s3_object.x", { content: open, key: "policy.json" }],
  ["random_id.x", { policy: open }],
  ["aws_sqs_queue.x", { name: "jobs" }],
])("%s with %j says nothing of who may do what", (address, after) => {
  expect(told([change(address, null, after)])).toEqual([]);
});
