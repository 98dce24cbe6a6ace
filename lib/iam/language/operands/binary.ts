const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Bytes in base64, as one text to compare ("Binary condition operators"). Undefined: the text is no
 * base64.
 */
export function parseBinary(text: string): string | undefined {
  return BASE64.test(text) ? text : undefined;
}
