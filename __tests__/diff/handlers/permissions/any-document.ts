import fc from "fast-check";
import { allow, deny } from "../../../iam/prove/requests/write";

const statement = fc
  .record({
    effect: fc.constantFrom(allow, allow, allow, deny),
    actions: fc.uniqueArray(fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:*", "iam:PassRole", "*"), {
      minLength: 1,
      maxLength: 2,
    }),
    resource: fc.constantFrom("*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b"),
  })
  .map(({ effect, actions, resource: to }) => effect(actions, to));
/** Identity-based policies with few statements, which often overlap. */
export const documents = fc
  .array(statement, { minLength: 1, maxLength: 2 })
  .map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
