// What a session is: a long-lived shell on one host as one user, fed frames of commands, answering frames of results.
import type { Duplex, Readable, Writable } from 'node:stream';
import type { BecomeMethod, BecomeMode } from '../util/become-method.ts';
import type { Secret } from '../util/secret.ts';

/** One command of a frame. */
export interface Command {
  /** POSIX sh, run in a subshell of its own with standard input closed unless `stdin` is given. */
  readonly script: string;
  /** The same as a program and its arguments, where it is nothing else: what a rule of sudo can name. */
  readonly argv?: readonly string[];
  readonly stdin?: Uint8Array;
  /** Exported for this command alone; travels inside the frame, never in an argv. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until its processes are ended and the frame is given up. */
  readonly timeout: number;
  /** Run only while no earlier command of the frame that carries `guards` has failed. */
  readonly onlyIfOk?: boolean;
  /** Statuses that do not stop the commands marked `onlyIfOk`; absent means this command stops nothing. */
  readonly guards?: readonly number[];
  /** It is about the session: run by the session's own shell, even where each command is run as another user by a call of its own. */
  readonly ofSession?: boolean;
  /** Run as this user, by a call of its own. Set by sessions that do so. */
  readonly as?: BecomeSpec;
}

/** What became of one command, in the order of the frame. */
export interface CommandResult {
  /** `refused`: it was not let run as another user; why stands in `stderr`. */
  readonly outcome: 'exited' | 'timed-out' | 'not-run' | 'refused';
  /** 0 to 255; 0 when not run. */
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** Where a body is written when it takes more than a path to be there. Texts are POSIX sh on one line. */
export interface UploadPlace {
  readonly path: string;
  /** Run before it is begun: ends with a status other than 0 where it cannot be. */
  readonly begin: string;
  /** Run after it has failed. */
  readonly leave: string;
  /** What is removed when the session ends, whether somebody took the body from there or not: an absolute path. */
  readonly remains: string;
}

/** A frame is answered whole, in one round trip. */
export interface Session extends AsyncDisposable {
  readonly host: string;
  /** The user commands run as, as far as it is known; `root` after becoming root. */
  readonly user: string;
  /**
   * Sends one frame and waits for its answer.
   * @throws UnreachableError when the connection is lost before the answer is whole
   */
  exchange(commands: readonly Command[], signal?: AbortSignal): Promise<readonly CommandResult[]>;
  /**
   * Writes a body to a path through a second channel of the same identity: a new file, mode 0600; fails where one exists.
   * @param as whose it is, instead
   * @throws UnreachableError when the connection is lost; Error with the host's own words when it cannot be written
   */
  upload(path: string | UploadPlace, body: Readable, size: number, signal?: AbortSignal, as?: BecomeSpec): Promise<void>;
  /** Ends the shell and starts another: new groups, new environment. */
  reopen(): Promise<void>;
}

/** A bidirectional pipe to one remote command. */
export interface Channel {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the remote command is over and both outputs have ended. */
  readonly closed: Promise<{ readonly status: number | undefined; readonly signal: string | undefined }>;
  /** Gives the channel up without waiting. */
  destroy(): void;
}

/** A way to run command lines on a host. It knows nothing of frames, become or modules. */
export interface Transport extends AsyncDisposable {
  readonly host: string;
  /** The user it is logged in as. */
  readonly user: string;
  /** The fingerprint of the key the host showed, `SHA256:…`; absent where it shows none. */
  readonly hostKey?: string;
  /** False once the connection is closed or known to be lost. */
  readonly alive: boolean;
  /** Starts a command line in the login shell. @throws UnreachableError */
  open(commandLine: string, signal?: AbortSignal): Promise<Channel>;
  /** A TCP connection that the host makes for us; absent where it cannot. @throws UnreachableError */
  forward?(address: string, port: number, signal?: AbortSignal): Promise<Duplex>;
  /** Closes the connection without waiting until the host has seen it; absent where waiting takes no time. */
  leave?(): void;
  /** The same for clients that are programs; absent where there is none. */
  readonly proxy?: ProxyProgram;
}

/** A program that makes connections from a host that is connected already. */
export interface ProxyProgram {
  /** As ProxyCommand in ssh_config(5) takes it. */
  readonly command: string;
  /** Whether the connection to that host was lost meanwhile. */
  readonly isLost: () => Promise<boolean>;
}

/** What leads to a host that is behind another: a connection, or the program that makes one. */
export type Over = { readonly socket: Duplex } | { readonly proxy: ProxyProgram };

/** Where and how to log in to a host. */
export interface ConnectionSpec {
  readonly host: string;
  readonly connection: 'ssh2' | 'openssh' | 'local';
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Private key files, tried in order, through the agent where it holds them; after them what else the agent at socket `agent` holds. */
  readonly keyFiles: readonly string[];
  /** Nobody named the key files: they are those that usually are there. */
  readonly hasUsualKeys?: boolean;
  /** Of key files that are encrypted. */
  readonly passphrases?: Readonly<Record<string, Secret>>;
  readonly agent?: string;
  /** The agent gives no other keys than those of the key files. */
  readonly identitiesOnly?: boolean;
  /** Given once, when no key was taken. */
  readonly password?: Secret | undefined;
  /** Known-hosts files, read in order. */
  readonly knownHosts: readonly string[];
  /** The name they know it by, where that is not its address. */
  readonly hostKeyAlias?: string;
  /** Whether names are written to them hashed. */
  readonly hashKnownHosts?: boolean;
  /** As a person named them, for words that say what to do next. */
  readonly inventories?: readonly string[];
  /** `strict` refuses an unknown key; `accept-new` records it in the first file. */
  readonly hostKeyPolicy: 'strict' | 'accept-new';
  /** Milliseconds for connecting and logging in. */
  readonly timeout: number;
  /** Milliseconds between signs of life that are asked for, and how many may stay away; the defaults if absent. */
  readonly alive?: { readonly interval: number; readonly count: number };
  /** The host that the connection passes through. */
  readonly jump?: ConnectionSpec;
  /** Takes what only old servers offer, too. */
  readonly legacyAlgorithms?: boolean;
  /** Configuration that the client of OpenSSH reads by itself; where there is none, all is as it is said here. */
  readonly config?: ClientConfig;
}

/** Files of ssh_config(5) that a client of its own reads. */
export interface ClientConfig {
  /** What it is asked for, as a person would type it. */
  readonly name: string;
  readonly files: readonly string[];
  /** Options that a person has given for this host alone, as they would stand in such a file; they count more than the files. */
  readonly given: readonly string[];
  /** What is said elsewhere and counts more than the files; the rest is what this program read in them itself. */
  readonly outweighed: readonly ('port' | 'user' | 'keyFiles' | 'knownHosts' | 'jump')[];
}

/** Whom to become once logged in, and how. */
export interface BecomeSpec {
  readonly method: BecomeMethod;
  readonly user: string;
  /** Given once, when it is asked for. */
  readonly password?: Secret | undefined;
  /** Once for the whole session if absent. */
  readonly mode?: BecomeMode;
}

/** Something that took place on the wire. Times are milliseconds since the process began, see util/now.ts. */
export interface WireSpan {
  readonly kind: 'connect' | 'frame' | 'upload';
  readonly host: string;
  /** Whom it was for; empty while connecting. */
  readonly user: string;
  readonly start: number;
  readonly end: number;
  /** Commands of a frame. */
  readonly commands: number;
  readonly bytesOut: number;
  readonly bytesIn: number;
}

/** Counts what crosses the wire: asserted in tests, shown by `--profile`. */
export interface WireCounters {
  roundTrips: number;
  uploads: number;
  connects: number;
  bytesOut: number;
  bytesIn: number;
}
