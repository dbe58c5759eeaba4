import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkNames } from '../src/config/check-names.ts';
import { startHealthServer } from '../src/health/health-server.ts';
import { projectRoot } from '../src/sandbox/project-root.ts';
import { recordingLog } from './fakes/log.ts';
import { FILLED_IN, faultsWhenFilledIn, strangeNames } from './shipped-settings.ts';

/** Compose's own way to demand a value: `${NAME:?why}`. */
const DEMANDED = /\$\{(\w+):\?[^}]+\}/g;

const texts = z.array(z.string());
const value = z
  .union([z.string(), z.number()])
  .transform((written) =>
    String(written).replaceAll(DEMANDED, (_, name: string) => FILLED_IN[name] ?? `no ${name}`),
  );
/** Strict, so that a key which Compose would not know is found. */
const service = z.strictObject({
  build: z.string().optional(),
  image: z.string().optional(),
  pull_policy: z.enum(['never', 'missing', 'always', 'build']).optional(),
  restart: z.literal('unless-stopped'),
  user: z.string().optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), value),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }))
    .default({}),
  networks: texts.optional(),
  healthcheck: z
    .strictObject({
      test: texts,
      interval: z.string(),
      timeout: z.string(),
      start_period: z.string(),
      retries: z.number(),
    })
    .optional(),
  stop_grace_period: z.string().regex(/^\d+s$/),
  volumes: texts,
  shm_size: z.string().optional(),
  read_only: z.literal(true),
  tmpfs: texts,
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
});
type Service = z.output<typeof service>;
const composeFile = z.strictObject({
  name: z.string().optional(),
  services: z.record(z.string(), service),
  networks: z
    .record(z.string(), z.strictObject({ internal: z.boolean().optional() }).nullable())
    .default({}),
  volumes: z.record(z.string(), z.null()),
});

function readCompose(path: string) {
  const whole: unknown = parse(readFileSync(join(projectRoot(), path), 'utf8'), { merge: true });
  // Parts that are only merged into others; Compose leaves them out as well.
  const parts = Object.entries(z.record(z.string(), z.unknown()).parse(whole));
  return composeFile.parse(Object.fromEntries(parts.filter(([name]) => !name.startsWith('x-'))));
}

/** A mount's volume and the folder in the container. */
function mountsOf({ volumes }: Service): { readonly volume: string; readonly folder: string }[] {
  return volumes.map((mount) => {
    const [volume = '', folder = ''] = mount.split(':');
    return { volume, folder };
  });
}

const secondsOf = ({ stop_grace_period: grace }: Service): number => Number.parseInt(grace, 10);

const SCALE = 'deploy/compose.scale.yaml';
const scale = readCompose(SCALE);
const processes = Object.entries(scale.services)
  .filter(([name]) => name !== 'postgres')
  .map(([, one]) => one);
const [first] = processes;
if (first === undefined) throw new Error(`${SCALE} has no process`);

describe.each(['compose.yaml', SCALE])('%s', (path) => {
  const { services, networks, volumes } = readCompose(path);
  const bots = Object.entries(services).filter(([name]) => name !== 'postgres');
  const all = Object.values(services);

  it.each(bots)('gives %s only settings that it has, and with which it starts', (_, one) => {
    expect(strangeNames(one.environment)).toEqual([]);
    expect(faultsWhenFilledIn(one.environment)).toEqual([]);
  });

  it('builds the image here, and reads .env of the project', () => {
    const folder = dirname(join(projectRoot(), path));
    const builds = all.flatMap(({ build }) => build ?? []);
    expect(builds).toHaveLength(1);
    for (const build of builds) expect(existsSync(resolve(folder, build, 'Dockerfile'))).toBe(true);
    for (const [, { env_file: file = '' }] of bots) {
      expect(resolve(folder, file)).toBe(join(projectRoot(), '.env'));
    }
  });

  it('declares each volume and network that it uses', () => {
    expect(Object.keys(volumes).toSorted()).toEqual([
      ...new Set(all.flatMap((one) => mountsOf(one).map(({ volume }) => volume)).toSorted()),
    ]);
    const used = new Set(all.flatMap(({ networks: of = [] }) => of));
    expect(Object.keys(networks).toSorted()).toEqual([...used].toSorted());
  });

  it('keeps the data in a volume, and gives the last uploads their time', () => {
    for (const [, one] of bots) {
      const folders = mountsOf(one).map(({ folder }) => folder);
      expect(folders).toContain(one.environment['DATA_DIR']);
      expect(secondsOf(one)).toBeGreaterThanOrEqual(
        Number(one.environment['SHUTDOWN_SECONDS']) + 2,
      );
    }
  });
});

