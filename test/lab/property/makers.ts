// Every module that calls are generated of, and how often.
import { MODULES } from '../../../src/modules/registry.ts';
import type { Dice } from './dice.ts';
import { FILE_MAKERS } from './file-makers.ts';
import { SYSTEM_MAKERS } from './system-makers.ts';
import { TALK_MAKERS } from './talk-makers.ts';
import type { Call } from './types.ts';

/** What a maker may know of the calls before its own. */
export interface Around {
  /** A template text that rests on an earlier call, or on nothing. */
  readonly mention: () => string;
  /** A condition that rests on an earlier call, or on nothing. */
  readonly condition: () => string;
  /** This sequence installs and removes packages; most do not, since it takes its time. */
  readonly packages: boolean;
}

/** Makes calls of one module. */
export interface Maker {
  /** How often, beside the others. */
  readonly weight: number;
  /** Parameters of one call of the module; undefined when it has nothing to say here. */
  readonly make: (dice: Dice, around: Around) => object | undefined;
  /** Keywords of the call, from its parameters. */
  readonly keywords?: (params: Call['params'], dice: Dice) => Partial<Call>;
  /** Calls that have to stand before it, so that what it waits for comes about. */
  readonly before?: (params: Call['params']) => readonly Call[];
  /** Calls that look at what it registers, under the name {@link LAST}. */
  readonly after?: (params: Call['params']) => readonly Call[];
}

export const ALL_MAKERS: Readonly<Record<string, Maker>> = { ...FILE_MAKERS, ...SYSTEM_MAKERS, ...TALK_MAKERS };

/** Those of modules that are shipped, with their names. */
export const MAKERS = Object.entries(ALL_MAKERS)
  .filter(([module]) => Object.hasOwn(MODULES, module))
  .map(([module, maker]) => ({ module, ...maker }));
