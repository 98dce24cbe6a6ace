import type { ReportCommit } from "../../../lib/access-report/model/since";

/** Commits of the sample, the oldest first. */
export const COMMITS = {
  first: {
    hash: "3f9c2a1b04de77c1e8a95d06b2f4138c6e0d7a52",
    date: "2025-03-12T09:04:11Z",
    author: "Ana Lindqvist",
    subject: "access: staging and production, by job",
    pullRequest: "#4",
  },
  contractors: {
    hash: "8b17e0c94a2d5f6c3e81907ab4d2c6f50e9138ad",
    date: "2026-06-02T14:40:00Z",
    author: "Goro Tanaka",
    subject: "Merge pull request #61 from larkspur/contractors",
    pullRequest: "#61",
  },
  breakGlass: {
    hash: "c05d9e3717b84f20a6c1e58d93f0b7246ad1c8e9",
    date: "2026-08-19T07:30:25Z",
    author: "Ana Lindqvist",
    subject: "infrastructure: a role for incidents (#77)",
    pullRequest: "#77",
  },
  grant: {
    hash: "e6f2084b5a9d1c37f0b8462d7e93a510cc6f28b4",
    date: "2026-11-30T10:52:08Z",
    author: "Goro Tanaka",
    subject: "ben: break-glass for INC-4711 (#93)",
    pullRequest: "#93",
  },
} as const satisfies Readonly<Record<string, ReportCommit>>;
