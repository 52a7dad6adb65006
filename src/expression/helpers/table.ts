// All helpers by name: the one table that templates, conditions, their checks and the documentation use.
import { CHANCE_HELPERS } from './chance-helpers.ts';
import { CODE_HELPERS } from './code-helpers.ts';
import { EACH_HELPERS } from './each-helpers.ts';
import type { Helper } from './helper.ts';
import { IP_HELPERS } from './ip-helpers.ts';
import { LIST_HELPERS } from './list-helpers.ts';
import { LOGIC_HELPERS } from './logic-helpers.ts';
import { LOOKUP_HELPERS } from './lookup-helpers.ts';
import { MAP_HELPERS } from './map-helpers.ts';
import { NUMBER_HELPERS } from './number-helpers.ts';
import { REGEX_HELPERS } from './regex-helpers.ts';
import { SET_HELPERS } from './set-helpers.ts';
import { TEXT_HELPERS } from './text-helpers.ts';

export const HELPERS: ReadonlyMap<string, Helper> = new Map(
  [
    ...LOGIC_HELPERS,
    ...TEXT_HELPERS,
    ...REGEX_HELPERS,
    ...NUMBER_HELPERS,
    ...LIST_HELPERS,
    ...SET_HELPERS,
    ...EACH_HELPERS,
    ...MAP_HELPERS,
    ...CODE_HELPERS,
    ...IP_HELPERS,
    ...CHANCE_HELPERS,
    ...LOOKUP_HELPERS,
  ].map(helper => [helper.name, helper]),
);
