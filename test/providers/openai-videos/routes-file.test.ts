import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../../../src/domain/ledger/decimal.ts';
import { toSubmission } from '../../../src/domain/routes/submission.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { createBodyBy } from '../../../src/providers/create-body-by.ts';
import { catalogueOf } from '../../../src/providers/catalogue-of.ts';
import { OPENAI_VIDEOS } from '../../../src/providers/openai-videos/provider-file.ts';
import { PROVIDERS } from '../../../src/providers/registry.ts';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { routesSchema } from './routes-schema.ts';
import { EXAMPLES, declaredIn, faultsIn, serverOf } from './examples.ts';

const MODEL = {
  id: 'wan',
  seconds: { min: 2, max: 5, default: 5 },
  sizes: { '720p': { '16:9': '1280x720' } },
};
const SERVER = { name: 'gpu', url: 'https://gpu.test/v1', models: [MODEL] };

const withModel = (changes: object, server: object = {}) => ({
  servers: [{ ...SERVER, ...server, models: [{ ...MODEL, ...changes }] }],
});

describe('the schema', () => {
  it('at the top of the repository is the one by which the bot reads the file', () => {
    const text = readFileSync(join(projectRoot(), 'routes.schema.json'), 'utf8');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(routesSchema())));
  });

  it('has an example for each of the four servers, each of which the bot takes', () => {
    expect([...EXAMPLES.keys()]).toEqual(['vLLM-Omni', 'SGLang', 'LiteLLM', 'New-API']);
    for (const file of EXAMPLES.values()) expect(faultsIn(file)).toEqual([]);
    const all = [...EXAMPLES.keys()].map((heading) => serverOf(heading));
    expect(faultsIn({ servers: all })).toEqual([]);
  });
});

describe('a routes file', () => {
  it('is told every fault at once, each with its place', () => {
    const file = {
      $schema: './routes.schema.json',
      server: [],
      servers: [
        {
          name: 'GPU 1',
          title: '**bold**',
          url: 'ftp://gpu.test',
          key: 'two words',
          hours: 0,
          dialect: { body: 'xml', seconds: 5, extra: true },
          models: [],
        },
        {
          ...SERVER,
          url: 'https://gpu.test/v1/videos',
          models: [MODEL, { ...MODEL, title: 'Wan' }],
        },
        {
          ...SERVER,
          dialect: { field: 'picture' },
          models: [
            {
              id: '/wan',
              model: 'two words',
              tier: 10,
              seconds: { min: 0.5, max: 61 },
              sizes: { '8k': {}, '720p': { '5:4': '1280x720', '1:1': 'square' } },
              picture: 'yes',
              prompt: '5000',
              extra: { Steps: 4, deep: { er: 1 } },
              price: { amount: 0.1, per: 'second' },
            },
            {
              ...MODEL,
              seconds: { min: 6, max: 5, default: 7 },
              sizes: { '720p': { '16:9': '1280x720' }, '480p': { '1:1': '480x480' } },
              picture: true,
              extra: { size: '1x1', picture: '' },
              price: { amount: '1', per: 'task' },
              prices: { '1080p': { amount: '1', per: 'task' } },
            },
            { ...MODEL, id: 'm'.repeat(97), sizes: {} },
          ],
        },
        { ...SERVER, name: 'jimmy' },
        'nothing',
      ],
    };
    const faults = faultsIn(file);
    expect(faults).toEqual(
      expect.arrayContaining([
        'server is not known here',
        'servers[0].name must be small letters, digits and dashes, at most 32',
        'servers[0].title must be a name of at most 40 characters, without markup',
        'servers[0].url must be the address of its API with /v1, http or https, without user, query and fragment',
        'servers[0].key must be an API key: one word without quotation marks',
        'servers[0].hours must be at least 1',
        'servers[0].dialect.body must be one of form, json',
        'servers[0].dialect.seconds must be one of text, number',
        'servers[0].dialect.extra is not known here',
        'servers[0].models must have entries: at least 1',
        'servers[1].url ends with /videos, which the bot adds itself',
        'servers[1].models[1].id is there twice',
        'servers[2].name is there twice',
        'servers[2].models[0].id must be an id of letters, digits, dots, dashes, underscores and slashes',
        'servers[2].models[0].model must be the model’s name at its server, at most 512 characters',
        'servers[2].models[0].tier must be at most 9',
        'servers[2].models[0].seconds.min must be a whole number',
        'servers[2].models[0].seconds.max must be at most 60',
        'servers[2].models[0].seconds.default is missing',
        'servers[2].models[0].sizes["8k"] is not known here',
        'servers[2].models[0].sizes["720p"]["5:4"] is not known here',
        'servers[2].models[0].sizes["720p"]["1:1"] must be a width and a height, such as "1280x720"',
        'servers[2].models[0].picture must be true or false',
        'servers[2].models[0].prompt must be a number',
        'servers[2].models[0].extra.Steps is not known here',
        'servers[2].models[0].extra.deep must have one of the forms that the schema describes',
        'servers[2].models[0].price.amount must be a text',
        'servers[2].models[1].seconds.min is more than max',
        'servers[2].models[1].seconds.default is not between min and max',
        'servers[2].models[1].sizes has other ratios at another resolution',
        'servers[2].models[1].picture needs dialect.picture, which says how pictures are sent',
        'servers[2].models[1].extra.size is filled in by the bot',
        'servers[2].models[1].extra.picture is filled in by the bot',
        'servers[2].models[1].prices is there beside price',
        'servers[2].models[1].prices["1080p"] is a resolution without a size',
        'servers[2].models[2].id is too long: NAME/ID has at most 100 characters; give it a short id, and its name as model',
        'servers[2].models[2].sizes has no size',
        'servers[3].name is taken by a provider of the bot',
        'servers[4] must be an object',
      ]),
    );
    expect(faults.join('\n')).not.toContain('two words');
  });

  it.each(['007', '00.10', '.5', '1.', '-1', '1e3', '1,5', ' 1', '', 'x', '1'.repeat(16)])(
    'may not have %j as a price, which nothing could be counted with',
    (amount) => {
      expect(faultsIn(withModel({ price: { amount, per: 'task' } }))).toEqual([
        'servers[0].models[0].price.amount must be a decimal in quotes, zero or more, such as "0.05"',
      ]);
    },
  );

  it.each(['0', '0.05', '10', '123456789012345.123456789012345'])(
    'may have %j as a price',
    (amount) => {
      expect(faultsIn(withModel({ price: { amount, per: 'task' } }))).toEqual([]);
      expect(parseDecimal(amount)).toBeDefined();
    },
  );

  it('is told what people or the price list could not tell apart', () => {
    const price = { amount: '1', per: 'task' };
    const models = [
      { ...MODEL, id: 'wan', title: 'Wan A', prices: { '720p': price } },
      { ...MODEL, id: 'wan-720p', title: 'Wan B', price },
    ];
    const servers = [
      { ...SERVER, title: 'Our GPU', models },
      { ...SERVER, name: 'other', title: 'our gpu' },
      { ...SERVER, name: 'third', title: 'jimmy ai' },
    ];
    expect(faultsIn({ servers })).toEqual([
      'servers[0].models[1].id has the same key in the price list as another model',
      'servers[1].title is that of another server',
      'servers[2].name is taken by a provider of the bot',
    ]);
  });

  it.each([undefined, null, [], 'x', 7, {}, { servers: {} }, { servers: [] }, { servers: [null] }])(
    'that is %j is a fault, and no crash',
    (file) => {
      expect(faultsIn(file).length).toBeGreaterThan(0);
    },
  );

  it('of any JSON is read or has faults, and quotes none of its values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (file) => {
        const read = OPENAI_VIDEOS.read(file, PROVIDERS);
        expect(read.ok).toBe(false);
      }),
    );
  });

  it('may not take the name of a provider, or of the automatic choice', () => {
    for (const name of ['auto', ...PROVIDERS.map(({ id }) => id)]) {
      expect(faultsIn({ servers: [{ ...SERVER, name }] })).toEqual([
        'servers[0].name is taken by a provider of the bot',
      ]);
    }
    for (const { name: title } of PROVIDERS) {
      expect(faultsIn({ servers: [{ ...SERVER, title }] })).toHaveLength(1);
    }
  });
});

