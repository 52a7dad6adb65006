// What stands for hosts where an inventory names them: `n1`, `n[1:3]`, an address, each with its port if need be, as in `n1:2222` and `[::1]:22`.
import { isIPv6 } from 'node:net';
import type { Position } from '../../errors/problem.ts';
import { expandHostRange } from './host-range.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import type { Report } from '../report.ts';
import type { VariableSources } from '../types.ts';

/** The hosts that a text names. */
export interface HostNames {
  readonly names: readonly string[];
  /** The port that is written behind them, as a variable. */
  readonly variables: VariableSources;
}

/** Reads it; undefined when it names none, which is reported. `source` is where it is written, in words. */
export function readHostNames(text: string, at: Position, source: string, report: Report): HostNames | undefined {
  const { host, port } = splitPort(text);
  const expansion = isAddress(host) ? { names: [host] } : expandHostRange(host);
  if (!('names' in expansion)) {
    report(inventoryProblems.range(at, expansion.range, expansion.why));
    return undefined;
  }
  const wrong = expansion.names.find(name => !/^\w[\w.-]*$/.test(name) && !isAddress(name));
  if (wrong !== undefined) {
    report(inventoryProblems['host-name'](at, wrong));
    return undefined;
  }
  if (port === undefined) return { names: expansion.names, variables: {} };
  const value = Number(port);
  if (value < 1 || value > 65_535) report(inventoryProblems['host-port'](at, text, port));
  const node = Object.freeze({ kind: 'scalar', value, text: port, style: 'plain', at } as const);
  return { names: expansion.names, variables: Object.freeze({ ssh_port: Object.freeze({ node, source }) }) };
}

/** Whether it is an address of IPv6. Without a colon it is none, and to ask Node for each of thousands of names takes longer than to read them. */
function isAddress(text: string): boolean {
  return text.includes(':') && isIPv6(text);
}

/** A colon inside brackets belongs to a range or an address, and several outside of them are an address as a whole. */
function splitPort(text: string): { readonly host: string; readonly port?: string | undefined } {
  const [, address, behind] = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? [];
  if (address !== undefined && isAddress(address)) return { host: address, port: behind };
  const [, host, port] = /^((?:[^:[\]]|\[[^\]]*\])+):(\d+)$/.exec(text) ?? [];
  return host === undefined ? { host: text } : { host, port };
}
