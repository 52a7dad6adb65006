// What readers of inventory files are handed, whatever the files are written in.
import type { InventoryDraft } from './inventory-draft.ts';
import type { Report } from '../report.ts';

/** What reading one file needs to know, and whom it tells. */
export interface InventoryFileReading {
  /** As problems and `--why` name it. */
  readonly file: string;
  readonly draft: InventoryDraft;
  readonly report: Report;
  readonly note: Report;
}
