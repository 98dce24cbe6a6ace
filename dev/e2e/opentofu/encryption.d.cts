/** Types and contract of encryption.cjs. */
export declare function encryptionOf(
  block: unknown,
  own: string,
): { readonly seal: (plan: Buffer) => Buffer; readonly open: (file: Buffer) => Buffer };
