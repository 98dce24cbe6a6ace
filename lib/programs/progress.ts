/**
 * The same progress display as in the set-up step, which has to work before anything is compiled.
 */
export { createProgress, type Progress } from "../../setup/progress.cjs";
