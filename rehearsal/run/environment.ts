/**
 * Prefixes of variables that change what an engine does (arguments, workspace, logs, plugins), or that hold the credentials of a cloud.
 * A rehearsal takes none of them over: it must come out the same on every machine, and nothing in it may reach a cloud.
 */
const NOT_INHERITED = /^(TF_|TOFU_|GOOGLE_|CLOUDSDK_|AWS_|ARM_)/;

/** Variables of the calling shell that reach the synthesizing app and the engine. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name)));
}

/** What every engine process is started with, whoever starts it. */
export function engineEnvironment(additions: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...inheritedEnvironment(), TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1', ...additions };
}
