// The rows of rows/commands.ts, tried.
import { TABLE } from './rows/commands.ts';
import { tryDays } from './support/try-days.ts';

tryDays(TABLE);
