// The rows of rows/connections.ts, tried.
import { TABLE } from './rows/connections.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
