import { z } from "zod";

export const idSchema = z.string().meta({
  description: "The same for the same change, whenever it is planned: what `--accept` takes.",
});
