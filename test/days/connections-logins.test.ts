// The rows of rows/connections-logins.ts, tried.
import { TABLE } from './rows/connections-logins.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
