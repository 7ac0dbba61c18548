import { type Command, CommanderError } from 'commander';

/** Of wrong usage, in every command that has a code for it. */
const EXIT_USAGE = 2;

/** What a person can put right: the message is all that is said of it. */
interface Refusal {
  readonly message: string;
  readonly exitCode: number;
}

/** Such a refusal, by the command itself. */
export class Told extends Error implements Refusal {
  constructor(
    message: string,
    readonly exitCode: number = EXIT_USAGE,
  ) {
    super(message);
  }
}

/**
 * Does what the arguments ask of a command, and sets the exit code.
 * @param explain what an error is to a person; undefined for a bug, which keeps its stack trace
 */
export async function runCommand(
  command: Command,
  args: readonly string[],
  explain: (error: unknown) => Refusal | undefined = () => undefined,
): Promise<void> {
  for (const each of [command, ...command.commands]) each.exitOverride();
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said it already.
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
      return;
    }
    const told = error instanceof Told ? error : explain(error);
    if (told === undefined) throw error;
    process.stderr.write(`${told.message}\n`);
    process.exitCode = told.exitCode;
  }
}
