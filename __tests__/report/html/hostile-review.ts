import { aChange, anAccessChange, anAttribute, aReview, aStack } from "../a-review";
import { NASTY } from "../nasty-texts";

const evil = NASTY.join(" ");
/** A review in which every text that others wrote is hostile. */
export const hostileReview = aReview({
  commit: evil,
  access: [anAccessChange({ subject: evil, reason: [{ quoted: evil }] })],
  stacks: [
    aStack({
      name: evil,
      failure: evil,
      isErrored: true,
      resources: [aChange("destroy", evil, { attributes: [anAttribute(evil, evil, evil.repeat(20))] })],
    }),
  ],
});
