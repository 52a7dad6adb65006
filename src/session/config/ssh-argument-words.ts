// The arguments of the program ssh, by what they mean to a session here.

/** Letters that take a value, and the keyword of ssh_config they stand for; none for what has no meaning here. */
export const LETTERS_WITH_VALUE: ReadonlyMap<string, string | undefined> = new Map([
  ['i', 'identityfile'],
  ['J', 'proxyjump'],
  ['l', 'user'],
  ['p', 'port'],
  ...Array.from('bBcDEeFILmoOPQRSWw').map(letter => [letter, undefined] as const),
]);

/** Letters for what a session has or does without in any case: compression, quiet, a terminal, connections shared. */
export const LETTERS_PASSED_OVER: ReadonlySet<string> = new Set('CMnqTtvx');

/** Keywords for the same. */
export const KEYWORDS_PASSED_OVER: ReadonlySet<string> = new Set([
  'addkeystoagent',
  'batchmode',
  'challengeresponseauthentication',
  'checkhostip',
  'clearallforwardings',
  'compression',
  'compressionlevel',
  'controlmaster',
  'controlpath',
  'controlpersist',
  'ignoreunknown',
  'kbdinteractiveauthentication',
  'loglevel',
  'numberofpasswordprompts',
  'passwordauthentication',
  'requesttty',
  'tcpkeepalive',
  'updatehostkeys',
  'visualhostkey',
]);

/** Keywords with the words that say what a session does in any case. */
export const KEYWORDS_AS_IT_IS: ReadonlyMap<string, RegExp> = new Map([
  ['canonicalizehostname', /^no$/i],
  ['forwardagent', /^no$/i],
  ['forwardx11', /^no$/i],
  ['forwardx11trusted', /^no$/i],
  ['hostbasedauthentication', /^no$/i],
  ['permitlocalcommand', /^no$/i],
  ['preferredauthentications', /\bpublickey\b/],
  ['pubkeyauthentication', /^yes$/i],
  ['tunnel', /^no$/i],
]);

/** Words of StrictHostKeyChecking; without the check a key that has changed is refused here all the same. */
export const HOST_KEY_WORDS: ReadonlyMap<string, 'strict' | 'accept-new'> = new Map([
  ['yes', 'strict'],
  ['ask', 'strict'],
  ['accept-new', 'accept-new'],
  ['no', 'accept-new'],
  ['off', 'accept-new'],
]);
