import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { startHealthServer } from '../src/health/health-server.ts';
import { projectRoot } from '../src/sandbox/project-root.ts';
import { recordingLog } from './fakes/log.ts';
import { faultsWhenFilledIn, strangeNames } from './shipped-settings.ts';

// Strict, so that a key which Kubernetes would not know is found.
const texts = z.record(z.string(), z.string());
const labels = z.strictObject({ 'app.kubernetes.io/name': z.literal('clapper') });
const metadata = z.strictObject({ name: z.string(), labels });
const claimSpec = z.strictObject({
  accessModes: z.array(z.enum(['ReadWriteOnce', 'ReadWriteMany'])),
  resources: z.strictObject({ requests: z.strictObject({ storage: z.string() }) }),
});
const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.string() }),
  periodSeconds: z.number(),
  timeoutSeconds: z.number(),
  failureThreshold: z.number(),
});
const named = z.strictObject({ name: z.string() });
const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  envFrom: z.array(
    z.union([z.strictObject({ configMapRef: named }), z.strictObject({ secretRef: named })]),
  ),
  env: z.array(
    z.strictObject({
      name: z.string(),
      valueFrom: z.strictObject({ fieldRef: z.strictObject({ fieldPath: z.string() }) }),
    }),
  ),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.number() })),
  startupProbe: probe,
  readinessProbe: probe,
  livenessProbe: probe,
  resources: z.strictObject({ requests: texts, limits: texts }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
});
const podSpec = z.strictObject({
  terminationGracePeriodSeconds: z.number(),
  automountServiceAccountToken: z.literal(false),
  enableServiceLinks: z.literal(false),
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    // The user node of the image.
    runAsUser: z.literal(1000),
    runAsGroup: z.literal(1000),
    fsGroup: z.literal(1000),
    fsGroupChangePolicy: z.literal('OnRootMismatch'),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  topologySpreadConstraints: z.array(
    z.strictObject({
      maxSkew: z.number(),
      topologyKey: z.string(),
      whenUnsatisfiable: z.enum(['ScheduleAnyway', 'DoNotSchedule']),
      labelSelector: z.strictObject({ matchLabels: labels }),
    }),
  ),
  containers: z.tuple([container]),
  volumes: z.array(
    z.union([
      z.strictObject({ name: z.string(), emptyDir: z.strictObject({}) }),
      z.strictObject({
        name: z.string(),
        persistentVolumeClaim: z.strictObject({ claimName: z.string() }),
      }),
    ]),
  ),
});
const object = z.discriminatedUnion('kind', [
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Secret'),
    metadata,
    type: z.literal('Opaque'),
    stringData: texts,
  }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('ConfigMap'),
    metadata,
    data: texts,
  }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('PersistentVolumeClaim'),
    metadata,
    spec: claimSpec,
  }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Service'),
    metadata,
    spec: z.strictObject({
      clusterIP: z.literal('None'),
      selector: labels,
      ports: z.array(
        z.strictObject({ name: z.string(), port: z.number(), targetPort: z.string() }),
      ),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('policy/v1'),
    kind: z.literal('PodDisruptionBudget'),
    metadata,
    spec: z.strictObject({
      maxUnavailable: z.number(),
      selector: z.strictObject({ matchLabels: labels }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('StatefulSet'),
    metadata,
    spec: z.strictObject({
      serviceName: z.string(),
      replicas: z.number(),
      selector: z.strictObject({ matchLabels: labels }),
      podManagementPolicy: z.literal('Parallel'),
      updateStrategy: z.strictObject({ type: z.literal('RollingUpdate') }),
      minReadySeconds: z.number(),
      template: z.strictObject({ metadata: z.strictObject({ labels }), spec: podSpec }),
      volumeClaimTemplates: z.array(z.strictObject({ metadata: named, spec: claimSpec })),
    }),
  }),
]);
type ClusterObject = z.output<typeof object>;

const objects = parseAllDocuments(
  readFileSync(join(projectRoot(), 'deploy/kubernetes.yaml'), 'utf8'),
).map((one) => object.parse(one.toJS()));

/** The only object of a kind. */
function theOnly<Kind extends ClusterObject['kind']>(kind: Kind) {
  const found = objects.filter(
    (one): one is Extract<ClusterObject, { kind: Kind }> => one.kind === kind,
  );
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`not one ${kind}`);
  return only;
}

