/** The same as in the set-up step, which has to work before anything is compiled. */
export { visible, visibleJson, visibleLine } from "../../setup/visible.cjs";
