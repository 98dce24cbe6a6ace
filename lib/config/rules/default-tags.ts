export const DEFAULT_TAG_KEYS = ["managed-by", "managed-from", "terraform-state"] as const;
export type DefaultTagKey = (typeof DEFAULT_TAG_KEYS)[number];
