import { z } from 'zod';

const optionSchema = z.object({
  name: z.string(),
  type: z.number(),
  get options() {
    return z.array(optionSchema).optional();
  },
});
const commandSchema = z.object({ name: z.string(), options: z.array(optionSchema).optional() });
type Option = z.infer<typeof optionSchema>;

const INTERACTION = { command: 2, component: 3, modal: 5 } as const;
const payloadSchema = z.object({
  type: z.number(),
  data: z.object({
    name: z.string().optional(),
    custom_id: z.string().optional(),
    options: z.unknown().optional(),
  }),
});

const isNested = ({ type }: Option): boolean => type <= 2;

/** The names of a command's sub-commands, or its own: `quota set role`. */
export function commandNames(definition: unknown): string[] {
  const { name, options = [] } = commandSchema.parse(definition);
  return paths(name, options);
}

function paths(name: string, options: readonly Option[]): string[] {
  const nested = options.filter(isNested);
  if (nested.length === 0) return [`command ${name}`];
  return nested.flatMap((option) => paths(`${name} ${option.name}`, option.options ?? []));
}

/** What an interaction used: a command with its sub-command, or the action of a component or form. */
export function usedName(payload: unknown): string | undefined {
  const { type, data } = payloadSchema.parse(payload);
  const action = data.custom_id?.split(':')[0] ?? '';
  if (type === INTERACTION.component) return `component ${action}`;
  if (type === INTERACTION.modal) return `modal ${action}`;
  return type === INTERACTION.command ? commandNames(data)[0] : undefined;
}
