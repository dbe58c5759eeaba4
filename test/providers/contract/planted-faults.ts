/** A fault that somebody could make in a provider's folder, and the case that has to find it. */
export interface PlantedFault {
  readonly provider: 'jimmy' | 'anyfast';
  readonly what: string;
  /** In the provider's folder. */
  readonly file: string;
  /** Stands in it exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The name of the case. */
  readonly foundBy: string;
}

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    provider: 'jimmy',
    what: 'a spent balance is read as busy, so that it is sent again for an hour',
    file: 'dialect.ts',
    find: "means: 'balance-spent'",
    replace: "means: 'busy'",
    foundBy: 'is refused when the balance is spent, and not sent again after a while',
  },
  {
    provider: 'jimmy',
    what: 'a success code is not known, so that a paid video is released',
    file: 'dialect.ts',
    find: '  ...RESELLER_DIALECT,\n',
    replace: "  ...RESELLER_DIALECT,\n  successCodes: new Set(['20000']),\n",
    foundBy: 'reads an answer to a create: the code 0',
  },
  {
    provider: 'jimmy',
    what: 'a status word is missing, so that a finished task is never delivered',
    file: 'dialect.ts',
    find: "doneStatuses: [...RESELLER_DIALECT.doneStatuses, '1']",
    replace: 'doneStatuses: RESELLER_DIALECT.doneStatuses',
    foundBy: 'calls a task finished in each of its words for that',
  },
  {
    provider: 'jimmy',
    what: 'the words for an unknown task are others',
    file: 'dialect.ts',
    find: "['任务不存在']",
    replace: "['task not found']",
    foundBy: 'misses a task that the provider does not know, at whatever status it says so',
  },
  {
    provider: 'jimmy',
    what: 'the code for a refused key is another one, so that the provider is not paused',
    file: 'dialect.ts',
    find: "['20001', 'unauthorized']",
    replace: "['20003', 'unauthorized']",
    foundBy: 'knows its own words for a refused key',
  },
  {
    provider: 'jimmy',
    what: 'a code that stands for any error lets another model be tried',
    file: 'dialect.ts',
    find: "catchAllCodes: new Set(['-1'])",
    replace: 'catchAllCodes: new Set()',
    foundBy: 'reads an answer to a create: any error of the server',
  },
  {
    provider: 'jimmy',
    what: 'a failed task is held, although it is taken for free',
    file: 'descriptor.ts',
    find: "failureCost: 'assumed'",
    replace: "failureCost: 'held'",
    foundBy: 'takes a failed task for what its documents say that one costs',
  },
  {
    provider: 'jimmy',
    what: 'the address of a query is another one',
    file: 'descriptor.ts',
    find: "'/api/open-api/v1/videos/'",
    replace: "'/api/open-api/v1/seedance/videos/'",
    foundBy: 'asks for a task by GET at the address of its documents, with the key',
  },
  {
    provider: 'jimmy',
    what: 'a length is one second too long',
    file: 'routes.ts',
    find: 'duration: { min: 4, max: 12, default: 5 }',
    replace: 'duration: { min: 4, max: 13, default: 5 }',
    foundBy: 'takes the shortest and the longest video of each route, and no other',
  },
  {
    provider: 'jimmy',
    what: 'a route takes a picture less than it does',
    file: 'routes.ts',
    find: 'image: { maxCount: 4,',
    replace: 'image: { maxCount: 3,',
    foundBy: 'takes as many media as each route does, together as it does',
  },
  {
    provider: 'jimmy',
    what: 'a video is billed by the task instead of the second',
    file: 'routes.ts',
    find: "billing: { unit: 'second', byResolution: true },",
    replace: "billing: { unit: 'task', byResolution: true },",
    foundBy: 'bills by the names and units of its documents',
  },
  {
    provider: 'jimmy',
    what: 'the last frame is sent as the first one',
    file: 'create-body.ts',
    find: "const [firstImage] = urls('first_frame');",
    replace: "const [firstImage = urls('last_frame')[0]] = urls('first_frame');",
    foundBy: 'sends every medium in its place, in order and with its whole address, by each route',
  },
  {
    provider: 'jimmy',
    what: 'the number of a portrait is one that no create takes',
    file: 'libraries.ts',
    find: "idPaths: ['data.asset_id']",
    replace: "idPaths: ['data.official_id', 'data.asset_id']",
    foundBy: 'takes the portrait of a person by a way of its own, where it has one',
  },
  {
    provider: 'jimmy',
    what: 'an upload may be larger than its document says',
    file: 'upload.ts',
    find: 'const MAX_BYTES = 100_000_000;',
    replace: 'const MAX_BYTES = 104_857_600;',
    foundBy: 'refuses no upload by itself that its documents allow, and none beyond',
  },
  {
    provider: 'anyfast',
    what: 'a create that the gateway lost track of is released',
    file: 'dialect.ts',
    find: '  ...RESELLER_DIALECT,\n',
    replace:
      '  ...RESELLER_DIALECT,\n  codes: { ...RESELLER_DIALECT.codes, ambiguous: new Set() },\n',
    foundBy: 'does not know what came of a create that a gateway lost track of, at any status',
  },
  {
    provider: 'anyfast',
    what: 'an error is not read, so that a refused create is held',
    file: 'dialect.ts',
    find: 'hasErrorField: true',
    replace: 'hasErrorField: false',
    foundBy: 'is refused by its error envelope at any status below 500',
  },
  {
    provider: 'anyfast',
    what: 'the usage is looked for at another place',
    file: 'dialect.ts',
    find: "usagePaths: ['data.usage', 'usage']",
    replace: "usagePaths: ['usage']",
    foundBy: 'settles a task at the usage that the provider reports',
  },
  {
    provider: 'anyfast',
    what: 'the address of the result is looked for at another place',
    file: 'dialect.ts',
    find: 'hasErrorField: true',
    replace: "hasErrorField: true,\n  resultUrlPaths: ['data.content.video_url']",
    foundBy: 'reads the address of the result whole',
  },
  {
    provider: 'anyfast',
    what: 'a sentence counts although it may be quoted from the prompt',
    file: 'dialect.ts',
    find: "words: '当前分组上游负载已饱和'",
    replace:
      "words: '当前分组上游负载已饱和当前分组上游负载已饱和 and much that nobody would ever write'",
    foundBy: 'believes no sentence about the account that may be quoted from the prompt',
  },
  {
    provider: 'anyfast',
    what: 'a picture may be larger than its document says',
    file: 'routes.ts',
    find: 'maxBytes: 30 * MIB',
    replace: 'maxBytes: 31 * MIB',
    foundBy: 'takes the largest files of its documents, and none beyond',
  },
  {
    provider: 'anyfast',
    what: 'a deletion names the medium by another field',
    file: 'library.ts',
    find: "post('DeleteAsset', { model: MODEL, Id: id })",
    replace: "post('DeleteAsset', { model: MODEL, AssetId: id })",
    foundBy: 'deletes a medium, and takes one that is not there for deleted',
  },
];
