// The rows of rows/slow-hosts.ts, tried.
import { TABLE } from './rows/slow-hosts.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
