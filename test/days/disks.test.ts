// The rows of rows/disks.ts, tried.
import { TABLE } from './rows/disks.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
