import { z } from "zod";

export const idSchema = z.string().meta({
  description: "Identifies the change: the same in every run. `--accept` takes it.",
});
