import type { NeverSent } from '../never-sent.ts';

const SHARED = 'Jimmy AI, the schema of the shared endpoint';
const REPOSITORY = "Jimmy AI's own repository of skills";

const model = (name: string, why: string, source: string): NeverSent => ({
  kind: 'model',
  name,
  why,
  source,
});

const RESOLUTION_FIELD = 'the same as the model without the resolution and the field `resolution`';
const OTHER_PATH = 'another family of models, with a path and fields of its own';

/** What Jimmy AI's documents, its pages and its own repository name, and the bot never sends. */
export const JIMMY_NEVER_SENT: readonly NeverSent[] = [
  {
    kind: 'field',
    name: 'orientation',
    why: '`ratio` says the same, takes precedence and is what people choose',
    source: SHARED,
  },
  model('seedance2.0-mini-480p*', RESOLUTION_FIELD, REPOSITORY),
  model('seedance2.0-mini-720p*', RESOLUTION_FIELD, REPOSITORY),
  model('seedance2.0-mini-1080p*', RESOLUTION_FIELD, REPOSITORY),
  model(
    'seedance2.0-933*',
    'newer than the documents; their limits are not documented',
    REPOSITORY,
  ),
  model('sd2-933-720p', 'newer than the documents; their limits are not documented', REPOSITORY),
  model(
    'seedance2.0-gz*',
    'newer than the documents, billed by tokens that no document explains',
    REPOSITORY,
  ),
  model('seedance-2.5-sp', OTHER_PATH, REPOSITORY),
  model('seedance2.5-gz*', OTHER_PATH, REPOSITORY),
];
