// All helpers by name: the one table that templates, their checks and the documentation use.
import type { Helper } from './helper.ts';
import { LIST_HELPERS } from './list-helpers.ts';
import { LOGIC_HELPERS } from './logic-helpers.ts';
import { MAP_HELPERS } from './map-helpers.ts';
import { NUMBER_HELPERS } from './number-helpers.ts';
import { TEXT_HELPERS } from './text-helpers.ts';

export const HELPERS: ReadonlyMap<string, Helper> = new Map(
  [...LOGIC_HELPERS, ...TEXT_HELPERS, ...NUMBER_HELPERS, ...LIST_HELPERS, ...MAP_HELPERS].map(helper => [helper.name, helper]),
);
