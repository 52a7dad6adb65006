// Why a host is reached by the client of OpenSSH and not by ssh2: something is there that only the former can use. Asked before anything connects.
import { existsSync, readFileSync } from 'node:fs';
import { findKnownKeys } from '../host-keys/known-hosts.ts';
import { nameOf, readKnownKeys } from '../host-keys/host-key.ts';
import type { SshOptions } from '../config/ssh-config.ts';
import type { ConnectionSpec } from '../types.ts';

/**
 * What speaks for it, in words that begin behind a colon; undefined where ssh2 does.
 * @param isWaySaid whether the hosts on the way are named, so that no program of the configuration leads there
 */
export type ReasonFor = (spec: Omit<ConnectionSpec, 'connection'>, options: SshOptions, isWaySaid: boolean) => string | undefined;

/** Asks for one host after the other; files are read once. */
export function reasonsForOpenssh(uid: number): ReasonFor {
  const isThere = remembering(existsSync);
  const text = remembering(textOf);
  const authorities = remembering(file => text(file).includes('@cert-authority'));
  const isHardwareKey = remembering(file => holdsHardwareKey(text(file)));
  return (spec, options, isWaySaid) => {
    const { keyFiles, knownHosts } = spec;
    if (options.matchExecAt !== undefined) return `Match exec at ${options.matchExecAt}`;
    if (options.proxyCommand !== undefined && !isWaySaid) return `ProxyCommand at ${options.proxyCommand.at}`;
    if (options.certificateAt !== undefined) return `CertificateFile at ${options.certificateAt}`;
    const certificate = keyFiles.map(file => `${file}-cert.pub`).find(isThere);
    if (certificate !== undefined) return `the certificate ${certificate}`;
    const hardware = keyFiles.find(isHardwareKey);
    if (hardware !== undefined) return `the FIDO key ${hardware}`;
    const ticket = options.gssapiAt === undefined ? undefined : ticketCache(uid, isThere);
    if (ticket !== undefined) return `GSSAPIAuthentication at ${options.gssapiAt ?? ''} and the tickets in ${ticket}`;
    const lines = knownHosts.filter(authorities).flatMap(file => findKnownKeys(file, text(file), nameOf(spec)));
    const vouching = lines.find(({ mark }) => mark === 'authority')?.file;
    // A key that is known by itself needs nobody to vouch for it.
    const isKnown = (): boolean => readKnownKeys({ ...spec, connection: 'ssh2' }).some(({ mark }) => mark === 'plain');
    return vouching === undefined || isKnown() ? undefined : `@cert-authority in ${vouching}`;
  };
}

/** Where the tickets of this user are; undefined where there are none. */
function ticketCache(uid: number, isThere: (file: string) => boolean): string | undefined {
  const named = process.env['KRB5CCNAME'];
  if (named === undefined) return isThere(`/tmp/krb5cc_${uid}`) ? `/tmp/krb5cc_${uid}` : undefined;
  const [, file] = /^(?:FILE:)?(\/.*)$/.exec(named) ?? [];
  return file === undefined || isThere(file) ? named : undefined;
}

/** A private key of OpenSSH names its type before anything that may be encrypted. */
function holdsHardwareKey(text: string): boolean {
  const [, body = ''] = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]{0,800})/.exec(text) ?? [];
  return /sk-(?:ssh|ecdsa)-/.test(Buffer.from(body, 'base64').toString('latin1'));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function remembering<T>(ask: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>();
  return file => {
    const answer = known.has(file) ? (known.get(file) as T) : ask(file);
    known.set(file, answer);
    return answer;
  };
}
