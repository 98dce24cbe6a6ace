import { readdirSync } from "node:fs";
import path from "node:path";
import { compareText } from "../../collections/sort";
import { ProjectError } from "../../errors";
import { readShardFile, type ShardFile, shardFile } from "./shard-file";
import { problemsIn } from "./shard-problems";

/**
 * The shards in a folder.
 * @throws ProjectError `shards-missing`, `shard-not-read` (exit 2)
 */
export function readShards(folder: string): readonly ShardFile[] {
  const shards = namesIn(folder)
    .filter((name) => /^shard-.*\.json$/.test(name))
    .map((name) => ({ name, shard: readShardFile(path.join(folder, name)) }));
  for (const { name, shard } of shards) {
    const own = path.basename(shardFile(folder, shard));
    // A renamed copy beside the original would count twice.
    if (name !== own) throw problemsIn([{ code: "shard-doubled", message: `${name} is a copy of ${own}` }]);
  }
  if (shards.length > 0) return shards.map(({ shard }) => shard);
  throw new ProjectError({
    code: "shards-missing",
    message: `no shard in ${folder}`,
    found: folder,
    fix: "pass the folder of `oidc review --shard --out` with the files of all shards",
    exitCode: 2,
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch {
    return [];
  }
}
