import { AccountStack } from "../constructs/account-stack";

/** A stack without resources, whose deploy removes released resources from its state. */
export class ForgottenStack extends AccountStack {}
