// Whether a unit starts with the host.
import { resource } from '../../facts/resource.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { sh } from '../../util/shell.ts';
import { run } from '../actions.ts';
import { change, unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { enablementAfter } from './install-section.ts';

interface Wanted {
  readonly enabled?: boolean | undefined;
}
interface Have {
  readonly unit: { readonly load: string; readonly enabled: string };
  /** Of an instance: the text of the file it is made of, empty where there is none. */
  readonly templateText?: string | undefined;
}

/** States that count as enabled although there is nothing to enable: another unit, a generator or a script sees to it. */
const BY_OTHERS = new Set(['alias', 'generated', 'indirect', 'transient']);
/** States in which there is no [Install] section to go by. */
const FIXED = new Set(['static', 'masked', 'masked-runtime']);

/** A change when enablement was spoken of and is otherwise. */
export function enabledChanges(unit: string, p: Wanted, have: Have): readonly Step[] {
  const now = enablementOf(have);
  if (p.enabled === undefined) return [];
  if (p.enabled && FIXED.has(now))
    return [unmet(`unit "${unit}" is ${now} and cannot be enabled; leave enabled out, or give it an [Install] section`)];
  const isEnabled = now === 'enabled' || BY_OTHERS.has(now);
  const isDisabled = now !== 'enabled' && now !== 'enabled-runtime' && now !== 'generated';
  if (p.enabled ? isEnabled : isDisabled) return [];
  const to = p.enabled ? 'enabled' : 'disabled';
  const loaded = have.unit.load === 'not-found' ? { load: 'loaded' } : {};
  return [
    change('enabled', now, to, {
      actions: [run(p.enabled ? sh`systemctl enable -- ${unit}` : sh`systemctl disable -- ${unit}`)],
      sets: [unitState({ unit }).with({ ...loaded, enabled: to, needsReload: false })],
      touches: [resource.unit(unit)],
    }),
  ];
}

/** An instance is there as soon as its template is; what it reads then is in the template. */
function enablementOf({ unit, templateText = '' }: Have): string {
  return unit.load === 'not-found' && templateText !== '' ? enablementAfter(templateText, '') : unit.enabled;
}
