// What to do where another user cannot be become: by what sudo, su or doas said, which is English here.
import type { BecomeMethod } from '../../util/become-method.ts';

/** Who becomes whom, and how. */
export interface Becoming {
  readonly method: BecomeMethod;
  readonly user: string;
  readonly target: string;
}

interface Advice {
  readonly said: RegExp;
  readonly does: (who: Becoming) => string;
}

/** The first that fits, before what is for all methods. */
const ADVICE: Readonly<Record<BecomeMethod, readonly Advice[]>> = {
  sudo: [
    {
      said: /must have a tty/,
      does: ({ user }) =>
        `there is no terminal in a session: take requiretty away there with the line "Defaults:${user} !requiretty" (visudo -f /etc/sudoers.d/tsplay)`,
    },
    { said: /not in the sudoers|not allowed|may not run/, does: ({ user, target }) => `let ${user} run sudo as ${target} there` },
    {
      said: /(?:)/,
      does: ({ user, target }) =>
        `set become_password or give -K, or let ${user} run sudo without a password: ${user} ALL=(${target}) NOPASSWD: ALL`,
    },
  ],
  su: [
    { said: /Permission denied/, does: ({ user }) => `let ${user} use su there: look at its group (wheel) and at /etc/pam.d/su` },
    {
      said: /(?:)/,
      does: ({ user, target }) =>
        `look at /etc/pam.d/su and at the account of ${target} there, or let ${user} use sudo: become_method: sudo`,
    },
  ],
  doas: [
    {
      said: /not enabled/,
      does: ({ user, target }) => `write /etc/doas.conf there, with the line: permit nopass ${user} as ${target}`,
    },
    {
      said: /[Aa]uthentication|password/,
      does: ({ user, target }) =>
        `doas asks on a terminal only, which a session has not: write "permit nopass ${user} as ${target}" into doas.conf, or use sudo or su`,
    },
    { said: /(?:)/, does: ({ user, target }) => `write into /etc/doas.conf there: permit nopass ${user} as ${target}` },
  ],
};

/** What a person can do about it. @param said in the words of the host */
export function becomeAdvice(said: string, who: Becoming): string {
  if (/not found/.test(said) && !/unknown user/.test(said))
    return `install ${who.method} there, name another become_method, or log in as ${who.target} and leave out become`;
  if (/unknown user|does not exist/.test(said)) return 'name a user that exists there';
  return ADVICE[who.method].find(advice => advice.said.test(said))?.does(who) ?? '';
}
