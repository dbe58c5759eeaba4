import type { RequestIssue } from '../../domain/routes/request-issue.ts';
import { nearestRequests } from '../../domain/routes/nearest-request.ts';
import type { NearestRequest } from '../../domain/routes/nearest-request.ts';
import type { Route } from '../../domain/routes/route.ts';
import { waysUnchanged } from '../../domain/ways/ways-unchanged.ts';
import { quoteRequest } from '../../domain/ways/way.ts';
import type { Way } from '../../domain/ways/way.ts';
import type { Place } from '../interaction.ts';
import type { MakingServices, Wanted } from '../wanted.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Messages } from '../messages/en.ts';
import { shorten } from '../render/escape-user-text.ts';
import { priceText } from '../render/price-text.ts';
import { CONTENT_MAX, refusalText } from '../render/refusal-text.ts';
import type { Row } from '../layout/layout.ts';
import type { Served } from '../served.ts';
import { nearestText } from './nearest-text.ts';
import { offeredTo } from './offered-to.ts';
import { keptOrWithout, orWithout } from './or-without.ts';
import { isEditable } from './form-fields.ts';
import { routesHere } from './routes-here.ts';
import { CHANGE_ACTION, offerButton, offeredOf, offeredWay, waySelect } from './way-choice.ts';

/** Makes the nearest accepted request; with frames or with references where both cannot stay. */
export const MAKE_ACTIONS = {
  nearest: 'make',
  frames: 'make-frames',
  references: 'make-references',
} as const;

/** The nearest requests on the wanted route, with prices. */
export function nearestWays(
  { route, request }: Pick<Wanted, 'route' | 'request'>,
  { priceList }: Pick<MakingServices, 'priceList'>,
): (Way & NearestRequest)[] {
  const quoteOf = (changed: Wanted['request']) => quoteRequest(priceList, route, changed);
  const priceOf = (changed: Wanted['request']): bigint | undefined => {
    const quote = quoteOf(changed);
    return quote.kind === 'priced' ? quote.micros : undefined;
  };
  return nearestRequests(route, request, priceOf).map((nearest) => ({
    ...nearest,
    route,
    quote: quoteOf(nearest.request),
  }));
}

/** A request that its route does not accept. */
interface Refused extends Wanted {
  readonly issues: readonly RequestIssue[];
  /** The other routes to choose from; by default those that are on and allowed here. */
  readonly among?: readonly Route[];
  /** What is said before. */
  readonly before?: string;
}

/**
 * Refuses a request that its route does not accept, and offers ways on: the routes that accept it,
 * the nearest accepted request, and a form to change it.
 */
export async function answerWithWays(
  call: Place & Served,
  services: MakingServices,
  { issues, among, before, ...wanted }: Refused,
): Promise<void> {
  const messages = messagesFor(call.language);
  const { route, request, origin, claim, isAnother } = wanted;
  const routes = among ?? (await routesToName(call, services));
  const all = waysUnchanged(request, routes, services.priceList);
  const { ways: others, more } = offeredOf(all, messages);
  const nearest = nearestWays(wanted, services);
  const [first] = nearest;
  const id = await keptOrWithout(call, services, {
    ...offeredTo(call),
    route: route.id,
    request,
    ways: others.map(offeredWay),
    // A button that keeps frames or references shows no price.
    ...(first === undefined || first.keeps !== undefined ? {} : { shown: first.quote }),
    origin,
    claim,
    isAnother,
  });
  const accepting = all.map(({ route: other }) => other);
  const refusedAbove = (end: string): string => {
    const above = before === undefined ? '' : `${before}\n`;
    const below = end === '' ? '' : `\n${end}`;
    const room = CONTENT_MAX - above.length - below.length;
    const refusal = refusalText(route, asTyped(issues, request), accepting, messages, room);
    return `${above}${shorten(refusal, room)}${below}`;
  };
  if (id === undefined) {
    return services.replies.privately(call, refusedAbove(`-# ${messages.second.wayOn.notKept}`));
  }
  const rows: Row[] = [
    ...(others.length === 0 ? [] : [[waySelect(id, others, messages)]]),
    buttonsOf(id, nearest, isEditable(request), messages),
  ];
  await services.replies.privately(call, {
    content: refusedAbove(endText(nearest, { request, more, messages })),
    rows: rows.filter((row) => row.length > 0),
  });
}

/** The routes that are on and allowed here; all that are on where the server's settings do not come. */
async function routesToName(
  call: Place & Served,
  services: MakingServices,
): Promise<readonly Route[]> {
  const here = await orWithout(call, services, 'settings were not read for a refusal', async () =>
    routesHere(call, services),
  );
  return here ?? services.routesOn;
}

/** A medium that the prompt names has no option that the member knows. */
function asTyped(issues: readonly RequestIssue[], { media }: Wanted['request']): RequestIssue[] {
  return issues.map(({ options, reason }) => ({
    options: [
      ...new Set(options.map((option) => (media[option]?.named === undefined ? option : 'prompt'))),
    ],
    reason,
  }));
}

function buttonsOf(
  offerId: string,
  nearest: readonly (Way & NearestRequest)[],
  canChange: boolean,
  messages: Messages,
): Row {
  const { wayOn } = messages.second;
  const makes = nearest.map(({ keeps, quote }) => {
    const action = MAKE_ACTIONS[keeps ?? 'nearest'];
    return offerButton(action, offerId, makeLabel(keeps, quote, messages), true);
  });
  return [...makes, ...(canChange ? [offerButton(CHANGE_ACTION, offerId, wayOn.change)] : [])];
}

function makeLabel(
  keeps: NearestRequest['keeps'],
  quote: Way['quote'],
  messages: Messages,
): string {
  const { wayOn } = messages.second;
  if (keeps !== undefined) return wayOn[keeps];
  return quote.kind === 'unknown' ? wayOn.makeUnpriced : wayOn.make(priceText(quote, messages));
}

/** What stands below the refusal: every change that a button makes. */
function endText(
  nearest: readonly NearestRequest[],
  {
    request,
    more,
    messages,
  }: {
    readonly request: Wanted['request'];
    readonly more: readonly string[];
    readonly messages: Messages;
  },
): string {
  const { wayOn } = messages.second;
  const changes = nearestText(nearest, messages);
  const note = isEditable(request) ? [] : [`-# ${wayOn.tooLongToChange}`];
  return [...changes, ...more, ...note].join('\n');
}
