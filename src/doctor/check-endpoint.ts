import { hasEndpoint, isKeyOf } from '../discord/application.ts';
import type { Application } from '../discord/application.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const { commands, endpoint: texts } = doctorTexts;

/**
 * Checks whether Discord sends interactions the way that the bot expects: to an endpoint whose
 * signatures `publicKey` checks, or over the gateway where there is none.
 */
export function checkEndpoint(application: Application, publicKey: string | undefined): Finding[] {
  const { interactions_endpoint_url: url } = application;
  if (publicKey === undefined) {
    return hasEndpoint(application) ? [fault(commands.about, texts.unexpected)] : [];
  }
  return [
    isKeyOf(publicKey, application)
      ? ok(texts.keyAbout, texts.rightKey)
      : fault(texts.keyAbout, texts.wrongKey),
    hasEndpoint(application)
      ? ok(texts.about, texts.set(url ?? ''))
      : warning(texts.about, texts.notSet),
  ];
}
