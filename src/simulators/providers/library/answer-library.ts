import type { LibraryAnswer } from '../answers.ts';
import type { IncomingRequest, ProviderState } from '../provider-state.ts';
import type { ProviderKnobs } from '../knob.ts';
import type { RecordedRequest } from '../recorded-request.ts';
import { isAuthorized } from '../recorded-request.ts';
import type { Reply } from '../replies.ts';
import { replyOf, replyToFault, replyToUnknownPath } from '../replies.ts';
import type { LibraryCall, LibraryRules, SeenAsset } from './library-rules.ts';
import { statusOf } from './simulated-asset.ts';
import type { SimulatedAsset } from './simulated-asset.ts';

/** The call of a request to a library; `undefined` if it is none. */
export function libraryCallOf(
  { dialect }: Pick<ProviderState, 'dialect'>,
  {
    method,
    path,
    body,
  }: { readonly method: string; readonly path: string; readonly body: unknown },
): LibraryCall | undefined {
  return dialect.library?.read({ method, url: new URL(path, 'http://provider'), body });
}

/** Decides the reply to a request to a library. An upload that is accepted takes effect first. */
export function answerLibrary(state: ProviderState, { recorded, headers }: IncomingRequest): Reply {
  const { dialect, key, knobs } = state;
  const rules = dialect.library;
  const call = libraryCallOf(state, recorded);
  if (rules === undefined || call === undefined) return replyToUnknownPath(dialect, recorded);
  const answer = chooseAnswer(knobs, recorded, call);
  recorded.answer = answer.kind;
  if (answer.kind === 'cut-before-reading') return { kind: 'cut' };
  const isAllowed = isAuthorized(headers, key);
  if (answer.kind === 'refused') {
    return replyOf(isAllowed ? dialect.refused(answer.reason) : dialect.unauthorized);
  }
  const isFault = answer.kind !== 'ok' && answer.kind !== 'slow';
  const takesEffect = isAllowed && (!isFault || answer.accepts === true);
  const reply = takesEffect ? carryOut(state, rules, { call, recorded }) : dialect.unauthorized;
  if (isFault) return replyToFault(answer, dialect);
  return replyOf(reply, answer.kind === 'slow' ? answer.ms : undefined);
}

function chooseAnswer(
  { assetUpload, assetLook }: ProviderKnobs,
  recorded: RecordedRequest,
  { call }: LibraryCall,
): LibraryAnswer {
  return (call === 'upload' ? assetUpload : assetLook).consume(recorded);
}

function carryOut(
  state: ProviderState,
  rules: LibraryRules,
  { call, recorded }: { readonly call: LibraryCall; readonly recorded: RecordedRequest },
) {
  const { dialect, assets } = state;
  const own = assets.filter(({ provider }) => provider === dialect.name);
  switch (call.call) {
    case 'invalid':
      return dialect.refused(call.reason);
    case 'group':
      return rules.group(`group-${rules.newId()}`);
    case 'upload': {
      const asset = upload(state, rules, call);
      recorded.assetId = asset.id;
      return rules.uploaded(asset);
    }
    case 'look': {
      const found = own.filter(({ id }) => call.ids.includes(id)).map((one) => seen(state, one));
      const there = found.filter(({ status }) => status !== 'missing');
      return there.length === 0 ? rules.missing : rules.seen(there, call.isList);
    }
    case 'list': {
      const named = own.filter(({ name }) => call.name === undefined || name.includes(call.name));
      const found = named.map((one) => seen(state, one));
      return rules.listed(found.filter(({ status }) => status !== 'missing'));
    }
    case 'delete': {
      const found = own.find(({ id, isGone }) => id === call.id && isGone !== true);
      if (found === undefined) return rules.missing;
      found.isGone = true;
      return rules.deleted(call.id);
    }
  }
}

function upload(
  { dialect, assets, knobs, now, keepNewest }: ProviderState,
  rules: LibraryRules,
  { kind, name, url, groupId }: Extract<LibraryCall, { call: 'upload' }>,
): SimulatedAsset {
  const asset: SimulatedAsset = {
    id: rules.newId(),
    provider: dialect.name,
    name,
    kind,
    url,
    ...(groupId === undefined ? {} : { groupId }),
    createdMs: now(),
    fate: knobs.asset.consume({ name, url }),
  };
  assets.push(asset);
  if (assets.length > keepNewest) assets.shift();
  return asset;
}

function seen({ now }: ProviderState, asset: SimulatedAsset): SeenAsset {
  const id = asset.fate.kind === 'anothers' ? `${asset.id}-other` : asset.id;
  return { asset, status: statusOf(asset, now()), id };
}

/** Why a create may not use an asset; `undefined` if it may, or if it names none. */
export function assetViolation(
  { dialect, assets, now }: ProviderState,
  address: string,
): string | undefined {
  const id = /^asset:\/\/(.+)$/.exec(address)?.[1];
  if (id === undefined || dialect.library === undefined) return undefined;
  const asset = assets.find((one) => one.id === id && one.provider === dialect.name);
  const status = asset === undefined ? 'missing' : statusOf(asset, now());
  if (status === 'active') return undefined;
  return status === 'processing'
    ? `the asset ${id} is still processing and is not available yet`
    : `the specified asset ${id} is not found`;
}
