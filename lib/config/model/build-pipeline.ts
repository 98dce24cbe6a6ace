import { defaultImage, defaultNodeImage } from "../schema/pipeline-schema";
import type { ProjectEntry } from "../schema/schema";
import { defaultPublish } from "../schema/upload-schema";
import type { JobSettings, ProjectPipeline, RolePipeline, Upload, Watch } from "./pipeline-model";

type ProjectEntryPipeline = NonNullable<ProjectEntry["pipeline"]>;
type RoleEntryPipeline = NonNullable<ProjectEntry["roles"][string]["pipeline"]>;

/**
 * A project's pipeline with every default filled in.
 * @param jobPrefix what its jobs' names begin with; undefined: nothing
 */
export function buildProjectPipeline(
  { pipeline = {}, roles }: ProjectEntry,
  jobPrefix: string | undefined,
): ProjectPipeline {
  const { image, build, publish, contexts, parallelism, workflow, after, parameter, watch } = pipeline;
  const needsNode = Object.values(roles).some(
    ({ terraform, deploys }) => terraform !== undefined || deploys?.cdk !== undefined,
  );
  const upload = uploadOf(publish);
  return {
    ...settingsOf(pipeline),
    image: image ?? (needsNode ? defaultNodeImage : defaultImage),
    build: build ?? [],
    publish: folderOf(publish) ?? defaultPublish,
    ...(upload === undefined ? {} : { upload }),
    contexts: contexts ?? [],
    ...(parallelism === undefined ? {} : { parallelism }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(after === undefined ? {} : { after }),
    ...(parameter === undefined ? {} : { parameter }),
    ...(watch === undefined ? {} : { watch: watchOf(watch) }),
    ...(jobPrefix === undefined ? {} : { jobPrefix }),
  };
}

function watchOf(watch: NonNullable<ProjectEntryPipeline["watch"]>): Watch {
  if (typeof watch === "string") return { every: watch };
  const { every, accept } = watch;
  return { every, ...(accept === undefined ? {} : { accept }) };
}

/** @param job the job's name where the file gives none, of which an approval's name is made */
export function buildRolePipeline(pipeline: RoleEntryPipeline = {}, job: string): RolePipeline {
  const { image, run, contexts, after, job: named, workflow, approval, publish } = pipeline;
  const [folder, upload] = [folderOf(publish), uploadOf(publish)];
  return {
    ...settingsOf(pipeline),
    ...(image === undefined ? {} : { image }),
    run: run ?? [],
    contexts: contexts ?? [],
    ...(after === undefined ? {} : { after }),
    ...(named === undefined ? {} : { job: named }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(approval === undefined ? {} : { approval: approval === true ? `approve-${named ?? job}` : approval }),
    ...(folder === undefined ? {} : { publish: folder }),
    ...(upload === undefined ? {} : { upload }),
  };
}

function settingsOf(entry: ProjectEntryPipeline | RoleEntryPipeline): JobSettings {
  const { imageCredentials, executor, resourceClass, environment, steps } = entry;
  return {
    ...(imageCredentials === undefined ? {} : { imageCredentials }),
    ...(executor === undefined ? {} : { executor }),
    ...(resourceClass === undefined ? {} : { resourceClass }),
    ...(environment === undefined ? {} : { environment }),
    ...(steps === undefined ? {} : { steps: { before: steps.before ?? [], after: steps.after ?? [] } }),
  };
}

function folderOf(publish: ProjectEntryPipeline["publish"]): string | undefined {
  return typeof publish === "object" ? publish.folder : publish;
}

function uploadOf(publish: ProjectEntryPipeline["publish"]): Upload | undefined {
  if (typeof publish !== "object") return undefined;
  const { prefix, delete: deletes = false, exclude = [], cache = {} } = publish;
  return {
    ...(prefix === undefined ? {} : { prefix }),
    delete: deletes,
    exclude,
    cache: Object.entries(cache).map(([files, control]) => ({ files, control })),
  };
}
