// The pages that examples come from.

export const CREATE = 'create API';
export const QUERY = 'query API';
export const ERRORS = "Ark's error codes";
export const PRICES = 'price list';
export const TUTORIAL = 'Seedance 2.5 tutorial';
export const NONE = 'no page has it: a create that is not certainly refused is unknown';
