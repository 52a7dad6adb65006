// What an instance says of itself and of the cluster. Ids are given out by the instances themselves; here everybody goes by address and port.
import { resource } from '../../../src/index.ts';

/** Another instance, or itself, as one instance sees it. */
export interface SeenNode {
  /** `address:port`. */
  readonly at: string;
  readonly part: 'master' | 'replica';
  /** Whose replica it is, as `address:port`; empty for a master. */
  readonly of: string;
  /** `0-5460 6000`; empty when it has none. */
  readonly slots: string;
  /** `fail?`: it does not answer this one; `fail`: most masters have given it up; `new`: they have not shaken hands. */
  readonly state: 'ok' | 'fail?' | 'fail' | 'new';
}

/** One instance. */
export interface NodeState {
  /** Empty when it answers; else why it does not. The rest is then what it kept on disk of the cluster. */
  readonly says: string;
  readonly part: 'master' | 'replica';
  readonly of: string;
  /** Whether a replica is connected to its master; true for a master. */
  readonly link: boolean;
  /** `cluster_state`. */
  readonly ok: boolean;
  /** Whether it holds no key. */
  readonly empty: boolean;
  /** Slots that are half moved: `93 to 10.0.0.1:7000`, `93 from 10.0.0.2:7000`. */
  readonly open: readonly string[];
  /** All it knows, itself included, in the order of their addresses. */
  readonly view: readonly SeenNode[];
}

/** The resource that every change to the cluster touches, on all its hosts. */
export const CLUSTER = resource.cluster('redis');
