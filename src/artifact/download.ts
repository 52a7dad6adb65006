// Fetching over HTTP: a file into a path, a small text into memory.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes a checksum file may have. */
const TEXT_LIMIT = 1_048_576;

/** Fetches into a new file. @throws Error in words when it cannot be had or ends early */
export async function download(url: URL, path: string, signal?: AbortSignal): Promise<void> {
  const response = await get(url, signal);
  const body = response.body;
  if (body === null) throw new Error(`${url.href} answered with nothing`);
  try {
    await pipeline(Readable.fromWeb(body), createWriteStream(path, { flags: 'wx' }), { signal });
  } catch (error) {
    throw new Error(`${url.href} broke off: ${reason(error)}`, { cause: error });
  }
}

/** Fetches a small text. @throws Error in words when it cannot be had or is no checksum file by its size */
export async function fetchText(url: URL, signal?: AbortSignal): Promise<string> {
  const response = await get(url, signal);
  const text = await response.text();
  if (text.length > TEXT_LIMIT) throw new Error(`${url.href} is larger than 1 MiB, too large for a checksum file`);
  return text;
}

async function get(url: URL, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { redirect: 'follow', ...(signal && { signal }) });
  } catch (error) {
    throw new Error(`${url.href} cannot be reached: ${reason(error)}`, { cause: error });
  }
  if (!response.ok) throw new Error(`${url.href} answered ${response.status} ${response.statusText}`.trimEnd());
  return response;
}

/** The words of the error beneath: fetch itself says only that it failed. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
