// Flags that several commands have, in one wording.
import { CONNECTION_KINDS } from '../../load/variables/connection-variables.ts';
import { COLOUR_CHOICES } from '../../report/colour.ts';
import { OUTPUTS } from '../../report/choose.ts';
import { BECOME_METHODS } from '../../util/become-method.ts';
import type { FlagSpec } from './specs.ts';

export const HELP = [
  { name: 'help', short: 'h', type: 'switch', summary: 'show what this command takes' },
] as const satisfies readonly FlagSpec[];

export const INVENTORY = [
  {
    name: 'inventory',
    short: 'i',
    aliases: ['inventory-file'],
    type: 'list',
    commas: false,
    value: 'NAME',
    summary: 'a name in inventories/, a path, or host1,host2, (repeat to merge)',
  },
] as const satisfies readonly FlagSpec[];

export const VARIABLES = [
  {
    name: 'extra-vars',
    short: 'e',
    type: 'list',
    commas: false,
    value: 'KEY=VALUE',
    summary: 'set variables above all others: key=value, JSON, or @file (repeat)',
  },
] as const satisfies readonly FlagSpec[];

export const LIMIT = [
  {
    name: 'limit',
    short: 'l',
    aliases: ['subset'],
    type: 'text',
    value: 'PATTERN',
    summary: 'only these of the hosts: a name, group, glob or pattern such as kafka:&rack1, or @file',
  },
] as const satisfies readonly FlagSpec[];

export const TAGS = [
  {
    name: 'tags',
    short: 't',
    type: 'list',
    commas: true,
    value: 'TAGS',
    summary: 'only tasks with one of these tags (repeat, or separate by commas)',
  },
  { name: 'skip-tags', type: 'list', commas: true, value: 'TAGS', summary: 'no tasks with one of these tags' },
] as const satisfies readonly FlagSpec[];

/**
 * A host costs one connection and one shell there, and no process here, so fifty at once are cheap; the limit
 * is for descriptors (1024 is the usual bound, a host takes a few) and for a jump host in between.
 */
export const DEFAULT_FORKS = 50;

export const LOGIN_AS = [
  { name: 'user', short: 'u', type: 'text', value: 'NAME', summary: 'log in as this user' },
  { name: 'private-key', aliases: ['key-file'], type: 'text', value: 'FILE', summary: 'log in with this key' },
] as const satisfies readonly FlagSpec[];

const WHO = [
  ...LOGIN_AS,
  { name: 'ask-pass', short: 'k', type: 'switch', summary: 'ask for the password to log in with, where no key is taken' },
  {
    name: 'connection-password-file',
    aliases: ['connection-pass-file', 'conn-pass-file'],
    type: 'text',
    value: 'FILE',
    summary: 'the same from the first line of a file',
  },
  { name: 'ask-become-pass', short: 'K', type: 'switch', summary: 'ask for the password that sudo or su wants' },
  {
    name: 'become-password-file',
    aliases: ['become-pass-file'],
    type: 'text',
    value: 'FILE',
    summary: 'the same from the first line of a file',
  },
  { name: 'become-method', type: 'choice', choices: BECOME_METHODS, summary: 'how to become another user; default: sudo' },
  { name: 'connection', short: 'c', type: 'choice', choices: CONNECTION_KINDS, summary: 'how to reach the hosts' },
  { name: 'timeout', short: 'T', type: 'number', value: 'SECONDS', summary: 'how long to wait for a connection' },
  { name: 'ssh-common-args', type: 'text', value: 'ARGS', summary: 'arguments as ssh takes them, such as "-J outer"' },
  { name: 'ssh-extra-args', type: 'text', value: 'ARGS', summary: 'more of them' },
] as const satisfies readonly FlagSpec[];

const FORKS = [
  { name: 'forks', short: 'f', type: 'number', value: 'N', default: DEFAULT_FORKS, summary: 'hosts at work at the same time' },
] as const satisfies readonly FlagSpec[];

export const LOGIN = [...WHO, ...FORKS] as const;

export const CONNECTION = [
  ...WHO,
  { name: 'become', short: 'b', type: 'switch', summary: 'become another user after login (root)' },
  { name: 'become-user', type: 'text', value: 'NAME', summary: 'whom to become' },
  ...FORKS,
] as const satisfies readonly FlagSpec[];

/** The last command of a controller that was killed goes on for a while. */
export const DEFAULT_WAIT = 30;

export const TURN = [
  {
    name: 'wait-lock',
    type: 'number',
    value: 'SECONDS',
    summary: `wait as long for another run that changes a host, and have the hosts of a batch at once; ${DEFAULT_WAIT} and one by one without it`,
  },
  { name: 'break-lock', type: 'switch', summary: 'end another run that changes a host' },
] as const satisfies readonly FlagSpec[];

export const OUTPUT = [
  { name: 'output', type: 'choice', choices: OUTPUTS, summary: 'default: live on a terminal, plain elsewhere' },
  { name: 'color', type: 'choice', choices: COLOUR_CHOICES, default: 'auto', summary: 'auto: on a terminal, unless NO_COLOR is set' },
  { name: 'verbose', short: 'v', type: 'count', summary: 'every task on every host with its time; -vv also each change as it begins' },
] as const satisfies readonly FlagSpec[];
