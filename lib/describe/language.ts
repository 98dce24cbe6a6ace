/** The languages that the describer writes. */
export type Language = "en" | "ja";

/** The same words in each of them. */
export type InEachLanguage = Readonly<Record<Language, string>>;