describe('a declared model', () => {
  it('is a route by its name and id, slashes kept', () => {
    const [declared] = declaredIn({ ...SERVER, models: [{ ...MODEL, id: 'azure/eu/sora-2' }] });
    if (declared === undefined) throw new Error('nothing is declared');
    const { routes } = catalogueOf([declared.descriptor]);
    expect(routes.map(({ id, name, provider }) => ({ id, name, provider }))).toEqual([
      { id: 'gpu/azure/eu/sora-2', name: 'azure/eu/sora-2', provider: 'gpu' },
    ]);
  });

  it('is sent by the name that its server knows, of up to 512 characters', () => {
    const name = `bedrock/${'x'.repeat(504)}`;
    const file = withModel({ model: name });
    const [declared] = declaredIn(...file.servers);
    const [route] = declared === undefined ? [] : catalogueOf([declared.descriptor]).routes;
    if (declared === undefined || route === undefined) throw new Error('nothing is declared');
    const submission = toSubmission(route, aRequest({ media: {} }));
    const createBody = createBodyBy(declared.descriptor, { baseUrl: declared.baseUrl });
    expect(createBody(route, submission)).toMatchObject({ model: name });
    expect(faultsIn(withModel({ model: `${name}y` }))).toHaveLength(1);
  });

  it('is cancelled only at a server that deletes', () => {
    const [plain, deleting] = [{}, { dialect: { cancel: 'delete' } }].map(
      (server) => declaredIn({ ...SERVER, ...server })[0]?.descriptor,
    );
    expect([plain?.cancel, plain?.lacks.cancel]).toEqual([undefined, expect.any(String)]);
    expect([deleting?.cancel, deleting?.lacks.cancel]).toEqual([{ prefix: '/videos/' }, undefined]);
  });

  it('takes a first frame alone where it takes pictures, and nothing else', () => {
    const file = withModel({ picture: true }, { dialect: { picture: 'address' } });
    const [declared] = declaredIn(...file.servers);
    const [route] = declared === undefined ? [] : catalogueOf([declared.descriptor]).routes;
    if (route === undefined) throw new Error('nothing is declared');
    const faultsOf = (...options: Parameters<typeof media>[0]) =>
      validateRequest(route, aRequest({ media: media(options) })).length;
    expect(faultsOf('first_frame')).toBe(0);
    for (const option of ['last_frame', 'image1', 'video1', 'audio1'] as const) {
      expect(faultsOf(option)).toBeGreaterThan(0);
    }
  });

  it('says of which file Discord has to be asked where its server takes files alone', () => {
    const files = withModel({ picture: true }, { dialect: { picture: 'file' } });
    const [declared] = declaredIn(...files.servers);
    const [route] = declared === undefined ? [] : catalogueOf([declared.descriptor]).routes;
    if (route === undefined) throw new Error('nothing is declared');
    const { media: sent } = toSubmission(route, aRequest({ media: media(['first_frame']) }));
    expect(sent).toMatchObject([{ role: 'first_frame', file: { mimeType: 'image/png' } }]);
  });
});
