// What the command line says of connections.
import type { Secret } from '../../util/secret.ts';
import type { BecomeMethod } from '../../util/become-method.ts';
import type { ArgumentChoices } from './ssh-arguments-of.ts';

/** What the command line says for all hosts; the inventory of a host outweighs its passwords, and nothing else. */
export interface ConnectionChoices {
  readonly user?: string;
  readonly privateKey?: string;
  readonly connection?: string;
  /** Seconds to wait for a connection. */
  readonly timeout?: number;
  readonly sshArguments?: ArgumentChoices;
  /** For hosts whose variables name none. */
  readonly password?: Secret;
  /** The same, for sudo or su. */
  readonly becomePassword?: Secret;
  /** How another user is become, where no task names a way. */
  readonly becomeMethod?: BecomeMethod;
  /** Of key files that are encrypted. */
  readonly passphrases?: ReadonlyMap<string, Secret>;
  /** As they were named, for words that say what to do next. */
  readonly inventories?: readonly string[];
}
