import { cpus, release, totalmem, type } from 'node:os';

/** Describes the machine in one line, without its name. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${processors.length} × ${model}, ${memory}, ${type()} ${release()}, Node ${process.version}`;
}
