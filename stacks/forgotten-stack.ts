import { AccountStack } from "../constructs/account-stack";

/** A stack that holds nothing any more, so that its state forgets what was released. */
export class ForgottenStack extends AccountStack {}
