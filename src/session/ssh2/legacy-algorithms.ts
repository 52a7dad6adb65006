// What only old servers still offer, for hosts that are named as such: appended to what both clients use anyway, so that a better one is taken where there is one.

/** Names as ssh2 has them, which takes hmac-sha1 in any case; the host key algorithms are signatures with SHA-1. */
export const LEGACY = {
  kex: [
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha1',
    'diffie-hellman-group-exchange-sha1',
    'diffie-hellman-group1-sha1',
  ],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  serverHostKey: ['ssh-rsa', 'ssh-dss'],
} as const;

/** The same for the client of OpenSSH. Later releases have no `ssh-dss`, and refuse a name they do not have but not a pattern that fits another. */
export const LEGACY_OPTIONS: readonly (readonly [keyword: string, value: string])[] = [
  ['KexAlgorithms', `+${LEGACY.kex.join(',')}`],
  ['Ciphers', `+${LEGACY.cipher.join(',')}`],
  ['MACs', '+hmac-sha1'],
  ['HostKeyAlgorithms', '+ssh-?s?'],
  // The name of releases before 8.5; later ones know it, too.
  ['PubkeyAcceptedKeyTypes', '+ssh-rsa'],
];
