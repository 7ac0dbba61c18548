import type { Sidecar } from './container-additions';

/**
 * LiteLLM's own job: it migrates, and leaves with 0, with 1 when its tries are spent, with 2 when it cannot proceed (proxy_cli.py of 1.106.2).
 * Without `--config`: all that it needs is DATABASE_URL, and a changed model is no reason to migrate.
 */
const MIGRATE = ['litellm', '--skip_server_startup'];

/**
 * A task of a job is done when its containers are, and a sidecar never is by itself. So the main container tells it when its own work is
 * over, however that ended. Python, because LiteLLM's image has it, and not in every variant a shell.
 */
const MIGRATE_AND_QUIT = [
  'import subprocess, sys, urllib.request',
  'code = subprocess.call(sys.argv[2:])',
  'for url in sys.argv[1].split(","):',
  '    try:',
  '        urllib.request.urlopen(urllib.request.Request(url, method="POST"), timeout=10)',
  '    except OSError as error:',
  '        print("sidecar does not quit:", error, file=sys.stderr)',
  'sys.exit(code)',
].join('\n');

export function migrationCommand(sidecars: readonly Sidecar[]): { readonly command: string[]; readonly args: string[] } {
  if (sidecars.length === 0) return { command: MIGRATE.slice(0, 1), args: MIGRATE.slice(1) };
  return { command: ['python3', '-c', MIGRATE_AND_QUIT], args: [sidecars.map(({ quitUrl }) => quitUrl).join(','), ...MIGRATE] };
}
