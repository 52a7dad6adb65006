// What V8 made of the program the last time: it saves compiling it again. Kept for each thing to be done, since each uses other functions.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Script } from 'node:vm';
import { EXIT } from '../errors/errors.ts';
import { cacheDirectory } from '../util/cache-directory.ts';
import { isOwnFolder, makeOwnFolder, readOwnFile, writeOwnFile } from '../util/own-files.ts';

/** Code that was compiled before. Whatever goes wrong with it means that there is none. */
export interface CodeCache {
  readonly read: (part: string) => Buffer | undefined;
  /** Has what the script compiled written when the process ends, unless that is there. */
  readonly keep: (part: string, script: Script) => void;
}

const DAY = 24 * 60 * 60 * 1000;

/** Runs that end like this have seen too little of the program. */
const TOO_EARLY: readonly unknown[] = [EXIT.bug, EXIT.usage];

/**
 * The cache of a build for what a command line asks for; undefined where it begins with no command.
 * @param place where the build lies: V8 keeps the names of files, too, and a stack would name those of another copy
 */
export function openCodeCache(build: string, place: string, words: readonly string[]): CodeCache | undefined {
  const deed = deedOf(words);
  if (deed === undefined) return undefined;
  const name = [process.version, process.arch, build, place.slice(-100).replaceAll(/\W+/g, '_')].join('-');
  const folder = join(cacheDirectory('code'), name);
  const fileOf = (part: string): string => join(folder, `${deed}-${part}`);
  const isThere = attempt(() => isOwnFolder(folder)) ?? false;
  const fresh = new Set<string>();
  return {
    read: part => {
      const file = isThere ? attempt(() => readOwnFile(fileOf(part))) : undefined;
      // Once a day it is written anew: what other runs have used since comes in.
      if (file !== undefined && Date.now() - file.changed < DAY) fresh.add(part);
      return file?.content;
    },
    keep: (part, script) => {
      if (fresh.has(part) && script.cachedDataRejected !== true) return;
      process.once('exit', code => {
        if (!TOO_EARLY.includes(code)) attempt(() => write(folder, fileOf(part), script));
      });
    },
  };
}

/** What is listed connects to nobody, and what is checked changes nothing: what they leave would serve the first real run badly, for a day. */
function deedOf(words: readonly string[]): string | undefined {
  const [command = ''] = words;
  if (!/^[a-z]{1,20}$/.test(command)) return undefined;
  if (words.some(word => /^--(?:list-|syntax-check)/.test(word))) return `${command}-listed`;
  return words.some(word => word === '--check' || word === '-C') ? `${command}-checked` : command;
}

function write(folder: string, file: string, script: Script): void {
  if (!makeOwnFolder(folder)) return;
  writeOwnFile(file, script.createCachedData());
  removeOld(dirname(folder));
}

/** Takes away what builds have left that were not used for a month. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > 30 * DAY) rmSync(path, { recursive: true, force: true });
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
