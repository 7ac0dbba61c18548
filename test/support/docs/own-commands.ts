import { Command } from 'commander';
import { COMMANDS } from '../../../cli/commands';

/** Thrown in the place of an action or an exit: parsing has come to its end. */
class Parsed extends Error {
  constructor(readonly problem?: string) {
    super(problem);
  }
}

/** What a sentence leaves out, and a line that people copy may not. */
const LEFT_OUT = ['commander.missingMandatoryOptionValue', 'commander.missingArgument', 'commander.help'];

/**
 * What commander has against these arguments of a command, as the command itself parses them; nothing of it is done.
 *
 * @param mention true in the middle of a sentence, where arguments may be left out
 */
export async function parseOwn(name: string, args: readonly string[], mention = false): Promise<string | undefined> {
  const command = COMMANDS[name];
  if (command === undefined) return `there is no command ${name}; there are ${Object.keys(COMMANDS).join(', ')}`;
  let said: Parsed | undefined;
  const end = (problem?: string): never => {
    said ??= new Parsed(problem);
    throw said;
  };
  const { action } = Command.prototype;
  const spies = [
    jest.spyOn(Command.prototype, 'action').mockImplementation(function (this: Command) {
      return action.call(this, () => end());
    }),
    // The one way by which commander leaves, with and without `exitOverride`.
    jest
      .spyOn(Command.prototype as unknown as Exits, '_exit')
      .mockImplementation((exitCode, code, message) =>
        end(exitCode === 0 || (mention && LEFT_OUT.includes(code)) ? undefined : message.replace(/^error: /, '')),
      ),
    jest.spyOn(console, 'error').mockReturnValue(),
    jest.spyOn(process.stdout, 'write').mockReturnValue(true),
    jest.spyOn(process.stderr, 'write').mockReturnValue(true),
  ];
  const { exitCode } = process;
  try {
    await command.load().run(args);
  } catch (error) {
    if (!(error instanceof Parsed)) throw error;
  } finally {
    spies.forEach((spy) => spy.mockRestore());
    process.exitCode = exitCode;
  }
  return said === undefined ? `${name} has parsed nothing` : said.problem;
}

interface Exits {
  _exit(exitCode: number, code: string, message: string): never;
}
