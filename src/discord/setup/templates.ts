/** The templates of `/setup`. */
const TEMPLATES = ['small', 'artists', 'money'] as const;
export type Template = (typeof TEMPLATES)[number];

/** The fields of the forms. */
export type SetupField =
  | 'everyone'
  | 'role'
  | 'roleLimit'
  | 'everyoneCost'
  | 'serverCost'
  | 'serverVideos'
  | 'confirmAbove';

/** A field with its suggestion; a role has none. */
interface TemplateField {
  readonly field: SetupField;
  readonly suggested?: string;
}

/** The fields of a template; without prices, amounts of money cannot be limited. */
export function fieldsOf(template: Template, hasPrices: boolean): readonly TemplateField[] {
  const server: TemplateField = hasPrices
    ? { field: 'serverCost', suggested: '30' }
    : { field: 'serverVideos', suggested: '300' };
  const everyone: TemplateField = { field: 'everyone', suggested: '5' };
  switch (template) {
    case 'small':
      return [everyone, server];
    case 'artists':
      return [everyone, { field: 'role' }, { field: 'roleLimit', suggested: '20' }, server];
    case 'money':
      return [
        { field: 'everyoneCost', suggested: '5' },
        { field: 'serverCost', suggested: '30' },
        { field: 'confirmAbove', suggested: '0.50' },
      ];
  }
}

/** The templates that can be offered. */
export function offeredTemplates(hasPrices: boolean): readonly Template[] {
  return TEMPLATES.filter((template) => hasPrices || template !== 'money');
}
