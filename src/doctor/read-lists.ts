import { askForList } from '../bot/ask-for-list.ts';
import type { Config } from '../config/config.ts';
import { hasRate, withListedPrices } from '../domain/ledger/listed-prices.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import { createOutbound } from '../outbound/outbound.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import { narrowed } from '../providers/route-list.ts';
import { behindProxy } from './behind-proxy.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.list;

type ListConfig = Pick<
  Config,
  'descriptors' | 'providers' | 'proxies' | 'trustedMediaHosts' | 'priceList'
>;

/** What was found about the lists of providers that have one, and the settings with what is in them. */
interface ReadLists {
  readonly findings: readonly Finding[];
  readonly config: Pick<Config, 'descriptors' | 'priceList'>;
}

/** Asks each provider that is on and lists its models and prices itself, as a start does. */
export async function readLists(config: ListConfig): Promise<ReadLists> {
  const findings: Finding[] = [];
  const descriptors: ProviderDescriptor[] = [];
  let { priceList } = config;
  for (const descriptor of config.descriptors) {
    const read = await readList(descriptor, config, priceList);
    findings.push(...read.findings);
    descriptors.push(read.descriptor);
    priceList = read.priceList;
  }
  return { findings, config: { descriptors, ...(priceList && { priceList }) } };
}

interface ReadList {
  readonly findings: readonly Finding[];
  readonly descriptor: ProviderDescriptor;
  readonly priceList: PriceList | undefined;
}

async function readList(
  descriptor: ProviderDescriptor,
  config: ListConfig,
  priceList: PriceList | undefined,
): Promise<ReadList> {
  const { id, name, list } = descriptor;
  const settings = config.providers[id];
  if (list === undefined || settings === undefined) return { findings: [], descriptor, priceList };
  const { toConfigured: connect } = createOutbound(config);
  const stopping = new AbortController().signal;
  const { listed, detail } = await askForList(list, settings, { connect, stopping });
  const about = texts.about(name);
  if (listed === undefined) {
    const found = fault(about, behindProxy(detail) ?? texts.unreadable(detail));
    return { findings: [found], descriptor, priceList };
  }
  const { listed: wanted, missing } = narrowed(listed, settings.listedModels, id);
  const prices = new Map([...listed.prices].map(([key, price]) => [`${id}/${key}`, price]));
  const findings = [
    ok(about, texts.models(wanted.routes.length)),
    ...(missing.length === 0
      ? []
      : [warning(about, texts.missing(list.narrowedBy, missing.slice(0, NAMED).join(', ')))]),
    ...(hasRate(priceList, list.currency) ? [] : [warning(about, texts.noRate(list.currency))]),
  ];
  return {
    findings,
    descriptor: { ...descriptor, routes: wanted.routes },
    priceList: withListedPrices(priceList, { currency: list.currency, prices }),
  };
}

/** How many models are named, so that the line stays readable. */
const NAMED = 3;
