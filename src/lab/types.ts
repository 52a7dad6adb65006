// What a lab is made of: the spec a caller hands in, and the state that stands on disk while the lab stands.

/** One host as the inventory describes it. */
export interface LabHost {
  readonly name: string;
  /** IPv4. */
  readonly address: string;
  /** Length of the network prefix; default 24. */
  readonly prefix?: number;
}

/** What `labUp` builds. */
export interface LabSpec {
  /** 1 to 8 of `[a-z0-9]`; {@link labId} makes one from the inventory's path. It is in the name of everything the lab creates. */
  readonly id: string;
  readonly hosts: readonly LabHost[];
  /** The user with password-less sudo; created on every host. */
  readonly user: string;
  /** What the lab belongs to in words, such as the inventory's path; shown when two labs clash. */
  readonly label?: string;
  /** Addresses that are nobody's yet and must stay free, such as a virtual address of keepalived. */
  readonly reserved?: readonly string[];
}

/** Hosts of one subnet share a bridge; the bridge's address is their gateway. */
export interface LabNetwork {
  /** `192.168.11.0/24`. */
  readonly subnet: string;
  readonly bridge: string;
  readonly gateway: string;
}

/** One host of a lab, as planned; what is true right now is added by {@link HostStatus}. */
export interface LabHostState {
  readonly name: string;
  readonly address: string;
  readonly prefix: number;
  /** Its number in the lab; part of its machine name, its interface and its control group. */
  readonly index: number;
  readonly directory: string;
  /** The overlay's upper directory: exactly what changed on the host's disk since it was created, and nothing of the lab's own files. */
  readonly upper: string;
  /** What the machine printed while it booted. */
  readonly console: string;
}

/** A lab as it is written down, before anything of it is created. */
export interface LabPlan {
  readonly version: 1;
  readonly driver: 'nspawn';
  readonly id: string;
  readonly label?: string;
  readonly user: string;
  readonly directory: string;
  readonly privateKey: string;
  /** The lab's own known-hosts file; complete, because the host keys are made here. */
  readonly knownHosts: string;
  /** The network namespace the lab lives in; absent when it lives in the machine's own. */
  readonly netns?: string;
  /** The cached system that is the lower layer of every host. */
  readonly root: string;
  readonly networks: readonly LabNetwork[];
  readonly hosts: readonly LabHostState[];
}

/** A host as it is now. */
export interface HostStatus extends LabHostState {
  /** The host's process 1 as seen from this machine; absent while it is off. */
  readonly pid?: number;
  /** Start time of that process in clock ticks since boot; with the pid it names one process for good. */
  readonly start?: string;
  /** systemd is up and sshd answers with the key this lab made for it. */
  readonly ready: boolean;
}

/** A lab as it is now. */
export interface LabState extends LabPlan {
  readonly hosts: readonly HostStatus[];
}

/** Takes one line a person reads while the lab is being built. */
export type LabEvents = (line: string) => void;
