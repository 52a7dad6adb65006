// A fact of hosts to read about, from its definition.
import { HOST_FACTS } from '../../facts/host/catalogue.ts';
import type { Page } from './page.ts';

/** The pages of all facts that expressions can name. */
export const factPages: readonly Page[] = Object.entries(HOST_FACTS).map(([name, { definition }]) => ({
  kind: 'fact',
  name: `facts.${name}`,
  summary: definition.summary,
  sections: [],
}));
