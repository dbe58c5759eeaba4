/** The model's ids at BytePlus and at Volcengine, from their model lists. */
const IDS: Readonly<Record<string, readonly [byteplus: string, volcengine: string]>> = {
  'seedance-2.0': ['dreamina-seedance-2-0-260128', 'doubao-seedance-2-0-260128'],
  'seedance-2.0-fast': ['dreamina-seedance-2-0-fast-260128', 'doubao-seedance-2-0-fast-260128'],
  'seedance-2.0-mini': ['dreamina-seedance-2-0-mini-260615', 'doubao-seedance-2-0-mini-260615'],
  'seedance-2.5': ['dreamina-seedance-2-5-260628', 'doubao-seedance-2-5-260628'],
  'seedance-1.5-pro': ['seedance-1-5-pro-251215', 'doubao-seedance-1-5-pro-251215'],
  'seedance-1.0-pro': ['seedance-1-0-pro-250528', 'doubao-seedance-1-0-pro-250528'],
  'seedance-1.0-pro-fast': ['seedance-1-0-pro-fast-251015', 'doubao-seedance-1-0-pro-fast-251015'],
  'seedance-1.0-lite': ['seedance-1-0-lite-t2v-250428', 'doubao-seedance-1-0-lite-t2v-250428'],
  'seedance-1.0-lite-i2v': ['seedance-1-0-lite-i2v-250428', 'doubao-seedance-1-0-lite-i2v-250428'],
};

/** The documented ids in the region of an address: Volcengine's at its hosts, else BytePlus's. */
export function arkModelIds(baseUrl: string): ReadonlyMap<string, string> {
  const isVolcengine = /(?:^|\.)volces\.com$/i.test(new URL(baseUrl).hostname);
  return new Map(
    Object.entries(IDS).map(([model, [byteplus, volcengine]]) => [
      model,
      isVolcengine ? volcengine : byteplus,
    ]),
  );
}