const settings = theOnly('ConfigMap').data;
const secrets = theOnly('Secret').stringData;
const set = theOnly('StatefulSet');
const { spec: pod } = set.spec.template;
const [bot] = pod.containers;
const [port] = bot.ports;
const folderOf = (volume: string): string | undefined =>
  bot.volumeMounts.find(({ name }) => name === volume)?.mountPath;

describe('the manifest of Kubernetes', () => {
  it('has only settings of the bot, and with which it starts', () => {
    const own = Object.fromEntries(bot.env.map(({ name }) => [name, 'clapper-0']));
    const all = { ...settings, ...secrets, ...own };
    expect(strangeNames(all)).toEqual([]);
    expect(faultsWhenFilledIn(all)).toEqual([]);
    expect(all['STORE_URL']).toMatch(/^postgres:\/\//);
    // Nothing is in both, where one would hide the other.
    expect(Object.keys(settings).filter((name) => Object.hasOwn(secrets, name))).toEqual([]);
  });

  it('keeps what is secret in the Secret', () => {
    expect(Object.keys(settings).filter((name) => /TOKEN|_KEY$|STORE_URL/.test(name))).toEqual([]);
  });

  it('names each process by its pod', () => {
    expect(bot.env).toEqual([
      { name: 'INSTANCE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ]);
    expect(set.spec.replicas).toBeGreaterThan(1);
  });

  it('takes the settings and the image that belong to it', () => {
    expect(bot.envFrom).toEqual([
      { configMapRef: { name: theOnly('ConfigMap').metadata.name } },
      { secretRef: { name: theOnly('Secret').metadata.name } },
    ]);
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')));
    expect(bot.image).toMatch(new RegExp(`/clapper:${version.replaceAll('.', String.raw`\.`)}$`));
  });

  it('gives each process a folder of its own, and all of them one for media', () => {
    const [data] = set.spec.volumeClaimTemplates;
    expect(set.spec.volumeClaimTemplates).toHaveLength(1);
    expect(folderOf(data?.metadata.name ?? '')).toBe(settings['DATA_DIR']);
    const media = theOnly('PersistentVolumeClaim');
    expect(media.spec.accessModes).toEqual(['ReadWriteMany']);
    const shared = pod.volumes.find((volume) => 'persistentVolumeClaim' in volume);
    expect(shared).toEqual({
      name: 'media',
      persistentVolumeClaim: { claimName: media.metadata.name },
    });
    expect(folderOf('media')).toBe(settings['MEDIA_DIR']);
  });

  it('mounts each volume that it has, and no other', () => {
    const volumes = [...pod.volumes, ...set.spec.volumeClaimTemplates.map((one) => one.metadata)];
    expect(bot.volumeMounts.map(({ name }) => name).toSorted()).toEqual(
      volumes.map(({ name }) => name).toSorted(),
    );
  });

  it('replaces one process at a time, which has time to hand over and then to end', () => {
    expect(theOnly('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
    expect(set.spec.serviceName).toBe(theOnly('Service').metadata.name);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      2 * Number(settings['SHUTDOWN_SECONDS']) + 10,
    );
  });

  it('asks for the health at a port that others reach', () => {
    expect(settings['HTTP_HOST']).toBe('0.0.0.0');
    expect(port?.containerPort).toBe(Number(settings['HTTP_PORT']));
    const asked = [bot.startupProbe, bot.readinessProbe, bot.livenessProbe].map(
      ({ httpGet }) => httpGet.port,
    );
    const served = theOnly('Service').spec.ports.map(({ targetPort }) => targetPort);
    expect(new Set([...asked, ...served])).toEqual(new Set([port?.name]));
  });

  it('restarts a process that does not answer, and none that only waits for others', async () => {
    const server = await startHealthServer({
      port: 0,
      host: '127.0.0.1',
      readiness: () => ({ gateway: false, store: false, providers: {} }),
      log: recordingLog(),
    });
    const statusOf = async ({ httpGet }: z.output<typeof probe>): Promise<number> =>
      (await fetch(`http://127.0.0.1:${server.port}${httpGet.path}`)).status;
    try {
      expect(await statusOf(bot.startupProbe)).toBe(200);
      expect(await statusOf(bot.livenessProbe)).toBe(200);
      expect(await statusOf(bot.readinessProbe)).toBe(503);
    } finally {
      await server.close();
    }
  });
});
