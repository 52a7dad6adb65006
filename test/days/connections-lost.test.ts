// The rows of rows/connections-lost.ts, tried.
import { TABLE } from './rows/connections-lost.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