describe('three processes', () => {
  it('are of one image on one database', () => {
    expect(processes).toHaveLength(3);
    for (const key of ['STORE_URL', 'SECRET_KEY', 'MEDIA_DIR'] as const) {
      expect(new Set(processes.map(({ environment }) => environment[key])).size).toBe(1);
    }
    expect(new Set(processes.map(({ image }) => image)).size).toBe(1);
    const address = new URL(first.environment['STORE_URL'] ?? '');
    const { environment = {}, healthcheck } = scale.services['postgres'] ?? {};
    expect(address.hostname).toBe('postgres');
    expect(address.username).toBe(environment['POSTGRES_USER']);
    expect(address.password).toBe(environment['POSTGRES_PASSWORD']);
    expect(address.pathname).toBe(`/${environment['POSTGRES_DB']}`);
    expect(healthcheck).toBeDefined();
    for (const one of processes) expect(Object.keys(one.depends_on)).toEqual(['postgres']);
  });

  it('have a name and a folder of their own, and one folder of media', () => {
    const instances = processes.map(({ environment }) => environment['INSTANCE']);
    expect(new Set(instances).size).toBe(processes.length);
    const volumesAt = (setting: 'DATA_DIR' | 'MEDIA_DIR') =>
      processes.map(
        (one) =>
          mountsOf(one).find(({ folder }) => folder === one.environment[setting])?.volume ?? 'none',
      );
    expect(new Set(volumesAt('DATA_DIR')).size).toBe(processes.length);
    expect(new Set(volumesAt('MEDIA_DIR'))).toEqual(new Set(['media']));
  });

  it('write to folders that the image has for its user', () => {
    const dockerfile = readFileSync(join(projectRoot(), 'Dockerfile'), 'utf8');
    const owned = /install --directory --owner=node .* --mode=0700 (.+)/.exec(dockerfile)?.[1];
    for (const { folder } of processes.flatMap(mountsOf)) {
      expect(owned?.split(' ')).toContain(folder);
    }
  });

  it('have time to hand over, and then to end', () => {
    for (const one of processes) {
      expect(secondsOf(one)).toBeGreaterThanOrEqual(
        2 * Number(one.environment['SHUTDOWN_SECONDS']) + 10,
      );
    }
  });

  it('reach the database by a network of their own', () => {
    expect(scale.services['postgres']?.networks).toEqual(['database']);
    expect(scale.networks['database']).toEqual({ internal: true });
    for (const { networks } of processes) expect(networks).toEqual(['default', 'database']);
  });

  it('may have a password in .env that is no setting of the bot', () => {
    const entry = { name: 'POSTGRES_PASSWORD', value: 'secret', line: 1 };
    expect(checkNames({}, { path: '.env', entries: [entry] }).faults).toEqual([]);
  });

  it('are healthy while they are ready', async () => {
    let gateway = true;
    const server = await startHealthServer({
      port: 0,
      host: '127.0.0.1',
      readiness: () => ({ gateway, store: true, providers: {} }),
      log: recordingLog(),
    });
    const check = async (): Promise<unknown> => {
      const [kind, program, ...given] = first.healthcheck?.test ?? [];
      expect([kind, program]).toEqual(['CMD', 'node']);
      const child = spawn(process.execPath, given, { env: { HTTP_PORT: String(server.port) } });
      const ended: unknown[] = await once(child, 'exit');
      return ended[0];
    };
    try {
      expect(await check()).toBe(0);
      gateway = false;
      expect(await check()).toBe(1);
    } finally {
      await server.close();
    }
  });
});
