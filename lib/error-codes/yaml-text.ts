import type { ErrorGroup } from "./error-group";

export const YAML_TEXT = {
  title: "access.yaml: YAML",
  guide: "access-yaml.md",
  intro:
    "Problems in the YAML of access.yaml, each reported with its line and column, and errors of commands that edit the file.",
  codes: {
    "access-file-invalid": {
      cause: "access.yaml was read and has problems. The message lists every one with line, column and code.",
      fix: "Correct each problem; each has an entry of its own on this page.",
    },
    "yaml-syntax": {
      cause: "The text is not valid YAML 1.2.",
      fix: "Correct the indentation, brackets or quotes at the place that is named, or on the line before it.",
    },
    "yaml-version": {
      cause: "A `%YAML` directive requests a version other than 1.2.",
      fix: "Remove the `%YAML` line.",
    },
    "yaml-several-documents": {
      cause: "The file holds more than one YAML document.",
      fix: "Put everything into one document and remove the `---` line.",
    },
    "yaml-too-deep": {
      cause: "Maps and lists are nested deeper than any key of access.yaml needs.",
      fix: "Write the values out without nesting them.",
    },
    "yaml-alias": {
      cause: "The file uses a YAML alias (`*name`), which is not supported.",
      fix: "Write the value out. To name several people at once, use `groups`.",
    },
    "yaml-anchor": {
      cause: "The file uses a YAML anchor (`&name`), which is not supported.",
      fix: "Remove the anchor and write the value wherever it is needed.",
    },
    "yaml-merge-key": {
      cause: "The file uses a YAML merge key (`<<`), which is not supported.",
      fix: "Write the keys out.",
    },
    "yaml-tag": {
      cause: "The file uses a YAML tag other than those of plain text, numbers, maps and lists.",
      fix: "Remove the tag.",
    },
    "key-not-text": {
      cause: "YAML reads a key as a number, a boolean or a collection.",
      fix: "Put the key in quotes, or choose another name.",
    },
    "duplicate-key": { cause: "A map has the same key twice.", fix: "Remove one of the two, or rename it." },
    "unknown-key": {
      cause: "The key is not valid in this place.",
      fix: "Correct the spelling, or remove the key.",
    },
    "missing-key": {
      cause: "A required key is missing.",
      fix: "Add the key with a value of the form that the message names.",
    },
    "missing-value": { cause: "A key has no value.", fix: "Write the value after the key." },
    "wrong-type": {
      cause: "A value has the wrong type, for example a number where text is required.",
      fix: "Write a value of the allowed type; put text that looks like a number in quotes.",
    },
    "wrong-value": {
      cause: "A value is not one of those allowed.",
      fix: "Use one of the values that the message lists.",
    },
    "not-a-list": {
      cause: "A single text was found where a list is required.",
      fix: "Write it as a list: `[main]`.",
    },
    "not-allowed": {
      cause: "A value violates the schema in a way that has no code of its own.",
      fix: "Correct the value as the message says.",
    },
    "empty-list": {
      cause: "A list is empty. An empty list never grants or excludes anything.",
      fix: "Add an element, or remove the key if it is optional.",
    },
    "empty-map": {
      cause: "A map is empty. An empty map never grants or excludes anything.",
      fix: "Add an entry, or remove the key if it is optional.",
    },
    "listed-twice": { cause: "A list has the same element twice.", fix: "Remove one of the two." },
    "yaml-entry-exists": {
      cause: "A command would add an entry that access.yaml already has.",
      fix: "Rename or remove the existing entry.",
    },
    "yaml-layout": {
      cause: "A command cannot edit access.yaml because of the way the text is laid out.",
      fix: "Write maps in block style, without anchors and aliases, and run the command again.",
    },
  },
} as const satisfies ErrorGroup;
